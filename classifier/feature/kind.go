package feature

import (
	"strings"
)

// kindTokens are the tokens of the page as a whole, from which a naive Bayes
// classifier tells its kind: words of its address and title, what it says of
// itself, names of its elements, and its proportions.
func (l *layout) kindTokens(f *Page) []uint64 {
	set := l.room.index(256)
	add := func(h uint64) { set.add(h) }
	m := &l.page.Meta
	pathWords(m.Canonical, func(w string) { add(hashLower(seedKindURL, w)) })
	scanWords(m.TitleTag, func(h uint64, _, _ int) { add(combine(seedKindTitle, h)) })
	if m.Type != "" {
		add(hashString(seedKindMeta, m.Type))
	}
	for _, t := range m.SchemaTypes {
		add(hashString(seedKindMeta, t))
	}
	splitName(seedKindMeta, m.Generator, add)
	for i := range l.page.Elements {
		if l.sum[i].Words*20 < l.total.Words { // only what holds a fair part of the page
			continue
		}
		for _, h := range f.Names.Of(i) {
			add(combine(seedKindName, h))
		}
	}
	l.kindFacts(add)
	return set.hashes
}

// kindFacts are bins of the page's proportions.
func (l *layout) kindFacts(add func(uint64)) {
	fact := func(kind, bin uint64) { add(combine(combine(seedKindFact, kind), bin)) }
	page := l.pageFacts()
	fact(1, step(page[0], 6, 7, 8, 9, 10, 11, 12))
	fact(2, step(page[2], 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8))
	fact(3, step(page[3], 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8))
	fact(4, step(page[4], 3.5, 4, 4.5, 5, 5.5, 6, 7))
	fact(5, step(l.articles(), 0, 1, 2, 3, 4))
	fact(6, step(ratio(l.bestScore, l.total.Running), 0.1, 0.3, 0.5, 0.7, 0.9))
	fact(7, step(log2(l.total.Paragraphs), 1, 2, 3, 4, 5, 6))
	code, table, price := 0, 0, 0
	for i := range l.page.Blocks {
		switch l.page.Blocks[i].Role.String() {
		case "code":
			code++
		case "table":
			table++
		}
		if hasPrice(l.page.Blocks[i].Text) {
			price++
		}
	}
	fact(8, step(log2(float64(code)), 0, 1, 2, 4))
	fact(9, step(log2(float64(table)), 0, 2, 4, 6))
	fact(10, step(log2(float64(price)), 0, 1, 2, 3, 4))
}

// hasPrice says whether a short text holds a currency sign beside a digit.
func hasPrice(text string) bool {
	if len(text) > 60 {
		return false
	}
	for _, sign := range [...]string{"$", "€", "£", "¥", "₹"} {
		if i := strings.Index(text, sign); i >= 0 && strings.ContainsAny(text, "0123456789") {
			return true
		}
	}
	return false
}
