package comments

import (
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// fields reports a form's controls.
func (f *finder) fields(form *block.Form) []Field {
	duties := f.duties(form)
	var out []Field
	for k := range form.Fields {
		if len(out) == MaxFields {
			break
		}
		in := &form.Fields[k]
		typ := in.Type
		if in.Tag != "input" {
			typ = in.Tag
		}
		d := duties[in.Tag+" "+in.Name]
		out = append(out, Field{Name: in.Name, Type: typ, Required: d.required, Hidden: in.Hidden != 0, Honeypot: honeypot(in, d.noTab)})
	}
	return out
}

// duty is what a control's tag says that the splitter does not keep.
type duty struct {
	required bool // a browser sends no form without it
	noTab    bool // left out when a reader tabs through the form
}

// duties reads the tags of a form's controls, by tag and name.
func (f *finder) duties(form *block.Form) map[string]duty {
	out := map[string]duty{}
	for tag := range f.page.Tags(form.Start, form.End) {
		if tag.Name != "input" && tag.Name != "textarea" && tag.Name != "select" {
			continue
		}
		var d duty
		name := ""
		for key, value := range tag.Attrs() {
			switch key {
			case "name":
				name = value
			case "required":
				d.required = true
			case "aria-required":
				d.required = d.required || strings.EqualFold(value, "true")
			case "tabindex":
				d.noTab = strings.HasPrefix(value, "-")
			}
		}
		if _, ok := out[tag.Name+" "+name]; !ok {
			out[tag.Name+" "+name] = d
		}
	}
	return out
}
