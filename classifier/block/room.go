package block

import "context"

// Room is memory for one page of HTML after another. Its zero value is ready
// for use; it is for one goroutine at a time.
type Room struct {
	splitter splitter // of the page at hand
	page     Page

	elements []Element
	blocks   []Block
	images   []Image
	marks    []Mark
	stack    []element
	kids     []kid
	run      run
	attrs    [2][]attr
	styles   []span
	scripts  []pageScript
	next     []int32
	forms    []Form
	fields   []Field
	types    []string
	named    map[string]int32
	hidden   []Hidden
	sheet    sheet
	rules    ruleIndex
}

// HTML is the function of that name in the room's memory: the Page holds until
// the next call or Clear; its strings stay.
func (r *Room) HTML(ctx context.Context, src []byte, opts Options) (*Page, error) {
	return inRoom(ctx, src, opts, r)
}

// Clear forgets the page that was read last, so that the room does not keep
// its bytes in memory.
func (r *Room) Clear() {
	r.splitter, r.page = splitter{}, Page{}
	emptied(&r.elements)
	emptied(&r.blocks)
	emptied(&r.images)
	emptied(&r.marks)
	emptied(&r.forms)
	emptied(&r.fields)
	emptied(&r.types)
	clear(r.named)
	emptied(&r.attrs[0])
	emptied(&r.attrs[1])
	emptied(&r.run.marks)
	emptied(&r.sheet.rules)
	emptied(&r.sheet.parts)
	emptied(&r.sheet.names)
	r.sheet = sheet{rules: r.sheet.rules, parts: r.sheet.parts, names: r.sheet.names}
	r.rules.clear()
}

// maxKept is how many things of a kind a room keeps space for: enough for all
// but monstrous pages.
const maxKept = 1 << 14

// emptied takes the things out of a slice that the room keeps, which is as long
// as it ever was for the page: the room behind that is empty.
func emptied[T any](s *[]T) {
	if cap(*s) > maxKept {
		*s = nil
	}
	clear(*s)
	*s = (*s)[:0]
}

// whole is a slice up to its capacity, which was longer before.
func whole[T any](s []T) []T { return s[:cap(s)] }

// kept is the room of a slice that holds no strings.
func kept[T any](s []T) []T {
	if cap(s) > 8*maxKept {
		return nil
	}
	return s[:0]
}

// enter gives the splitter the room's memory.
func (s *splitter) enter(r *Room) {
	s.page.Elements, s.page.Blocks, s.page.Images, s.page.Forms = r.elements, r.blocks, r.images, r.forms
	s.slab.free, s.slab.fields = r.marks[:cap(r.marks)], r.fields[:cap(r.fields)]
	s.page.Meta.SchemaTypes, s.named = r.types, r.named
	s.stack, s.kids = r.stack, r.kids
	s.run.buf, s.run.marks, s.run.gone, s.run.pieces = r.run.buf, r.run.marks, r.run.gone, r.run.pieces
	s.z.attrs.list, s.again.attrs.list = r.attrs[0][:0], r.attrs[1][:0]
	s.styles, s.scripts, s.pics.next, s.hidden = r.styles, r.scripts, r.next, r.hidden
	s.sheet, s.rules = r.sheet, r.rules
}

// leave gives it back, with what the splitter added to it.
func (s *splitter) leave(r *Room) {
	r.elements, r.blocks, r.images, r.forms = s.page.Elements, s.page.Blocks, s.page.Images, s.page.Forms
	if n := min(s.slab.asked, maxKept); n > cap(r.marks) {
		r.marks = make([]Mark, 0, n+n/4)
	}
	if s.slab.given > cap(r.fields) {
		r.fields = make([]Field, min(s.slab.given, maxKept/4))
	}
	r.marks, r.fields = whole(r.marks), whole(r.fields)
	r.types, r.named = s.page.Meta.SchemaTypes, s.named
	if len(r.named) > maxKept/8 {
		r.named = nil
	}
	r.stack, r.kids = kept(s.stack), s.kids
	r.run.buf, r.run.marks = kept(s.run.buf), whole(s.run.marks)
	r.run.gone, r.run.pieces = kept(s.run.gone), kept(s.run.pieces)
	r.attrs = [2][]attr{whole(s.z.attrs.list), whole(s.again.attrs.list)}
	r.styles, r.scripts, r.next, r.hidden = kept(s.styles), kept(s.scripts), kept(s.pics.next), kept(s.hidden)
	r.sheet, r.rules = s.sheet, s.rules
	r.sheet.parts = whole(r.sheet.parts)
}
