package feature

import (
	"bytes"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// sections says under which heading each block stands: "Related articles",
// "Customer reviews" and "About the author" tell more of what is below them
// than its own words do.
type sections struct {
	of     []int32   // per block: the section, -1 before the first heading
	head   []int32   // per section: the block that is its heading
	tokens TokenList // per section: words of the heading and of the one above it
	ends   []int32   // per element: one past the last element of its subtree
}

const (
	maxHeading    = 12 // words of a heading that are looked at
	maxSection    = 60 // blocks that a heading reaches
	maxSectionUp  = 8  // steps up from a heading that are looked at
	labelWords    = 6  // most words of a line that is a heading by its place alone
	enoughHeading = 2  // headings by markup from which on those by place are not looked for
)

// findSections reads the page's headings.
func (l *layout) findSections() {
	s := &l.sections
	n := len(l.stats)
	s.of = l.room.counts.take(n)
	level := l.headingLevels()
	headings := n - zeros(level)
	s.head = l.room.counts.piece(headings)[:0]
	s.tokens = l.room.tokenList(headings, 16)
	var open [8]int32 // the last heading of each level, as a section
	for k := range open {
		open[k] = -1
	}
	current := int32(-1)
	for i := range n {
		v := level[i]
		if v == 0 {
			s.of[i] = current
			if current >= 0 && i-int(s.head[current]) > maxSection {
				s.of[i] = -1
			}
			continue
		}
		above := int32(-1)
		for k := v - 1; k > 0 && above < 0; k-- {
			above = open[k]
		}
		s.of[i] = above
		current = l.openSection(i, above)
		open[v] = current
		for k := int(v) + 1; k < len(open); k++ {
			open[k] = -1
		}
	}
	s.ends = l.room.counts.take(len(l.page.Elements))
	subtreeEnds(s.ends, l.page.Elements)
}

// headingLevels is each block's level as a heading, 1 to 7, 0 for none. Where
// the markup tells hardly any, a short line before a longer block is one.
func (l *layout) headingLevels() []uint8 {
	level := l.room.levels.take(len(l.stats))
	marked := 0
	for i := range level {
		if b := &l.page.Blocks[i]; b.Role == block.RoleHeading {
			level[i] = min(max(b.Level, 1), 6)
			marked++
		}
	}
	if marked >= enoughHeading {
		return level
	}
	for i := 0; i+1 < len(level); i++ {
		s := &l.stats[i]
		if level[i] == 0 && s.Words > 0 && s.Words <= labelWords && !s.EndsSentence && l.stats[i+1].Words > 2*s.Words {
			level[i] = 7
		}
	}
	return level
}

func (l *layout) openSection(i int, above int32) int32 {
	s := &l.sections
	all := seedSectionAll
	for _, h := range l.headingWords(i) {
		all = combine(all, h)
		s.tokens.add(combine(seedSection, h))
	}
	s.tokens.add(all)
	if above >= 0 {
		for _, h := range l.headingWords(int(s.head[above])) {
			s.tokens.add(combine(seedSectionAbove, h))
		}
	}
	s.tokens.next()
	s.head = append(s.head, int32(i))
	return int32(len(s.head) - 1)
}

func (l *layout) headingWords(i int) []uint64 {
	w := l.text.Of(i)
	return w[:min(len(w), maxHeading)]
}

// zeros is how many of the levels are 0.
func zeros(level []uint8) int { return bytes.Count(level, []byte{0}) }

// subtreeEnds fills in, per element, one past the last element of its subtree;
// parents come before their children.
func subtreeEnds(ends []int32, els []block.Element) {
	for e := len(els) - 1; e >= 0; e-- {
		ends[e] = max(ends[e], int32(e)+1)
		if p := els[e].Parent; p >= 0 {
			ends[p] = max(ends[p], ends[e])
		}
	}
}

// sectionFacts tells how close a block is to its heading in the markup: the
// steps up from the heading to an element that holds both.
func (l *layout) sectionFacts(i int, f []float32) {
	f[FactSectionUp] = -1
	k := l.sections.of[i]
	if k < 0 {
		return
	}
	head := &l.page.Blocks[l.sections.head[k]]
	e, own := head.Element, l.page.Blocks[i].Element
	up := 0
	for ; e >= 0 && up < maxSectionUp; up++ {
		if own >= e && own < l.sections.ends[e] {
			break
		}
		e = l.page.Elements[e].Parent
	}
	f[FactSectionUp] = float32(up)
}

// SectionOf is the block that is block i's heading, -1 for none.
func (f *Page) SectionOf(i int) int {
	if k := f.layout.sections.of[i]; k >= 0 {
		return int(f.layout.sections.head[k])
	}
	return -1
}

// sectionTokens are the tokens of block i's heading.
func (f *Page) sectionTokens(i int) []uint64 {
	s := &f.layout.sections
	if k := s.of[i]; k >= 0 {
		return s.tokens.Of(int(k))
	}
	return nil
}
