// Package phrase finds fixed phrases of many languages in short texts, in one
// pass over the text however many the phrases are.
package phrase

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// List is phrases in lower case with | between them, each of at least four
// bytes, under one name, such as a language.
type List struct{ Name, Phrases string }

// All is the phrases one by one.
func (l List) All() iter.Seq[string] { return strings.SplitSeq(l.Phrases, "|") }

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
		for text := range l.All() {
			key := [startLen]byte([]byte(text))
			s.byStart[key] = append(s.byStart[key], Found{text, l.Name})
		}
	}
	return s
}

// Find is the first phrase in a text, whatever its case, that begins and ends
// where words do. It reports false if there is none.
func (s Set) Find(text string) (Found, bool) { return s.FindIn(text, "") }

// FindIn is Find, but of phrases that begin at the same place those of the
// list of that name go before all others: neighbouring languages share some.
func (s Set) FindIn(text, name string) (Found, bool) {
	var room [shortText]byte
	low := appendLower(room[:0], text)
	for i := 0; i+startLen <= len(low); i++ {
		if !utf8.RuneStart(low[i]) {
			continue
		}
		if one, ok := findAt(low, i, s.byStart[[startLen]byte(low[i:])], name); ok {
			return one, true
		}
	}
	return Found{}, false
}

// findAt is the first of the phrases that stands at place i of a text, or
// rather the first of the list of that name.
func findAt(low []byte, i int, phrases []Found, name string) (first Found, ok bool) {
	for _, one := range phrases {
		if ok && one.Name != name {
			continue
		}
		end := i + len(one.Text)
		if end > len(low) || string(low[i:end]) != one.Text || splitsWord(low, i) || splitsWord(low, end) {
			continue
		}
		if name == "" || one.Name == name {
			return one, true
		}
		first, ok = one, true
	}
	return first, ok
}

// shortText is up to how many bytes a text costs no allocation.
const shortText = 256

// appendLower is strings.ToLower, with every apostrophe a straight one: lists
// have no others, and pages have mostly others.
func appendLower(to []byte, text string) []byte {
	for _, r := range text {
		switch {
		case 'A' <= r && r <= 'Z':
			r += 'a' - 'A'
		case r == '’' || r == 'ʼ':
			r = '\''
		case r >= utf8.RuneSelf:
			r = unicode.ToLower(r)
		}
		to = utf8.AppendRune(to, r)
	}
	return to
}

// splitsWord says whether a word goes on across place i of a text. Scripts that
// set no spaces, or few, have no such borders.
func splitsWord(text []byte, i int) bool {
	a, _ := utf8.DecodeLastRune(text[:i])
	b, _ := utf8.DecodeRune(text[i:])
	return inWord(a) && inWord(b) && !unspaced(a) && !unspaced(b)
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai)
}
