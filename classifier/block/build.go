package block

import "bytes"

var newline = []byte{'\n'}

// push opens an element whose start tag is text[lo:hi]; lo == hi for one that
// the page only implies.
func (s *splitter) push(k tag, name string, lo, hi int, hidden Hidden) *element {
	if len(s.stack) >= maxDepth {
		s.over++
		return nil
	}
	parent := s.flow()
	line := k == tagDiv && s.atLine()
	breaks := !line && (k.has(isBox) || hidden&^HiddenARIA != 0)
	switch {
	case breaks:
		s.flush()
	case line:
		s.endLine()
	}
	e := s.place(k, name)
	i := s.top()
	e.start, e.end, e.hidden, e.breaks = int32(lo), int32(hi), hidden, breaks
	if e.line = line; line {
		e.flow = parent
	} else {
		e.flow = derive(k, parent, i)
	}
	e.flow.hidden |= hidden
	if k.has(isFormat) || k == tagKbd || k == tagSamp {
		s.formats.opened(k)
	}
	return e
}

// derive is what text inside element i of tag k inherits, given its parent's.
func derive(k tag, f flow, i int32) flow {
	if k.has(isDropped) {
		f.dropped = true
	}
	if !k.has(isBox) {
		f.foreign = f.foreign || k == tagSVG || k == tagMath
		return f
	}
	f.box = i
	f.pre = false
	switch {
	case k.heading():
		f.role, f.level = RoleHeading, uint8(k-tagH1)+1
	case k == tagLi || k == tagDt || k == tagDd:
		f.role, f.level, f.ordinal = RoleList, max(1, f.lists), 0
	case k.list():
		f.lists = min(f.lists, 254) + 1
		f.role, f.level, f.ordinal = RoleNone, 0, 0
	case k == tagTd || k == tagTh:
		f.role, f.level = RoleTable, 0
	case k == tagCaption || k == tagFigcaption:
		f.role, f.level = RoleCaption, 0
	case k == tagPre || k == tagListing || k == tagXmp || k == tagPlaintext:
		f.role, f.level, f.pre = RoleCode, 0, true
	case k == tagBlockquote:
		f.quotes = min(f.quotes, 254) + 1
		f.role, f.level = RoleQuote, f.quotes
	case k == tagNoscript || k == tagNoframes:
		f.origin = OriginNoscript
	case k == tagTemplate:
		f.origin = OriginTemplate
	case k.has(isSection):
		f.role, f.level, f.ordinal = RoleNone, 0, 0
		if k == tagTable {
			f.row, f.column = 0, 0
		}
	case f.role == RoleTable || f.role == RoleCode:
		f.role = RoleNone // a paragraph in a cell is a paragraph
	}
	return f
}

// pop closes the innermost element.
func (s *splitter) pop() {
	i := s.top()
	e := &s.stack[i]
	switch {
	case e.breaks:
		s.flush()
	case e.line:
		s.endLine()
	}
	if !s.run.keeps(e, i) {
		s.pass(&e.pics, i-1)
	}
	if !e.dead && (e.tag.has(isFormat) || e.tag == tagKbd || e.tag == tagSamp) {
		s.formats.closed(e.tag)
	}
	name := ""
	if e.tag == tagOther {
		name = s.nameOf(e)
	}
	s.take(name)
}

// popTo closes element i and all above it. Links and inline styles that its
// end cuts short are opened again by the next text (HTML standard 13.2.4.3),
// except those of a table cell or another closed world.
func (s *splitter) popTo(i int32) {
	if i < 0 {
		return
	}
	s.over = 0
	var cut [maxPending]reopen
	n := 0
	for s.top() >= i || s.top() >= 0 && s.stack[s.top()].dead {
		s.steps++
		e := &s.stack[s.top()]
		switch {
		case e.tag.has(isScope):
			n = 0
			s.pending = s.pending[:0]
		case e.tag.has(isFormat) && !e.dead && s.top() > i && n < maxPending && !waits(cut[:n], e.tag):
			cut[n] = reopen{e.tag, e.start, e.end, e.hidden}
			n++
		}
		s.pop()
	}
	for n--; n >= 0; n-- { // the outermost was closed last
		s.wait(cut[n])
	}
}

// atLine says whether a <div> at this place is a line of code: right in a
// <pre>, or in its <code>.
func (s *splitter) atLine() bool {
	if !s.pre() {
		return false
	}
	k := s.stack[s.top()].tag
	return k == tagPre || k == tagCode
}

// endLine ends a line of code.
func (s *splitter) endLine() {
	if r := &s.run; r.active && !bytes.HasSuffix(r.buf, newline) {
		r.buf = append(r.buf, '\n')
	}
}

// nameOf is the name of an element that has no tag of its own.
func (s *splitter) nameOf(e *element) string {
	if e.start == e.end {
		return ""
	}
	return s.slab.texts.lower(tagName(s.text[e.start:e.end]))
}

// imply opens an element that the page has no tag for.
func (s *splitter) imply(k tag) *element {
	return s.push(k, tagInfos[k].name, s.lo, s.lo, 0)
}

// ensureBody opens <html> and <body> where the page did not.
func (s *splitter) ensureBody() {
	if s.head.body {
		return
	}
	if len(s.stack) == 0 {
		s.imply(tagHTML)
	}
	s.head.body = true
	s.imply(tagBody)
}
