package training

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/feature"
	"github.com/pagesieve/pagesieve/training/augment"
)

// Most pages that teach are English, and spam of many languages is put into
// them: counted as it is, it would make every word of a language that few
// honest pages are in speak for spam, and every word of one that no spam is in
// speak against it. So of every language that part of the words of spam, or of
// what is neither spam nor body, is counted by which there is as much of the one
// beside the other as in the language that most pages are in.

// scripts tell a language, or a few, by their letters.
var scripts = [...]struct {
	name   string
	tables []*unicode.RangeTable
}{
	{"kana", []*unicode.RangeTable{unicode.Hiragana, unicode.Katakana}}, // some Japanese text is half Han
	{"han", []*unicode.RangeTable{unicode.Han}},
	{"hangul", []*unicode.RangeTable{unicode.Hangul}},
	{"cyrillic", []*unicode.RangeTable{unicode.Cyrillic}},
	{"arabic", []*unicode.RangeTable{unicode.Arabic}},
	{"hebrew", []*unicode.RangeTable{unicode.Hebrew}},
	{"greek", []*unicode.RangeTable{unicode.Greek}},
	{"thai", []*unicode.RangeTable{unicode.Thai}},
	{"devanagari", []*unicode.RangeTable{unicode.Devanagari}},
}

// tongueLetters is how many letters of a block are looked at.
const tongueLetters = 200

// scriptOf names the script, other than Latin, that at least a fifth of a
// text's first letters are of; empty where there is none.
func scriptOf(text string) string {
	letters, in := 0, [len(scripts)]int{}
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		if letters++; letters > tongueLetters {
			break
		}
		for k := range scripts {
			if r >= 0x80 && unicode.In(r, scripts[k].tables...) {
				in[k]++
			}
		}
	}
	for k, n := range in {
		if n > 0 && 5*n >= letters {
			return scripts[k].name
		}
	}
	return ""
}

// tongue groups blocks by what their words can be compared with: the script,
// or in Latin letters the language that a piece put in is of or that the page
// declares; empty where it declares none.
func (e *Example) tongue(i int) string {
	b := &e.Features.Source.Blocks[i]
	if script := scriptOf(b.Text); script != "" {
		return script
	}
	if e.madeUp(i) {
		for _, in := range e.Injected {
			if b.Start < in.End && in.Start < b.End {
				return in.Language
			}
		}
	}
	lang, _, _ := strings.Cut(strings.ToLower(e.Features.Source.Meta.Language), "-")
	if len(lang) > 3 {
		return "" // no tag of a language
	}
	return lang
}

// balance is the shares, by tongue, of the spam put in and of what is neither
// spam nor body whose words count.
type balance map[string]struct{ spam, other float64 }

func newBalance(examples []*Example) balance {
	spam, other := map[string]float64{}, map[string]float64{}
	for _, e := range examples {
		if e.Twin {
			continue
		}
		for i, t := range e.Truth {
			n := float64(e.Features.WordsN[i])
			switch {
			case t == Unknown || t == Truth(bayes.Body) || n == 0:
			case e.Guess[i] != Truth(bayes.LinkSpam):
				other[e.tongue(i)] += n
			case e.madeUp(i):
				spam[e.tongue(i)] += n
			}
		}
	}
	most := ""
	for _, k := range slices.Sorted(maps.Keys(other)) {
		if other[k] > other[most] {
			most = k
		}
	}
	b := balance{}
	for k := range other {
		b.set(k, spam[k]*other[most], other[k]*spam[most])
	}
	for k := range spam {
		b.set(k, spam[k]*other[most], other[k]*spam[most])
	}
	b.set("", 1, 1) // not said: like most
	return b
}

// set enters a tongue's shares from how much spam it has and how much it would
// have if it were like most.
func (b balance) set(tongue string, spam, like float64) {
	s := b[tongue]
	s.spam, s.other = 1, 1
	if spam > like {
		s.spam = like / spam
	} else if spam < like {
		s.other = spam / like
	}
	b[tongue] = s
}

// muted tells of each block whether its words are not counted, where they are
// to be counted by label.
func (b balance) muted(e *Example) []bool {
	out := make([]bool, len(e.Truth))
	for i := range out {
		if e.Truth[i] == Unknown || e.Truth[i] == Truth(bayes.Body) {
			continue
		}
		share := 1.0
		if e.Guess[i] != Truth(bayes.LinkSpam) {
			share = b[e.tongue(i)].other
		} else if e.madeUp(i) {
			share = b[e.tongue(i)].spam
		}
		out[i] = share < 1 && augment.Share(augment.Seed(uint64(i)+1, e.ID)*0x9e3779b97f4a7c15) >= share
	}
	return out
}

// spoken says whether a view's tokens are words of a language.
func spoken(v feature.View) bool {
	return v == feature.Words || v == feature.Phrases || v == feature.Sections
}
