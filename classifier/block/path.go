package block

import (
	"strconv"
	"strings"
)

// maxPath is how many elements a path names at most: without a bound, a page
// of nothing but nested elements would have paths of its length squared.
const maxPath = 64

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
	var b strings.Builder
	if i >= 0 {
		b.WriteString("…/")
	}
	for i := len(chain) - 1; i >= 0; i-- {
		p.Elements[chain[i]].step(&b)
		if i > 0 {
			b.WriteByte('/')
		}
	}
	return b.String()
}

// step writes one element of a path.
func (e *Element) step(b *strings.Builder) {
	b.WriteString(e.Tag)
	if e.ID != "" {
		b.WriteByte('#')
		b.WriteString(e.ID)
	}
	for class := range strings.FieldsSeq(e.Class) {
		b.WriteByte('.')
		b.WriteString(class)
		break
	}
	if e.Nth > 1 {
		b.WriteByte('[')
		b.WriteString(strconv.Itoa(int(e.Nth)))
		b.WriteByte(']')
	}
}
