package comments

import (
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// looseComments parts the blocks that are comments by label alone, given in
// order: by the boxes that they stand in where those repeat, else by lines
// such as "Ann says:" and by gaps.
func (g *grouper) looseComments(loose []int) []*piece {
	if len(loose) == 0 {
		return nil
	}
	starts, single := g.boxStarts(loose)
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
	return out
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

// boxStarts are the blocks that begin a box which repeats right below the
// element around all of them; nil if no boxes repeat. single reports that
// every box is one block, as paragraphs in a row are.
func (g *grouper) boxStarts(loose []int) (starts map[int]bool, single bool) {
	els := g.page.Elements
	common := int32(-1)
	for k, i := range loose {
		e := g.page.Blocks[i].Element
		if e < 0 || els[e].Depth > maxBoxDepth {
			return nil, false
		}
		if k == 0 {
			common = e
		} else if common = lowest(els, common, e); common < 0 {
			return nil, false
		}
	}
	boxes := make([]int32, len(loose))
	count := map[string]int{}
	for k, i := range loose {
		boxes[k] = childOf(els, common, g.page.Blocks[i].Element)
		if boxes[k] >= 0 && (k == 0 || boxes[k] != boxes[k-1]) {
			count[boxSort(els, boxes[k])]++
		}
	}
	lead := ""
	for k := range loose {
		if s := boxSort(els, boxes[k]); s != "" && count[s] >= 2 {
			lead = s
			break
		}
	}
	if lead == "" {
		return nil, false
	}
	starts, single = map[int]bool{}, true
	for k, i := range loose {
		single = single && (k == 0 || boxes[k] != boxes[k-1])
		if (k == 0 || boxes[k] != boxes[k-1]) && boxSort(els, boxes[k]) == lead {
			starts[i] = true
		}
	}
	return starts, single
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
