package block

import (
	"unicode"
	"unicode/utf8"
)

// textShape is what the page as a whole tells of its lines.
type textShape struct {
	wrap int // column at which paragraphs were wrapped; 0 where each line is one
	flat int // bytes from which on a paragraph is cut between sentences
}

const (
	narrowest  = 40  // no text is wrapped to fewer columns
	widest     = 140 // or to more
	wrapSlack  = 4   // columns by which some wrap early
	flatLine   = 3000
	flatPage   = 600 // where the page has no other line
	shapeBytes = 256 << 10
)

// shapeOf reads the shape off the beginning of a page.
//
// Text is wrapped where a line ends because the next word would not have
// fitted: its columns with that word exceed the width of the widest lines.
// Headlines one below the other are as long, but end anywhere.
func shapeOf(s string) textShape {
	lines := lineScanner{s: s}
	var ends, needs [widest + 2]int
	pairs, ended, long, count := 0, 0, 0, 0
	last := textLine{}
	for lines.at < shapeBytes {
		l, ok := lines.next()
		if !ok {
			break
		}
		if count++; l.cols > widest {
			long++
		}
		if l.gap == 0 && last.width() >= narrowest && last.width() <= widest && bulletOf(s[l.start:l.end]).size == 0 {
			pairs++
			if endsSentence(s[last.start:last.end]) {
				ended++
			}
			ends[last.width()]++
			needs[min(widest+1, need(s, last, l))]++
		}
		last = l
	}
	shape := textShape{flat: flatLine}
	if count == 1 && lines.at >= len(s) {
		shape.flat = flatPage
	}
	if pairs < 3 || 2*long > pairs || 2*ended > pairs {
		return shape
	}
	if width := quantile(ends[:], pairs, 98); 100*above(needs[:], width-wrapSlack) >= 75*pairs {
		shape.wrap = width
	}
	return shape
}

// quantile is the least index with percent of n at it or before.
func quantile(counts []int, n, percent int) int {
	sum := 0
	for i, c := range counts {
		if sum += c; 100*sum >= percent*n {
			return i
		}
	}
	return len(counts)
}

// above counts what lies beyond index i.
func above(counts []int, i int) int {
	sum := 0
	for _, c := range counts[max(0, min(i+1, len(counts))):] {
		sum += c
	}
	return sum
}

// need is how wide line a would be with the first word of line b.
func need(s string, a, b textLine) int {
	word, i := 0, b.start
	for i < b.end && word < widest {
		if c := s[i]; c > ' ' && c < 0x7f {
			word++
			i++
			continue
		}
		size, kind, cols := scanRune(s, i)
		if kind != textRune {
			break
		}
		if word += cols; cols == 2 {
			return a.width() + word // these scripts wrap after any character
		}
		i += size
	}
	return a.width() + 1 + word
}

// joins tells whether line b goes on with the paragraph of line a before it.
func (w textShape) joins(s string, a, b textLine) bool {
	if b.gap > 0 || a.width() > w.wrap+wrapSlack || startsAnew(s[b.start:b.end]) {
		return false
	}
	if b.indent > a.indent+1 { // the first line of a paragraph
		return false
	}
	if need(s, a, b) > w.wrap-wrapSlack {
		return true
	}
	first, _ := utf8.DecodeRuneInString(s[b.start:b.end])
	return 2*a.width() >= w.wrap && unicode.IsLower(first) && !endsSentence(s[a.start:a.end])
}

// startsAnew tells lines that begin something whatever stands before.
func startsAnew(content string) bool {
	if size, _ := headingMarker(content); size > 0 {
		return true
	}
	level, _ := quoteMarker(content)
	return level > 0 || bulletOf(content).size > 0
}
