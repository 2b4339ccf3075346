package render

import (
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// Options guide Markdown. The zero value writes neither links nor images.
type Options struct {
	Base       string // where the page came from: relative links are resolved against it
	WithLinks  bool
	WithImages bool // those that stand between or in kept blocks
}

// Markdown is the kept blocks as Markdown. kept are indices of p.Blocks in
// document order; roles, if not nil, are the roles of all blocks in place of
// their own.
func Markdown(p *block.Page, kept []int, roles []block.Role, opts Options) string {
	w := &writer{plan: newPlanner(p, kept, roles), opts: opts, links: newLinker(p, opts)}
	if opts.WithImages {
		w.images = newImages(p, &w.plan)
	}
	for _, pc := range w.plan.pieces() {
		w.pictures(pc.blocks[0])
		w.place(pc, w.body(pc))
	}
	w.pictures(len(p.Blocks))
	return string(w.out)
}

// writer writes the pieces of one page, one after the other.
type writer struct {
	plan   planner
	opts   Options
	links  *linker
	images *images // nil where none are wanted
	out    []byte
	lists  outline
	last   kind // of the piece written last
	quotes int  // depth of the quote written last
}

// maxNested is the size of a piece that may be indented below a list item.
// Larger ones go to the margin, lest indenting multiply a hostile page.
const maxNested = 64 << 10

// place writes one piece in its place.
func (w *writer) place(pc piece, body string) {
	if len(body) <= maxNested && w.nested(pc, body) {
		w.last = paragraph
		return
	}
	switch pc.kind {
	case item:
		w.item(pc, body)
	case quote:
		w.quote(pc, body)
	default:
		w.lists.close()
		w.write(body, "\n\n", "", "")
	}
	w.last = pc.kind
}

// nested writes a piece below the open list item that it belongs to, if there
// is one.
func (w *writer) nested(pc piece, body string) bool {
	indent, ok := w.lists.resume(pc.li)
	if !ok {
		return false
	}
	prefix := strings.Repeat(" ", indent)
	if pc.kind == quote {
		prefix += "> "
	}
	w.write(body, "\n\n", prefix, prefix)
	return true
}

// body is the piece's own Markdown, without what its place adds.
func (w *writer) body(pc piece) string {
	first := pc.blocks[0]
	switch pc.kind {
	case table:
		return w.table(pc.blocks)
	case code:
		return w.fence(pc.blocks)
	case heading:
		return strings.Repeat("#", w.headingLevel(first)) + " " + w.inline(first, inHeading)
	}
	if w.plan.page.Format == block.FormatText {
		return w.inline(first, inWrapped)
	}
	return w.inline(first, inParagraph)
}

// headingLevel is 1 for the title and 2 where the page does not say.
func (w *writer) headingLevel(i int) int {
	level := int(w.plan.page.Blocks[i].Level)
	switch {
	case w.plan.role(i) == block.RoleTitle:
		return 1
	case level == 0:
		return 2
	}
	return min(level, 6)
}

// item writes a list item that has not begun yet.
func (w *writer) item(pc piece, body string) {
	b := &w.plan.page.Blocks[pc.blocks[0]]
	indent, marker, blank := w.lists.begin(pc.li, b.Level, b.Ordinal)
	gap := "\n\n"
	if w.last == item && !blank {
		gap = "\n"
	}
	margin := strings.Repeat(" ", indent)
	w.write(body, gap, margin+marker, margin+strings.Repeat(" ", len(marker)))
}

// quote writes a quote, together with the one before it.
func (w *writer) quote(pc piece, body string) {
	w.lists.close()
	depth := int(min(max(w.plan.page.Blocks[pc.blocks[0]].Level, 1), maxDepth))
	gap := "\n\n"
	if w.last == quote {
		gap = "\n" + strings.TrimRight(strings.Repeat("> ", min(depth, w.quotes)), " ") + "\n"
	}
	w.quotes = depth
	prefix := strings.Repeat("> ", depth)
	w.write(body, gap, prefix, prefix)
}

// write adds lines: gap unless they are the first of all, then first before
// the first line and rest before each further line that is not empty.
func (w *writer) write(body, gap, first, rest string) {
	if len(w.out) > 0 {
		w.out = append(w.out, gap...)
	}
	for line := range strings.Lines(body) {
		if line != "\n" {
			w.out = append(w.out, first...)
		}
		w.out = append(w.out, line...)
		first = rest
	}
}

// pictures writes the images that stand before a block.
func (w *writer) pictures(before int) {
	if w.images == nil {
		return
	}
	for im := w.images.next(before); im != nil; im = w.images.next(before) {
		body, ok := w.picture(im)
		if !ok {
			continue
		}
		w.place(piece{kind: paragraph, li: of(w.plan.around.item, im.Element)}, body)
	}
}
