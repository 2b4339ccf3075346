package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// grid is a table of strings with a title; the first row is its head.
type grid struct {
	title string
	rows  [][]string
}

// writeText sets grids for a terminal, writeMarkdown as Markdown tables.
func writeText(w io.Writer, grids []grid) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for i, g := range grids {
		if i > 0 {
			fmt.Fprintln(t)
		}
		fmt.Fprintln(t, g.title)
		for _, row := range g.rows {
			fmt.Fprintln(t, strings.Join(row, "\t"))
		}
	}
	return t.Flush()
}

func writeMarkdown(w io.Writer, grids []grid) error {
	var out strings.Builder
	for i, g := range grids {
		if i > 0 {
			out.WriteString("\n")
		}
		fmt.Fprintf(&out, "%s\n\n", g.title)
		for k, row := range g.rows {
			fmt.Fprintf(&out, "| %s |\n", strings.Join(row, " | "))
			if k == 0 {
				fmt.Fprintf(&out, "|---%s|\n", strings.Repeat("|---", len(row)-1))
			}
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

var metrics = []struct {
	name string
	of   func(cell) float64
}{
	{"F1", func(c cell) float64 { return c.F1 }},
	{"F1 by 4-word shingles", func(c cell) float64 { return c.Shingle }},
	{"precision", func(c cell) float64 { return c.Precision }},
	{"recall", func(c cell) float64 { return c.Recall }},
}

// grids are the comparison's tables.
func (c *comparison) grids() []grid {
	var out []grid
	if rank(c.Systems[0]) == 0 {
		out = append(out, c.leadGrid())
	}
	for _, m := range metrics {
		if len(c.Kinds) > 0 {
			out = append(out, c.kindGrid(m.name, m.of))
		}
	}
	for _, m := range metrics[:2] {
		out = append(out, c.groupGrid(m.name, m.of))
	}
	return append(out, c.endedGrid())
}

// kindGrid has a row for each system and a column for each page kind. The best
// of a column has a star.
func (c *comparison) kindGrid(metric string, of func(cell) float64) grid {
	head, pages := []string{"system"}, []string{"pages"}
	for _, g := range c.Kinds {
		head, pages = append(head, g.Name), append(pages, fmt.Sprint(g.Pages))
	}
	rows := [][]string{head, pages}
	for i, s := range c.Systems {
		row := []string{s}
		for _, g := range c.Kinds {
			row = append(row, g.score(i, of))
		}
		rows = append(rows, row)
	}
	return grid{metric + " by page kind", rows}
}

// score is a system's mean as it is printed, with a star if no system has a
// better one in print.
func (g group) score(i int, of func(cell) float64) string {
	best := ""
	for _, c := range g.Cells {
		best = max(best, fmt.Sprintf("%.3f", of(c))) // 0 to 1: the order of the letters is that of the numbers
	}
	s := fmt.Sprintf("%.3f", of(g.Cells[i]))
	if s == best {
		s += "*"
	}
	return s
}

// leadGrid has a row for each page kind and source: how far pagesieve is
// before the best peer there.
func (c *comparison) leadGrid() grid {
	rows := [][]string{{"pages", "n", "F1", "best peer", "its F1", "lead ± standard error"}}
	for _, g := range slices.Concat(c.Kinds, c.Groups) {
		if g.Lead == nil || strings.Contains(g.Name, " / ") {
			continue
		}
		f1 := g.Cells[0].F1
		rows = append(rows, []string{g.Name, fmt.Sprint(g.Pages), fmt.Sprintf("%.3f", f1), g.Lead.Over, fmt.Sprintf("%.3f", f1-g.Lead.F1), g.Lead.String()})
	}
	return grid{c.Systems[0] + " and the best peer by F1", rows}
}

// String is the lead in F1 with its standard error.
func (l *lead) String() string { return fmt.Sprintf("%+.3f ± %.3f", l.F1, l.StdErr) }

// groupGrid has a row for each source and language, and a column for each
// system.
func (c *comparison) groupGrid(metric string, of func(cell) float64) grid {
	head := append([]string{"source / language", "pages"}, c.Systems...)
	if metric == "F1" && len(c.Groups) > 0 && c.Groups[0].Lead != nil {
		head = append(head, "lead")
	}
	rows := [][]string{head}
	for _, g := range c.Groups {
		row := []string{g.Name, fmt.Sprint(g.Pages)}
		for i := range c.Systems {
			row = append(row, g.score(i, of))
		}
		if metric == "F1" && g.Lead != nil {
			row = append(row, g.Lead.String())
		}
		rows = append(rows, row)
	}
	return grid{metric + " by source and language", rows}
}

func (c *comparison) endedGrid() grid {
	rows := [][]string{{"system", "no answer", "panics", "timeouts", "not measured"}}
	for i, s := range c.Systems {
		e := c.Ended[i]
		rows = append(rows, []string{s, fmt.Sprint(e[endedNothing]), fmt.Sprint(e[endedPanic]), fmt.Sprint(e[endedTimeout]), fmt.Sprint(c.Missing[s])})
	}
	return grid{"Pages without a text, scored 0; and pages left out because a system was not measured on them", rows}
}

// verdict says in words on which page kinds pagesieve is ahead.
func (c *comparison) verdict() string {
	var ahead, behind []string
	for _, g := range c.Kinds {
		switch {
		case g.Lead == nil:
		case g.Lead.F1 > 0:
			ahead = append(ahead, g.Name)
		default:
			behind = append(behind, fmt.Sprintf("%s (%v, %s)", g.Name, g.Lead, g.Lead.Over))
		}
	}
	switch {
	case len(ahead)+len(behind) == 0:
		return "no page has a page kind and scores of pagesieve and a peer"
	case len(behind) == 0:
		return fmt.Sprintf("%s is ahead of every peer on every page kind", c.Systems[0])
	}
	return fmt.Sprintf("%s is ahead of every peer on %s; behind on %s", c.Systems[0], strings.Join(ahead, ", "), strings.Join(behind, ", "))
}
