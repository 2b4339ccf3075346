package block

import (
	"strings"
	"unicode/utf8"
)

// textSlab keeps the strings that are made of a page's, decoded or in lower case,
// in a few large allocations, for a page has many and most are short. Its zero
// value is ready for use, and so is nil.
type textSlab struct{ b strings.Builder }

// textRoom is how much room is allocated at a time.
const textRoom = 8 << 10

// room is a builder with room for n bytes, and where the next text begins.
func (t *textSlab) room(n int) (b *strings.Builder, at int) {
	if t == nil {
		t = &textSlab{}
		t.b.Grow(n)
	}
	if t.b.Cap()-t.b.Len() < n {
		t.b = strings.Builder{}
		t.b.Grow(max(n, textRoom))
	}
	return &t.b, t.b.Len()
}

// text is b as a string.
func (t *textSlab) text(b []byte) string {
	to, at := t.room(len(b))
	to.Write(b)
	return to.String()[at:]
}

// attr decodes the entities of an attribute's value. There, a name without
// a semicolon that goes on with a letter or an equals sign is none, so that
// ?a=1&copy=2 stays as it is (HTML standard 13.2.5.73).
func (t *textSlab) attr(s string) string {
	i := strings.IndexByte(s, '&')
	if i < 0 {
		return s
	}
	b, at := t.room(len(s))
	b.WriteString(s[:i])
	for i < len(s) {
		if s[i] != '&' {
			b.WriteByte(s[i])
			i++
			continue
		}
		end := afterEntity(s, i, len(s))
		b.WriteString(attrEntity(s[i:end], end < len(s) && s[end] == '='))
		i = end
	}
	return b.String()[at:]
}

// lower is strings.ToLower for ASCII letters alone, as HTML wants it; without
// capitals it is s itself.
func (t *textSlab) lower(s string) string {
	i := firstCapital(s)
	if i < 0 {
		return s
	}
	b, at := t.room(len(s))
	b.WriteString(s[:i])
	for ; i < len(s); i++ {
		b.WriteByte(lowerByte(s[i]))
	}
	return b.String()[at:]
}

func firstCapital(s string) int {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			return i
		}
	}
	return -1
}

func lowerByte(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// lower is textSlab.lower of one string.
func lower(s string) string { return (*textSlab)(nil).lower(s) }

// tidy collapses white space as a block's text does, and drops what has no
// width.
func (t *textSlab) tidy(v string) string {
	if isTidy(v) {
		return v
	}
	b, at := t.room(len(v))
	writeTidy(b, v)
	return b.String()[at:]
}

// writeTidy reports whether it wrote anything.
func writeTidy(b *strings.Builder, v string) bool {
	start, space := b.Len(), false
	for i, r := range v {
		switch {
		case isWhite(r):
			space = b.Len() > start
		case r < 0x20, r == 0x7f, r >= utf8.RuneSelf && isWidthless(r):
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			if r == utf8.RuneError {
				b.WriteRune(r)
			} else {
				b.WriteString(v[i : i+utf8.RuneLen(r)])
			}
		}
	}
	return b.Len() > start
}

// tidyLines collapses the white space within lines and drops empty ones.
func (t *textSlab) tidyLines(v string) string {
	if strings.IndexByte(v, '\n') < 0 {
		return t.tidy(v)
	}
	b, at := t.room(len(v) + 1)
	end := at
	for line := range strings.SplitSeq(v, "\n") {
		if writeTidy(b, line) {
			end = b.Len()
			b.WriteByte('\n')
		}
	}
	return b.String()[at:end]
}

// isTidy says whether v is plain ASCII with single spaces between its words.
func isTidy(v string) bool {
	space := true // a space here would be one too many
	for i := range len(v) {
		if v[i] < ' ' || v[i] >= 0x7f || v[i] == ' ' && space {
			return false
		}
		space = v[i] == ' '
	}
	return !space || v == ""
}
