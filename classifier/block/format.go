package block

import "slices"

// formats knows which links and inline styles are open.
type formats struct {
	strong   int // open elements that mean strong
	emphasis int
	code     int
	pending  []reopen // cut short by the end of a box; opened again by text
}

// reopen is a formatting element that waits to be opened again.
type reopen struct {
	tag        tag
	start, end int32
	hidden     Hidden
}

func (f *formats) opened(k tag) { f.add(k, 1) }
func (f *formats) closed(k tag) { f.add(k, -1) }

func (f *formats) add(k tag, n int) {
	switch k {
	case tagB, tagStrong:
		f.strong += n
	case tagI, tagEm:
		f.emphasis += n
	case tagCode, tagTt, tagKbd, tagSamp:
		f.code += n
	}
}

// wait remembers a formatting element that was cut short. One of each tag
// waits, for more would say no more.
func (f *formats) wait(r reopen) {
	if len(f.pending) < maxPending && !waits(f.pending, r.tag) {
		f.pending = append(f.pending, r)
	}
}

func waits(pending []reopen, k tag) bool {
	return slices.ContainsFunc(pending, func(r reopen) bool { return r.tag == k })
}

// forget drops the waiting element of tag k that was opened last.
func (f *formats) forget(k tag) bool {
	for i, p := range slices.Backward(f.pending) {
		if p.tag == k {
			f.pending = slices.Delete(f.pending, i, i+1)
			return true
		}
	}
	return false
}

// reopen opens what waits, the outermost first.
func (s *splitter) reopen() {
	if len(s.pending) == 0 {
		return
	}
	waiting := s.pending
	s.pending = nil
	for _, r := range waiting {
		s.steps++
		e := s.push(r.tag, tagInfos[r.tag].name, int(r.start), int(r.end), r.hidden)
		if e != nil && r.tag == tagA {
			e.link = s.reread(r.start).attrs.has(attrHref)
		}
	}
	s.pending = waiting[:0]
}

// endFormat is the end tag of a link or an inline style, which may stand
// inside a box that was opened after it (HTML standard: adoption agency). The
// boxes stay open; the link or the style does not reach further.
func (s *splitter) endFormat(k tag) {
	i := s.last[k]
	if i == none || i < s.scope {
		s.forget(k)
		return
	}
	if s.special > i {
		e := &s.stack[i]
		e.dead = true
		s.last[k] = e.same
		s.formats.closed(k)
		return
	}
	s.popTo(i)
}
