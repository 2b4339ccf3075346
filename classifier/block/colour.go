package block

import "strings"

// colour is a plain colour in one form: six digits, or a name or formula.
type colour struct {
	hex  [6]byte
	name string
}

// colourOf reads the usual ways to write a colour. It reports false for
// anything that is not a plain one.
func colourOf(v string, t *textSlab) (c colour, ok bool) {
	if !isASCIIGraph(v) {
		b, at := t.room(len(v))
		for field := range strings.FieldsSeq(v) {
			b.WriteString(field)
		}
		v = b.String()[at:]
	}
	switch v {
	case "white", "rgb(255,255,255)":
		v = "#ffffff"
	case "black", "rgb(0,0,0)":
		v = "#000000"
	}
	switch {
	case len(v) == 4 && v[0] == '#':
		c.hex = [6]byte{v[1], v[1], v[2], v[2], v[3], v[3]}
	case len(v) == 7 && v[0] == '#':
		copy(c.hex[:], v[1:])
	case strings.HasPrefix(v, "rgb("), isWord(v) && v != "inherit" && v != "transparent" && v != "none" && v != "initial":
		c.name = v
	default:
		return c, false
	}
	return c, true
}

// isASCIIGraph says whether v has neither white space nor letters beyond ASCII.
func isASCIIGraph(v string) bool {
	for i := range len(v) {
		if v[i] <= ' ' || v[i] >= 0x7f {
			return false
		}
	}
	return true
}

func isWord(v string) bool {
	for i := range len(v) {
		if v[i] < 'a' || 'z' < v[i] {
			return false
		}
	}
	return v != ""
}
