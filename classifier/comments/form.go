package comments

import (
	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/block"
)

// Form is a form for writing a comment.
type Form struct {
	Platform   string   // the system that it belongs to, such as "wordpress"; empty where nothing tells
	Embedded   bool     // put there by a script or a frame: the page itself has no <form>
	Action     string   // as written
	Method     string   // "get" or "post"; empty if embedded
	Fields     []Field  // in order; at most MaxFields
	Captchas   []string // what it asks of robots, such as "recaptcha_v2" or "math_question", sorted
	Wording    string   // the invitation that was recognised, in lower case, such as "leave a reply"
	Language   string   // of the wording, BCP 47
	FirstBlock int      // of the page's blocks, those from FirstBlock …
	EndBlock   int      // … to before EndBlock are the form's; the two are equal if it has none
	Start, End int      // byte range in the page as given
}

// Field is one control of a form.
type Field struct {
	Name     string
	Type     string // textarea, select, button, or the type of an input
	Required bool
	Hidden   bool // no reader sees it
	Honeypot bool // bait: looks like a field to fill in, but no reader sees it
}

// The limits of what is reported of one page.
const (
	MaxForms   = 16 // comment forms
	MaxFields  = 64 // fields of one
	maxLooked  = 256
	wordsReach = 3 // blocks before a form that may invite to it
)

// Forms finds the forms for comments among a page's forms, and those that a
// script or a frame puts there. labels are those of the page's blocks. A
// search, login, newsletter or contact form is none.
func Forms(page *block.Page, labels []bayes.Label) []Form {
	f := finder{page: page, labels: labels, spans: formSpans(page), marks: readMarks(page), language: wordingLanguage(page.Meta.Language)}
	var found []Form
	for i := range page.Forms {
		if i >= maxLooked || len(found) >= MaxForms {
			break
		}
		if form, ok := f.look(i); ok {
			found = append(found, form)
		}
	}
	found = f.embedded(found)
	if len(found) == 0 {
		found = f.edited()
	}
	if len(found) == 0 {
		found = f.worded()
	}
	return found
}

// finder looks through one page.
type finder struct {
	page     *block.Page
	labels   []bayes.Label
	marks    pageMarks
	spans    [][2]int // per form: its first block and the one after its last
	language string   // of the page, as lists of phrases are called; empty where it does not say
}

// formSpans finds every form's blocks in one pass.
func formSpans(page *block.Page) [][2]int {
	spans := make([][2]int, len(page.Forms))
	for i := range page.Blocks {
		f := page.Blocks[i].Form
		if f < 0 || int(f) >= len(spans) {
			continue
		}
		if spans[f][1] == 0 {
			spans[f][0] = i
		}
		spans[f][1] = i + 1
	}
	return spans
}

// The weights of what speaks for a comment form and against it, and the sum
// from which on a form is one. A box for text alone is not enough, nor is the
// model's opinion alone.
const (
	enough        = 2.0
	weighAction   = 1.5 // a word for commenting in the action, id or class
	weighArea     = 1.0 // in the text area's name
	weighAround   = 1.0 // in the elements around
	weighInvites  = 2.0 // wording
	weighTrio     = 0.5 // name, e-mail and home page
	weighModel    = 1.0
	weighOther    = 2.0 // a word for another kind of form
	weighPassword = 3.0
	weighSearch   = 3.0
	sure          = 5 // a platform's mark that no other form bears
)

// look judges form i.
func (f *finder) look(i int) (Form, bool) {
	in := &f.page.Forms[i]
	first, end := f.span(i)
	out := Form{Action: in.Action, Method: in.Method, FirstBlock: first, EndBlock: end, Start: in.Start, End: in.End}
	platform, weight := f.platform(i)
	area := textArea(in)
	if area == nil && weight < sure || f.search(in) {
		return out, false
	}
	said := f.invitation(int32(i), first, end)
	if said.Text == "" {
		said = f.fieldWording(in)
	}
	if weight < sure && f.score(in, area, first, end, said.Text != "") < enough {
		return out, false
	}
	out.Platform, out.Wording, out.Language = platform, said.Text, said.Name
	out.Fields = f.fields(in)
	out.Captchas = f.captchas(in, first, end)
	return out, true
}

