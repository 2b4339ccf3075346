package audit

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pagesieve/pagesieve/classifier"
)

// Finding is link spam at one place of a page: one block, or several in a row.
type Finding struct {
	Start       int      `json:"start"` // byte range in the page
	End         int      `json:"end"`
	Line        int      `json:"line"` // of Start, from 1
	Column      int      `json:"column"`
	EndLine     int      `json:"end_line"`
	Path        string   `json:"path,omitempty"` // in the document: the innermost element around all of it
	Hidden      []string `json:"hidden,omitempty"`
	Probability float64  `json:"probability"` // of the surest block
	Words       int      `json:"words"`
	Links       int      `json:"links"` // to other sites
	Hosts       []Host   `json:"hosts,omitempty"`
	Reasons     []string `json:"reasons"`
	Text        string   `json:"text"` // its beginning
	Blocks      []Range  `json:"blocks"`
}

// Range is one block's place in the page.
type Range struct {
	Start       int     `json:"start"`
	End         int     `json:"end"`
	Path        string  `json:"path,omitempty"`
	Probability float64 `json:"probability"`
}

// maxGap is how many bytes of markup may stand between blocks of one finding.
const maxGap = 2000

// findings puts a page's spam blocks together.
func findings(doc classifier.Document, r *classifier.Result) []Finding {
	src := doc.HTML
	if src == nil {
		src = doc.Text
	}
	lines := newLines(src, r.Charset)
	var out []Finding
	for i := 0; i < len(r.Blocks); {
		if r.Blocks[i].Label != classifier.LinkSpam {
			i++
			continue
		}
		end := i + 1
		for end < len(r.Blocks) && continues(&r.Blocks[end-1], &r.Blocks[end]) {
			end++
		}
		out = append(out, finding(r.Blocks[i:end], lines))
		i = end
	}
	return out
}

// continues says whether b is more of the spam that ends with a.
func continues(a, b *classifier.Block) bool {
	return b.Label == classifier.LinkSpam && a.Hidden == b.Hidden && b.Start >= a.End && b.Start-a.End <= maxGap
}

func finding(blocks []classifier.Block, at *lines) Finding {
	first, last := &blocks[0], &blocks[len(blocks)-1]
	f := Finding{Start: first.Start, End: last.End, Path: first.Path, Hidden: classifier.HiddenWords(first.Hidden)}
	f.Line, f.Column = at.at(first.Start)
	f.EndLine, _ = at.at(last.End)
	hosts := map[string]int{}
	var text []string
	for i := range blocks {
		b := &blocks[i]
		f.Path = commonPath(f.Path, b.Path)
		f.Probability = max(f.Probability, round(b.Probability()))
		f.Words += words(b.Text)
		f.Links += len(b.Targets)
		for _, h := range b.Targets {
			hosts[h]++
		}
		text = append(text, b.Text)
		f.Blocks = append(f.Blocks, Range{b.Start, b.End, b.Path, round(b.Probability())})
	}
	f.Hosts = sorted(hosts)
	f.Reasons = reasons(blocks, &f, len(hosts))
	f.Text = excerpt(strings.Join(text, " · "))
	return f
}

func round(p float64) float64 { return math.Round(p*1e4) / 1e4 }

// commonPath is what two paths begin with, by whole steps.
func commonPath(a, b string) string {
	if a == b {
		return a
	}
	var out []string
	x, y := strings.Split(a, "/"), strings.Split(b, "/")
	for i := 0; i < min(len(x), len(y)) && x[i] == y[i]; i++ {
		out = append(out, x[i])
	}
	return strings.Join(out, "/")
}

// sorted lists hosts by the number of links, then by name.
func sorted(hosts map[string]int) []Host {
	var out []Host
	for name, n := range hosts {
		out = append(out, Host{name, n})
	}
	slices.SortFunc(out, func(a, b Host) int {
		return cmp.Or(cmp.Compare(b.Links, a.Links), strings.Compare(a.Name, b.Name))
	})
	return out[:min(len(out), MaxHosts)]
}

// excerpt is the beginning of a text in one line.
func excerpt(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= maxExcerpt {
		return s
	}
	n := 0
	for i := range s {
		if n++; n == maxExcerpt {
			return strings.TrimRight(s[:i], " ") + "…"
		}
	}
	return s
}

// words counts the words with a letter or a figure.
func words(s string) int {
	n := 0
	for w := range strings.FieldsSeq(s) {
		if strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}

func number(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
