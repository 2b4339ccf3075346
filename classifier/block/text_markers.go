package block

import (
	"strings"
	"unicode/utf8"
)

// headingMarker returns the length of a Markdown heading's marker, and the
// heading's level; 0 for other lines.
func headingMarker(content string) (size int, level uint8) {
	n := 0
	for n < len(content) && content[n] == '#' {
		n++
	}
	if n == 0 || n > 6 || n+1 >= len(content) || content[n] != ' ' {
		return 0, 0
	}
	return n + 1, uint8(n)
}

// closingHashes is the length of the marker that may stand after a heading.
func closingHashes(content string) int {
	rest := strings.TrimRight(content, "#")
	if strings.HasSuffix(rest, " ") {
		return len(content) - len(rest)
	}
	return 0
}

// quoteMarker counts the marks at the start of a quoted line, and the bytes
// before its text.
func quoteMarker(content string) (level uint8, size int) {
	for size < len(content) && (content[size] == '>' || content[size] == ' ' && level > 0) {
		if content[size] == '>' && level < 255 {
			level++
		}
		size++
	}
	return level, size
}

// isBlank tells lines that say nothing: a rule, or a quotation's empty line.
func isBlank(content string) bool {
	if content[0] == '>' {
		_, size := quoteMarker(content)
		return size == len(content)
	}
	return isRule(content)
}

// isRule tells lines that only divide: dashes, stars and their like.
func isRule(content string) bool {
	if len(content) < 3 || content[0] >= '0' && content[0] <= '9' || content[0] >= 'A' && content[0] <= 'z' && content[0] != '_' {
		return false
	}
	first, _ := utf8.DecodeRuneInString(content)
	if !strings.ContainsRune("-=_*~#.·•—–─━═", first) {
		return false
	}
	n := 0
	for _, r := range content {
		if r == first {
			n++
		} else if r != ' ' {
			return false
		}
	}
	return n >= 3
}

// bullet is the marker of a list item.
type bullet struct {
	size    int   // bytes before the item's text; 0 for none
	ordinal int32 // of a numbered item
}

// bulletOf reads the marker that content begins with.
func bulletOf(content string) bullet {
	if content == "" {
		return bullet{}
	}
	switch c := content[0]; {
	case c == '-' || c == '*':
		return afterMarker(content, 1, 0)
	case c >= '0' && c <= '9':
		return numberOf(content)
	case c < utf8.RuneSelf:
		return bullet{}
	}
	r, size := utf8.DecodeRuneInString(content)
	switch r {
	case '–', '·':
		return afterMarker(content, size, 0)
	case '•', '‣', '⁃', '◦', '▪', '▫', '●', '○', '■', '□', '►', '▶', '▸', '➤', '✓', '✔', '★', '☆', '♦':
		rest := strings.TrimLeft(content[size:], " \t\u00a0")
		if rest == "" {
			return bullet{}
		}
		return bullet{size: len(content) - len(rest)}
	}
	return bullet{}
}

// numberOf reads "1. " or "1) ", up to 999: a year is no ordinal.
func numberOf(content string) bullet {
	n, i := int32(0), 0
	for i < len(content) && i < 4 && content[i] >= '0' && content[i] <= '9' {
		n = n*10 + int32(content[i]-'0')
		i++
	}
	if i > 3 || i >= len(content) || content[i] != '.' && content[i] != ')' {
		return bullet{}
	}
	if n == 0 {
		return bullet{}
	}
	return afterMarker(content, i+1, n)
}

// afterMarker wants white space and text after a marker of so many bytes.
func afterMarker(content string, marker int, ordinal int32) bullet {
	rest := strings.TrimLeft(content[marker:], " \t\u00a0")
	size := len(content) - len(rest)
	if size == marker || rest == "" {
		return bullet{}
	}
	return bullet{size, ordinal}
}

// announces tells whether one of the next lines is item number n. One number
// alone may be a date.
func (p lineScanner) announces(n int32) bool {
	for range 6 {
		l, ok := p.next()
		if !ok {
			return false
		}
		if bulletOf(p.s[l.start:l.end]).ordinal == n {
			return true
		}
	}
	return false
}

// itemList is the list that the items so far belong to.
type itemList struct {
	indents  []int   // of its levels
	ordinals []int32 // last number on each level
	last     int32   // last number; still there after the end, as text may stand between items
}

func (l *itemList) end() { l.indents, l.ordinals = l.indents[:0], l.ordinals[:0] }

// item takes in an item and returns its level, from 1.
func (l *itemList) item(indent int, ordinal int32) uint8 {
	n := len(l.indents)
	for n > 1 && l.indents[n-1] > indent {
		n--
	}
	l.indents, l.ordinals = l.indents[:n], l.ordinals[:n]
	if n == 0 || l.indents[n-1] < indent-1 && n < 255 {
		l.indents, l.ordinals = append(l.indents, indent), append(l.ordinals, 0)
	}
	last := len(l.indents) - 1
	l.indents[last] = min(l.indents[last], indent)
	l.ordinals[last] = ordinal
	if ordinal > 0 {
		l.last = ordinal
	}
	return uint8(last + 1)
}

// continues tells whether an item at this indent may have number n.
func (l *itemList) continues(n int32, indent int) bool {
	if n == 1 {
		return false
	}
	for k := len(l.indents) - 1; k >= 0; k-- {
		if l.indents[k] <= indent+1 {
			return l.ordinals[k] == n-1
		}
	}
	return l.last == n-1
}
