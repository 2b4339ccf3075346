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
			h |= hiddenByStyle(a.texts.attr(at.value), a.texts)
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
func hiddenByStyle(css string, t *textSlab) Hidden {
	var st style
	st.read(css, t)
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

// read takes the declarations in css; t is for what has to be written anew.
func (st *style) read(css string, t *textSlab) {
	for n := 0; css != "" && n < maxStyle; n++ {
		var one string
		one, css, _ = strings.Cut(css, ";")
		name, value, ok := strings.Cut(one, ":")
		if name = strings.TrimSpace(name); ok && !strings.HasPrefix(name, "--") { // variables hide nothing
			st.declare(t.lower(name), value, t)
		}
	}
	if st.color != "" && st.background != "" {
		one, ok := colourOf(plainValue(st.color, t), t)
		if ok {
			two, ok := colourOf(plainValue(st.background, t), t)
			st.sameColor = ok && one == two
		}
	}
}

// plainValue is a declaration's value in lower case, without its importance.
func plainValue(v string, t *textSlab) string {
	return strings.TrimSpace(strings.TrimSuffix(t.lower(strings.TrimSpace(v)), "!important"))
}

// declare takes one declaration.
func (st *style) declare(name, value string, t *textSlab) {
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
	switch value = plainValue(value, t); name {
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
	switch shape {
	case "rect":
		n, tiny := tinyArgs(rest)
		return n == 4 && tiny == n
	case "inset":
		n, ok := length(rest)
		return ok && n >= 50 && strings.Contains(rest, "%")
	case "circle":
		_, tiny := tinyArgs(rest)
		return tiny > 0
	}
	return false
}

// tinyArgs counts the arguments of a shape, and those it begins with that are
// hardly more than nothing.
func tinyArgs(args string) (n, tiny int) {
	for arg := range strings.FieldsFuncSeq(args, func(r rune) bool { return r == ',' || r == ' ' }) {
		if l, ok := length(arg); tiny == n && ok && l <= 1 && l >= -1 {
			tiny++
		}
		n++
	}
	return n, tiny
}
