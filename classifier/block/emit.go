package block

import "bytes"

// flush ends the run. Text in it becomes a block.
func (s *splitter) flush() {
	r := &s.run
	if r.active && s.err == nil {
		s.emit()
	}
	r.active, r.space, r.breaks = false, false, 0
	r.buf, r.gone, r.pieces = r.buf[:0], r.gone[:0], r.pieces[:0]
	r.texts, r.code = 0, false
}

// emit makes a block of the run.
func (s *splitter) emit() {
	r := &s.run
	if s.err = checkBlocks(len(s.page.Blocks), s.opts); s.err != nil {
		return
	}
	n := len(bytes.TrimRight(r.buf, " \t\n"))
	b := Block{
		Form: r.form, Origin: r.origin, Control: s.controls.take(), Start: s.dec.offset(r.start), End: s.dec.offset(r.end),
	}
	s.endMarks(&b, n)
	r.links = 0
	if s.text[r.start:r.end] == string(r.buf[:n]) {
		b.Text = s.text[r.start:r.end]
	} else {
		b.Text = s.slab.texts.text(r.buf[:n])
	}
	s.settle(&b)
	if !s.splitPlain(&b, n) && s.err == nil {
		s.page.Blocks = append(s.page.Blocks, b)
	}
	s.controls.emitted(b.Form, len(s.page.Blocks)-1)
}

// settle stores the elements around the run and gives the block what it
// inherits from them.
func (s *splitter) settle(b *Block) {
	r := &s.run
	lowest := r.element - int32(len(r.gone))
	parent := s.commitTo(lowest)
	if len(r.gone) == 0 {
		s.inherit(b, &s.stack[r.element])
		return
	}
	for i := len(r.gone) - 1; i >= 0; i-- {
		parent = s.commit(&r.gone[i], parent)
	}
	s.inherit(b, &r.gone[0])
}

// inherit gives the block what element e, the innermost around all its text,
// hands down.
func (s *splitter) inherit(b *Block, e *element) {
	f := &e.flow
	b.Element, b.Box = e.index, none
	if f.box != none {
		b.Box = s.stored(f.box).index
	}
	b.Role, b.Level, b.Hidden = f.role, f.level, f.hidden
	b.Row, b.Column, b.Ordinal = f.row, f.column, f.ordinal
}

// stored is element i of the stack as it was when the run's text was read.
func (s *splitter) stored(i int32) *element {
	if k := s.run.element - i; int(k) < len(s.run.gone) {
		return &s.run.gone[k]
	}
	return &s.stack[i]
}

// commitTo stores the open elements up to index i and returns the last one's
// place in Page.Elements.
func (s *splitter) commitTo(i int32) int32 {
	parent := int32(none)
	if s.committed > 0 {
		parent = s.stack[s.committed-1].index
	}
	for ; s.committed <= int(i); s.committed++ {
		parent = s.commit(&s.stack[s.committed], parent)
	}
	if i < 0 {
		return none
	}
	return s.stack[i].index
}

// commit stores one element below its parent, if it is not there already.
func (s *splitter) commit(e *element, parent int32) int32 {
	if e.index != none {
		return e.index
	}
	if e.dead && parent != none { // the standard would have moved it out of the way
		e.index = parent
		s.pics.settle(s.page.Images, &e.pics, parent)
		return parent
	}
	s.steps++
	el := Element{Parent: parent, Nth: e.nth, Start: int32(s.dec.offset(int(e.start))), Tag: tagInfos[e.tag].name, Hidden: e.hidden}
	if parent != none {
		el.Depth = s.page.Elements[parent].Depth + 1
	}
	if e.start < e.end {
		s.describe(&el, e)
	}
	e.index = int32(len(s.page.Elements))
	s.page.Elements = append(s.page.Elements, el)
	if e.form != none {
		s.page.Forms[e.form].Element = e.index
	}
	s.pics.settle(s.page.Images, &e.pics, e.index)
	return e.index
}

// describe reads the attributes that an Element keeps.
func (s *splitter) describe(el *Element, e *element) {
	z := s.reread(e.start)
	if e.tag == tagOther {
		el.Tag = s.slab.texts.lower(z.text[z.written.lo:z.written.hi])
	}
	for _, at := range z.attrs.list {
		switch at.name {
		case attrID:
			z.attrs.set(&el.ID, at.value)
		case attrClass:
			z.attrs.set(&el.Class, at.value)
		case attrRole:
			z.attrs.set(&el.Role, at.value)
		case attrItemProp:
			z.attrs.set(&el.ItemProp, at.value)
		case attrItemType:
			z.attrs.set(&el.ItemType, at.value)
		}
	}
}
