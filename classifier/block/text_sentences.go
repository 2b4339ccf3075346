package block

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Pieces of text that has no paragraphs, in half words: a character of a
// script without spaces counts as half a word.
const (
	pieceEnough = 2 * 50  // end with the next sentence
	pieceCut    = 2 * 80  // where to cut if no sentence ends
	pieceMost   = 2 * 120 // by here
)

// cutSentences cuts s into pieces of some sentences, until yield is false.
func cutSentences(s string, yield func(lo, hi int) bool) {
	lo, half, soft := 0, 0, -1
	inWord := false
	for i := 0; i < len(s); {
		r, size, white := rune(s[i]), 1, false
		if r > ' ' && r < 0x7f {
			if !inWord {
				half, inWord = half+2, true
			}
		} else if size, white = whiteAt(s, i); white {
			inWord = false
		} else if r, size = utf8.DecodeRuneInString(s[i:]); isEastAsian(r) {
			half, inWord = half+1, false
		} else if !inWord {
			half, inWord = half+2, true
		}
		if !inWord && half >= pieceCut && soft < 0 {
			soft = i
		}
		end := 0
		if half >= pieceEnough && isEnder(r) {
			end = sentenceEnd(s, i)
		}
		i += size
		if end == 0 && half >= pieceMost && soft > lo {
			end = soft
		}
		if end > 0 {
			if !yield(lo, end) {
				return
			}
			lo, i, half, soft, inWord = end, end, 0, -1, false
		}
	}
	if lo < len(s) {
		yield(lo, len(s))
	}
}

// isEnder tells the marks that end sentences.
func isEnder(r rune) bool {
	switch r {
	case '.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।':
		return true
	}
	return false
}

// sentenceEnd returns where the sentence that the mark at i ends is over, with
// closing quotes and brackets; 0 if it does not end there. A full stop after a
// short word may be an abbreviation's and ends none.
func sentenceEnd(s string, i int) int {
	r, size := utf8.DecodeRuneInString(s[i:])
	if r == '.' && isAbbreviated(s[:i]) {
		return 0
	}
	const near = 16 // bytes; keeps this constant on rows of dots
	end := i + size
	for end < len(s) && end < i+near {
		c, n := utf8.DecodeRuneInString(s[end:])
		if !isEnder(c) && !strings.ContainsRune(`"')]”’»」』）`, c) {
			break
		}
		end += n
	}
	if end == len(s) {
		return end
	}
	next, n := utf8.DecodeRuneInString(s[end:])
	if isEastAsian(r) && r != '…' {
		return end
	}
	if _, white := whiteAt(s, end); !white {
		return 0
	}
	for after := end + n; after < len(s) && after < end+near; after += n {
		if next, n = utf8.DecodeRuneInString(s[after:]); !unicode.IsSpace(next) {
			break
		}
	}
	if unicode.IsLower(next) {
		return 0
	}
	return end
}

// isAbbreviated tells whether the word that s ends with is too short for a
// sentence's last: Dr, St, U.S.
func isAbbreviated(s string) bool {
	letters := 0
	for letters < 4 && s != "" {
		r, size := utf8.DecodeLastRuneInString(s)
		if unicode.IsDigit(r) || !unicode.IsLetter(r) && !unicode.IsMark(r) {
			return letters > 0 && !unicode.IsDigit(r)
		}
		letters++
		s = s[:len(s)-size]
	}
	return letters < 4
}

// endsSentence tells whether s ends with a mark that ends a sentence.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, `"')]”’»」』）`)
	r, _ := utf8.DecodeLastRuneInString(s)
	return isEnder(r) || r == ':'
}
