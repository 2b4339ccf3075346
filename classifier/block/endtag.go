package block

// endTag follows the HTML standard's "in body" rules for an end tag. An end
// tag without its element is ignored at no cost.
func (s *splitter) endTag(k tag, name string) {
	if s.inForeign() && s.endForeign(k, name) {
		return
	}
	if s.head.noscript {
		if k == tagNoscript || k == tagHead {
			s.head.noscript = false
		}
		return
	}
	if s.over > 0 { // an element too deep to be on the stack, most likely
		s.over--
		return
	}
	switch {
	case k == tagBody || k == tagHTML:
		if s.head.body {
			s.flush()
			s.head.after = true
		}
	case k == tagBr:
		s.ensureBody()
		s.lineBreak()
	case k == tagP:
		s.flush()
		s.popTo(s.inside(tagP, s.buttonScope()))
	case k == tagLi:
		s.popTo(s.inside(tagLi, s.listScope()))
	case k == tagForm:
		s.closeForm()
	case k.heading():
		s.popTo(s.headingInScope())
	case k == tagTemplate:
		s.popTo(s.last[tagTemplate])
	case k == tagTable || k == tagTr || k == tagTd || k == tagTh || k == tagCaption ||
		k == tagTbody || k == tagThead || k == tagTfoot:
		s.endTablePart(k)
	case k.has(isFormat):
		s.endFormat(k)
		s.run.seam.ended(k)
	case k.has(isBox | isSpecial):
		s.popTo(s.inside(k, s.outer(k)))
	default:
		s.endInline(k, name)
		s.run.seam.ended(k)
	}
	if k.has(isApart) {
		s.run.space = true
	}
}

// outer is the scope in which the end tag of k looks for its element. An
// element that makes a scope is not hidden by its own.
func (s *splitter) outer(k tag) int32 {
	if k.has(isScope) && s.last[k] != none && s.last[k] == s.scope {
		return s.scope - 1
	}
	return s.scope
}

func (s *splitter) endTablePart(k tag) {
	if k == tagTable {
		s.popTo(s.table())
		return
	}
	s.popTo(s.inside(k, s.tableScope()))
}

// headingInScope is the innermost open heading, of whatever level.
func (s *splitter) headingInScope() int32 {
	i := int32(none)
	for k := tagH1; k <= tagH6; k++ {
		i = max(i, s.inside(k, s.scope))
	}
	return i
}

// endInline is the end tag of an element without rules of its own, which
// cannot reach over a special element.
func (s *splitter) endInline(k tag, name string) {
	i := s.inside(k, s.special)
	if i == none { // one without a tag of its own, or opened in <svg>
		if j, ok := s.named[name]; ok && j > s.special {
			i = j
		}
	}
	s.popTo(i)
}

// inForeign says whether the innermost element is <svg>, <math> or one of
// theirs.
func (s *splitter) inForeign() bool {
	return s.top() >= 0 && s.stack[s.top()].flow.foreign
}

// leavesForeign says whether a start tag ends the <svg> or <math> around it.
func (s *splitter) leavesForeign(k tag, a *attrs) bool {
	if k != tagFont {
		return k.has(breaksOut)
	}
	return a.has(attrColor) || a.has(attrFace) || a.has(attrSize)
}

// foreignTag opens an element of <svg> or <math>. HTML may stand in some.
func (s *splitter) foreignTag(k tag, name string, selfClosing bool) {
	if selfClosing {
		return
	}
	kept := tagOther
	switch k {
	case tagSVG, tagMath, tagAnnotation, tagAnnotationXML:
		kept = k
	}
	e := s.push(kept, name, s.lo, s.hi, 0)
	if e == nil {
		return
	}
	switch name {
	case "foreignobject", "desc", "title", "mi", "mo", "mn", "ms", "mtext", "annotation-xml":
		e.flow.foreign = false
	}
}

// endForeign is an end tag inside <svg> or <math>. It reports false for one
// that belongs to the HTML outside.
func (s *splitter) endForeign(k tag, name string) bool {
	root := max(s.last[tagSVG], s.last[tagMath])
	i := int32(none)
	switch k {
	case tagSVG, tagMath, tagAnnotation, tagAnnotationXML:
		i = s.last[k]
	default:
		if j, ok := s.named[name]; ok {
			i = j
		}
	}
	if i < root {
		return false
	}
	s.popTo(i)
	return true
}
