package feature

import (
	"unicode"
	"unicode/utf8"
)

// A word is a run of letters and digits; in scripts that set no spaces between
// words (Han, kana, Thai, Lao, Khmer, Burmese) every character is one, and as
// a token each pair of neighbours.

// textStats is what one pass over a block's text tells.
type textStats struct {
	Words      float64 // words; an unspaced character counts as half a word
	Letters    int     // runes in words
	Runes      int
	Upper      int // upper-case letters
	UpperWords int // words that start with one
	Digits     int
	Numbers    int // words of digits alone
	Marks      int // , ; : and their like in every script
	Ends       int // . ! ? and their like, at the end of a word
	Separators int // | · • / » – > between words
	Lines      int
	Unspaced   int // characters of unspaced scripts
	Markless   int // those of scripts that end sentences with no mark
	NonLatin   int // letters beyond U+024F
	Symbols    int // signs of code and addresses
	Longest    int // runes of the longest stretch without a space
	spaceAt    int // runes up to and with the last space
	EndsSentence,
	StartsUpper,
	StartsLetter bool
}

// isUnspaced tells the scripts that set no spaces between words.
func isUnspaced(r rune) bool {
	switch {
	case r < 0x0E00:
		return false
	case r <= 0x0EFF: // Thai, Lao
		return unicode.IsLetter(r) || unicode.IsMark(r)
	case r >= 0x1000 && r <= 0x109F, r >= 0x1780 && r <= 0x17FF: // Burmese, Khmer
		return true
	case r >= 0x3040 && r <= 0x30FF, r >= 0x31F0 && r <= 0x31FF: // kana
		return true
	case r >= 0x3400 && r <= 0x4DBF, r >= 0x4E00 && r <= 0x9FFF, r >= 0xF900 && r <= 0xFAFF, r >= 0x20000 && r <= 0x3FFFF: // Han
		return true
	}
	return false
}

// isSentenceEnd tells the full stops, question and exclamation marks.
func isSentenceEnd(r rune) bool {
	switch r {
	case '.', '!', '?', '…', '。', '！', '？', '．', '｡', '؟', '۔', '।', '॥', '։', '።', '၊', '။', '។':
		return true
	}
	return false
}

// isMark tells the marks inside sentences.
func isMark(r rune) bool {
	switch r {
	case ',', ';', ':', '，', '、', '；', '：', '،', '؛', '·':
		return true
	}
	return false
}

// isSeparator tells the signs that stand between the entries of a list.
func isSeparator(r rune) bool {
	switch r {
	case '|', '·', '•', '/', '»', '›', '>', '«', '–', '—', '→', '＞', '｜', '・', '\t':
		return true
	}
	return false
}

// scanWords walks the words of text: word is called with the hash of each
// (lower case), its first byte and one past its last. It returns the
// statistics of the text.
func scanWords(text string, word func(hash uint64, start, end int)) textStats {
	var st textStats
	st.Lines = 1
	last := rune(0) // last rune that is no space
	pair := rune(0) // last unspaced character
	first := true   // no letter or digit seen yet
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if n := escapes(text[i:]); n > 0 {
				st.Runes += n
				pair, last = 0, 'a'
				i += n
				continue
			}
			if !isASCIIWord(c) {
				st.space(rune(c), &last)
				pair = 0
				i++
				continue
			}
		} else {
			r, size := utf8.DecodeRuneInString(text[i:])
			if isUnspaced(r) {
				st.Runes++
				st.Letters++
				st.Unspaced++
				if r < 0x1800 { // Thai, Lao, Burmese, Khmer
					st.Markless++
				}
				st.NonLatin++
				st.Words += 0.5
				st.spaceAt = st.Runes
				if pair != 0 {
					word(mix(uint64(pair)<<32|uint64(r)), i-utf8.RuneLen(pair), i+size)
				}
				if first {
					first, st.StartsLetter = false, true
				}
				pair, last = r, r
				i += size
				continue
			}
			if !isWordRune(r) {
				st.space(r, &last)
				pair = 0
				i += size
				continue
			}
		}
		pair = 0
		start := i
		h, end := st.scanWord(text, i, first)
		first = false
		last = 'a'
		i = end
		word(h, start, end)
	}
	st.Longest = max(st.Longest, st.Runes-st.spaceAt)
	st.EndsSentence = isSentenceEnd(last) || last == '"' || last == '”' || last == '»' || last == ')' || st.isMarkless()
	return st
}

