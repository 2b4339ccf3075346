package comments

import (
	"slices"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/phrase"
)

// span is the blocks of form i, with those labelled as comment form around
// them that no other form has.
func (f *finder) span(i int) (first, end int) {
	first, end = f.spans[i][0], f.spans[i][1]
	if end == 0 {
		first = f.blockAt(f.page.Forms[i].Start)
		end = first
	}
	return f.widen(first, end, int32(i))
}

// blockAt is the first block at or behind a byte of the page.
func (f *finder) blockAt(start int) int {
	lo, hi := 0, len(f.page.Blocks)
	for lo < hi {
		if m := (lo + hi) / 2; f.page.Blocks[m].Start < start {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

// widen takes in neighbours that are labelled as comment form.
func (f *finder) widen(first, end int, form int32) (int, int) {
	mine := func(k int) bool {
		own := f.page.Blocks[k].Form
		return f.labels[k] == bayes.CommentForm && (own < 0 || own == form)
	}
	for first > 0 && mine(first-1) {
		first--
	}
	for end < len(f.page.Blocks) && mine(end) {
		end++
	}
	return first, end
}

// maxSpeech is how many times longer than its phrase a text outside of forms
// may be: a sentence about leaving comments invites nobody.
const maxSpeech = 2

// invitation is the wording in the blocks of a form, -1 if there is none, or
// just before them. What another form says invites to that one.
func (f *finder) invitation(form int32, first, end int) phrase.Found {
	for k := max(0, first-wordsReach); k < min(end, first+maxLooked); k++ {
		b := &f.page.Blocks[k]
		in := f.formOf(k)
		if in >= 0 && in != form {
			continue
		}
		one, ok := invites(b.Text, f.language)
		if ok && (in >= 0 || b.Role == block.RoleHeading || len(b.Text) <= maxSpeech*len(one.Text)) {
			return one
		}
	}
	return phrase.Found{}
}

// minWrapped is how many blocks a page has at least whose form may be one
// around all of it, as some servers write them.
const minWrapped = 20

// formOf is the form that block k stands in, or -1. One around most of the
// page says nothing about its blocks.
func (f *finder) formOf(k int) int32 {
	form := f.page.Blocks[k].Form
	if form < 0 || int(form) >= len(f.spans) || f.wraps(int(form)) {
		return -1
	}
	return form
}

// wraps reports a form around most of the page.
func (f *finder) wraps(form int) bool {
	n, s := len(f.page.Blocks), f.spans[form]
	return n >= minWrapped && 2*(s[1]-s[0]) > n
}

// fieldWording is what a form's buttons and boxes say that have no text of
// their own.
func (f *finder) fieldWording(form *block.Form) phrase.Found {
	for k := range form.Fields[:min(len(form.Fields), MaxFields)] {
		field := &form.Fields[k]
		for _, text := range [...]string{field.Value, field.Placeholder} {
			if one, ok := invites(text, f.language); ok {
				return one
			}
		}
	}
	return phrase.Found{}
}

// otherWording reports the invitation of another kind of form. A link before
// the form leads elsewhere.
func (f *finder) otherWording(first, end int) bool {
	for k := max(0, first-1); k < min(end, first+maxLooked); k++ {
		b := &f.page.Blocks[k]
		if k < first && 2*b.LinkLen > len(b.Text) {
			continue
		}
		if speaksOfOther(b.Text) {
			return true
		}
	}
	return false
}

// otherOnFields reports the same on buttons and in boxes.
func otherOnFields(form *block.Form) bool {
	for k := range form.Fields[:min(len(form.Fields), MaxFields)] {
		if field := &form.Fields[k]; speaksOfOther(field.Value) || speaksOfOther(field.Placeholder) {
			return true
		}
	}
	return false
}

// edited is the form that a script makes of an element that can be written in.
func (f *finder) edited() []Form {
	for _, e := range f.marks.editors {
		first := f.blockAt(e.start)
		end := first
		said, ok := invites(e.label, f.language)
		if first < len(f.page.Blocks) && f.under(f.page.Blocks[first].Element, e.start) {
			end++
			if !ok {
				said, ok = invites(f.page.Blocks[first].Text, f.language)
			}
		}
		if !ok || f.otherWording(first, end) {
			continue
		}
		first, end = f.widen(first, end, -1)
		return []Form{{Platform: f.marks.platform(), Embedded: true, Wording: said.Text, Language: said.Name,
			FirstBlock: first, EndBlock: end, Start: e.start, End: e.end}}
	}
	return nil
}

// maxEnclosing is how many elements around another are looked at for one.
const maxEnclosing = 8

// under says whether element e is the one that begins at a byte, or not far
// below it.
func (f *finder) under(e int32, start int) bool {
	for step := 0; e >= 0 && step < maxEnclosing; step++ {
		if int(f.page.Elements[e].Start) == start {
			return true
		}
		e = f.page.Elements[e].Parent
	}
	return false
}

// worded is the form that only blocks labelled so tell of: that of a page
// whose tags are gone, or whose comments are closed to strangers. What stands
// in a form to fill in or leads to one has been judged with it.
func (f *finder) worded() []Form {
	b := f.page.Blocks
	judged := f.judged()
	for first, end := 0, 0; first < len(f.labels); first = end {
		in := f.formOf(first)
		end = first + 1
		if f.labels[first] != bayes.CommentForm || in >= 0 && judged[in] {
			continue
		}
		for end < len(b) && f.labels[end] == bayes.CommentForm && f.formOf(end) == in {
			end++
		}
		if said := f.invitation(in, first, end); said.Text != "" && !f.leadsToForm(end) {
			return []Form{{Platform: f.marks.platform(), Wording: said.Text, Language: said.Name,
				FirstBlock: first, EndBlock: end, Start: b[first].Start, End: b[end-1].End}}
		}
	}
	return nil
}

// judged says of every form whether a reader has something to fill in.
func (f *finder) judged() []bool {
	out := make([]bool, len(f.page.Forms))
	for i := range out {
		out[i] = fillsIn(&f.page.Forms[i])
	}
	return out
}

// leadsToForm says whether a form to fill in begins right before block end and
// behind the one before it. One that asks for a password is what a reader has
// to pass before the comments.
func (f *finder) leadsToForm(end int) bool {
	b := f.page.Blocks
	for i := range f.page.Forms[:min(len(f.page.Forms), maxLooked)] {
		form := &f.page.Forms[i]
		if form.Start < b[end-1].End || end < len(b) && form.Start > b[end].Start || f.wraps(i) {
			continue
		}
		if _, password := otherFields(form); !password && fillsIn(form) {
			return true
		}
	}
	return false
}

// fillsIn says whether a form has a field that a reader writes in.
func fillsIn(form *block.Form) bool {
	return slices.ContainsFunc(form.Fields, func(field block.Field) bool {
		switch field.Type {
		case "text", "email", "url", "number", "tel", "search", "password":
			return field.Hidden == 0
		}
		return field.Tag == "textarea" && field.Hidden == 0
	})
}
