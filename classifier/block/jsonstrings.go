package block

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxFrames is how deep the keys of nested objects are known.
const maxFrames = 32

// jsonReader finds the strings in JSON, or in a script that holds something
// like it, and knows the keys that lead to each. It takes broken input as it
// comes, in one pass: pages are full of JSON that no strict reader accepts.
type jsonReader struct {
	text   string
	pos    int
	script bool // JavaScript: single quotes, no line breaks in strings
	frames [maxFrames]frame
	depth  int // of them open
	deeper int // open brackets beyond them
	steps  int

	unclosed [4]int // by quote: up to here none closes a string
}

// frame is an open object or array.
type frame struct {
	object bool
	key    string // of the member that is being read
}

// jsonString is one string value: its contents as written are text[lo:hi].
type jsonString struct{ lo, hi int }

// next finds the next string value, or reports false at the end.
func (r *jsonReader) next() (jsonString, bool) {
	for r.pos < len(r.text) {
		r.steps++
		c := r.text[r.pos]
		switch {
		case c == '"' || r.script && (c == '\'' || c == '`'):
			if v, ok := r.quoted(c); ok {
				return v, true
			}
		case c == '{' || c == '[':
			r.enter(c == '{')
		case c == '}' || c == ']':
			r.leave()
		case r.script && isNameByte(c):
			r.name()
		default:
			r.pos++
		}
	}
	return jsonString{}, false
}

// quoted reads a string. It reports false for one that is a key.
func (r *jsonReader) quoted(quote byte) (jsonString, bool) {
	lo := r.pos + 1
	if lo <= r.unclosed[quote%4] {
		r.pos = lo
		return jsonString{}, false
	}
	hi := r.closing(lo, quote)
	r.pos = hi + 1
	if hi >= len(r.text) || r.text[hi] != quote {
		r.pos, r.unclosed[quote%4] = lo, hi // no string after all
		return jsonString{}, false
	}
	if r.colon() {
		r.setKey(r.text[lo:hi])
		return jsonString{}, false
	}
	return jsonString{lo, hi}, true
}

// closing is the place of the quote that ends a string. A script's string
// ends with its line.
func (r *jsonReader) closing(i int, quote byte) int {
	for i < len(r.text) {
		switch c := r.text[i]; {
		case c == quote:
			return i
		case c == '\\':
			i++
		case c == '\n' && r.script && quote != '`':
			return i
		}
		i++
	}
	return len(r.text)
}

// colon says whether a colon follows.
func (r *jsonReader) colon() bool {
	i := r.pos
	for i < len(r.text) && isSpace(r.text[i]) {
		i++
	}
	r.pos = i
	return i < len(r.text) && r.text[i] == ':'
}

// name reads a word of a script, which may be a key.
func (r *jsonReader) name() {
	lo := r.pos
	for r.pos < len(r.text) && isNameByte(r.text[r.pos]) {
		r.pos++
	}
	if name := r.text[lo:r.pos]; r.colon() {
		r.setKey(name)
	}
}

func isNameByte(c byte) bool { return isAlnum(c) || c == '_' || c == '$' }

func (r *jsonReader) setKey(key string) {
	if n := r.depth; n > 0 && r.deeper == 0 && r.frames[n-1].object {
		r.frames[n-1].key = key
	}
}

func (r *jsonReader) enter(object bool) {
	r.pos++
	if r.depth < maxFrames {
		r.frames[r.depth] = frame{object: object}
		r.depth++
	} else {
		r.deeper++
	}
}

func (r *jsonReader) leave() {
	r.pos++
	switch {
	case r.deeper > 0:
		r.deeper--
	case r.depth > 0:
		r.depth--
	}
}

// keys appends the keys that lead to the current place, the outermost first.
func (r *jsonReader) keys(to []string) []string {
	for _, f := range r.frames[:r.depth] {
		if f.object {
			to = append(to, f.key)
		}
	}
	return to
}

// literal is a decoded string with a way back to where it was written.
type literal struct {
	text  string
	base  int      // place of its first byte in the text around it
	jumps []jump   // where an escape makes the two run apart
	outer *literal // the string that this one stands in, if it does
}

// jump says that byte at of the decoded text was written at byte raw.
type jump struct{ at, raw int }

// literalText is the text of text[v.lo:v.hi] alone.
func literalText(text string, v jsonString) string {
	if raw := text[v.lo:v.hi]; strings.IndexByte(raw, '\\') < 0 {
		return raw
	}
	return newLiteral(text, v, nil).text
}

// newLiteral decodes the escapes of text[v.lo:v.hi].
func newLiteral(text string, v jsonString, outer *literal) literal {
	raw := text[v.lo:v.hi]
	l := literal{text: raw, base: v.lo, outer: outer}
	i := strings.IndexByte(raw, '\\')
	if i < 0 {
		return l
	}
	l.jumps = make([]jump, 0, 2*strings.Count(raw[i:], `\`))
	var b strings.Builder
	b.Grow(len(raw))
	b.WriteString(raw[:i])
	for i < len(raw) {
		if raw[i] != '\\' {
			b.WriteByte(raw[i])
			i++
			continue
		}
		l.jumps = append(l.jumps, jump{b.Len(), i})
		i = writeEscape(&b, raw, i)
		l.jumps = append(l.jumps, jump{b.Len(), i})
	}
	l.text = b.String()
	return l
}

// writeEscape decodes the escape at raw[i] and returns the place after it.
func writeEscape(b *strings.Builder, raw string, i int) int {
	if i+1 >= len(raw) {
		return i + 1
	}
	switch c := raw[i+1]; c {
	case 'n', 'r':
		b.WriteByte('\n')
		return i + 2
	case 't', 'b', 'f', 'v':
		b.WriteByte(' ')
		return i + 2
	case 'x':
		if n, err := strconv.ParseUint(raw[i+2:min(i+4, len(raw))], 16, 8); err == nil && i+4 <= len(raw) {
			b.WriteRune(rune(n))
			return i + 4
		}
	case 'u':
		return writeUnicode(b, raw, i)
	case '"', '\'', '\\', '/', '`', '\n':
		b.WriteByte(c)
		return i + 2
	}
	return i + 1
}

// writeUnicode decodes a \uXXXX, or two that are one character.
func writeUnicode(b *strings.Builder, raw string, i int) int {
	r, ok := hex4(raw, i)
	if !ok {
		return i + 2
	}
	i += 6
	if utf16.IsSurrogate(r) {
		if low, ok := hex4(raw, i); ok && utf16.DecodeRune(r, low) != utf8.RuneError {
			b.WriteRune(utf16.DecodeRune(r, low))
			return i + 6
		}
		return i
	}
	b.WriteRune(r)
	return i
}

// hex4 reads a \uXXXX at raw[i].
func hex4(raw string, i int) (rune, bool) {
	if i+6 > len(raw) || raw[i] != '\\' || raw[i+1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(raw[i+2:i+6], 16, 32)
	return rune(n), err == nil
}

// offset is the place in the page's text of byte i of the literal.
func (l *literal) offset(i int) int {
	raw := i
	lo, hi := 0, len(l.jumps)
	for lo < hi { // the last jump at or before i
		if m := (lo + hi) / 2; l.jumps[m].at <= i {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo > 0 {
		raw = l.jumps[lo-1].raw + i - l.jumps[lo-1].at
	}
	if raw += l.base; l.outer != nil {
		return l.outer.offset(raw)
	}
	return raw
}
