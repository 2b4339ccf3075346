package block

import (
	"cmp"
	"slices"
)

// openMark is a mark that has begun in the run.
type openMark struct {
	on    bool
	start int
	tag   span // start tag of a link
}

// syncMarks ends and begins marks so that they agree with the open elements,
// just before text is appended. The run had at bytes before the white space
// in front of that text, which belongs to no mark.
func (s *splitter) syncMarks(at int) {
	r := &s.run
	link, linked := s.link()
	if m := &r.open[MarkLink]; m.on && (!linked || m.tag != link) {
		s.endMark(MarkLink, at)
	}
	code := s.code > 0 && s.stack[s.top()].flow.role != RoleCode
	s.syncMark(MarkStrong, s.strong > 0, at)
	s.syncMark(MarkEmphasis, s.emphasis > 0, at)
	s.syncMark(MarkCode, code, at)
	if m := &r.open[MarkLink]; linked && !m.on {
		*m = openMark{true, len(r.buf), link}
		r.links++
	}
}

func (s *splitter) syncMark(k MarkKind, want bool, at int) {
	m := &s.run.open[k]
	switch {
	case m.on == want:
	case want:
		*m = openMark{on: true, start: len(s.run.buf)}
	default:
		s.endMark(k, at)
	}
}

// link is the start tag of the link that text at this place belongs to.
func (s *splitter) link() (span, bool) {
	i := s.last[tagA]
	if i == none || !s.stack[i].link {
		return span{}, false
	}
	return span{int(s.stack[i].start), int(s.stack[i].end)}, true
}

// endMark ends an open mark at byte at of the run's text.
func (s *splitter) endMark(k MarkKind, at int) {
	m := &s.run.open[k]
	m.on = false
	for at > m.start && isSpace(s.run.buf[at-1]) {
		at--
	}
	if at <= m.start {
		return
	}
	mark := Mark{Kind: k, Start: m.start, End: at}
	if k == MarkLink {
		a := &s.reread(int32(m.tag.lo)).attrs
		mark.Href, mark.Rel = a.get(attrHref), a.get(attrRel)
	}
	s.run.marks = append(s.run.marks, mark)
}

// endMarks ends all marks at the end of the text, of which n bytes stay, and
// gives them to the block.
func (s *splitter) endMarks(b *Block, n int) {
	for k := range s.run.open {
		if s.run.open[k].on {
			s.endMark(MarkKind(k), n)
		}
	}
	marks := s.run.marks
	if len(marks) == 0 {
		return
	}
	if !slices.IsSortedFunc(marks, inOrder) {
		slices.SortFunc(marks, inOrder)
	}
	for i := range marks {
		marks[i].End = min(marks[i].End, n)
		if marks[i].Kind == MarkLink {
			b.LinkLen += marks[i].End - marks[i].Start
		}
	}
	b.Marks = s.slab.marks(marks)
	b.Links = s.run.links
	s.run.marks = marks[:0]
}

// inOrder sorts marks by start, those that hold others first.
func inOrder(a, b Mark) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.Kind, b.Kind))
}

// slab hands out pieces of larger allocations, for most blocks need little.
type slab struct {
	free   []Mark
	asked  int // marks that were handed out
	fields []Field
	given  int // fields that were handed out
	texts  textSlab
}

// addField appends to a form's fields, for which there is room in fours.
func (s *slab) addField(form *Form, f Field) {
	if n := len(form.Fields); n == cap(form.Fields) {
		room := s.fields
		if n = max(4, 2*n); n > len(room) {
			room = make([]Field, max(n, 16))
		}
		s.given += n
		form.Fields, s.fields = append(room[:0:n], form.Fields...), room[n:]
	}
	form.Fields = append(form.Fields, f)
}

func (s *slab) marks(m []Mark) []Mark {
	s.asked += len(m)
	if len(s.free) < len(m) {
		s.free = make([]Mark, max(len(m), 128))
	}
	out := s.free[:len(m):len(m)]
	s.free = s.free[len(m):]
	copy(out, m)
	return out
}
