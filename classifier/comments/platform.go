package comments

import (
	"slices"
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// pageMarks is what a page shows outside its forms.
type pageMarks struct {
	hints    []mark // of platforms, in document order; the generator's last
	captchas []captchaMark
	editors  []editor
}

// editor is an element that a reader can write in without being a field.
type editor struct {
	label      string
	start, end int // of the tag
}

// mark is one sign of a platform.
type mark struct {
	platform   string
	weight     int
	start, end int // of the tag; 0 for the generator
}

type captchaMark struct {
	name     string
	start    int
	anywhere bool // a script, which serves every form
}

// The limits of what is read of one page.
const (
	maxHints  = 64      // of each kind
	maxScript = 1 << 16 // bytes of one script on the page
)

// readMarks looks through the page's tags.
func readMarks(page *block.Page) pageMarks {
	var m pageMarks
	for tag := range page.Tags(0, len(page.Source)) {
		if len(m.hints) >= maxHints && len(m.captchas) >= maxHints {
			break
		}
		m.tag(tag)
	}
	generator := strings.ToLower(page.Meta.Generator)
	for i := range marks {
		if marks[i].place == inGenerator && strings.HasPrefix(generator, marks[i].text) {
			m.hints = append(m.hints, mark{platform: marks[i].platform, weight: marks[i].weight})
		}
	}
	return m
}

// tag reads one tag.
func (m *pageMarks) tag(t block.Tag) {
	if strings.IndexByte(t.Name, '-') >= 0 || strings.IndexByte(t.Name, ':') >= 0 {
		m.find(inTag, t.Name, t)
		m.captcha(t.Name, t)
	}
	for key, value := range t.RawAttrs() {
		switch key {
		case "src", "id", "class":
			value = block.AttrText(value)
		}
		switch key {
		case "src":
			if t.Name == "script" || t.Name == "iframe" {
				m.find(inSource, value, t)
				m.captcha(value, t)
			}
		case "id":
			m.find(inID, value, t)
			m.captcha(value, t)
		case "value":
			if t.Name == "input" {
				m.find(inValue, value, t)
			}
		case "contenteditable":
			if !strings.EqualFold(value, "false") {
				m.editor(t)
			}
		case "class":
			for class := range strings.FieldsSeq(value) {
				m.find(inClass, class, t)
				m.captcha(class, t)
			}
		default:
			if strings.HasPrefix(key, "data-") {
				m.find(inAttribute, key, t)
			}
		}
	}
	if t.Inner != "" {
		m.find(inScript, t.Inner[:min(len(t.Inner), maxScript)], t)
	}
}

// find notes a platform that a name or a text at a place belongs to.
func (m *pageMarks) find(where place, text string, t block.Tag) {
	i := -1
	switch {
	case len(m.hints) >= maxHints:
	case where == inSource || where == inScript && likely(text):
		text = strings.ToLower(text)
		i = slices.IndexFunc(marks[:], func(k platformMark) bool { return k.place == where && k.fits(text) })
	case where != inScript:
		i = wholeNames().find(where, text)
	}
	if i >= 0 {
		m.hints = append(m.hints, mark{marks[i].platform, marks[i].weight, t.Start, t.End})
	}
}

// captcha notes a captcha that a name or an address belongs to.
func (m *pageMarks) captcha(text string, t block.Tag) {
	if len(m.captchas) >= maxHints || !strings.Contains(text, "captcha") && !strings.Contains(text, "turnstile") && t.Name != "altcha-widget" {
		return
	}
	if name := captchaIn(text); name != "" {
		m.captchas = append(m.captchas, captchaMark{name, t.Start, t.Name == "script"})
	}
}

// editor notes an element to write in, and what it is called.
func (m *pageMarks) editor(t block.Tag) {
	if len(m.editors) >= maxHints {
		return
	}
	one := editor{start: t.Start, end: t.End}
	for key, value := range t.Attrs() {
		switch key {
		case "aria-label", "aria-placeholder", "data-placeholder", "placeholder":
			if one.label == "" {
				one.label = value
			}
		}
	}
	m.editors = append(m.editors, one)
}

// platform is the one with the strongest sign outside of forms, if any.
func (m *pageMarks) platform() string {
	best := mark{}
	for _, h := range m.hints {
		if h.weight > best.weight {
			best = h
		}
	}
	if best.weight < 2 {
		return ""
	}
	return best.platform
}

// platform is the system that form i belongs to and the weight of the
// strongest sign on the form itself. Signs add up.
func (f *finder) platform(i int) (name string, weight int) {
	form := &f.page.Forms[i]
	sums := map[string]int{}
	var order []string
	add := func(platform string, w int) {
		if _, ok := sums[platform]; !ok {
			order = append(order, platform)
		}
		sums[platform] += w
	}
	shown := namesOf(form)
	for i := range marks {
		if k := &marks[i]; k.onForm(&shown) {
			add(k.platform, k.weight)
			weight = max(weight, k.weight)
		}
	}
	for _, h := range f.marks.hints {
		if h.weight < sure || writesForms(h.platform) || f.standsAt(i, h.start) {
			add(h.platform, h.weight)
		}
	}
	for _, p := range order {
		if sums[p] > sums[name] {
			name = p
		}
	}
	if sums[name] < 2 {
		name = ""
	}
	return name, weight
}

// writesForms reports a platform whose sure signs on a page speak of a form
// that the page's own markup holds. Those of all others speak of a thread that
// a script puts beside it.
func writesForms(platform string) bool {
	return platform == "joomla_jcomments" || platform == "joomla_komento"
}

// standsAt says whether the tag that begins at a byte is in form i or around
// it.
func (f *finder) standsAt(i, start int) bool {
	form := &f.page.Forms[i]
	if form.Start <= start && start < form.End {
		return true
	}
	e := form.Element
	if e < 0 && f.spans[i][1] > 0 { // controls outside any <form>
		e = f.page.Blocks[f.spans[i][0]].Element
	}
	return f.under(e, start)
}

// formNames is where a form shows its platform, in lower case.
type formNames struct {
	action        string
	names, fields []string
}

func namesOf(form *block.Form) formNames {
	n := formNames{action: strings.ToLower(form.Action), names: make([]string, 0, 8), fields: make([]string, 0, len(form.Fields))}
	n.names = append(n.names, strings.ToLower(form.ID))
	for class := range strings.FieldsSeq(form.Class) {
		n.names = append(n.names, strings.ToLower(class))
	}
	for i := range form.Fields {
		n.fields = append(n.fields, strings.ToLower(form.Fields[i].Name))
	}
	return n
}

// onForm says whether a form bears the mark.
func (k *platformMark) onForm(form *formNames) bool {
	switch k.place {
	case inAction:
		return k.fits(form.action)
	case inField:
		return slices.ContainsFunc(form.fields, k.fits)
	case inFormName:
		return slices.ContainsFunc(form.names, k.fits)
	}
	return false
}

// embedded adds the threads that a script or a frame puts on the page: one of
// each platform that no form there belongs to.
func (f *finder) embedded(found []Form) []Form {
	for _, h := range f.marks.hints {
		known := func(o Form) bool { return o.Platform == h.platform }
		if h.weight < sure || len(found) >= MaxForms || slices.ContainsFunc(found, known) {
			continue
		}
		at := f.blockAt(h.start)
		form := Form{Platform: h.platform, Embedded: true, FirstBlock: at, EndBlock: at, Start: h.start, End: h.end}
		form.FirstBlock, form.EndBlock = f.widen(at, at, -1)
		said := f.invitation(-1, form.FirstBlock, form.EndBlock)
		form.Wording, form.Language = said.Text, said.Name
		found = append(found, form)
	}
	return found
}
