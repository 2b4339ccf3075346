package feature

import (
	"fmt"
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// ViewOfInput is the view that input k of the pools comes from, if any.
func ViewOfInput(k int) (View, bool) {
	if k < FirstFact {
		return View(k / inputsPerView), true
	}
	return 0, false
}

// InputName is the view or fact that input k comes from.
func InputName(k int) string {
	switch {
	case k < FirstFact:
		return View(k / inputsPerView).String()
	case k < NumInputs:
		return factName(Fact(k - FirstFact))
	}
	return secondName(SecondFact(k - NumInputs))
}

// InputValue writes the value of a fact.
func InputValue(k int, v float32) string { return strings.TrimSuffix(fmt.Sprintf("%.2f", v), ".00") }

// Named calls f with the tokens of a view for block i that have a name to
// show. It computes them anew, as tokens are kept by their hash alone.
func (f *Page) Named(v View, i int, add func(hash uint64, text string)) {
	b := &f.Source.Blocks[i]
	switch v {
	case Words:
		scanWords(b.Text, func(h uint64, start, end int) { add(h, b.Text[start:end]) })
	case Phrases:
		f.namedPhrases(b, add)
	case Targets:
		f.namedTargets(b, add)
	case Sections:
		f.namedSection(i, add)
	case Paths, Ancestors, NearNames, FarNames:
		f.namedElements(v, b, add)
	}
}

func (f *Page) namedPhrases(b *block.Block, add func(uint64, string)) {
	var names []string
	var ends [][2]int
	var words []uint64
	scanWords(b.Text, func(h uint64, start, end int) {
		words = append(words, h)
		ends = append(ends, [2]int{start, end})
	})
	n := len(ends)
	if n == 0 {
		return
	}
	cut := func(from, to int) string { return "“" + b.Text[ends[from][0]:ends[to][1]] + "”" }
	if n <= 8 {
		names = append(names, cut(0, n-1))
	}
	if n >= 2 {
		names = append(names, cut(0, 1)+"…", "…"+cut(n-2, n-1))
	}
	if n >= 3 {
		names = append(names, cut(0, 2)+"…")
	}
	k := 0
	phraseTokens(words, func(h uint64) {
		add(h, names[k])
		k++
	})
}

func (f *Page) namedTargets(b *block.Block, add func(uint64, string)) {
	for k := range b.Marks {
		m := &b.Marks[k]
		if m.Kind != block.MarkLink {
			continue
		}
		kind, host := f.layout.target(m.Href)
		add(combine(seedTarget, uint64(kind)+1), [...]string{"link to mail or script", "link within the page", "link to the own site", "link to another site"}[kind])
		if kind == targetForeign {
			add(hashString(seedHost, host), host)
		}
		pathWords(m.Href, func(w string) {
			w = strings.ToLower(w)
			add(combine(seedTarget, hashString(seedTarget, w)), "/"+w+"/")
		})
	}
}

// namedSection names the heading's tokens: its words, and the whole.
func (f *Page) namedSection(i int, add func(uint64, string)) {
	h := f.SectionOf(i)
	if h < 0 {
		return
	}
	text, all, n := f.Source.Blocks[h].Text, seedSectionAll, 0
	scanWords(text, func(h uint64, start, end int) {
		if n++; n <= maxHeading {
			all = combine(all, h)
			add(combine(seedSection, h), text[start:end])
		}
	})
	add(all, "“"+text+"”")
}

func (f *Page) namedElements(v View, b *block.Block, add func(uint64, string)) {
	els := f.Source.Elements
	at := b.Element
	for step := 0; at >= 0 && step < maxWalk; step, at = step+1, els[at].Parent {
		switch {
		case v == Ancestors:
			add(f.Tags[at], "<"+els[at].Tag+">")
		case v == Paths && step == 0:
			f.namedPath(at, add)
		case v == NearNames && step < 2, v == FarNames && step >= 2:
			namedNames(&els[at], add)
		}
	}
}

func (f *Page) namedPath(e int32, add func(uint64, string)) {
	name := ""
	for _, h := range f.Path.Of(int(e)) {
		name = "/" + f.Source.Elements[e].Tag + name
		add(h, name)
		e = f.Source.Elements[e].Parent
	}
}

// namedNames names the tokens of an element's class and id by the word where
// it can, by the whole attribute otherwise.
func namedNames(e *block.Element, add func(uint64, string)) {
	for _, name := range strings.FieldsFunc(e.Class+" "+e.ID, func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' }) {
		splitName(seedClass, name, func(h uint64) { add(h, "."+name) })
	}
	if e.ID != "" {
		add(hashString(seedID, e.ID), "#"+e.ID)
	}
	if e.Role != "" {
		add(hashString(seedRole, e.Role), "role="+e.Role)
	}
	if e.ItemProp != "" {
		add(hashString(seedProp, e.ItemProp), "itemprop="+e.ItemProp)
	}
	if e.ItemType != "" {
		add(hashString(seedProp, lastSegment(e.ItemType)), "itemtype="+lastSegment(e.ItemType))
	}
}
