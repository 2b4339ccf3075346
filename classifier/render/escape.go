package render

import "strings"

// escape writes a range of the text so that none of it is read as markup. A
// backslash is put only where a character would mean something.
func (n *inline) escape(from, to int) {
	for i := from; i < to; i++ {
		c := n.text[i]
		switch c {
		case ' ', '\t', '\r', '\v', '\f':
			n.gap = max(n.gap, ' ')
			continue
		case '\n':
			n.gap = gapLine
			continue
		}
		n.flush(i)
		switch {
		case c == 0:
			n.out = append(n.out, "\uFFFD"...)
			continue
		case c == '\\' && n.at == inParagraph && strings.HasPrefix(strings.TrimLeft(n.text[i+1:], blank), "\n"):
			n.out = append(n.out, "&#92;"...) // before our own backslash, readers count three in different ways
			continue
		case i == n.escapeAt || n.special(i, from, to):
			n.out = append(n.out, '\\')
		}
		n.out = append(n.out, c)
	}
}

// gapLine outranks the space: white space with a line break in it is one.
const gapLine = 0xFF

// flush writes the white space before text[i], which is none at the start.
func (n *inline) flush(i int) {
	gap := n.gap
	n.gap = 0
	switch {
	case len(n.out) == 0:
	case gap == gapLine && n.at == inParagraph:
		n.out = append(n.out, "\\\n"...)
	case gap == gapLine && n.at == inWrapped:
		n.out = append(n.out, '\n')
	case gap != 0:
		n.out = append(n.out, ' ')
		return
	default:
		return
	}
	switch n.at {
	case inParagraph, inWrapped:
		n.escapeAt = specialInLine(n.text, i)
	case inHeading:
		n.escapeAt = closingHash(n.text)
	}
}

// special says whether text[i] means something to Markdown anywhere in a line.
// Characters beyond from and to are known, but something may stand between.
func (n *inline) special(i, from, to int) bool {
	var next byte // 0 if there is none
	if i+1 < len(n.text) {
		next = n.text[i+1]
	}
	switch n.text[i] {
	case '\\':
		return i+1 >= to || !alphanumeric(next) && next < 0x80
	case '`':
		return n.pairs
	case '*', '~':
		return n.pairs && !(i > from && i+1 < to && n.text[i-1] == ' ' && next == ' ')
	case '_':
		return n.pairs && !(i > from && i+1 < to && alphanumeric(n.text[i-1]) && alphanumeric(next))
	case '[':
		return n.inLink
	case ']':
		return n.inLink || next == '('
	case '!':
		return next == '[' || i+1 == to && next != 0
	case '<':
		return letter(next) || next == '/' || next == '!' || next == '?' || n.mail && next > ' '
	case '&':
		return entity(n.text[i+1:])
	case '|':
		return n.at == inCell
	case ':':
		return next == '/' && n.cut(i, from, to)
	case '.':
		return i >= 3 && strings.EqualFold(n.text[i-3:i], "www") && n.cut(i, from, to)
	case '@':
		return n.cut(i, from, to)
	}
	return false
}

// cut says whether a span begins or ends within the word around text[i]. An
// address that readers make a link of by themselves would swallow the
// delimiter.
func (n *inline) cut(i, from, to int) bool {
	if n.inLink || len(n.spans) == 0 {
		return false
	}
	before, after := n.text[max(from, i-maxWord):i], n.text[i:min(to, i+maxWord)]
	return (from > 0 || len(before) == maxWord) && !strings.ContainsAny(before, space) ||
		(to < len(n.text) || len(after) == maxWord) && !strings.ContainsAny(after, space)
}

// maxWord is how many bytes on each side of a character are looked at for the
// end of its word; what is longer counts as cut.
const maxWord = 256

// space is what separates words: the white space of Markdown.
const space = blank + "\n"

// blank is the white space within a line.
const blank = " \t\r\v\f"

// specialInLine is the index of the character that must be escaped because a
// line begins at text[i], or -1.
func specialInLine(text string, i int) int {
	line, _, _ := strings.Cut(text[i:min(len(text), i+maxLineStart)], "\n")
	rest := strings.TrimLeft(line, "#")
	switch c := line[:min(1, len(line))]; {
	case c == "":
		return -1
	case c == ">", strings.Trim(line, "=-:|"+blank) == "":
		return i
	case strings.Contains("*_~`", c) && (ends(line[1:]) || line[1:2] == c):
		return i
	case c == "#" && len(line)-len(rest) <= 6 && ends(rest):
		return i
	case (c == "-" || c == "+") && ends(line[1:]):
		return i
	case c == "[" && defines(text, line):
		return i
	}
	number := strings.TrimLeft(line, "0123456789")
	if n := len(line) - len(number); n >= 1 && n <= 9 && number != "" && (number[0] == '.' || number[0] == ')') && ends(number[1:]) {
		return i + n
	}
	return -1
}

// maxLineStart is how much of a line is looked at: enough for every marker.
const maxLineStart = 1 << 10

// ends says whether a marker ends before rest: with white space or the line.
func ends(rest string) bool { return rest == "" || strings.IndexByte(blank, rest[0]) >= 0 }

// defines says whether a line that begins with a bracket might be a link's
// definition, a footnote or a task's box.
func defines(text, line string) bool {
	if rest := strings.TrimLeft(line[1:], blank+"xX"); rest != "" && (rest[0] == ']' || rest[0] == '^') {
		return true
	}
	return strings.Contains(text, "]:")
}

// closingHash is the index of a # that would be read as the end of a heading
// and not as its text, or -1.
func closingHash(text string) int {
	text = strings.TrimRight(text, space)
	rest := strings.TrimRight(text, "#")
	if len(rest) < len(text) && (rest == "" || strings.ContainsAny(rest[len(rest)-1:], space)) {
		return len(rest)
	}
	return -1
}

// entity says whether what follows a & makes it a character reference.
func entity(text string) bool {
	for i := range min(len(text), 33) {
		switch c := text[i]; {
		case c == ';':
			return i > 0
		case !alphanumeric(c) && c != '#':
			return false
		}
	}
	return false
}

// hasPair says whether one of the characters that delimit in pairs occurs twice.
func hasPair(text string) bool {
	for _, c := range []byte("*_~`") {
		if first := strings.IndexByte(text, c); first >= 0 && strings.IndexByte(text[first+1:], c) >= 0 {
			return true
		}
	}
	return false
}

func letter(c byte) bool       { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func alphanumeric(c byte) bool { return letter(c) || c >= '0' && c <= '9' }
