package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/cmd/internal/batch"
)

// evidenceShown is how many reasons people get to see for one block.
const evidenceShown = 6

// A blockView shows every block on one line.
type blockView struct {
	w       io.Writer
	columns int
	color   bool
	shown   int // pages
}

// The colours of the labels, and that of what stands beside them.
const (
	dim   = "\x1b[2m"
	bold  = "\x1b[1m"
	reset = "\x1b[0m"
)

func labelColor(l classifier.Label) string {
	switch l {
	case classifier.Body:
		return "\x1b[32m"
	case classifier.CommentForm:
		return "\x1b[33m"
	case classifier.Comment:
		return "\x1b[36m"
	case classifier.LinkSpam:
		return "\x1b[31m"
	}
	return dim
}

// paint is s in a colour, if there are colours.
func (v *blockView) paint(color, s string) string {
	if !v.color {
		return s
	}
	return color + s + reset
}

func (v *blockView) page(name string, _ classifier.Document, r *classifier.Result) error {
	var out strings.Builder
	v.header(&out, name, r)
	for _, b := range r.Blocks {
		v.block(&out, b)
	}
	v.summary(&out, r)
	_, err := io.WriteString(v.w, out.String())
	return err
}

// failed writes nothing: standard error told already.
func (v *blockView) failed(string, error) error { return nil }

func (v *blockView) header(out *strings.Builder, name string, r *classifier.Result) {
	if v.shown++; v.shown > 1 {
		out.WriteByte('\n')
	}
	unsure := ""
	if r.Unsure {
		unsure = "?"
	}
	fmt.Fprintf(out, "%s: %s, %s, quality %.2f%s, model %s\n", v.paint(bold, printable(name)), r.Kind, r.Verdict, r.Quality, unsure, printable(r.Model))
	if r.Metadata.Title != "" {
		fmt.Fprintf(out, "title: %s\n", v.paint(bold, printable(r.Metadata.Title)))
	}
	for _, why := range r.Reasons {
		fmt.Fprintf(out, "because: %s\n", printable(why))
	}
	if r.Signals != nil {
		for name, value := range r.Signals.All() {
			fmt.Fprintf(out, "%s: %s\n", name, strconv.FormatFloat(batch.Round(value), 'f', -1, 64))
		}
	}
	for i := range r.CommentForms {
		fmt.Fprintf(out, "comment form: %s\n", printable(describeForm(&r.CommentForms[i])))
	}
}

// block writes one line, such as
//
//   - body          0.98   [heading] What the text begins with
func (v *blockView) block(out *strings.Builder, b classifier.Block) {
	kept, unsure := " ", " "
	if b.Kept {
		kept = "+"
	}
	if b.Unsure {
		unsure = "?"
	}
	head := fmt.Sprintf("%s %-12s %.2f%s ", kept, b.Label, b.Probability(), unsure)
	words := tags(b) + printable(b.Text)
	out.WriteString(v.paint(labelColor(b.Label), head))
	out.WriteString(shorten(words, max(20, v.columns-utf8.RuneCountInString(head))))
	out.WriteByte('\n')
	for _, why := range b.Reasons {
		fmt.Fprintf(out, "      %s\n", shorten(printable(why), max(40, v.columns-6)))
	}
	for i, e := range b.Evidence {
		if i == evidenceShown {
			fmt.Fprintf(out, "%s\n", v.paint(dim, fmt.Sprintf("      … and %d more", len(b.Evidence)-i)))
			break
		}
		line := fmt.Sprintf("      %+6.2f  %s: %s", e.LogOdds, printable(e.View), printable(e.Token))
		fmt.Fprintf(out, "%s\n", v.paint(dim, shorten(line, max(40, v.columns))))
	}
}

// tags is what stands before a block's text.
func tags(b classifier.Block) string {
	var s string
	if role := b.Role.String(); role != "" {
		s = "[" + role + "] "
	}
	if b.Hidden != 0 {
		s += "[hidden] "
	}
	return s
}

// summary counts the blocks by label.
func (v *blockView) summary(out *strings.Builder, r *classifier.Result) {
	var counts [classifier.NumLabels]int
	kept := 0
	for _, b := range r.Blocks {
		counts[b.Label]++
		if b.Kept {
			kept++
		}
	}
	var parts []string
	for l, n := range counts {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, classifier.Label(l)))
		}
	}
	if len(parts) == 0 {
		out.WriteString("no blocks\n")
		return
	}
	fmt.Fprintf(out, "%s: %s; %d kept, %d characters of clean text\n",
		number(len(r.Blocks), "block"), strings.Join(parts, ", "), kept, utf8.RuneCountInString(r.Text))
}

func number(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// A textView writes clean text, as head and tail do: with a line between
// pages if there are several.
type textView struct {
	w        io.Writer
	terminal bool
	several  bool
	shown    int
}

func (v *textView) page(name string, _ classifier.Document, r *classifier.Result) error {
	text := strings.TrimRight(r.Text, "\n")
	if v.terminal {
		text = printableText(text)
	}
	if text != "" {
		text += "\n"
	}
	if v.several {
		text = "==> " + printable(name) + " <==\n" + text
	}
	if v.shown++; v.shown > 1 {
		text = "\n" + text
	}
	_, err := io.WriteString(v.w, text)
	return err
}

func (v *textView) failed(string, error) error { return nil }
