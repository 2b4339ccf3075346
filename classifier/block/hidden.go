package block

import (
	"strconv"
	"strings"
)

// evidence is what the current start tag says of hiding its element.
func (s *splitter) evidence() Hidden {
	a := &s.z.attrs
	if !a.has(attrStyle) && !a.has(attrHidden) && !a.has(attrAriaHidden) {
		return 0
	}
	var h Hidden
	for _, at := range a.list {
		switch at.name {
		case attrStyle:
			h |= hiddenByStyle(attrText(at.value))
		case attrHidden:
			if !strings.EqualFold(at.value, "until-found") {
				h |= HiddenAttribute
			}
		case attrAriaHidden:
			if strings.EqualFold(strings.TrimSpace(at.value), "true") {
				h |= HiddenARIA
			}
		}
	}
	return h
}

// hiddenByStyle is what a list of CSS declarations says of hiding.
func hiddenByStyle(css string) Hidden {
	var st style
	st.read(css)
	return st.hidden()
}

// style is what a list of declarations says of the properties that can hide.
type style struct {
	display, visible, opacity state
	far                       bool // an offset far off the screen
	indent                    bool
	clipped                   bool
	tinyFont, tinyBox         bool
	overflow                  bool // hidden
	positioned                bool
	color, background         string // as written, in any case
	sameColor                 bool
}

// state is what a property says, if it says anything.
type state uint8

const (
	unsaid state = iota
	shown
	hides
)

// maxStyle is the most declarations of one list that are read.
const maxStyle = 256

// read takes the declarations in css.
func (st *style) read(css string) {
	for n := 0; css != "" && n < maxStyle; n++ {
		var one string
		one, css, _ = strings.Cut(css, ";")
		name, value, ok := strings.Cut(one, ":")
		if name = strings.TrimSpace(name); ok && !strings.HasPrefix(name, "--") { // variables hide nothing
			st.declare(lower(name), value)
		}
	}
	if st.color != "" && st.background != "" {
		one := colour(plainValue(st.color))
		st.sameColor = one != "" && one == colour(plainValue(st.background))
	}
}

// plainValue is a declaration's value in lower case, without its importance.
func plainValue(v string) string {
	return strings.TrimSpace(strings.TrimSuffix(lower(strings.TrimSpace(v)), "!important"))
}

// declare takes one declaration.
func (st *style) declare(name, value string) {
	if !hidingProperty(name) {
		return
	}
	switch name { // most colours are of rules without the other
	case "color":
		st.color = value
		return
	case "background", "background-color":
		st.background = value
		return
	}
	switch value = plainValue(value); name {
	case "display":
		st.display = stateOf(value == "none")
	case "visibility":
		st.visible = stateOf(value == "hidden" || value == "collapse")
	case "opacity":
		n, ok := length(value)
		st.opacity = stateOf(ok && n <= 0.01)
	case "position":
		st.positioned = value == "absolute" || value == "fixed"
	case "left", "top", "right", "bottom", "margin-left", "margin-top":
		st.far = st.far || isFar(value)
	case "text-indent":
		st.indent = isFar(value)
	case "transform":
		st.clipped = st.clipped || strings.Contains(value, "scale(0)") || strings.Contains(value, "scale(0,") || strings.Contains(value, "(-9999")
	case "clip", "clip-path":
		st.clipped = st.clipped || clips(value)
	case "overflow", "overflow-x", "overflow-y":
		st.overflow = st.overflow || strings.HasPrefix(value, "hidden") || value == "clip"
	case "font-size":
		n, ok := length(value)
		st.tinyFont = ok && n <= 1 && (n == 0 || strings.HasSuffix(value, "px") || strings.HasSuffix(value, "pt"))
	case "height", "width", "max-height", "max-width":
		n, ok := length(value)
		st.tinyBox = st.tinyBox || ok && n <= 1 && (n == 0 || strings.HasSuffix(value, "px"))
	}
}

func hidingProperty(name string) bool {
	switch name {
	case "display", "visibility", "opacity", "position", "left", "top", "right", "bottom", "margin-left",
		"margin-top", "text-indent", "transform", "clip", "clip-path", "overflow", "overflow-x", "overflow-y",
		"font-size", "height", "width", "max-height", "max-width", "color", "background", "background-color":
		return true
	}
	return false
}

func stateOf(hidden bool) state {
	if hidden {
		return hides
	}
	return shown
}

// hidden sums up the declarations.
func (st *style) hidden() Hidden {
	var h Hidden
	for _, c := range []struct {
		says bool
		mean Hidden
	}{
		{st.display == hides, HiddenDisplay},
		{st.visible == hides, HiddenVisible},
		{st.opacity == hides, HiddenOpacity},
		{st.far || st.indent, HiddenOffscreen},
		{st.tinyFont || st.tinyBox && st.overflow, HiddenTiny},
		{st.clipped, HiddenClip},
		{st.sameColor, HiddenColor},
	} {
		if c.says {
			h |= c.mean
		}
	}
	return h
}

// length is the number that a CSS length begins with.
func length(v string) (float64, bool) {
	end := 0
	for end < len(v) && (v[end] == '-' || v[end] == '+' || v[end] == '.' || '0' <= v[end] && v[end] <= '9') {
		end++
	}
	if end == 0 {
		return 0, false
	}
	n, err := strconv.ParseFloat(v[:end], 64)
	return n, err == nil
}

// isFar reports an offset that moves a text off any screen.
func isFar(v string) bool {
	n, ok := length(v)
	if !ok {
		return false
	}
	switch {
	case strings.HasSuffix(v, "em"):
		return n <= -40
	case strings.HasSuffix(v, "%"), strings.HasSuffix(v, "vw"), strings.HasSuffix(v, "vh"):
		return n <= -100
	}
	return n <= -500
}

// clips reports a clip or clip-path that leaves nothing to see.
func clips(v string) bool {
	open := strings.IndexByte(v, '(')
	if open < 0 {
		return false
	}
	shape, rest := v[:open], strings.TrimSuffix(v[open+1:], ")")
	args := strings.FieldsFunc(rest, func(r rune) bool { return r == ',' || r == ' ' })
	switch shape {
	case "rect":
		return len(args) == 4 && allTiny(args)
	case "inset":
		n, ok := length(rest)
		return ok && n >= 50 && strings.Contains(rest, "%")
	case "circle":
		return len(args) > 0 && allTiny(args[:1])
	}
	return false
}

func allTiny(args []string) bool {
	for _, a := range args {
		if n, ok := length(a); !ok || n > 1 || n < -1 {
			return false
		}
	}
	return true
}

// colour brings the usual ways to write a colour to one form, empty for
// anything that is not a plain colour.
func colour(v string) string {
	if !isASCIIGraph(v) {
		v = strings.Join(strings.Fields(v), "")
	}
	switch v {
	case "white":
		return "#ffffff"
	case "black":
		return "#000000"
	case "rgb(255,255,255)":
		return "#ffffff"
	case "rgb(0,0,0)":
		return "#000000"
	}
	switch {
	case len(v) == 4 && v[0] == '#':
		return string([]byte{'#', v[1], v[1], v[2], v[2], v[3], v[3]})
	case len(v) == 7 && v[0] == '#', strings.HasPrefix(v, "rgb("), isWord(v) && v != "inherit" && v != "transparent" && v != "none" && v != "initial":
		return v
	}
	return ""
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
