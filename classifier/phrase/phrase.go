// Package phrase finds fixed phrases of many languages in short texts, in one
// pass over the text however many the phrases are.
package phrase

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// List is phrases in lower case with | between them, each of at least four
// bytes, under one name, such as a language.
type List struct{ Name, Phrases string }

// Set is many lists ready to be looked for. It is immutable.
type Set struct {
	byStart map[[startLen]byte][]Found // in the order of the lists
}

// startLen is how many bytes every phrase has at least.
const startLen = 4

// Found is a phrase, and the name of its list.
type Found struct{ Text, Name string }

// New prepares lists. Of phrases that begin at the same place the first
// counts. It panics on a phrase that is too short, for lists are constants.
func New(lists []List) Set {
	s := Set{map[[startLen]byte][]Found{}}
	for _, l := range lists {
		for text := range strings.SplitSeq(l.Phrases, "|") {
			key := [startLen]byte([]byte(text))
			s.byStart[key] = append(s.byStart[key], Found{text, l.Name})
		}
	}
	return s
}

// Find is the first phrase in a text, whatever its case, that begins and ends
// where words do. It reports false if there is none.
func (s Set) Find(text string) (Found, bool) {
	text = strings.ToLower(text)
	for i := 0; i+startLen <= len(text); i++ {
		if !utf8.RuneStart(text[i]) {
			continue
		}
		for _, one := range s.byStart[[startLen]byte([]byte(text[i:i+startLen]))] {
			if strings.HasPrefix(text[i:], one.Text) && !sameWord(text[:i], one.Text) && !sameWord(one.Text, text[i+len(one.Text):]) {
				return one, true
			}
		}
	}
	return Found{}, false
}

// sameWord says whether a word goes on from the end of one text to the start
// of the next. Scripts that set no spaces, or few, have no such borders.
func sameWord(before, after string) bool {
	a, _ := utf8.DecodeLastRuneInString(before)
	b, _ := utf8.DecodeRuneInString(after)
	return inWord(a) && inWord(b) && !unspaced(a) && !unspaced(b)
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai)
}
