package render

import "strconv"

// maxDepth is how deep lists and quotes are nested at most; what stands deeper
// is written at that depth, so that a hostile page cannot make every line long.
const maxDepth = 6

// entry is a list item whose list is still open.
type entry struct {
	li      int32 // its <li>, -1 if unknown
	level   uint8
	indent  int   // columns before the item's text
	ordinal int32 // 0 in lists without numbers
	mark    byte  // '-', or the sign after the number: '.' or ')'
}

// outline is the chain of open list items, outermost first.
type outline struct{ open []entry }

// close ends all lists.
func (o *outline) close() { o.open = o.open[:0] }

// resume goes back to the open item of that <li>, if there is one, and tells
// how far its text is indented.
func (o *outline) resume(li int32) (indent int, ok bool) {
	if li < 0 {
		return 0, false
	}
	for i := len(o.open) - 1; i >= 0; i-- {
		if o.open[i].li == li {
			o.open = o.open[:i+1]
			return o.open[i].indent, true
		}
	}
	return 0, false
}

// begin opens an item. It gives the columns before its marker, the marker
// with the space after it, and whether a blank line must stand before it.
func (o *outline) begin(li int32, level uint8, ordinal int32) (indent int, marker string, blank bool) {
	level = min(max(level, 1), maxDepth)
	previous := entry{}
	for n := len(o.open); n > 0 && o.open[n-1].level >= level; n-- {
		previous = o.open[n-1]
		o.open = o.open[:n-1]
	}
	if n := len(o.open); n > 0 {
		indent = o.open[n-1].indent
	}
	e := entry{li: li, level: level, mark: '-'}
	if ordinal >= 1 && ordinal <= 9999 {
		e.ordinal, e.mark = ordinal, numberMark(previous, ordinal)
	}
	// A number other than 1 begins a list only after a blank line.
	blank = e.ordinal > 1 && e.mark != previous.mark
	marker = "- "
	if e.ordinal > 0 {
		marker = strconv.Itoa(int(e.ordinal)) + string(e.mark) + " "
	}
	e.indent = indent + len(marker)
	o.open = append(o.open, e)
	return indent, marker, blank
}

// numberMark is the sign after a number. Markdown counts on by itself within a
// list, so a number out of turn begins a new list, which the other sign tells.
func numberMark(previous entry, ordinal int32) byte {
	switch {
	case previous.mark == 0 || previous.mark == '-':
		return '.'
	case ordinal == previous.ordinal+1:
		return previous.mark
	case previous.mark == '.':
		return ')'
	}
	return '.'
}
