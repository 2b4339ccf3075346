package block

import "unicode/utf8"

// run is the text gathered for the block that comes next.
type run struct {
	buf    []byte
	start  int // first byte of the first character, in splitter.text
	end    int // one past the last
	active bool
	space  bool // white space waits for the next character
	breaks int  // so do line breaks
	seam   seam // whether one inline element has ended and another begun since the last text
	marks  []Mark
	open   [4]openMark // by MarkKind
	links  int

	element int32     // lowest common ancestor of the text, as index in the stack
	low     int32     // how far down the stack has been since the last text
	gone    []element // closed elements from element downwards
	form    int32
	origin  Origin
	texts   int     // text tokens
	code    bool    // some of it is marked as code
	pieces  []piece // where the text stood, if white space counts
}

// addText takes text[lo:hi] into the run; entities says whether it has them.
func (s *splitter) addText(lo, hi int, entities bool) {
	pre := s.pre()
	if !pre && s.blank(lo, hi) {
		s.run.space = true
		return
	}
	if s.head.noscript {
		return
	}
	s.ensureBody()
	if s.dropped() {
		return
	}
	s.reopen()
	s.run.texts++
	for i := lo; i < hi && s.err == nil; {
		switch byteKinds[s.text[i]] {
		case plainByte:
			j := s.word(i+1, hi)
			s.put(s.text[i:j], i, j)
			i = j
		case spaceByte:
			s.white(i, pre)
			i++
		case dropByte:
			i++
		case entityByte:
			i = s.entity(i, hi, entities, pre)
		default:
			i = s.suspect(i, pre)
		}
	}
}

// blank says whether text[lo:hi] is white space only.
func (s *splitter) blank(lo, hi int) bool {
	for i := lo; i < hi; i++ {
		if byteKinds[s.text[i]] != spaceByte {
			return false
		}
	}
	return true
}

// word returns the end of the plain text that goes on at i, single spaces
// between plain bytes included.
func (s *splitter) word(i, hi int) int {
	t := s.text[:hi]
	for i < len(t) {
		switch byteKinds[t[i]] {
		case plainByte:
		case spaceByte:
			if t[i] != ' ' || i+1 >= len(t) || byteKinds[t[i+1]] != plainByte {
				return i
			}
		default:
			return i
		}
		i++
	}
	return i
}

// entity reads the character reference at i and returns the place after it.
func (s *splitter) entity(i, hi int, entities, pre bool) int {
	j := afterEntity(s.text, i, hi)
	raw := s.text[i:j]
	if !entities || len(raw) == 1 {
		s.put(raw, i, j)
		return j
	}
	decoded := decodeReference(raw)
	for k, r := range decoded {
		s.char(r, decoded[k:k+utf8.RuneLen(r)], i, j, pre)
	}
	return j
}

// suspect reads the character at i and returns the place after it.
func (s *splitter) suspect(i int, pre bool) int {
	r, n := utf8.DecodeRuneInString(s.text[i:])
	s.char(r, s.text[i:i+n], i, i+n, pre)
	return i + n
}

// char takes one character that stands at text[lo:hi], maybe as an entity.
func (s *splitter) char(r rune, utf string, lo, hi int, pre bool) {
	if c, ok := windows1252(r); ok {
		r, utf = c, string(c)
	}
	switch {
	case isWhite(r):
		if pre && (r == '\n' || r == '\t') {
			s.white(lo, true)
		} else {
			s.gap(lo, pre, " ")
		}
	case isWidthless(r) || r < 0x20 || 0x7f <= r && r < 0xa0:
	case (r == 0x200c || r == 0x200d) && (!s.run.active || s.run.space || s.run.breaks > 0):
		// Joiners matter inside words alone.
	default:
		s.put(utf, lo, hi)
	}
}

// white takes the white space byte at i.
func (s *splitter) white(i int, pre bool) {
	if pre && s.text[i] == '\r' && i+1 < len(s.text) && s.text[i+1] == '\n' {
		return
	}
	s.gap(i, pre, s.text[i:i+1])
}

// gap takes one white space character: kept where white space counts.
func (s *splitter) gap(i int, pre bool, w string) {
	r := &s.run
	switch {
	case !pre:
		r.space = true
	case w == "\n" || w == "\r" || w == "\f":
		s.newline()
	case r.active:
		r.buf = append(r.buf, w...)
	default: // indentation of what may be the first line
		if len(r.buf) == 0 {
			r.start = i
		}
		r.buf = append(r.buf, w...)
	}
}

// newline ends a line of a run in which white space counts; empty lines
// before the first text are dropped.
func (s *splitter) newline() {
	if s.run.active {
		s.run.buf = append(s.run.buf, '\n')
	} else {
		s.run.buf = s.run.buf[:0]
	}
}

// put appends characters that a reader sees, from text[lo:hi].
func (s *splitter) put(chars string, lo, hi int) {
	r := &s.run
	top := s.top()
	switch {
	case !r.active:
		s.begin(lo, top)
	case r.low < r.element:
		s.widen()
	}
	r.low = top
	at := len(r.buf)
	switch {
	case r.breaks > 0:
		r.buf = append(r.buf, '\n')
	case r.space, r.seam == seamBoth && r.apart(chars) && !s.pre():
		r.buf = append(r.buf, ' ')
	}
	r.breaks, r.space, r.seam = 0, false, seamNone
	s.syncMarks(at)
	if s.pre() {
		r.pieces = append(r.pieces, piece{len(r.buf), lo, hi, hi-lo != len(chars)})
		r.code = r.code || s.code > 0
	}
	r.buf = append(r.buf, chars...)
	r.end = hi
}

// begin starts a run with the text at lo.
func (s *splitter) begin(lo int, top int32) {
	r := &s.run
	if len(r.buf) == 0 {
		r.start = lo
	}
	r.active, r.space, r.breaks, r.seam = true, false, 0, seamNone
	r.element, r.low, r.gone = top, top, r.gone[:0]
	r.form = s.controls.open
	r.origin = s.stack[top].flow.origin
	if s.head.after && r.origin == OriginVisible {
		r.origin = OriginAfterHTML
	}
}

// keeps notes that element i of the stack is about to be closed. It reports
// whether the run keeps it, since it may hold all of the run's text.
func (r *run) keeps(e *element, i int32) bool {
	if !r.active {
		return false
	}
	r.low = min(r.low, i-1)
	if i != r.element-int32(len(r.gone)) {
		return false
	}
	r.gone = append(r.gone, *e)
	return true
}

// widen makes the element at which all text has met the common ancestor.
func (s *splitter) widen() {
	r := &s.run
	for i := range r.gone {
		s.pass(&r.gone[i].pics, r.low)
	}
	r.element, r.gone = r.low, r.gone[:0]
}

// lineBreak is a <br>: the second one in a row ends the block.
func (s *splitter) lineBreak() {
	r := &s.run
	switch {
	case !r.active:
	case s.pre():
		s.newline()
	default:
		if r.breaks++; r.breaks > 1 {
			s.flush()
		}
	}
}
