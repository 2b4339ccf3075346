package block

import "strings"

// startTag follows the HTML standard's "in body" rules for a start tag as far
// as they decide where text belongs. It reports whether the tag's contents are
// what the tokenizer takes them for: in <svg> nothing is raw text.
func (s *splitter) startTag(k tag, name string, a *attrs, selfClosing bool) bool {
	if s.inForeign() {
		if !s.leavesForeign(k, a) {
			s.foreignTag(k, name, selfClosing)
			return false
		}
		s.popTo(max(s.last[tagSVG], s.last[tagMath]))
	}
	if s.head.noscript && k != tagBody {
		return true
	}
	s.metadata(k, a)
	switch k {
	case tagHTML, tagHead, tagBody, tagFrameset, tagFrame:
		s.frameTag(k)
		return true
	}
	if !s.head.body {
		if k == tagNoscript {
			s.noscript.enter(s.text, s.hi)
			s.head.noscript = true
			return true
		}
		if k.has(inHead) && k != tagTemplate && k != tagNoframes {
			s.rawTag(k, a)
			return true
		}
		s.ensureBody()
	}
	s.bodyTag(k, name, a, selfClosing)
	return true
}

// frameTag is a tag of the document's frame. A second <body> or <html> adds
// nothing, but tells that the document goes on.
func (s *splitter) frameTag(k tag) {
	switch k {
	case tagHTML:
		if len(s.stack) == 0 {
			s.push(tagHTML, "html", s.lo, s.hi, s.evidence())
		}
	case tagBody, tagFrameset:
		s.head.noscript = false
		if s.head.body {
			s.flush()
			break
		}
		if len(s.stack) == 0 {
			s.imply(tagHTML)
		}
		s.head.body = true
		s.push(tagBody, "body", s.lo, s.hi, s.evidence())
	}
	if k != tagHead {
		s.head.after = false
	}
}

// rawTag notes what the next text token is for.
func (s *splitter) rawTag(k tag, a *attrs) {
	if k == tagScript {
		s.raw.script = kindOfScript(a)
	}
	if k == tagStyle && !s.appliesHere(a) {
		k = tagNoembed // read by no one
	}
	if k.has(isRaw) {
		s.raw.tag = k
	}
}

// appliesHere says whether a <style> holds for the page on a screen.
func (s *splitter) appliesHere(a *attrs) bool {
	switch strings.TrimSpace(a.texts.lower(a.get(attrMedia))) {
	case "", "all", "screen":
		return s.flow().origin == OriginVisible
	}
	return false
}

// bodyTag opens an element of the body.
func (s *splitter) bodyTag(k tag, name string, a *attrs, selfClosing bool) {
	if !s.makeRoom(k) {
		s.flush()
		return
	}
	switch k {
	case tagBr:
		s.lineBreak()
		return
	case tagHr:
		s.flush()
		return
	case tagScript, tagStyle, tagTitle, tagIframe, tagNoembed, tagMeta, tagLink, tagBase:
		s.rawTag(k, a)
		return
	case tagImg:
		s.image(a)
		return
	case tagForm:
		s.openForm(a)
		return
	case tagInput, tagTextarea, tagSelect, tagButton, tagKeygen:
		s.control(k, a)
	}
	if k.has(isApart) || strings.IndexByte(name, '-') > 0 {
		s.run.space = true
	}
	if s.head.xml && selfClosing && !k.has(isVoid) {
		if k.has(isBox) {
			s.flush()
		}
		return
	}
	if k.has(isVoid) || k == tagTextarea {
		s.rawTag(k, a)
		return
	}
	s.openTag(k, name, a)
}

// openTag puts an element with an end tag on the stack.
func (s *splitter) openTag(k tag, name string, a *attrs) {
	if !k.has(isBox) {
		s.reopen()
		s.run.seam.began(k)
	}
	if k == tagTemplate && isShadowRoot(a) {
		k = tagDiv // a declarative shadow root is shown
	}
	e := s.push(k, name, s.lo, s.hi, s.evidence())
	if e == nil {
		return
	}
	switch k {
	case tagA:
		e.link = a.has(attrHref)
	case tagLi:
		s.listItem(e, a)
	case tagOl:
		e.items = startOf(a)
	case tagTr:
		s.rows++
		e.flow.row, e.flow.column = s.rows, 0
	case tagTd, tagTh:
		s.cell(e)
	case tagXmp, tagPlaintext:
		s.raw.tag = k
	case tagNoscript:
		s.noscript.enter(s.text, s.hi)
	}
}

// isShadowRoot says whether a <template> is attached to its parent, and shown.
func isShadowRoot(a *attrs) bool {
	mode := a.get(attrShadowRootMode)
	return mode == "open" || mode == "closed"
}

// cell numbers a table cell within its row.
func (s *splitter) cell(e *element) {
	if row := s.last[tagTr]; row != none {
		s.stack[row].items++
		e.flow.column = s.stack[row].items
	}
}

// makeRoom closes what the start tag of k implies the end of. It reports
// false for a tag that has no place here and is ignored.
func (s *splitter) makeRoom(k tag) bool {
	switch k {
	case tagLi, tagDd, tagDt:
		s.endItem(k)
	case tagOption, tagOptgroup:
		s.endOption(k)
	case tagButton:
		s.popTo(s.inside(tagButton, s.scope))
	case tagInput, tagTextarea, tagKeygen, tagSelect:
		s.popTo(s.inside(tagSelect, s.scope))
	case tagA, tagNobr:
		s.endFormat(k)
	case tagTable, tagTr, tagTd, tagTh, tagTbody, tagThead, tagTfoot, tagCaption, tagCol, tagColgroup:
		if !s.tablePart(k) {
			return false
		}
	}
	if k.has(endsP) {
		s.popTo(s.inside(tagP, s.buttonScope()))
	}
	if k.heading() && s.top() >= 0 && s.stack[s.top()].tag.heading() {
		s.pop()
	}
	return true
}

// endItem closes the list item before this one. Only an item of the same list
// can be the innermost special element.
func (s *splitter) endItem(k tag) {
	if s.item == none {
		return
	}
	before := s.stack[s.item].tag
	if before == tagLi && k == tagLi || k != tagLi && (before == tagDd || before == tagDt) {
		s.popTo(s.item)
	}
}

func (s *splitter) endOption(k tag) {
	if s.top() >= 0 && s.stack[s.top()].tag == tagOption {
		s.pop()
	}
	if k == tagOptgroup && s.top() >= 0 && s.stack[s.top()].tag == tagOptgroup {
		s.pop()
	}
}
