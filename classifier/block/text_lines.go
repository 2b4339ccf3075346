package block

import "unicode/utf8"

// textLine is a line that has text.
type textLine struct {
	start, end int     // its text in the page, without white space around it
	indent     int     // columns before it; a tab counts four
	cols       int     // columns of the text; East Asian characters count two
	pad        int     // columns of white space after it
	gap        int     // blank lines and rules before it
	signs      signSet // separators that it may hold
}

// lineScanner walks the lines. A copy of it walks on independently.
type lineScanner struct {
	s      string
	at     int
	ahead  textLine
	peeked bool
}

// next returns the next line that has text; false at the end.
func (p *lineScanner) next() (textLine, bool) {
	if p.peeked {
		p.peeked = false
		return p.ahead, true
	}
	for gap := 0; p.at < len(p.s); gap++ {
		l := p.line()
		if l.start < l.end && !isBlank(p.s[l.start:l.end]) {
			l.gap = gap
			return l, true
		}
	}
	return textLine{}, false
}

// peek returns what next will.
func (p *lineScanner) peek() (textLine, bool) {
	if !p.peeked {
		p.ahead, p.peeked = p.next()
	}
	return p.ahead, p.peeked
}

// take drops the line that was peeked at.
func (p *lineScanner) take() { p.peeked = false }

// line reads up to the next line break and past it.
func (p *lineScanner) line() textLine {
	s, i := p.s, p.at
	l := textLine{start: -1}
	for i < len(s) {
		j := i
		for j < len(s) && plainBytes[s[j]] {
			j++
		}
		if j > i {
			l.ascii(s, i, j)
			i = j
			continue
		}
		for j < len(s) && s[j] > 0xC2 && s[j] < 0xE0 { // letters of two bytes
			j += 2
		}
		if j > i {
			l.text(i, j, (j-i)/2)
			i = j
			continue
		}
		size, kind, cols := scanRune(s, i)
		i += size
		if kind == breakRune {
			break
		}
		l.character(s[i-size:i], i, kind, cols)
	}
	p.at = i
	l.start = max(0, l.start)
	return l
}

// plainBytes holds the ASCII bytes that need no look of their own: all but
// control characters and those of signs.
var plainBytes = func() (plain [256]bool) {
	for c := ' '; c < 0x7f; c++ {
		plain[c] = asciiSign(byte(c)) == 0
	}
	return plain
}()

// ascii takes in the plain bytes from i to j.
func (l *textLine) ascii(s string, i, j int) {
	end := j
	for end > i && s[end-1] == ' ' {
		end--
	}
	if end > i {
		if l.start < 0 {
			for ; s[i] == ' '; i++ {
				l.pad++
			}
		}
		l.text(i, end, end-i)
	} else {
		end = i
	}
	l.pad += j - end
}

// character takes in the character r that ends at i.
func (l *textLine) character(r string, i int, kind runeKind, cols int) {
	if kind == textRune {
		if r[0] < utf8.RuneSelf {
			l.signs |= asciiSign(r[0])
		} else {
			l.signs |= wideSign(r)
		}
		l.text(i-len(r), i, cols)
		return
	}
	if r == "\t" {
		cols = 4
		if l.start >= 0 {
			l.signs |= 1 << signTab
		}
	}
	l.pad += cols
}

// text takes in the character, or the run of them, from i to end.
func (l *textLine) text(i, end, cols int) {
	if l.start < 0 {
		l.start = i
		l.indent, l.pad = l.pad, 0
	}
	l.end = end
	l.cols += l.pad + cols
	l.pad = 0
}

// width is the column at which the line ends.
func (l textLine) width() int { return l.indent + l.cols }

// runeKind is what a character does to a line.
type runeKind uint8

const (
	textRune runeKind = iota
	spaceRune
	breakRune
)

// scanRune classifies the character at i and counts its columns. The string
// must be valid UTF-8.
func scanRune(s string, i int) (size int, kind runeKind, cols int) {
	switch c := s[i]; {
	case c > ' ' && c < 0x7f:
		return 1, textRune, 1
	case c > 0xC2 && c < 0xE0:
		return 2, textRune, 1
	case c > 0xE3 && c < 0xEF:
		return 3, textRune, 2
	case c < utf8.RuneSelf:
		return scanControl(s, i)
	case c == 0xC2:
		return 2, twoByteKind(s[i+1]), 1
	case c >= 0xF0:
		return 4, textRune, 2
	case c == 0xE3:
		return 3, threeByteKind(c, s[i+1], s[i+2]), 2
	}
	return 3, threeByteKind(s[i], s[i+1], s[i+2]), 1
}

// scanControl classifies a space or a control character.
func scanControl(s string, i int) (size int, kind runeKind, cols int) {
	switch s[i] {
	case '\n', '\v', '\f':
		return 1, breakRune, 0
	case '\r':
		if i+1 < len(s) && s[i+1] == '\n' {
			return 2, breakRune, 0
		}
		return 1, breakRune, 0
	}
	return 1, spaceRune, 1
}

func twoByteKind(second byte) runeKind {
	switch second {
	case 0x85: // next line
		return breakRune
	case 0xA0: // no-break space
		return spaceRune
	}
	return textRune
}

func threeByteKind(first, second, third byte) runeKind {
	switch {
	case first == 0xE2 && second == 0x80:
		switch {
		case third == 0xA8 || third == 0xA9: // line and paragraph separator
			return breakRune
		case third <= 0x8B || third == 0xAF: // spaces of many widths, one of none
			return spaceRune
		}
	case first == 0xE2 && second == 0x81 && third == 0x9F, // mathematical space
		first == 0xE3 && second == 0x80 && third == 0x80, // ideographic space
		first == 0xE1 && second == 0x9A && third == 0x80, // ogham space
		first == 0xEF && second == 0xBB && third == 0xBF: // zero width no-break space
		return spaceRune
	}
	return textRune
}

// trimSpace narrows lo and hi by the white space inside.
func trimSpace(s string, lo, hi int) (int, int) {
	for lo < hi {
		size, white := whiteAt(s, lo)
		if !white {
			break
		}
		lo += size
	}
	for hi > lo {
		k := hi - 1
		for k > lo && s[k]&0xC0 == 0x80 {
			k--
		}
		if _, white := whiteAt(s, k); !white {
			break
		}
		hi = k
	}
	return lo, hi
}

// whiteAt tells whether white space or a line break stands at i.
func whiteAt(s string, i int) (size int, white bool) {
	if c := s[i]; c > ' ' && c < 0x7f {
		return 1, false
	}
	size, kind, _ := scanRune(s, i)
	return size, kind != textRune
}
