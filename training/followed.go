package training

import (
	"context"
	"html"
	"math"
	"math/rand/v2"
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/training/augment"
)

// donor is a page whose content may follow another's.
type donor struct {
	id   uint64 // its hash
	page *LabeledPage
}

// newDonors are the pages with a wanted text.
func newDonors(pages []LabeledPage) []donor {
	var out []donor
	for i := range pages {
		if p := &pages[i]; p.HTML != "" && p.MainText != nil {
			out = append(out, donor{augment.Seed(0, p.ID+" "+p.Source), p})
		}
	}
	return out
}

// donorFor draws one for a page, whatever the order of the pages.
func donorFor(id string, donors []donor, seed uint64) *LabeledPage {
	var drawn *LabeledPage
	least := uint64(math.MaxUint64)
	for _, d := range donors {
		rank := rand.NewPCG(seed, d.id).Uint64()
		if d.page.ID != id && rank < least {
			least, drawn = rank, d.page
		}
	}
	return drawn
}

// Bounds of what follows a page's own content.
const (
	leastFollow = 4   // blocks
	mostFollow  = 120 // blocks
)

// followed is the page as if the content of another one came after its own,
// in the other's markup, and the other's host; empty where there is no place
// for it or nothing to put there. Sites go on under an article with the next
// one, or with a screen of teasers, and labelled pages show too few ways of
// doing so.
func followed(ctx context.Context, e *Example, donors []donor, seed uint64) (p LabeledPage, host string) {
	d := donorFor(e.ID, donors, seed)
	at := e.afterBody()
	if d == nil || at < 0 {
		return p, ""
	}
	other, err := NewExample(ctx, *d)
	if err != nil {
		return p, ""
	}
	piece := other.content(rand.New(rand.NewPCG(seed, 0xf0110)))
	if piece == "" {
		return p, ""
	}
	p = e.Page
	p.HTML = p.HTML[:at] + piece + p.HTML[at:]
	return p, other.Host
}

// afterBody is the byte at which the element begins that follows the main
// content, -1 where there is none.
func (e *Example) afterBody() int {
	p := e.Features.Source
	last := -1
	for i, t := range e.Truth {
		if t.IsBody() && p.Blocks[i].Origin == block.OriginVisible {
			last = i
		}
	}
	if last < 0 || last+1 >= len(p.Blocks) || p.Blocks[last+1].Element < 0 {
		return -1
	}
	above := map[int32]bool{}
	for el := p.Blocks[last].Element; el >= 0; el = p.Elements[el].Parent {
		above[el] = true
	}
	el := p.Blocks[last+1].Element
	for !above[el] && p.Elements[el].Parent >= 0 && !above[p.Elements[el].Parent] {
		el = p.Elements[el].Parent
	}
	if above[el] {
		return -1
	}
	return int(p.Elements[el].Start)
}

// content writes a stretch of the page's body as HTML again, with the elements
// that it stands in.
func (e *Example) content(rng *rand.Rand) string {
	p := e.Features.Source
	var body []int
	for i, t := range e.Truth {
		if t.IsBody() && p.Blocks[i].Origin == block.OriginVisible && p.Blocks[i].Element >= 0 && p.Blocks[i].Hidden == 0 {
			body = append(body, i)
		}
	}
	if len(body) < leastFollow {
		return ""
	}
	n := min(len(body), leastFollow+rng.IntN(mostFollow))
	from := 0
	if rng.IntN(2) == 0 {
		from = rng.IntN(len(body) - n + 1)
	}
	body = body[from : from+n]
	w := htmlWriter{page: p}
	w.root(body)
	for _, i := range body {
		w.block(i)
	}
	w.closeTo(0)
	return w.out.String()
}

// htmlWriter writes blocks with the elements around them.
type htmlWriter struct {
	page *block.Page
	out  strings.Builder
	top  int32   // the element around all blocks, not written itself
	open []int32 // from the outermost on
}

// root finds the smallest element around all of the blocks.
func (w *htmlWriter) root(blocks []int) {
	count := map[int32]int{}
	w.top = -1
	for _, i := range blocks {
		for el := w.page.Blocks[i].Box; el >= 0; el = w.page.Elements[el].Parent {
			if count[el]++; count[el] == len(blocks) && el > w.top {
				w.top = el
			}
		}
	}
}

func (w *htmlWriter) block(i int) {
	b := &w.page.Blocks[i]
	var path []int32
	for el := b.Box; el >= 0 && el != w.top && len(path) < 40; el = w.page.Elements[el].Parent {
		path = append([]int32{el}, path...)
	}
	same := 0
	for same < len(path) && same < len(w.open) && path[same] == w.open[same] {
		same++
	}
	w.closeTo(same)
	for _, el := range path[same:] {
		w.openElement(el)
	}
	writeInline(&w.out, b, true)
	w.out.WriteByte('\n')
}

func (w *htmlWriter) openElement(el int32) {
	e := &w.page.Elements[el]
	w.out.WriteString("<" + e.Tag)
	for _, a := range [...][2]string{{"id", e.ID}, {"class", e.Class}, {"role", e.Role}, {"itemprop", e.ItemProp}} {
		if a[1] != "" {
			w.out.WriteString(" " + a[0] + `="` + html.EscapeString(a[1]) + `"`)
		}
	}
	w.out.WriteByte('>')
	w.open = append(w.open, el)
}

func (w *htmlWriter) closeTo(n int) {
	for len(w.open) > n {
		w.out.WriteString("</" + w.page.Elements[w.open[len(w.open)-1]].Tag + ">\n")
		w.open = w.open[:len(w.open)-1]
	}
}
