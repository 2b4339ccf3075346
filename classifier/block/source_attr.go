package block

import "strings"

// sourceAttrs reads every attribute of one start tag where it stands, by the
// rules of the HTML standard (13.2.5.32–39).
type sourceAttrs struct {
	raw   string // from behind the tag's name to '>'
	pos   int
	texts *textSlab
}

// next returns the next attribute with its key in lower case and its value as
// written (see textSlab.attr), or false after the last.
func (a *sourceAttrs) next() (key, value string, ok bool) {
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
	key = a.texts.lower(raw[start:i])
	for i < len(raw) && isSpace(raw[i]) {
		i++
	}
	if i < len(raw) && raw[i] == '=' {
		value, i = sourceValue(raw, i+1)
	}
	a.pos = i
	return key, value, true
}

// sourceValue reads the value that begins at or after i and returns it with
// the place after it.
func sourceValue(raw string, i int) (string, int) {
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
