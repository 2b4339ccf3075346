package comments

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// phrases finds phrases in a text in one pass over it.
type phrases struct {
	byStart map[[phraseStart]byte][]phrase // in the order of the list
}

// phraseStart is how many bytes every phrase has at least.
const phraseStart = 4

// phrase is one of them, in lower case.
type phrase struct{ text, language string }

func newPhrases(list []languagePhrases) phrases {
	p := phrases{map[[phraseStart]byte][]phrase{}}
	for _, l := range list {
		for text := range strings.SplitSeq(l.phrases, "|") {
			key := [phraseStart]byte([]byte(text))
			p.byStart[key] = append(p.byStart[key], phrase{text, l.language})
		}
	}
	return p
}

var (
	replyPhrases   = sync.OnceValue(func() phrases { return newPhrases(replyWording) })
	contactPhrases = sync.OnceValue(func() phrases { return newPhrases(contactWording) })
)

// maxInvitation is the longest text, in bytes, that invites a comment rather
// than speaks of one.
const maxInvitation = 240

// find is the first phrase in a text, if there is one. It begins and ends
// where words do.
func (p phrases) find(text string) (phrase, bool) {
	if len(text) > maxInvitation {
		return phrase{}, false
	}
	text = strings.ToLower(text)
	for i := 0; i+phraseStart <= len(text); i++ {
		if !utf8.RuneStart(text[i]) {
			continue
		}
		for _, one := range p.byStart[[phraseStart]byte([]byte(text[i:i+phraseStart]))] {
			if strings.HasPrefix(text[i:], one.text) && !sameWord(text[:i], one.text) && !sameWord(one.text, text[i+len(one.text):]) {
				return one, true
			}
		}
	}
	return phrase{}, false
}

// sameWord says whether a word goes on from the end of one text to the start
// of the next. Scripts without spaces have no such borders.
func sameWord(before, after string) bool {
	a, _ := utf8.DecodeLastRuneInString(before)
	b, _ := utf8.DecodeRuneInString(after)
	return unicode.IsLetter(a) && unicode.IsLetter(b) && !unspaced(a) && !unspaced(b)
}

// unspaced tells scripts that set no spaces between words, or few.
func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai)
}
