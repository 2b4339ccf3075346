package audit

import (
	"bytes"
	"sort"
	"strings"
	"unicode/utf8"
)

// lines finds lines and columns in a page.
type lines struct {
	src   []byte
	begin []int // first byte of every line
	utf8  bool
}

func newLines(src []byte, charset string) *lines {
	l := &lines{src: src, begin: []int{0}, utf8: strings.EqualFold(charset, "utf-8")}
	for i := 0; ; {
		n := bytes.IndexByte(src[i:], '\n')
		if n < 0 {
			return l
		}
		i += n + 1
		l.begin = append(l.begin, i)
	}
}

// maxColumn is how far into a line characters are counted; beyond, bytes are.
const maxColumn = 1 << 16

// at is the line and column of a byte, both from 1. Columns count characters
// in UTF-8 and bytes in other charsets, and where a line is very long.
func (l *lines) at(offset int) (line, column int) {
	offset = min(max(offset, 0), len(l.src))
	line = sort.SearchInts(l.begin, offset+1)
	from := l.begin[line-1]
	if !l.utf8 || offset-from > maxColumn {
		return line, offset - from + 1
	}
	return line, utf8.RuneCount(l.src[from:offset]) + 1
}
