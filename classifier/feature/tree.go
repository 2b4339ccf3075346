package feature

import (
	"math"
	"slices"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// treeFacts are those of the subtrees around a block.
func (l *layout) treeFacts(i int, f []float32) {
	b := &l.page.Blocks[i]
	if b.Box < 0 {
		f[FactBestShare] = -1
		return
	}
	els := l.page.Elements
	e := els[b.Box].Parent
	for k := 0; k < 3 && e >= 0; k++ {
		s := &l.sum[e]
		at := int(FactParentWords) + 4*k
		f[at], f[at+1] = log2(s.Words), ratio(s.LinkWords, s.Words)
		f[at+2], f[at+3] = ratio(s.Running, s.Words), log2(s.Blocks)
		e = els[e].Parent
	}
	if l.best < 0 {
		return
	}
	f[FactInBest] = flag(l.inBest[b.Box])
	f[FactBestShare] = ratio(l.sum[l.best].Running, l.total.Running)
	l.bestDistance(b.Box, f)
}

// bestDistance tells how far the block's box is from the best container: the
// steps up to the first common ancestor, and how much of the page that holds.
func (l *layout) bestDistance(box int32, f []float32) {
	m := l.toBest[box]
	f[FactBestDistance] = float32(min(m.up, 30)) + float32(min(m.down, 30))/32
	if m.at >= 0 {
		f[FactBestMeet] = ratio(l.sum[m.at].Words, l.total.Words)
	}
}

// meeting is where the way from an element to another one turns: the first
// common ancestor, and the steps up to and down from it.
type meeting struct {
	at       int32 // -1 for none
	up, down int32
}

// meetings finds the meeting of every element with one of them, in one pass
// over the elements, whose parents come before their children.
func meetings(room *Room, els []block.Element, with int32) []meeting {
	out := room.meetings.take(len(els))
	above := room.flags.take(len(els))
	for e := with; e >= 0; e = els[e].Parent {
		above[e] = true
	}
	for e := range els {
		p := els[e].Parent
		switch {
		case above[e]:
			out[e] = meeting{at: int32(e), down: els[with].Depth - els[e].Depth}
		case p >= 0:
			out[e] = meeting{at: out[p].at, up: out[p].up + 1, down: out[p].down}
		default:
			out[e] = meeting{at: -1, up: 1}
		}
	}
	return out
}

// parent is the element that decides whether two blocks are siblings.
func (l *layout) parent(i int) int32 {
	box := l.page.Blocks[i].Box
	if box < 0 {
		return -1
	}
	return l.page.Elements[box].Parent
}

func (l *layout) neighbourFacts(i int, f []float32) {
	l.oneNeighbour(i, i-1, f[FactPrevWords:FactNextWords])
	l.oneNeighbour(i, i+1, f[FactNextWords:FactPrev2Words])
	f[FactPrev2Words], f[FactPrev2Density] = l.sizeAndDensity(i - 2)
	f[FactNext2Words], f[FactNext2Density] = l.sizeAndDensity(i + 2)
	f[FactNear3], f[FactNear8] = l.runningNear(i, 3), l.runningNear(i, 8)
	f[FactRun] = log2(float64(l.likeRun(i)))
}

func (l *layout) sizeAndDensity(i int) (words, density float32) {
	if i < 0 || i >= len(l.stats) {
		return -1, -1
	}
	return log2(l.stats[i].Words), float32(l.links[i].Density)
}

// oneNeighbour fills words, density, ends like a sentence, same parent, heading.
func (l *layout) oneNeighbour(i, j int, f []float32) {
	f[0], f[1] = l.sizeAndDensity(j)
	if j < 0 || j >= len(l.stats) {
		return
	}
	f[2] = flag(l.stats[j].EndsSentence)
	f[3] = flag(l.parent(i) == l.parent(j))
	if b := &l.page.Blocks[j]; b.Role == block.RoleHeading {
		f[4] = 7 - float32(b.Level)
	}
}

func (l *layout) runningNear(i, reach int) float32 {
	sum := 0.0
	for j := max(0, i-reach); j <= min(len(l.stats)-1, i+reach); j++ {
		if j != i && l.isRunning(j) {
			sum += l.stats[j].Words
		}
	}
	return log2(sum)
}

// likeRun is how many blocks in a row, this one among them, share its
// signature, or for plain text are short; it looks at 12 at most each way.
func (l *layout) likeRun(i int) int {
	like := func(j int) bool {
		if l.page.Blocks[i].Element < 0 {
			return (l.stats[j].Words < 8) == (l.stats[i].Words < 8)
		}
		return l.signature(j) == l.signature(i)
	}
	n := 1
	for j := i - 1; j >= max(0, i-12) && like(j); j-- {
		n++
	}
	for j := i + 1; j < min(len(l.stats), i+13) && like(j); j++ {
		n++
	}
	return n
}

// pageFacts are the facts of the whole page, from FactPageWords to
// FactPageImages, after FactArticles which stands apart.
func (l *layout) pageFacts() [7]float32 {
	prose := l.room.doubles.piece(len(l.stats))[:0]
	for i := range l.stats {
		if l.isRunning(i) {
			prose = append(prose, l.stats[i].Words)
		}
	}
	median := 0.0
	if len(prose) > 0 {
		slices.Sort(prose)
		median = prose[len(prose)/2]
	}
	return [...]float32{
		log2(l.total.Words), log2(l.total.Blocks), ratio(l.total.LinkWords, l.total.Words),
		ratio(l.total.Running, l.total.Words), log2(median),
		float32(min(len(l.page.Forms), 12)), log2(float64(len(l.page.Images))),
	}
}

// articles counts <article> elements that hold text.
func (l *layout) articles() float32 {
	n := 0
	for i := range l.page.Elements {
		if l.page.Elements[i].Tag == "article" {
			n++
		}
	}
	return float32(math.Log2(1 + float64(n)))
}

// Siblings says whether two blocks stand in the same element; those of plain
// text all do.
func (f *Page) Siblings(i, j int) bool { return f.layout.parent(i) == f.layout.parent(j) }

// Groups says for every block which of n groups it is in: blocks whose elements
// have the same tags and classes up to the root.
func (f *Page) Groups() (of []int32, n int) { return f.layout.groupOf, len(f.layout.groups) }
