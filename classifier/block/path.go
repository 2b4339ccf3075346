package block

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxPath is how many elements a path names at most: without a bound, a page
// of nothing but nested elements would have paths of its length squared.
const maxPath = 64

// maxPathName is how many bytes of an id or a class a path has: without a
// bound, one long name would be in the path of every block of a page.
const maxPathName = 80

// Path writes an element's place in the document, such as
// "html/body/div#main.post/p[2]": its ancestors' tags with their id and first
// class, and the number among siblings of the same tag from the second on. It
// is empty for an index that is none of the page's elements, and begins with
// "…/" where more than maxPath elements would have to be named.
func (p *Page) Path(element int32) string {
	if element < 0 || int(element) >= len(p.Elements) {
		return ""
	}
	var chain []int32
	i := element
	for ; i >= 0 && len(chain) < maxPath; i = p.Elements[i].Parent {
		chain = append(chain, i)
	}
	var b []byte
	if i >= 0 {
		b = append(b, "…/"...)
	}
	for i := len(chain) - 1; i >= 0; i-- {
		b = p.Elements[chain[i]].appendStep(b)
		if i > 0 {
			b = append(b, '/')
		}
	}
	return string(b)
}

// BlockPaths is the Path of every block's Element. What paths have in common
// is written and kept once where one is the beginning of the other.
func (p *Page) BlockPaths() []string {
	w := pathWriter{page: p, at: make([]span, len(p.Elements))}
	w.text.Grow(min(200*len(p.Blocks), 1<<20))
	out := make([]string, len(p.Blocks))
	for i := range out {
		if e := p.Blocks[i].Element; e >= 0 {
			at := w.write(e)
			out[i] = w.text.String()[at.lo:at.hi]
		}
	}
	return out
}

// pathWriter writes the paths of many elements.
type pathWriter struct {
	page *Page
	at   []span // of each element's path in text, empty for one not yet written
	text strings.Builder
}

// write returns where the path of element e stands.
func (w *pathWriter) write(e int32) span {
	if w.at[e].hi > 0 {
		return w.at[e]
	}
	els := w.page.Elements
	if els[e].Depth >= maxPath {
		start := w.text.Len()
		w.text.WriteString(w.page.Path(e))
		w.at[e] = span{start, w.text.Len()}
		return w.at[e]
	}
	var chain [maxPath]int32 // elements whose paths are not written yet, e first
	n, start := 0, w.text.Len()
	for i := e; i >= 0; i = els[i].Parent {
		if at := w.at[i]; at.hi > 0 {
			w.text.WriteString(w.text.String()[at.lo:at.hi])
			break
		}
		chain[n] = i
		n++
	}
	var room [4 * maxPathName]byte
	for n--; n >= 0; n-- {
		step := room[:0]
		if w.text.Len() > start {
			step = append(step, '/')
		}
		w.text.Write(els[chain[n]].appendStep(step))
		w.at[chain[n]] = span{start, w.text.Len()}
	}
	return w.at[e]
}

// appendStep writes one element of a path.
func (e *Element) appendStep(b []byte) []byte {
	b = append(b, e.Tag...)
	if e.ID != "" {
		b = append(b, '#')
		b = appendName(b, e.ID)
	}
	if class := firstField(e.Class); class != "" {
		b = append(b, '.')
		b = appendName(b, class)
	}
	if e.Nth > 1 {
		b = append(b, '[')
		b = strconv.AppendInt(b, int64(e.Nth), 10)
		b = append(b, ']')
	}
	return b
}

// appendName writes a name, cut short where it is very long.
func appendName(b []byte, name string) []byte {
	if len(name) <= maxPathName {
		return append(b, name...)
	}
	end := maxPathName
	for end > 0 && !utf8.RuneStart(name[end]) {
		end--
	}
	return append(append(b, name[:end]...), "…"...)
}

// firstField is the first word of a list that white space separates.
func firstField(list string) string {
	for i := range len(list) {
		switch {
		case list[i] >= utf8.RuneSelf:
			for class := range strings.FieldsSeq(list) { // of other white space too
				return class
			}
		case isSpace(list[i]) || list[i] == '\v':
			if i > 0 {
				return list[:i]
			}
			return firstField(strings.TrimLeft(list, " \t\n\v\f\r"))
		}
	}
	return list
}
