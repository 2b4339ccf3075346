package render

import (
	"github.com/pagesieve/pagesieve/classifier/block"
)

// images goes through the images of a page that stand among kept blocks.
type images struct {
	page *block.Page
	kept []bool // per block
	at   int
	seen map[string]bool // addresses written: lazy loading names a picture twice
}

func newImages(p *block.Page, plan *planner) *images {
	m := &images{page: p, kept: make([]bool, len(p.Blocks)), seen: map[string]bool{}}
	for _, i := range plan.kept {
		m.kept[i] = true
	}
	return m
}

// next is the next image before a block that belongs to the text, or nil.
func (m *images) next(before int) *block.Image {
	for m.at < len(m.page.Images) && m.page.Images[m.at].Before <= before {
		im := &m.page.Images[m.at]
		m.at++
		if m.belongs(im) {
			return im
		}
	}
	return nil
}

// belongs says whether an image stands between two kept blocks or in the same
// box as a kept one.
func (m *images) belongs(im *block.Image) bool {
	last, next := m.isKept(im.Before-1), m.isKept(im.Before)
	return last && next || last && m.shares(im, im.Before-1) || next && m.shares(im, im.Before)
}

func (m *images) isKept(i int) bool { return i >= 0 && i < len(m.kept) && m.kept[i] }

// maxUp is how many elements above an image may be the box of its caption.
const maxUp = 4

// shares says whether an image stands in a block's box, or in the same figure:
// the element around the block's box.
func (m *images) shares(im *block.Image, i int) bool {
	box := m.page.Blocks[i].Box
	if box < 0 || int(box) >= len(m.page.Elements) {
		return false
	}
	figure := m.page.Elements[box].Parent
	e := im.Element
	for range maxUp {
		if e < 0 || int(e) >= len(m.page.Elements) {
			return false
		}
		if e == box || e == figure && m.page.Elements[e].Tag == "figure" {
			return true
		}
		e = m.page.Elements[e].Parent
	}
	return false
}

// picture is an image in Markdown, false if its address cannot be written or
// has been before.
func (w *writer) picture(im *block.Image) (string, bool) {
	src, ok := w.links.address(im.Src, "http", "https")
	if !ok || w.images.seen[src] {
		return "", false
	}
	w.images.seen[src] = true
	n := newInline(im.Alt, inImage)
	n.write(0, len(im.Alt))
	return "![" + string(n.out) + "](" + src + ")", true
}
