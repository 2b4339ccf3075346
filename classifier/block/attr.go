package block

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// attrs are the attributes of one start tag that the splitter reads, in order,
// repeated ones too. Values are as written: see textSlab.attr.
type attrs struct {
	texts *textSlab // for decoded values
	list  []attr
	seen  uint64 // a bit for each name in list
}

type attr struct {
	name  attrName
	value string
}

func (a *attrs) add(name attrName, value string) {
	a.list = append(a.list, attr{name, value})
	a.seen |= 1 << name
}

func (a *attrs) has(name attrName) bool { return a.seen>>name&1 != 0 }

// get is the first value of an attribute, decoded; empty where there is none.
func (a *attrs) get(name attrName) string {
	if a.has(name) {
		for i := range a.list {
			if a.list[i].name == name {
				return a.texts.attr(a.list[i].value)
			}
		}
	}
	return ""
}

// set gives a field its first value, decoded.
func (a *attrs) set(to *string, value string) {
	if *to == "" {
		*to = a.texts.attr(value)
	}
}

// tagName is the name of a tag, as written.
func tagName(raw string) string {
	start := 1
	if len(raw) > 1 && raw[1] == '/' {
		start = 2
	}
	end := start
	for end < len(raw) && byteClasses[raw[end]]&endsName == 0 {
		end++
	}
	return raw[start:end]
}

// unescape decodes the entities of a text, which is s itself where it has none.
func unescape(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return html.UnescapeString(s)
}

// attrEntity decodes one character reference of a value, if it is one.
func attrEntity(raw string, equals bool) string {
	decoded := decodeReference(raw)
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

// isSpace reports HTML's ASCII white space.
func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'
}
