package comments

import (
	"strings"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/block"
)

// looseComments parts the blocks that are comments by label alone, given in
// order: by the boxes that they stand in where those repeat, else by lines
// such as "Ann says:" and by gaps.
func (g *grouper) looseComments(loose []int) []*piece {
	if len(loose) == 0 {
		return nil
	}
	loose = g.withoutTitle(loose)
	boxes, single := g.findBoxes(loose)
	starts := boxes.starts
	if headed := g.headedStarts(loose); starts == nil || len(headed) > len(starts) || single && len(headed) > 1 {
		starts = headed
	}
	var out []*piece
	for k, i := range loose {
		gap := k > 0 && i-loose[k-1] > 1+maxLoose
		if k == 0 || gap || starts[i] {
			out = append(out, &piece{unit: -1, depth: -1})
		}
		last := out[len(out)-1]
		last.blocks = append(last.blocks, i)
	}
	for _, p := range out {
		g.complete(p, &boxes)
	}
	return out
}

// withoutTitle leaves out the headline of the whole thread where it stands
// right before the first comment.
func (g *grouper) withoutTitle(loose []int) []int {
	if len(loose) < 2 {
		return loose
	}
	text := g.page.Blocks[loose[0]].Text
	if _, ok := readByline(text); !ok && countsComments(text) {
		return loose[1:]
	}
	return loose
}

// maxBox is how many blocks a box may have to hold no more than one comment.
const maxBox = 12

// complete adds what stands in the same box as a piece's blocks, and is
// labelled otherwise. Only boxes of the kind that repeats are so filled.
func (g *grouper) complete(p *piece, boxes *boxes) {
	box := boxes.of[p.blocks[0]]
	if box < 0 || !boxes.starts[p.blocks[0]] || boxes.of[p.blocks[len(p.blocks)-1]] != box {
		return
	}
	lo, hi := p.blocks[0], p.blocks[0]+1
	for lo > 0 && hi-lo <= maxBox && g.inBox(lo-1, boxes.common, box) {
		lo--
	}
	for hi < len(g.page.Blocks) && hi-lo <= maxBox && g.inBox(hi, boxes.common, box) {
		hi++
	}
	if end := p.blocks[len(p.blocks)-1] + 1; hi-lo > maxBox || hi < end || boxes.hasComment(end, hi) {
		return
	}
	p.blocks = p.blocks[:0]
	for i := lo; i < hi; i++ {
		p.blocks = append(p.blocks, i)
	}
}

// hasComment says whether one of the blocks from lo to before hi is a comment
// by label.
func (b *boxes) hasComment(lo, hi int) bool {
	for i := lo; i < hi; i++ {
		if _, ok := b.of[i]; ok {
			return true
		}
	}
	return false
}

// inBox says whether block i stands in a box below common and can be part of a
// comment there.
func (g *grouper) inBox(i int, common, box int32) bool {
	els, b := g.page.Elements, &g.page.Blocks[i]
	return b.Element >= 0 && els[b.Element].Depth <= maxBoxDepth && g.labels[i] != bayes.CommentForm && g.unit(i) < 0 && childOf(els, common, b.Element) == box
}

// headedStarts are the blocks that begin a comment by their wording.
func (g *grouper) headedStarts(loose []int) map[int]bool {
	starts := map[int]bool{}
	before := -2
	for _, i := range loose {
		if _, ok := readByline(g.page.Blocks[i].Text); ok {
			if i != before+1 { // name and date on lines of their own
				starts[i] = true
			}
			before = i
		}
	}
	return starts
}

// maxBoxDepth is how deep a block may stand for its boxes to be looked at,
// which takes a walk to the root.
const maxBoxDepth = 256

// boxes are those below one element that repeat, each with a comment.
type boxes struct {
	common int32
	of     map[int]int32 // by block: the box around it
	starts map[int]bool  // the blocks that begin one; nil if none repeat
}

// findBoxes looks for boxes that repeat right below the element around all the
// blocks. single reports that every box is one block, as paragraphs in a row
// are.
func (g *grouper) findBoxes(loose []int) (out boxes, single bool) {
	els := g.page.Elements
	out.common = -1
	for k, i := range loose {
		e := g.page.Blocks[i].Element
		if e < 0 || els[e].Depth > maxBoxDepth {
			return boxes{}, false
		}
		if k == 0 {
			out.common = e
		} else if out.common = lowest(els, out.common, e); out.common < 0 {
			return boxes{}, false
		}
	}
	out.of = make(map[int]int32, len(loose))
	heads := make([]int, 0, len(loose)) // blocks in another box than the one before
	count := map[string]int{}
	last := int32(-1)
	for k, i := range loose {
		box := childOf(els, out.common, g.page.Blocks[i].Element)
		if out.of[i] = box; k == 0 || box != last {
			heads = append(heads, i)
			if box >= 0 {
				count[boxSort(els, box)]++
			}
		}
		last = box
	}
	lead := ""
	for _, i := range heads {
		sort := boxSort(els, out.of[i])
		if lead == "" && sort != "" && count[sort] >= 2 {
			lead, out.starts = sort, map[int]bool{}
		}
		if lead != "" && sort == lead {
			out.starts[i] = true
		}
	}
	return out, out.starts != nil && len(heads) == len(loose)
}

// boxSort is what boxes of one kind share: tag and class without numbers.
func boxSort(els []block.Element, e int32) string {
	if e < 0 {
		return ""
	}
	return els[e].Tag + " " + strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return -1
		}
		return r
	}, strings.NewReplacer(" even", "", " odd", "", "even", "", "odd", "", " alt", "").Replace(els[e].Class))
}

// lowest is the innermost element around both a and b.
func lowest(els []block.Element, a, b int32) int32 {
	for a != b && a >= 0 && b >= 0 {
		if els[a].Depth >= els[b].Depth {
			a = els[a].Parent
		} else {
			b = els[b].Parent
		}
	}
	return min(a, b)
}

// childOf is the element around e that stands right below top; -1 if e is top.
func childOf(els []block.Element, top, e int32) int32 {
	child := int32(-1)
	for e >= 0 && e != top {
		child, e = e, els[e].Parent
	}
	return child
}
