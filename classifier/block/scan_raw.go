package block

import "strings"

// endOfRaw is the end of the text that the contents of z.raw are, from i on.
func (z *scanner) endOfRaw(i int) int {
	k := z.raw
	z.raw = tagOther
	switch k {
	case tagPlaintext:
		return len(z.text)
	case tagScript:
		return z.endOfScript(i)
	}
	name := tagInfos[k].name
	for {
		j := strings.IndexByte(z.text[i:], '<')
		if j < 0 {
			return len(z.text)
		}
		i += j
		if _, ok := z.endTagAt(i, name); ok {
			return i
		}
		i++
	}
}

// endTagAt says whether the end tag called name begins at i, a '<', and which
// place is one byte behind that name.
func (z *scanner) endTagAt(i int, name string) (after int, ok bool) {
	ok = i+1 < len(z.text) && z.text[i+1] == '/' && z.tagAt(i+2, name)
	return i + len("</") + len(name) + 1, ok
}

// foldEqual says whether s is lower, but for the case of ASCII letters.
func foldEqual(s, lower string) bool {
	if len(s) != len(lower) {
		return false
	}
	for i := range len(s) {
		if c := s[i]; c != lower[i] && (c < 'A' || 'Z' < c || c|0x20 != lower[i]) {
			return false
		}
	}
	return true
}

// The states of a script's text.
const (
	scriptPlain   = iota
	scriptEscaped // behind <!--
	scriptDouble  // behind a <script> in that
)

// endOfScript is the place of the </script> that ends a script's text, which
// a comment in it may hide (HTML standard 13.2.5.15 to 31, as far as the
// tokenizer of x/net follows it).
func (z *scanner) endOfScript(i int) int {
	state, dashes := scriptPlain, 0
	for i < len(z.text) {
		if state == scriptPlain {
			j := strings.IndexByte(z.text[i:], '<')
			if j < 0 {
				break
			}
			i += j
		}
		switch c := z.text[i]; {
		case c == '<':
			var ended bool
			if state, i, ended = z.scriptTag(state, i); ended {
				return i
			}
			dashes = 0
			if state == scriptEscaped && z.text[i-1] == '-' { // right behind <!--
				dashes = 2
			}
			continue
		case c == '-':
			dashes++
		case c == '>' && dashes >= 2:
			state = scriptPlain
		default:
			dashes = 0
		}
		i++
	}
	return len(z.text)
}

// scriptTag reads the '<' at i of a script's text. It returns the state behind
// it and the place there, or the place of the end tag.
func (z *scanner) scriptTag(state, i int) (newState, at int, ended bool) {
	after, end := z.endTagAt(i, "script")
	rest := z.text[i+1:]
	switch state {
	case scriptPlain:
		if strings.HasPrefix(rest, "!--") {
			return scriptEscaped, i + len("<!--"), false
		}
	case scriptEscaped:
		switch {
		case rest == "" || rest[0] == '/':
		case byteClasses[rest[0]]&letter == 0: // the standard would stay in the comment
			return scriptPlain, i + 1, false
		case z.tagAt(i+1, "script"):
			return scriptDouble, i + len("<script>"), false
		}
	case scriptDouble:
		if end {
			return scriptEscaped, after, false
		}
		return state, i + 1, false
	}
	if end {
		return state, i, true
	}
	return state, i + 1, false
}

// tagAt says whether a tag's whole name stands at i.
func (z *scanner) tagAt(i int, name string) bool {
	end := i + len(name)
	return end < len(z.text) && foldEqual(z.text[i:end], name) && byteClasses[z.text[end]]&endsName != 0
}
