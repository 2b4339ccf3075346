package block

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cleanText collapses white space. It returns a part of s itself where there
// is nothing to collapse.
func cleanText(s string) string {
	i := tidyLength(s)
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for {
		b.WriteString(s[:i])
		lo, broken := 0, false
		rest := s[i:]
		for lo < len(rest) {
			size, white := whiteAt(rest, lo)
			if !white {
				break
			}
			broken = broken || rest[lo] == '\n' || rest[lo] == '\r'
			lo += size
		}
		if lo == len(rest) {
			return b.String()
		}
		if !onlyZeroWidth(rest[:lo]) && !(broken && closesUp(s[:i], rest[lo:])) {
			b.WriteByte(' ')
		}
		s = rest[lo:]
		i = tidyLength(s)
		if i == len(s) {
			b.WriteString(s)
			return b.String()
		}
	}
}

// tidyLength is how much of s is as it should be: without white space other
// than single spaces inside.
func tidyLength(s string) int {
	for i := 0; i < len(s); {
		c := s[i]
		if c > ' ' && c < 0x7f {
			i++
			continue
		}
		if c > 0xC2 && c < 0xE0 {
			i += 2
			continue
		}
		if c == ' ' && i+1 < len(s) {
			if next := s[i+1]; next > ' ' && next < 0x7f {
				i += 2
				continue
			}
			if _, white := whiteAt(s, i+1); !white {
				i++
				continue
			}
		}
		size, kind, _ := scanRune(s, i)
		if kind != textRune {
			return i
		}
		i += size
	}
	return len(s)
}

// onlyZeroWidth tells white space that a reader does not see at all.
func onlyZeroWidth(s string) bool {
	for _, r := range s {
		if r != '\u200b' && r != '\ufeff' {
			return false
		}
	}
	return true
}

// closesUp tells whether two lines of one paragraph meet without a space:
// after a hyphen inside a word, and between characters of scripts without
// spaces.
func closesUp(before, after string) bool {
	a, n := utf8.DecodeLastRuneInString(before)
	b, _ := utf8.DecodeRuneInString(after)
	if a == '-' {
		l, _ := utf8.DecodeLastRuneInString(before[:len(before)-n])
		return unicode.IsLetter(l) && unicode.IsLower(b)
	}
	return isEastAsian(a) && isEastAsian(b)
}

// isEastAsian tells Han, kana and their punctuation.
func isEastAsian(r rune) bool {
	return r >= 0x3000 && r < 0xA000 || r >= 0xF900 && r < 0xFB00 || r >= 0xFF00 && r < 0xFFF0 || r >= 0x20000 && r < 0x40000
}