// isMarkless says whether the text is prose of a script that ends sentences with a
// space: there, only its length tells.
func (st *textStats) isMarkless() bool { return st.Words >= markless && 2*st.Markless > st.Letters }

const markless = 25

// escapes is the length of what an address in text writes another script's
// letters with, %D1%82…, 0 where there is none: every such letter takes two or
// more, and their digits are no words.
func escapes(text string) (n int) {
	for n+2 < len(text) && text[n] == '%' && isHigh(text[n+1]) && isHex(text[n+2]) {
		n += 3
	}
	if n < 6 {
		return 0
	}
	return n
}

// isHigh tells the first hexadecimal digit of a byte beyond ASCII.
func isHigh(c byte) bool { return isHex(c) && c >= '8' }

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }

// endStretch ends a stretch of runes without a space; the space that ended it
// is counted already.
func (st *textStats) endStretch() {
	st.Longest = max(st.Longest, st.Runes-1-st.spaceAt)
	st.spaceAt = st.Runes
}

// isSymbol tells the signs of code and of addresses.
func isSymbol(r rune) bool {
	switch r {
	case '_', '=', '/', '\\', '{', '}', '<', '>', '#', '%', '&', '+', '@', '~', '^', '*', '[', ']', ';':
		return true
	}
	return false
}

// space counts one rune that is in no word.
func (st *textStats) space(r rune, last *rune) {
	st.Runes++
	switch {
	case r == '\n':
		st.Lines++
		st.endStretch()
		return
	case r == ' ':
		st.endStretch()
		return
	case isSentenceEnd(r):
		st.Ends++
	case isMark(r):
		st.Marks++
	case isSeparator(r):
		st.Separators++
	}
	if isSymbol(r) {
		st.Symbols++
	}
	*last = r
}

// scanWord reads the word that starts at i; the first word of a block tells
// how the block starts.
func (st *textStats) scanWord(text string, i int, first bool) (hash uint64, end int) {
	h := uint64(fnvOffset)
	digits, letters := 0, 0
	start := i
	for i < len(text) {
		c := text[i]
		if c < utf8.RuneSelf {
			switch {
			case c >= 'a' && c <= 'z':
				letters++
			case c >= 'A' && c <= 'Z':
				letters++
				st.Upper++
				if i == start {
					st.UpperWords++
					if first {
						st.StartsUpper = true
					}
				}
				c |= 0x20
			case c >= '0' && c <= '9':
				digits++
				c = '0' // numbers of the same length are one token
			case c == '\'' && i+1 < len(text) && isASCIIWord(text[i+1]) && i > start:
				i++
				st.Runes++
				continue
			default:
				return st.endWord(h, letters, digits, first), i
			}
			h = (h ^ uint64(c)) * fnvPrime
			st.Runes++
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == '’' && i > start && i+size < len(text) && isASCIIWord(text[i+size]) {
			i += size
			st.Runes++
			continue
		}
		if isUnspaced(r) || !isWordRune(r) {
			break
		}
		letters++
		if r > 0x24F {
			st.NonLatin++
		}
		if unicode.IsUpper(r) {
			st.Upper++
			if i == start {
				st.UpperWords++
				st.StartsUpper = st.StartsUpper || first
			}
			r = unicode.ToLower(r)
		}
		h = (h ^ uint64(r)) * fnvPrime
		st.Runes++
		i += size
	}
	return st.endWord(h, letters, digits, first), i
}

func (st *textStats) endWord(h uint64, letters, digits int, first bool) uint64 {
	st.Words++
	st.Letters += letters
	st.Digits += digits
	if letters == 0 {
		st.Numbers++
	}
	if first && letters > 0 {
		st.StartsLetter = true
	}
	return mix(h)
}

func isASCIIWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}
