package feature

import (
	"strings"
	"unicode/utf8"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// subjectLetters is how many letters a word has at least that says something
// of a subject; a pair of letters of a script without spaces does too.
const subjectLetters = 4

// Subject is the words that some blocks of a page and its title use.
type Subject map[uint64]struct{}

// SubjectOf gathers the words of the title and of the blocks chosen by in.
func (f *Page) SubjectOf(in func(i int) bool) Subject {
	s := Subject{}
	add := func(text string) { subjectWords(text, func(h uint64, _ string) { s[h] = struct{}{} }) }
	add(f.Source.Meta.TitleTag)
	add(f.Source.Meta.Title)
	for i := range f.Source.Blocks {
		if in(i) {
			add(f.Source.Blocks[i].Text)
		}
	}
	return s
}

// Share counts the distinct words of block i that say something, and how many
// of them the subject has.
func (s Subject) Share(f *Page, i int) (own, shared int) {
	seen := Subject{}
	subjectWords(f.Source.Blocks[i].Text, func(h uint64, _ string) {
		if _, ok := seen[h]; ok {
			return
		}
		seen[h] = struct{}{}
		if own++; s != nil {
			if _, ok := s[h]; ok {
				shared++
			}
		}
	})
	return own, shared
}

// IsFiller says whether block i is text that can sell nothing: the "lorem
// ipsum" of an unfinished page, one word again and again, or sizes, ids and
// numbers, which are more digits than letters and no address.
func (f *Page) IsFiller(i int) bool {
	text := strings.TrimSpace(f.Source.Blocks[i].Text)
	if len(text) >= len(filler) && strings.EqualFold(text[:len(filler)], filler) {
		return true
	}
	s := &f.layout.stats[i]
	if s.Words >= leastMonotone && len(f.layout.numbersOf(i)) == 1 {
		return true
	}
	return s.Digits > s.Letters && s.Symbols == 0 || s.Digits > 2*s.Letters && !strings.Contains(text, "://")
}

// leastMonotone is how many words a block of one word has at least that is
// filler.
const leastMonotone = 20

const filler = "lorem ipsum"

// Repeated is the word of block i that stands there most often, and how often.
func (f *Page) Repeated(i int) (word string, n int) {
	count := map[uint64]int{}
	subjectWords(f.Source.Blocks[i].Text, func(h uint64, text string) {
		if count[h]++; count[h] > n {
			word, n = strings.ToLower(text), count[h]
		}
	})
	return word, n
}

// subjectWords walks the words of a text that say something.
func subjectWords(text string, word func(h uint64, text string)) {
	scanWords(text, func(h uint64, start, end int) {
		one := text[start:end]
		if first, _ := utf8.DecodeRuneInString(one); utf8.RuneCountInString(one) >= subjectLetters || isUnspaced(first) {
			word(h, one)
		}
	})
}

// ForeignHosts is the hosts that block i's links lead to, one for each link to
// another site, in order; without www. and in lower case.
func (f *Page) ForeignHosts(i int) []string {
	b := &f.Source.Blocks[i]
	if b.Links == 0 {
		return nil
	}
	var hosts []string
	for k := range b.Marks {
		if m := &b.Marks[k]; m.Kind == block.MarkLink {
			if kind, host := f.layout.target(m.Href); kind == targetForeign {
				hosts = append(hosts, host)
			}
		}
	}
	return hosts
}
