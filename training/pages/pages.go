package pages

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/pagesieve/pagesieve/classifier/bayes"
)

//go:embed *.page
var embedded embed.FS

// ErrPage is wrapped by every error about a page file.
var ErrPage = errors.New("page file")

// Page is one labelled page.
type Page struct {
	ID       string // the file's name without .page
	URL      string
	PageKind string // article, forum, product, collection, listing, documentation or service; empty where none fits
	Language string // BCP 47
	HTML     string // or …
	Text     string // … plain text
	Spans    []Span // all text that a reader could see, in order
}

// Span is a run of text with no block's border in it, and what it is.
type Span struct {
	Text  string // white space collapsed
	Label bayes.Label
}

// All gives the pages of this package, by name.
func All() ([]Page, error) { return Read(embedded) }

// Read reads every .page file of a folder.
func Read(fsys fs.FS) ([]Page, error) {
	files, err := fs.Glob(fsys, "*.page")
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPage, err)
	}
	slices.Sort(files)
	out := make([]Page, len(files))
	for i, f := range files {
		data, err := fs.ReadFile(fsys, f)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrPage, err)
		}
		if out[i], err = Parse(strings.TrimSuffix(path.Base(f), ".page"), string(data)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Parse reads one page file's content.
func Parse(id, content string) (Page, error) {
	p := Page{ID: id}
	head, rest, ok := strings.Cut(content, "\n---\n")
	if !ok {
		return p, fmt.Errorf("%w %s: no line of three dashes", ErrPage, id)
	}
	text, err := p.headers(head)
	if err != nil {
		return p, fmt.Errorf("%w %s: %w", ErrPage, id, err)
	}
	lines, err := splitGutter(rest, 2+strings.Count(head, "\n"))
	if err != nil {
		return p, fmt.Errorf("%w %s: %w", ErrPage, id, err)
	}
	var page strings.Builder
	for _, l := range lines {
		page.WriteString(l.content + "\n")
	}
	if text {
		p.Text = page.String()
		p.Spans, err = textSpans(lines)
	} else {
		p.HTML = page.String()
		p.Spans, err = htmlSpans(p.HTML, lines)
	}
	if err != nil {
		return p, fmt.Errorf("%w %s: %w", ErrPage, id, err)
	}
	return p, nil
}

// headers reads the lines above the dashes; text says that the page is plain
// text.
func (p *Page) headers(head string) (text bool, err error) {
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		value = strings.TrimSpace(value)
		switch {
		case key == "url":
			p.URL = value
		case key == "kind":
			p.PageKind = value
		case key == "language":
			p.Language = value
		case key == "format" && (value == "text" || value == "html"):
			text = value == "text"
		case key == "note": // for people
		default:
			return false, fmt.Errorf("unknown header %q", strings.TrimSpace(line))
		}
	}
	return text, nil
}

// line is one line of a page with its gutter's label.
type line struct {
	number   int // in the file, from 1
	labelled bool
	label    bayes.Label
	content  string
}

const gutter = 4

func splitGutter(rest string, before int) ([]line, error) {
	var out []line
	for l := range strings.Lines(rest) {
		l = strings.TrimSuffix(l, "\n")
		n := line{number: before + len(out) + 1}
		if strings.TrimSpace(l) != "" {
			if len(l) <= gutter || l[gutter] != '|' {
				return nil, fmt.Errorf("line %d: no gutter", n.number)
			}
			var err error
			if n.label, n.labelled, err = gutterLabel(l[:gutter]); err != nil {
				return nil, fmt.Errorf("line %d: %w", n.number, err)
			}
			n.content = strings.TrimPrefix(l[gutter+1:], " ")
		}
		out = append(out, n)
	}
	return out, nil
}

func gutterLabel(sign string) (label bayes.Label, ok bool, err error) {
	switch sign {
	case "    ":
		return 0, false, nil
	case "body":
		return bayes.Body, true, nil
	case "nav ":
		return bayes.Navigation, true, nil
	case "form":
		return bayes.CommentForm, true, nil
	case "comm":
		return bayes.Comment, true, nil
	case "spam":
		return bayes.LinkSpam, true, nil
	}
	return 0, false, fmt.Errorf("unknown label %q in the gutter: want body, nav, form, comm or spam", sign)
}

// textSpans makes each line of plain text a span.
func textSpans(lines []line) ([]Span, error) {
	var out []Span
	for _, l := range lines {
		text := collapse(l.content)
		switch {
		case text == "":
		case !l.labelled:
			return nil, fmt.Errorf("line %d: text without a label: %.40q", l.number, text)
		default:
			out = append(out, Span{text, l.label})
		}
	}
	return out, nil
}

// collapse makes every run of white space one space.
func collapse(s string) string { return strings.Join(strings.Fields(s), " ") }
