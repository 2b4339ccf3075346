package block

import (
	"context"
	"slices"
	"unsafe"
)

// Text splits plain text that was already taken out of a page. A block is a
// line, or the lines of a paragraph where the page is wrapped at some column
// or quotes. A line of entries between separators is one block with RoleList,
// also where it follows prose on the same line; a line that holds a whole page
// is cut between sentences, so that its parts can be judged apart. Start and
// End leave out the marker of a heading, a list item or a quotation.
//
// It fails with ErrTooLarge, ErrBinary or the error of ctx. It takes time
// linear in len(src).
func Text(ctx context.Context, src []byte, opts Options) (*Page, error) {
	if err := checkLimits(src, opts); err != nil {
		return nil, err
	}
	d, err := decode(ctx, src, opts.ContentType, false)
	if err != nil {
		return nil, err
	}
	s := unsafe.String(unsafe.SliceData(d.text), len(d.text)) // Page says that its strings may share Source
	t := textSplitter{
		ctx:   ctx,
		opts:  opts,
		d:     &d,
		s:     s,
		lines: lineScanner{s: s},
		shape: shapeOf(s),
		page:  &Page{Format: FormatText, Source: src, Charset: d.charset},
	}
	if err := t.split(); err != nil {
		return nil, err
	}
	return t.page, nil
}

// textSplitter is the state of one call of Text.
type textSplitter struct {
	ctx   context.Context
	opts  Options
	d     *decoded
	s     string // d.text
	lines lineScanner
	shape textShape
	list  itemList
	page  *Page
	err   error // the first one; nothing is added after it
}

func (t *textSplitter) split() error {
	t.err = t.ctx.Err()
	for n := 1; t.err == nil; n++ {
		l, ok := t.lines.next()
		if !ok {
			break
		}
		if n%1024 == 0 {
			t.err = t.ctx.Err()
		}
		t.paragraph(l)
	}
	return t.err
}

// paragraph makes blocks of the paragraph, heading, item or quotation that
// line l begins.
func (t *textSplitter) paragraph(l textLine) {
	content := t.s[l.start:l.end]
	if size, level := headingMarker(content); size > 0 {
		t.list.end()
		l.start += size
		l.end -= closingHashes(t.s[l.start:l.end])
		t.add(l.start, l.end, Block{Role: RoleHeading, Level: level, Gap: l.gap})
		return
	}
	if level, _ := quoteMarker(content); level > 0 && t.quote(l, level) {
		return
	}
	if m := bulletOf(content); m.size > 0 && len(content) <= t.shape.flat && (m.ordinal == 0 || t.list.continues(m.ordinal, l.indent) || t.lines.announces(m.ordinal+1)) {
		level := t.list.item(l.indent, m.ordinal)
		l.start, l.indent, l.cols = l.start+m.size, l.indent+m.size, l.cols-m.size
		t.join(&l)
		t.add(l.start, l.end, Block{Role: RoleList, Level: level, Ordinal: m.ordinal, Gap: l.gap})
		return
	}
	t.list.end()
	t.join(&l)
	t.cut(l.start, l.end, l.gap, l.signs)
}

// join extends l by the lines after it that go on with its paragraph.
func (t *textSplitter) join(l *textLine) {
	if t.shape.wrap == 0 {
		return
	}
	for last := *l; ; {
		next, ok := t.lines.peek()
		if !ok || !t.shape.joins(t.s, last, next) {
			return
		}
		t.lines.take()
		l.end, l.signs = next.end, l.signs|next.signs
		last = next
	}
}

// prose adds the text from lo to hi, in pieces if it is too long for one
// paragraph.
func (t *textSplitter) prose(lo, hi, gap int) {
	if hi-lo <= t.shape.flat {
		t.add(lo, hi, Block{Gap: gap})
		return
	}
	cutSentences(t.s[lo:hi], func(from, to int) bool {
		t.add(lo+from, lo+to, Block{Gap: gap})
		gap = 0
		return t.err == nil
	})
}

// add appends the block of the text from lo to hi, unless it is empty.
func (t *textSplitter) add(lo, hi int, b Block) {
	lo, hi = trimSpace(t.s, lo, hi)
	if lo < hi {
		t.addText(lo, hi, cleanText(t.s[lo:hi]), b)
	}
}

func (t *textSplitter) addText(lo, hi int, text string, b Block) {
	if t.err != nil {
		return
	}
	if t.err = checkBlocks(len(t.page.Blocks), t.opts); t.err != nil {
		return
	}
	b.Text = text
	b.Start, b.End = t.d.offset(lo), t.d.offset(hi)
	b.Element, b.Box, b.Form = -1, -1, -1
	markURLs(&b)
	if n := len(t.page.Blocks); n == cap(t.page.Blocks) {
		rest := n * (len(t.s) - hi) / hi // as the page has been so far
		t.page.Blocks = slices.Grow(t.page.Blocks, 16+min(rest+rest/8, 4*n))
	}
	t.page.Blocks = append(t.page.Blocks, b)
}
