package block

import "strings"

// The least that makes a run worth splitting once more, as plain text.
const (
	minPlain      = 300 // bytes
	minPlainLines = 3   // empty lines
)

// piece says that the run's text from byte at on stands at text[lo:hi], there
// perhaps as an entity.
type piece struct {
	at, lo, hi int
	entity     bool
}

// splitPlain makes blocks of a run that is a page of plain text within the
// page: prose in a <pre>, or one text without any tag that has empty lines. It
// reports false for a run that is none. The run's text is r.buf[:n], and b is
// the block that it would be.
func (s *splitter) splitPlain(b *Block, n int) bool {
	r := &s.run
	pre := b.Role == RoleCode
	if n < minPlain || r.code || !pre && (r.texts != 1 || r.end-r.start < minPlain) {
		return false
	}
	text := s.text[r.start:r.end]
	if pre {
		text = string(r.buf[:n])
	}
	if emptyLines(text) < minPlainLines || !isProse(text) {
		return false
	}
	page, err := Text(s.ctx, []byte(text), Options{MaxBytes: len(text)})
	if err != nil || len(page.Blocks) < 2 {
		return false
	}
	base := r.start
	for i := range page.Blocks {
		part := &page.Blocks[i]
		if pre {
			share(part, b.Marks, text)
			part.Start, part.End = r.source(part.Start), r.source(part.End-1)+1
		} else {
			part.Start, part.End = base+part.Start, base+part.End
			if strings.IndexByte(part.Text, '&') >= 0 {
				*part = Block{Text: s.slab.texts.tidyLines(unescape(part.Text)), Start: part.Start, End: part.End, Role: part.Role, Level: part.Level, Ordinal: part.Ordinal, Gap: part.Gap}
			}
		}
		part.Start, part.End = s.dec.offset(part.Start), s.dec.offset(part.End)
		s.adopt(part, b)
	}
	return true
}

// adopt appends a part of b to the page's blocks.
func (s *splitter) adopt(part, b *Block) {
	if part.Text == "" || s.err != nil {
		return
	}
	if s.err = checkBlocks(len(s.page.Blocks), s.opts); s.err != nil {
		return
	}
	part.Element, part.Box, part.Form, part.Origin, part.Hidden = b.Element, b.Box, b.Form, b.Origin, b.Hidden
	part.Row, part.Column = b.Row, b.Column
	part.Control, b.Control = b.Control, Controls{}
	s.page.Blocks = append(s.page.Blocks, *part)
}

// share gives a part its share of the marks over the whole text. They are
// dropped, and only counted, where the part's text is not as it stood there.
func share(part *Block, marks []Mark, text string) {
	part.Marks, part.Links, part.LinkLen = nil, 0, 0
	exact := part.Text == text[part.Start:part.End]
	for _, m := range marks {
		from, to := max(m.Start, part.Start), min(m.End, part.End)
		if from >= to {
			continue
		}
		if m.Kind == MarkLink {
			part.Links++
			part.LinkLen = min(part.LinkLen+to-from, len(part.Text))
		}
		if exact {
			m.Start, m.End = from-part.Start, to-part.Start
			part.Marks = append(part.Marks, m)
		}
	}
}

// emptyLines counts the empty lines of a text.
func emptyLines(text string) int {
	n, newlines := 0, 0
	for i := range len(text) {
		switch text[i] {
		case '\n':
			if newlines++; newlines == 2 {
				n++
			}
		case ' ', '\t', '\r':
		default:
			newlines = 0
		}
	}
	return n
}

// source is the place in the page's text of byte i of a run in which white
// space counts: of the last byte of an entity, where that is what i is in.
func (r *run) source(i int) int {
	lo, hi := 0, len(r.pieces)
	for lo < hi { // the last piece at or before i
		if m := (lo + hi) / 2; r.pieces[m].at <= i {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo == 0 {
		return r.start
	}
	p := r.pieces[lo-1]
	if j := p.lo + i - p.at; j < p.hi && !p.entity {
		return j
	}
	return p.hi - 1
}
