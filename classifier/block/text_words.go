package block

import (
	"unicode"
	"unicode/utf8"
)

// countWords counts the words of s; every two characters of a script without
// spaces are one.
func countWords(s string) int {
	half, inWord := 0, false
	for i := 0; i < len(s); {
		c := s[i]
		size, white := 1, false
		if c <= ' ' || c >= 0x7f {
			size, white = whiteAt(s, i)
		}
		switch {
		case white:
			inWord = false
		case c >= 0xE3 && c < 0xEA: // about Han and kana
			half, inWord = half+1, false
		case !inWord:
			half, inWord = half+2, true
		}
		i += size
	}
	return (half + 1) / 2
}

// backWords returns where the last n words of s begin, at lo or later.
func backWords(s string, n, lo int) int {
	_, at := trimSpace(s, lo, len(s))
	start := at
	for at > lo {
		k := at - 1
		for k > lo && s[k]&0xC0 == 0x80 {
			k--
		}
		if _, white := whiteAt(s, k); white {
			if n--; n == 0 {
				return start
			}
			_, at = trimSpace(s, lo, k)
			start = at
			continue
		}
		at, start = k, k
	}
	return start
}

// forwardWords returns where the first n words of s end, within limit bytes
// unless a word is longer. Up to two words in lower case after them are theirs.
func forwardWords(s string, n, limit int) int {
	at, _ := trimSpace(s, 0, len(s))
	for i := at; i < len(s); {
		size, white := whiteAt(s, i)
		if !white {
			i += size
			continue
		}
		after, _ := trimSpace(s, i, len(s))
		r, _ := utf8.DecodeRuneInString(s[after:])
		if n--; n <= -2 || n <= 0 && !unicode.IsLower(r) || i > limit {
			return i
		}
		i = after
	}
	return len(s)
}
