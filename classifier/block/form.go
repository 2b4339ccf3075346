package block

// looseReach is how many blocks may stand between two controls outside any
// <form> that still count as one form.
const looseReach = 2

// formState keeps account of forms and their controls.
type formState struct {
	open     int32    // the <form> that is open, in Page.Forms, or none
	loose    int32    // the run of controls outside any, or none
	looses   []int32  // all such runs
	from     int      // blocks there were when the loose run last grew
	waiting  Controls // since the last block
	seen     bool     // waiting is not all zero
	block    int      // last block of the open form
	hasBlock bool
}

// openForm is a <form>. One inside another is ignored, as in the standard.
func (s *splitter) openForm(a *attrs) {
	c := &s.controls
	if c.open != none && s.last[tagForm] != none {
		return
	}
	s.endFormState(s.lo)
	form := Form{Element: none, Start: s.dec.offset(s.lo), Method: "get"}
	for _, at := range a.list {
		switch at.name {
		case attrAction:
			a.set(&form.Action, at.value)
		case attrMethod:
			form.Method = a.texts.lower(a.texts.attr(at.value))
		case attrID:
			a.set(&form.ID, at.value)
		case attrClass:
			a.set(&form.Class, at.value)
		}
	}
	s.flush()
	i := int32(len(s.page.Forms))
	s.page.Forms = append(s.page.Forms, form)
	c.open, c.loose, c.hasBlock = i, none, false
	if s.betweenCells() { // it is closed at once and goes on without an element
		return
	}
	if e := s.push(tagForm, "form", s.lo, s.hi, s.evidence()); e != nil {
		e.form = i
	}
}

// closeForm is a </form>.
func (s *splitter) closeForm() {
	if s.controls.open == none {
		return
	}
	s.flush()
	s.endFormState(s.hi)
	i := s.inside(tagForm, s.scope)
	switch {
	case i == none:
	case s.special > i: // boxes of the form stay open behind it
		s.stack[i].dead = true
		s.last[tagForm] = s.stack[i].same
	default:
		s.popTo(i)
	}
}

// endFormState ends the open form, if there is one, at byte end of the text.
// Controls with no text behind them belong to its last block.
func (s *splitter) endFormState(end int) {
	c := &s.controls
	if c.open == none {
		return
	}
	s.page.Forms[c.open].End = s.dec.offset(end)
	if c.seen && c.hasBlock {
		add(&s.page.Blocks[c.block].Control, c.take())
	}
	c.open = none
}

// finishForms ends what is open at the end of the page and tells the blocks
// which run of loose controls they stand in.
func (s *splitter) finishForms() {
	s.endFormState(s.hi)
	c := &s.controls
	if c.seen && len(s.page.Blocks) > 0 {
		add(&s.page.Blocks[len(s.page.Blocks)-1].Control, c.take())
	}
	blocks := s.page.Blocks
	for f, b := 0, 0; f < len(c.looses) && b < len(blocks); {
		form := &s.page.Forms[c.looses[f]]
		if blocks[b].Start > form.End { // a button's text starts right at the end
			f++
			continue
		}
		if blocks[b].Form == none && blocks[b].Start >= form.Start {
			blocks[b].Form = c.looses[f]
		}
		b++
	}
}

// emitted notes that block i, of the form f, is complete.
func (c *formState) emitted(f int32, i int) {
	if f != none && f == c.open {
		c.block, c.hasBlock = i, true
	}
}

// take hands out the controls since the last block.
func (c *formState) take() Controls {
	w := c.waiting
	c.waiting, c.seen = Controls{}, false
	return w
}

// add sums two counts; a count stays at 255.
func add(to *Controls, c Controls) {
	sum := func(a *uint8, b uint8) { *a = uint8(min(int(*a)+int(b), 255)) }
	sum(&to.Inputs, c.Inputs)
	sum(&to.Textareas, c.Textareas)
	sum(&to.Selects, c.Selects)
	sum(&to.Buttons, c.Buttons)
	sum(&to.Checks, c.Checks)
}
