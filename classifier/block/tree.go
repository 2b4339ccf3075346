package block

// none is the index of no element.
const none = -1

// element is an open element. Its attributes are read again from the source
// when a block makes it worth storing; most elements never get one.
type element struct {
	tag    tag
	dead   bool // its end tag came, but boxes that it does not hold any more are still open
	breaks bool // text breaks before and after it
	line   bool // a line of code
	link   bool // an <a href>
	hidden Hidden
	start  int32 // start tag in splitter.text; empty for an implied element
	end    int32
	index  int32 // in Page.Elements, or none as long as it holds no block
	nth    int32
	form   int32 // the form that it is, or none
	items  int32 // list items or table cells so far
	pics   chain // images that wait for it to be stored

	same    int32 // the open element of the same tag below this one
	scope   int32 // the tree's marks as they were below it
	special int32
	item    int32

	flow flow
	kids []kid
}

// flow is what text inherits from the elements around it.
type flow struct {
	hidden  Hidden
	role    Role
	level   uint8
	lists   uint8
	quotes  uint8
	origin  Origin
	foreign bool // in <svg> or <math>, where other rules hold
	pre     bool // white space counts
	dropped bool // text is not shown
	box     int32
	row     int32
	column  int32
	ordinal int32
}

// fewKids is for how many sorts of children an element has room at first.
const fewKids = 4

// kid counts the children of one tag.
type kid struct {
	key uint32
	n   int32
}

// tree is the stack of open elements. For each rule of the HTML standard that
// looks through the stack it keeps the answer at hand, so that no token costs
// more for a deep page.
type tree struct {
	kids      []kid // room for elements' own
	stack     []element
	over      int              // open elements beyond maxDepth
	last      [numTags]int32   // topmost open element of a tag
	named     map[string]int32 // the same for elements without a tag, and foreign ones
	scope     int32            // topmost element that stops a search in scope
	special   int32            // topmost special element
	item      int32            // topmost special element that is not address, div or p
	committed int              // elements at the bottom that are stored
}

func (t *tree) init() {
	for i := range t.last {
		t.last[i] = none
	}
	t.scope, t.special, t.item = none, none, none
	if t.stack == nil {
		t.stack = make([]element, 0, 64)
	}
}

// top is the index of the innermost open element, none for an empty stack.
func (t *tree) top() int32 { return int32(len(t.stack)) - 1 }

// flow is what text at this place inherits.
func (t *tree) flow() flow {
	if len(t.stack) == 0 {
		return flow{box: none}
	}
	return t.stack[len(t.stack)-1].flow
}

// dropped says whether text at this place is not shown.
func (t *tree) dropped() bool {
	return len(t.stack) > 0 && t.stack[len(t.stack)-1].flow.dropped
}

// pre says whether white space counts at this place.
func (t *tree) pre() bool {
	return len(t.stack) > 0 && t.stack[len(t.stack)-1].flow.pre
}

// inside is the topmost open element of tag k if no element of the given
// scope stands above it, otherwise none.
func (t *tree) inside(k tag, scope int32) int32 {
	if i := t.last[k]; i > scope {
		return i
	}
	return none
}

// buttonScope, listScope and tableScope are the standard's other scopes.
func (t *tree) buttonScope() int32 { return max(t.scope, t.last[tagButton]) }

func (t *tree) listScope() int32 { return max(t.scope, t.last[tagOl], t.last[tagUl]) }

func (t *tree) tableScope() int32 { return max(t.last[tagTable], t.last[tagTemplate]) }

// table is the table that a row or a cell at this place belongs to, or none.
func (t *tree) table() int32 { return t.inside(tagTable, t.last[tagTemplate]) }

// place puts e on the stack and returns it; the caller fills in the rest.
func (t *tree) place(k tag, name string) *element {
	i := int32(len(t.stack))
	nth := t.number(k, name)
	if int(i) < cap(t.stack) {
		t.stack = t.stack[:i+1]
	} else {
		t.stack = append(t.stack, element{})
	}
	e := &t.stack[i]
	*e = element{
		tag: k, index: none, form: none, nth: nth, kids: e.kids[:0],
		same: t.last[k], scope: t.scope, special: t.special, item: t.item,
	}
	t.remember(e, i, name)
	return e
}

// remember enters element i into the answers.
func (t *tree) remember(e *element, i int32, name string) {
	if e.tag == tagOther {
		e.same = none
		if j, ok := t.named[name]; ok {
			e.same = j
		}
		if t.named == nil {
			t.named = map[string]int32{}
		}
		t.named[name] = i
		return
	}
	t.last[e.tag] = i
	tr := e.tag.traits()
	if tr&isScope != 0 {
		t.scope = i
	}
	if tr&isSpecial != 0 {
		t.special = i
		if e.tag != tagAddress && e.tag != tagDiv && e.tag != tagP {
			t.item = i
		}
	}
}

// take removes the topmost element, whose name is needed where it has no tag.
func (t *tree) take(name string) {
	i := len(t.stack) - 1
	e := &t.stack[i]
	t.scope, t.special, t.item = e.scope, e.special, e.item
	switch {
	case e.tag != tagOther:
		if !e.dead {
			t.last[e.tag] = e.same
		}
	case e.same == none:
		delete(t.named, name)
	default:
		t.named[name] = e.same
	}
	t.stack = t.stack[:i]
	t.committed = min(t.committed, i)
}

// number counts a new child of the innermost element, from 1.
func (t *tree) number(k tag, name string) int32 {
	if len(t.stack) == 0 {
		return 1
	}
	key := uint32(k)
	if k == tagOther {
		key = nameKey(name)
	}
	e := &t.stack[len(t.stack)-1]
	for i := range e.kids {
		if e.kids[i].key == key {
			e.kids[i].n++
			return e.kids[i].n
		}
	}
	if len(e.kids) < maxKids {
		if e.kids == nil {
			if len(t.kids) < fewKids {
				t.kids = make([]kid, 32*fewKids)
			}
			e.kids, t.kids = t.kids[:0:fewKids], t.kids[fewKids:]
		}
		e.kids = append(e.kids, kid{key, 1})
	}
	return 1
}

// nameKey is a hash of a tag's name above all tags (FNV-1a).
func nameKey(name string) uint32 {
	h := uint32(2166136261)
	for i := range len(name) {
		h = (h ^ uint32(name[i])) * 16777619
	}
	return h | 1<<31
}