// textArea is the box to write in: the first that a reader sees, or else the
// first, or nil.
func textArea(form *block.Form) *block.Field {
	var hidden *block.Field
	for k := range form.Fields {
		switch field := &form.Fields[k]; {
		case field.Tag != "textarea" || isCaptchaField(field.Name):
		case field.Hidden == 0:
			return field
		case hidden == nil:
			hidden = field
		}
	}
	return hidden
}

// score sums up what speaks for form in being for comments, and against it.
func (f *finder) score(form *block.Form, area *block.Field, first, end int, invited bool) float64 {
	var own, box, around [5]int
	topics(form.Action, &own)
	topics(form.ID, &own)
	topics(form.Class, &own)
	topics(area.Name, &box)
	topics(area.ID, &box)
	f.around(form.Element, &around)
	score := 0.0
	add := func(ok bool, weight float64) {
		if ok {
			score += weight
		}
	}
	add(own[topicComment] > 0, weighAction)
	add(box[topicComment] > 0, weighArea)
	add(around[topicComment] > 0, weighAround)
	add(invited, weighInvites)
	add(trio(form), weighTrio)
	add(f.modelSays(first, end), weighModel)
	other, password := otherFields(form)
	add(own[topicContact]+box[topicContact] > 0 || namesOther(form), -weighOther)
	add(other || f.otherWording(first, end) || otherOnFields(form), -weighOther)
	add(password, -weighPassword)
	add(own[topicSearch] > 0, -weighSearch)
	return score
}

// maxAround is how many elements around a form are asked for their names.
const maxAround = 4

// around counts the topics of the elements around a form.
func (f *finder) around(e int32, count *[5]int) {
	for step := 0; e >= 0 && int(e) < len(f.page.Elements) && step < maxAround; step++ {
		el := &f.page.Elements[e]
		if el.Tag == "body" {
			return
		}
		topics(el.ID, count)
		topics(el.Class, count)
		e = el.Parent
	}
}

// modelSays reports whether most of the blocks are a comment form by label.
func (f *finder) modelSays(first, end int) bool {
	n := 0
	for i := first; i < end && i < len(f.labels); i++ {
		if f.labels[i] == bayes.CommentForm {
			n++
		}
	}
	return n > 0 && 2*n >= end-first
}

// search reports a form that is for searching, whatever else it holds.
func (f *finder) search(form *block.Form) bool {
	if e := form.Element; e >= 0 && f.page.Elements[e].Role == "search" {
		return true
	}
	for k := range form.Fields {
		if form.Fields[k].Type == "search" {
			return true
		}
	}
	return false
}

// trio reports the fields that comment forms ask for and hardly any other: a
// name, an address, and a home page.
func trio(form *block.Form) bool {
	var name, mail, site bool
	for k := range form.Fields {
		f := &form.Fields[k]
		for w := range nameWords(f.Name) {
			switch w {
			case "author", "name", "nick", "nom", "nombre", "nome":
				name = true
			case "email", "mail", "e":
				mail = true
			case "url", "website", "homepage", "site", "web", "weburl":
				site = true
			}
		}
		mail, site = mail || f.Type == "email", site || f.Type == "url"
	}
	return name && mail && site
}

// otherFields reports fields that belong to other forms, and a password.
func otherFields(form *block.Form) (other, password bool) {
	for k := range form.Fields {
		f := &form.Fields[k]
		if f.Type == "password" {
			password = true
		}
		if f.Type == "tel" || f.Type == "date" || f.Type == "time" || f.Type == "datetime-local" || f.Type == "file" && f.Hidden == 0 {
			other = true
		}
		if f.Tag == "textarea" || f.Type == "hidden" || f.Hidden != 0 {
			continue
		}
		var count [5]int
		topics(f.Name, &count)
		other = other || count[topicContact] > 0
	}
	return other, password
}
