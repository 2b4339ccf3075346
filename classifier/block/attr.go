package block

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// attrs reads the attributes of one start tag where they stand, so that no
// string is copied unless it holds an entity. The rules are the tokenizer's
// own (HTML standard 13.2.5.32–39), hence both agree where the tag ends.
type attrs struct {
	raw string // the tag from '<' to '>'
	pos int
}

// tagName splits a tag into its name, as written, and its attributes.
func tagName(raw string) (string, attrs) {
	start := 1
	if len(raw) > 1 && raw[1] == '/' {
		start = 2
	}
	end := start
	for end < len(raw) && !isSpace(raw[end]) && raw[end] != '/' && raw[end] != '>' {
		end++
	}
	return raw[start:end], attrs{raw, end}
}

// next returns the next attribute with its key in lower case and its value as
// written (see attrText), or false after the last.
func (a *attrs) next() (key, value string, ok bool) {
	raw, i := a.raw, a.pos
	for i < len(raw) && (isSpace(raw[i]) || raw[i] == '/') {
		i++
	}
	if i >= len(raw) || raw[i] == '>' {
		a.pos = len(raw)
		return "", "", false
	}
	start := i
	i++ // an equals sign may begin a key
	for i < len(raw) && !isSpace(raw[i]) && raw[i] != '=' && raw[i] != '/' && raw[i] != '>' {
		i++
	}
	key = lower(raw[start:i])
	for i < len(raw) && isSpace(raw[i]) {
		i++
	}
	if i < len(raw) && raw[i] == '=' {
		value, i = attrValue(raw, i+1)
	}
	a.pos = i
	return key, value, true
}

// attrValue reads the value that begins at or after i and returns it with the
// place after it.
func attrValue(raw string, i int) (string, int) {
	for i < len(raw) && isSpace(raw[i]) {
		i++
	}
	if i >= len(raw) || raw[i] == '>' {
		return "", i
	}
	if quote := raw[i]; quote == '"' || quote == '\'' {
		end := strings.IndexByte(raw[i+1:], quote)
		if end < 0 {
			return raw[i+1:], len(raw)
		}
		return raw[i+1 : i+1+end], i + end + 2
	}
	start := i
	for i < len(raw) && !isSpace(raw[i]) && raw[i] != '>' {
		i++
	}
	return raw[start:i], i
}

// get returns the first value of the attribute named key, decoded.
func (a attrs) get(key string) (string, bool) {
	for {
		k, v, ok := a.next()
		if !ok {
			return "", false
		}
		if k == key {
			return attrText(v), true
		}
	}
}

// unescape decodes the entities of a text, which is s itself where it has none.
func unescape(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return html.UnescapeString(s)
}

// attrText decodes the entities of an attribute's value. There, a name without
// a semicolon that goes on with a letter or an equals sign is none, so that
// ?a=1&copy=2 stays as it is (HTML standard 13.2.5.73).
func attrText(s string) string {
	i := strings.IndexByte(s, '&')
	if i < 0 {
		return s
	}
	b := append(make([]byte, 0, len(s)), s[:i]...)
	for i < len(s) {
		if s[i] != '&' {
			b = append(b, s[i])
			i++
			continue
		}
		end := afterEntity(s, i, len(s))
		b = append(b, attrEntity(s[i:end], end < len(s) && s[end] == '=')...)
		i = end
	}
	return string(b)
}

// attrEntity decodes one character reference of a value, if it is one.
func attrEntity(raw string, equals bool) string {
	decoded := html.UnescapeString(raw)
	switch {
	case len(raw) < 2, raw[1] == '#':
		return decoded
	case raw[len(raw)-1] == ';':
		if strings.HasSuffix(decoded, ";") && raw != "&semi;" { // only the beginning was a name
			return raw
		}
		return decoded
	case equals, utf8.RuneCountInString(decoded) > 1:
		return raw
	}
	return decoded
}

// afterEntity is the place after the character reference that may stand at
// s[i], an ampersand.
func afterEntity(s string, i, hi int) int {
	j := i + 1
	if j < hi && s[j] == '#' {
		j++
	}
	for j < hi && j < i+40 && isAlnum(s[j]) {
		j++
	}
	if j < hi && s[j] == ';' {
		j++
	}
	return j
}

// lower is strings.ToLower for ASCII letters alone, as HTML wants it; without
// capitals it is s itself.
func lower(s string) string {
	for i := range len(s) {
		if c := s[i]; 'A' <= c && c <= 'Z' {
			b := []byte(s)
			for ; i < len(b); i++ {
				if 'A' <= b[i] && b[i] <= 'Z' {
					b[i] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}

// isSpace reports HTML's ASCII white space.
func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'
}
