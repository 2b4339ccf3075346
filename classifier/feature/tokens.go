package feature

import (
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// blockTokens lists the tokens of the block views.
func (f *Page) blockTokens(l *layout) {
	f.Tokens[Words] = l.wordsOf
	each := [NumBlockViews]int{Phrases: 4, Targets: 4, Controls: 4, Shapes: 10, Contexts: 10}
	for v := Phrases; v < NumBlockViews; v++ {
		f.Tokens[v] = f.room.tokenList(len(l.stats), each[v])
	}
	forms, format := l.formTokens(), uint64(l.page.Format) // bare text has shapes of its own
	for i := range l.stats {
		if l.room.endedAt(i) {
			return
		}
		phraseTokens(l.text.Of(i), f.Tokens[Phrases].add)
		l.targetTokens(i, f.Tokens[Targets].add)
		l.controlTokens(i, &forms, f.Tokens[Controls].add)
		shapeTokens(format, f.FactsOf(i), f.Tokens[Shapes].add)
		contextTokens(format, f.FactsOf(i), f.Tokens[Contexts].add)
		for v := Phrases; v < NumBlockViews; v++ {
			f.Tokens[v].next()
		}
	}
}

// phraseTokens gives the first two words, the first three, the last two, and
// the whole of a text of at most eight words.
func phraseTokens(w []uint64, add func(uint64)) {
	n := len(w)
	if n == 0 {
		return
	}
	if n <= 8 {
		all := seedPhraseAll
		for _, h := range w {
			all = combine(all, h)
		}
		add(all)
	}
	if n >= 2 {
		pair := combine(combine(seedPhraseFirst, w[0]), w[1])
		add(pair)
		add(combine(combine(seedPhraseLast, w[n-2]), w[n-1]))
		if n >= 3 {
			add(combine(pair, w[2]))
		}
	}
}

// targetTokens gives the words of the links' paths and how they stand to the
// page, for the first links of a block.
func (l *layout) targetTokens(i int, add func(uint64)) {
	b := &l.page.Blocks[i]
	if b.Links == 0 {
		return
	}
	n := 0
	for k := range b.Marks {
		m := &b.Marks[k]
		if m.Kind != block.MarkLink {
			continue
		}
		if n++; n > 16 {
			return
		}
		kind, host := l.target(m.Href)
		add(combine(seedTarget, uint64(kind)+1))
		if kind == targetForeign {
			add(hashString(seedHost, host))
		}
		if kind == targetOther {
			scheme, _, _ := strings.Cut(m.Href, ":")
			add(hashLower(seedRel, scheme))
		}
		if m.Rel != "" {
			splitName(seedRel, m.Rel, add)
		}
		pathWords(m.Href, func(w string) { add(combine(seedTarget, hashLower(seedTarget, w))) })
	}
}

// formTokens are the tokens of each form.
func (l *layout) formTokens() TokenList {
	out := l.room.tokenList(len(l.page.Forms), 40)
	add := func(h uint64) { out.add(h) }
	for i := range l.page.Forms {
		form := &l.page.Forms[i]
		pathWords(form.Action, func(w string) { add(hashLower(seedAction, w)) })
		splitName(seedAction, form.Class, add)
		splitName(seedAction, form.ID, add)
		add(hashString(seedAction, form.Method))
		for k, field := range form.Fields {
			if k >= 40 {
				break
			}
			add(hashString(seedField, field.Tag+"/"+field.Type))
			splitName(seedField, field.Name, add)
		}
		out.next()
	}
	return out
}

func (l *layout) controlTokens(i int, forms *TokenList, add func(uint64)) {
	b := &l.page.Blocks[i]
	if b.Form >= 0 {
		for _, h := range forms.Of(int(b.Form)) {
			add(h)
		}
	}
	c := b.Control
	for k, n := range [...]uint8{c.Inputs, c.Textareas, c.Selects, c.Buttons, c.Checks} {
		if n > 0 {
			add(combine(seedField, uint64(k)<<8|uint64(min(n, 4))))
		}
	}
}

// step puts a value into one of a few bins.
func step(v float32, cuts ...float32) uint64 {
	for i, c := range cuts {
		if v <= c {
			return uint64(i)
		}
	}
	return uint64(len(cuts))
}

// Bins of facts, for conjunctions.
func sizeBin(v float32) uint64    { return step(v, 1, 2, 2.9, 3.6, 4.4, 5.2, 6, 7) } // log2 words
func densityBin(v float32) uint64 { return step(v, -0.5, 0.01, 0.2, 0.5, 0.9) }
func shareBin(v float32) uint64   { return step(v, 0.01, 0.1, 0.3, 0.6, 0.9) }

// shapeTokens are conjunctions of a block's own facts.
func shapeTokens(format uint64, f []float32, add func(uint64)) {
	size, density := sizeBin(f[FactWords]), densityBin(f[FactLinkDensity])
	role, ends := uint64(f[FactRole])<<3|uint64(f[FactLevel]), uint64(f[FactEndsSentence])
	base := size<<8 | density
	token := func(kind uint64, parts ...uint64) {
		h := combine(seedShape+format<<32, kind)
		for _, p := range parts {
			h = combine(h, p)
		}
		add(h)
	}
	token(1, base, ends, uint64(f[FactStartsUpper]))
	token(2, base, role)
	token(3, base, uint64(f[FactInBest]), shareBin(f[FactBestShare]))
	token(4, base, step(f[FactMarks], 0, 0.05, 0.1, 0.2), step(f[FactUpperWords], 0.1, 0.3, 0.6, 0.9))
	token(5, base, step(f[FactGroup], 1, 2, 3, 5, 7), sizeBin(f[FactGroupWords]))
	token(6, size, uint64(f[FactInArticle])|uint64(f[FactInMain])<<1|uint64(f[FactInNav])<<2|uint64(f[FactInHeader])<<3|uint64(f[FactInFooter])<<4|uint64(f[FactInAside])<<5, density)
	token(7, base, uint64(f[FactHidden]), uint64(f[FactOrigin]))
	token(8, size, step(f[FactDigits], 0, 0.1, 0.3, 0.6), step(f[FactSeparators], 0, 0.1, 0.3))
	token(9, base, shareBin(f[FactInProse]), step(f[FactForeignLinks], 0, 0.5, 0.99))
	token(10, base, shareBin(f[FactElsewhere]), step(f[FactUpperWords], 0.3, 0.8))
}

// contextTokens are conjunctions with what stands around.
func contextTokens(format uint64, f []float32, add func(uint64)) {
	size, density := sizeBin(f[FactWords]), densityBin(f[FactLinkDensity])
	own := size<<3 | density
	token := func(kind uint64, parts ...uint64) {
		h := combine(seedContext+format<<32, kind)
		for _, p := range parts {
			h = combine(h, p)
		}
		add(h)
	}
	prev := sizeBin(f[FactPrevWords])<<3 | densityBin(f[FactPrevDensity])
	next := sizeBin(f[FactNextWords])<<3 | densityBin(f[FactNextDensity])
	token(1, own, prev, uint64(f[FactPrevSame]))
	token(2, own, next, uint64(f[FactNextSame]))
	token(3, densityBin(f[FactPrevDensity]), step(f[FactPrevWords], 2, 4), own, step(f[FactNextWords], 2, 4), densityBin(f[FactNextDensity]))
	token(4, own, step(f[FactNear3], 1, 4, 6, 8), step(f[FactNear8], 1, 5, 7, 9))
	token(5, own, sizeBin(f[FactParentWords]), densityBin(f[FactParentDensity]), shareBin(f[FactParentRunning]))
	token(6, own, shareBin(f[FactRunningBefore]), shareBin(f[FactRunningAfter]))
	token(7, own, uint64(f[FactPrevHeading]), uint64(f[FactNextHeading]), uint64(f[FactHeading]))
	token(8, size, step(f[FactFromHeadline], -19, -5, -1, 0, 1, 3, 5, 7), densityBin(f[FactLinkDensity]))
	token(9, own, shareBin(f[FactGrandRunning]), densityBin(f[FactGrandDensity]))
	token(10, size, step(f[FactFromHeading], 1, 2, 4), shareBin(f[FactPosition]), uint64(f[FactInBest]))
}
