package audit

import (
	"fmt"
	"io"
	"strings"
)

// hostsShown is how many hosts of one finding people get to see at once.
const hostsShown = 12

// Text writes the report for people. printable makes what pages say fit for a
// terminal.
func (r *Report) Text(w io.Writer, printable func(string) string) error {
	var b strings.Builder
	for i := range r.List {
		r.List[i].text(&b, printable)
	}
	fmt.Fprintf(&b, "%s\n", r.Summary())
	_, err := io.WriteString(w, b.String())
	return err
}

// Summary is the report in one line.
func (r *Report) Summary() string {
	parts := []string{number(r.Pages, "page"), fmt.Sprintf("%d with link spam", r.Spam)}
	if r.Findings > 0 {
		parts = append(parts, number(r.Findings, "finding"), fmt.Sprintf("links to %s", number(len(r.Hosts), "host")))
	}
	if r.Failed > 0 {
		parts = append(parts, fmt.Sprintf("%d failed", r.Failed))
	}
	if r.Unread > 0 {
		parts = append(parts, fmt.Sprintf("%d not read", r.Unread))
	}
	return strings.Join(parts, ", ")
}

func (p *Page) text(b *strings.Builder, printable func(string) string) {
	if p.Error != "" {
		return // standard error told already
	}
	fmt.Fprintf(b, "%s: %s\n", printable(p.Name), p.Verdict)
	for i := range p.Findings {
		f := &p.Findings[i]
		fmt.Fprintf(b, "\n  %d:%d  bytes %d–%d, %s, probability %.2f\n", f.Line, f.Column, f.Start, f.End, number(f.Words, "word"), f.Probability)
		if f.Path != "" {
			fmt.Fprintf(b, "    path    %s\n", printable(f.Path))
		}
		if len(f.Hidden) > 0 {
			fmt.Fprintf(b, "    hidden  %s\n", strings.Join(f.Hidden, ", "))
		}
		for k, why := range f.Reasons {
			head := ""
			if k == 0 {
				head = "because"
			}
			fmt.Fprintf(b, "    %-7s %s\n", head, printable(why))
		}
		if len(f.Hosts) > 0 {
			fmt.Fprintf(b, "    hosts   %s\n", printable(hostList(f.Hosts)))
		}
		fmt.Fprintf(b, "    text    %s\n", printable(f.Text))
	}
	if p.More > 0 {
		fmt.Fprintf(b, "\n  … and %s more\n", number(p.More, "finding"))
	}
	b.WriteByte('\n')
}

func hostList(hosts []Host) string {
	var parts []string
	for _, h := range hosts[:min(len(hosts), hostsShown)] {
		if h.Links > 1 {
			parts = append(parts, fmt.Sprintf("%s (%d)", h.Name, h.Links))
		} else {
			parts = append(parts, h.Name)
		}
	}
	if more := len(hosts) - hostsShown; more > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(parts, ", ")
}
