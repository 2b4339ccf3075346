package block

import (
	"slices"
	"strings"
)

// The limits of matching rules with elements.
const (
	maxSameKey  = 64 // rules that are tried for one class, id or tag
	maxAncestry = 64 // elements above one that a selector looks at
	tryPerPage  = 1 << 16
	tryPerNode  = 64 // and for each element
)

// ruleIndex finds the rules that may fit an element by the id, class or tag
// that the element must have.
type ruleIndex struct {
	sheet *sheet
	byKey map[ruleKey]ruleList
	next  []int32 // by rule: the one behind it in its list
	left  int     // comparisons that may still be made
}

// clear forgets all rules. The room of a monstrous sheet is not kept.
func (x *ruleIndex) clear() {
	if len(x.byKey) > maxKept>>3 {
		x.byKey = nil
	}
	clear(x.byKey)
	*x = ruleIndex{byKey: x.byKey, next: kept(x.next)}
}

// ruleList is the rules of one key, n of them.
type ruleList struct{ first, last, n int32 }

// ruleKey is an id, a class or a tag.
type ruleKey struct {
	kind byte // '#', '.' or 0
	name string
}

// applyStyles adds what the page's style sheets say of hiding to the elements
// and tells every block what hides it.
func (s *splitter) applyStyles() {
	sh := &s.sheet
	sh.texts = &s.slab.texts
	left := maxSheet
	for _, st := range s.styles {
		if st.hi-st.lo <= left {
			left -= st.hi - st.lo
			sh.read(s.text[st.lo:st.hi])
		}
	}
	s.steps += sh.steps
	elements := s.page.Elements
	if sh.hide > 0 {
		x := s.rules.over(sh, tryPerPage+tryPerNode*len(elements))
		before := x.left
		for i := range elements {
			elements[i].Hidden |= x.hidden(elements, int32(i))
		}
		s.steps += before - x.left
	}
	s.inheritHidden()
}

// inheritHidden gives every block the evidence of all elements around it.
func (s *splitter) inheritHidden() {
	elements := s.page.Elements
	s.hidden = slices.Grow(s.hidden[:0], len(elements))[:len(elements)]
	all := s.hidden
	for i := range elements {
		all[i] = elements[i].Hidden
		if p := elements[i].Parent; p >= 0 {
			all[i] |= all[p]
		}
	}
	for i := range s.page.Blocks {
		if e := s.page.Blocks[i].Element; e >= 0 {
			s.page.Blocks[i].Hidden |= all[e]
		}
	}
}

// over makes x, whatever it was, the index of a sheet's rules.
func (x *ruleIndex) over(sh *sheet, left int) *ruleIndex {
	if x.byKey == nil {
		x.byKey = map[ruleKey]ruleList{}
	}
	x.sheet, x.left, x.next = sh, left, slices.Grow(x.next[:0], len(sh.rules))[:len(sh.rules)]
	clear(x.next)
	for i := range sh.rules { // what hides comes first, for its keys matter
		if sh.rules[i].style.hidden() != 0 {
			x.enter(sh.rules[i].key(), i)
		}
	}
	for i := range sh.rules {
		k := sh.rules[i].key()
		if x.byKey[k].n > 0 && sh.rules[i].style.hidden() == 0 {
			x.enter(k, i)
		}
	}
	return x
}

func (x *ruleIndex) enter(key ruleKey, i int) {
	l := x.byKey[key]
	switch {
	case l.n == maxSameKey:
		return
	case l.n == 0:
		l.first = int32(i)
	default:
		x.next[l.last] = int32(i)
	}
	l.last = int32(i)
	l.n++
	x.byKey[key] = l
}

// key is what an element must have for the rule to fit.
func (r *rule) key() ruleKey {
	c := &r.parts[len(r.parts)-1]
	switch {
	case c.id != "":
		return ruleKey{'#', c.id}
	case len(c.classes) > 0:
		return ruleKey{'.', c.classes[0]}
	}
	return ruleKey{0, c.tag}
}

// cascade is the outcome of the rules that fit an element: for the properties
// that a rule can undo, the word of the weightiest, otherwise of the last.
type cascade struct {
	rest                 Hidden
	display, visible, op verdict
}

type verdict struct {
	state         state
	weight, order int
}

func (v *verdict) hear(st state, weight, order int) {
	if st != unsaid && (v.state == unsaid || weight > v.weight || weight == v.weight && order > v.order) {
		*v = verdict{st, weight, order}
	}
}

// hidden is what the rules say of element i.
func (x *ruleIndex) hidden(elements []Element, i int32) Hidden {
	var c cascade
	e := &elements[i]
	x.try(&c, elements, i, x.byKey[ruleKey{0, e.Tag}])
	if e.ID != "" {
		x.try(&c, elements, i, x.byKey[ruleKey{'#', e.ID}])
	}
	for class := range strings.FieldsSeq(e.Class) {
		x.left--
		x.try(&c, elements, i, x.byKey[ruleKey{'.', class}])
	}
	h := c.rest
	if c.display.state == hides {
		h |= HiddenDisplay
	}
	if c.visible.state == hides {
		h |= HiddenVisible
	}
	if c.op.state == hides {
		h |= HiddenOpacity
	}
	if h != 0 {
		h |= HiddenStyleRule
	}
	return h
}

// try lets the rules that fit speak.
func (x *ruleIndex) try(c *cascade, elements []Element, i int32, rules ruleList) {
	for n := rules.first; rules.n > 0; n, rules.n = x.next[n], rules.n-1 {
		if x.left <= 0 {
			return
		}
		r := &x.sheet.rules[n]
		if !x.fits(elements, i, r.parts) {
			continue
		}
		c.rest |= r.style.hidden() &^ (HiddenDisplay | HiddenVisible | HiddenOpacity)
		c.display.hear(r.style.display, r.weight, int(n))
		c.visible.hear(r.style.visible, r.weight, int(n))
		c.op.hear(r.style.opacity, r.weight, int(n))
	}
}

// fits says whether the selector fits element i. Ancestors are taken as soon
// as they fit, which can miss a match only for children below descendants.
func (x *ruleIndex) fits(elements []Element, i int32, parts []compound) bool {
	n := len(parts) - 1
	if !x.matches(&elements[i], &parts[n]) {
		return false
	}
	n--
	for steps := 0; n >= 0 && steps < maxAncestry; steps++ {
		if i = elements[i].Parent; i < 0 {
			return false
		}
		switch {
		case x.matches(&elements[i], &parts[n]):
			n--
		case parts[n].child:
			return false
		}
	}
	return n < 0
}

// matches says whether one compound fits one element.
func (x *ruleIndex) matches(e *Element, c *compound) bool {
	x.left -= 1 + len(e.Class)*len(c.classes)/64
	if c.tag != "" && c.tag != e.Tag || c.id != "" && c.id != e.ID {
		return false
	}
	for _, class := range c.classes {
		if !hasClass(e.Class, class) {
			return false
		}
	}
	return true
}

// hasClass says whether class is among the words of list.
func hasClass(list, class string) bool {
	for from := 0; ; {
		i := strings.Index(list[from:], class)
		if i < 0 {
			return false
		}
		i += from
		end := i + len(class)
		if (i == 0 || isSpace(list[i-1])) && (end == len(list) || isSpace(list[end])) {
			return true
		}
		from = i + 1
	}
}
