package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/comments"
	"github.com/pagesieve/pagesieve/cmd/internal/batch"
)

type formJSON struct {
	Platform   string      `json:"platform,omitempty"`
	Embedded   bool        `json:"embedded,omitempty"`
	Action     string      `json:"action,omitempty"`
	Method     string      `json:"method,omitempty"`
	Fields     []fieldJSON `json:"fields,omitempty"`
	Captchas   []string    `json:"captchas,omitempty"`
	Wording    string      `json:"wording,omitempty"`
	Language   string      `json:"language,omitempty"`
	FirstBlock int         `json:"first_block"`
	EndBlock   int         `json:"end_block"`
	Start      int         `json:"start"`
	End        int         `json:"end"`
}

type fieldJSON struct {
	Name     string `json:"name"`
	Type     string `json:"type"`
	Required bool   `json:"required,omitempty"`
	Hidden   bool   `json:"hidden,omitempty"`
	Honeypot bool   `json:"honeypot,omitempty"`
}

func newFormJSON(f *comments.Form) formJSON {
	out := formJSON{
		Platform: f.Platform, Embedded: f.Embedded, Action: f.Action, Method: f.Method, Captchas: f.Captchas,
		Wording: f.Wording, Language: f.Language, FirstBlock: f.FirstBlock, EndBlock: f.EndBlock, Start: f.Start, End: f.End,
	}
	for _, field := range f.Fields {
		out.Fields = append(out.Fields, fieldJSON(field))
	}
	return out
}

type commentJSON struct {
	Author     string  `json:"author,omitempty"`
	Date       string  `json:"date,omitempty"`
	Time       string  `json:"time,omitempty"`
	Text       string  `json:"text"`
	FirstBlock int     `json:"first_block"`
	EndBlock   int     `json:"end_block"`
	Start      int     `json:"start"`
	End        int     `json:"end"`
	Depth      *int    `json:"depth,omitempty"` // absent if unknown
	Spam       float64 `json:"spam"`
}

func newCommentJSON(c *comments.Comment) commentJSON {
	out := commentJSON{
		Author: c.Author, Date: c.Date, Time: c.Time, Text: c.Text,
		FirstBlock: c.FirstBlock, EndBlock: c.EndBlock, Start: c.Start, End: c.End, Spam: batch.Round(c.Spam),
	}
	if c.Depth >= 0 {
		out.Depth = &c.Depth
	}
	return out
}

// describeForm is a comment form in one line.
func describeForm(f *comments.Form) string {
	var parts []string
	add := func(ok bool, format string, args ...any) {
		if ok {
			parts = append(parts, fmt.Sprintf(format, args...))
		}
	}
	add(f.Platform != "", "%s", f.Platform)
	add(f.Embedded, "put there by a script or frame")
	add(f.Action != "", "%s to %s", strings.ToUpper(f.Method), f.Action)
	var required, bait int
	for _, field := range f.Fields {
		if field.Required {
			required++
		}
		if field.Honeypot {
			bait++
		}
	}
	add(len(f.Fields) > 0, "%s", number(len(f.Fields), "field"))
	add(required > 0, "%d required", required)
	add(bait > 0, "%s", number(bait, "honeypot"))
	add(len(f.Captchas) > 0, "%s", strings.Join(f.Captchas, " and "))
	add(f.Wording != "", "“%s”", f.Wording)
	add(true, "bytes %d–%d", f.Start, f.End)
	return strings.Join(parts, ", ")
}

// A commentView shows the readers' comments, replies indented.
type commentView struct{ *blockView }

func (v commentView) page(name string, _ classifier.Document, r *classifier.Result) error {
	var out strings.Builder
	v.header(&out, name, r)
	for i := range r.Comments {
		v.comment(&out, &r.Comments[i])
	}
	fmt.Fprintf(&out, "%s\n", number(len(r.Comments), "comment"))
	_, err := io.WriteString(v.w, out.String())
	return err
}

// maxIndent is how far replies to replies are indented, in levels.
const maxIndent = 8

// comment writes one, such as
//
//	Ann, 5 May 2012 (spam 0.02)
//	    What she wrote.
func (v commentView) comment(out *strings.Builder, c *comments.Comment) {
	indent := strings.Repeat("    ", min(max(c.Depth, 0), maxIndent))
	head := "(no name)"
	if c.Author != "" {
		head = printable(c.Author)
	}
	when := c.Date
	if when == "" {
		when = c.Time
	}
	if when != "" {
		head += ", " + printable(when)
	}
	color := labelColor(classifier.Comment)
	if c.Spam >= 0.5 {
		color = labelColor(classifier.LinkSpam)
	}
	fmt.Fprintf(out, "%s%s (spam %.2f)\n", indent, v.paint(color, head), c.Spam)
	for line := range strings.SplitSeq(c.Text, "\n") {
		fmt.Fprintf(out, "%s    %s\n", indent, printable(line))
	}
}
