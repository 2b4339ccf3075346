package block

import "strings"

// quote adds the run of quoted lines that l begins: one block for each depth,
// ended by a quoted line without text, which counts as blank. It refuses a single short line, which
// is more often an entry of a menu.
func (t *textSplitter) quote(l textLine, level uint8) bool {
	var run quoteRun
	run.line(t.s, l)
	for {
		next, ok := t.lines.peek()
		if !ok || next.gap > 0 {
			break
		}
		depth, size := quoteMarker(t.s[next.start:next.end])
		if depth != level {
			break
		}
		run.breaks = append(run.breaks, t.shape.breaksQuoted(t.s, run.last, next, size))
		t.lines.take()
		run.line(t.s, next)
	}
	if len(run.parts) == 1 && l.cols < narrowest && !t.afterQuote(l) {
		return false
	}
	t.list.end()
	t.addText(run.lo, run.hi, run.text(), Block{Role: RoleQuote, Level: level, Gap: l.gap})
	return true
}

// afterQuote tells whether the block just above l is a quotation.
func (t *textSplitter) afterQuote(l textLine) bool {
	n := len(t.page.Blocks)
	return n > 0 && l.gap <= 1 && t.page.Blocks[n-1].Role == RoleQuote
}

// quoteRun gathers quoted lines.
type quoteRun struct {
	lo, hi int      // from the first line's text to the last one's
	parts  []string // the lines' texts
	breaks []bool   // whether a line break stays between them
	last   textLine
}

// line takes in the text of a quoted line.
func (q *quoteRun) line(s string, l textLine) {
	_, size := quoteMarker(s[l.start:l.end])
	lo, hi := trimSpace(s, l.start+size, l.end)
	if len(q.parts) == 0 {
		q.lo = lo
	}
	q.hi, q.last = hi, l
	q.last.start = lo
	q.parts = append(q.parts, cleanText(s[lo:hi]))
}

// text is the quotation without its marks.
func (q *quoteRun) text() string {
	var b strings.Builder
	for i, part := range q.parts {
		switch {
		case i > 0 && q.breaks[i-1]:
			b.WriteByte('\n')
		case i > 0:
			b.WriteByte(' ')
		}
		b.WriteString(part)
	}
	return b.String()
}

// breaksQuoted tells whether a line break stays between two quoted lines:
// unless the line before was full, or ends within a sentence.
func (w textShape) breaksQuoted(s string, a, b textLine, size int) bool {
	if a.cols < narrowest {
		return true
	}
	b.start += size
	return endsSentence(s[a.start:a.end]) && (w.wrap == 0 || need(s, a, b) <= w.wrap-2*wrapSlack)
}
