package block

import (
	"unicode"
	"unicode/utf8"
)

// seam tells how an inline element met the next with no space between:
// </span><span>. Pages that lay such elements out as boxes of their own need
// no space in the source, but a reader sees one.
type seam uint8

const (
	seamNone seam = iota
	seamEnd       // an inline element has ended
	seamBoth      // and another has begun
)

// ended and began follow the tags between two texts. Bold type and its like
// make no boxes: they may begin within a word.
func (m *seam) ended(k tag) {
	if *m == seamNone && makesSeams(k) {
		*m = seamEnd
	}
}

func (m *seam) began(k tag) {
	if *m == seamEnd && makesSeams(k) {
		*m = seamBoth
	}
}

func makesSeams(k tag) bool {
	return k == tagA || !k.has(isFormat) && k != tagSub && k != tagSup && k != tagKbd && k != tagSamp && k != tagVar
}

// apart says whether both the run's text and the next would be part of one
// word if nothing stood between them.
func (r *run) apart(next string) bool {
	a, _ := utf8.DecodeLastRune(r.buf)
	b, _ := utf8.DecodeRuneInString(next)
	return isWordRune(a) && isWordRune(b)
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
