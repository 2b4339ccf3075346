package block

// control notes a form control and counts it.
func (s *splitter) control(k tag, a *attrs) {
	if s.dropped() {
		return
	}
	f := s.field(k, a)
	one := f.count()
	if one != (Controls{}) {
		add(&s.controls.waiting, one)
		s.controls.seen = true
	}
	i := s.controls.open
	if i == none {
		i = s.looseForm(one)
	}
	if i == none {
		return
	}
	form := &s.page.Forms[i]
	s.slab.addField(form, f)
	if s.controls.open == none {
		form.End = s.dec.offset(s.hi)
	}
}

// looseForm is the form of a control outside any <form>. Buttons and hidden
// fields alone make none: pages are full of them.
func (s *splitter) looseForm(one Controls) int32 {
	c := &s.controls
	if c.loose != none && len(s.page.Blocks) > c.from+looseReach {
		c.loose = none
	}
	switch {
	case one == Controls{Buttons: one.Buttons}:
		return c.loose
	case c.loose == none:
		c.loose = int32(len(s.page.Forms))
		c.looses = append(c.looses, c.loose)
		s.page.Forms = append(s.page.Forms, Form{Element: none, Start: s.dec.offset(s.lo), Method: "get"})
	}
	c.from = len(s.page.Blocks)
	return c.loose
}

// field reads the attributes of a control.
func (s *splitter) field(k tag, a *attrs) Field {
	f := Field{Tag: tagInfos[k].name, Hidden: s.flow().hidden | s.evidence()}
	value := ""
	for _, at := range a.list {
		switch at.name {
		case attrType:
			f.Type = a.texts.lower(a.texts.attr(at.value))
		case attrNamed:
			a.set(&f.Name, at.value)
		case attrID:
			a.set(&f.ID, at.value)
		case attrPlaceholder:
			a.set(&f.Placeholder, at.value)
		case attrValued:
			a.set(&value, at.value)
		}
	}
	switch {
	case k == tagButton && f.Type == "":
		f.Type = "submit"
	case k == tagInput && f.Type == "":
		f.Type = "text"
	}
	if k == tagInput && f.Type == "hidden" {
		f.Hidden |= HiddenAttribute
	}
	if f.isButton() {
		f.Value = value
	}
	return f
}

func (f *Field) isButton() bool {
	if f.Tag == "button" {
		return true
	}
	switch f.Type {
	case "submit", "button", "reset", "image":
		return f.Tag == "input"
	}
	return false
}

// count is the field as a count of one, or of none where a reader sees none.
func (f *Field) count() Controls {
	switch {
	case f.isButton():
		return Controls{Buttons: 1}
	case f.Tag == "textarea":
		return Controls{Textareas: 1}
	case f.Tag == "select":
		return Controls{Selects: 1}
	}
	switch f.Type {
	case "hidden", "file", "range", "color":
		return Controls{}
	case "checkbox", "radio":
		return Controls{Checks: 1}
	}
	return Controls{Inputs: 1}
}
