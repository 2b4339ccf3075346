package main

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/pagesieve/pagesieve/training"
)

// minPages is how many pages a language needs for a row of its own.
const minPages = 3

// comparison is the means of every system over the same pages.
type comparison struct {
	Systems []string          `json:"systems"`
	Kinds   []group           `json:"page_kinds"`
	Groups  []group           `json:"sources_and_languages"`
	Ended   []map[string]int  `json:"without_answer"`          // by system: how pages ended that have no text
	Missing map[string]int    `json:"left_out,omitempty"`      // pages left out because this system was not measured on them
	First   map[string]string `json:"first_missing,omitempty"` // one such page
}

// group is the means over one group of pages, in the order of the systems.
type group struct {
	Name  string `json:"name"`
	Pages int    `json:"pages"`
	Cells []cell `json:"scores"`
	Lead  *lead  `json:"lead,omitempty"`
}

type cell struct {
	F1        float64 `json:"f1"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	Shingle   float64 `json:"shingle_f1"`
}

// lead is how far pagesieve is before the best of the peers by F1.
type lead struct {
	Of     string  `json:"of"`
	Over   string  `json:"over"`
	F1     float64 `json:"f1"`
	StdErr float64 `json:"standard_error"` // of the mean of the differences by page
}

type pageKey struct{ source, id string }

// page is one page's lines by system.
type page map[string]training.PageLine

// compare sums up lines. Only pages of HTML that every system was measured on
// count. Scores out of fold displace those in sample.
func compare(lines []training.PageLine) (*comparison, error) {
	pages, systems := map[pageKey]page{}, []string{}
	for _, l := range lines {
		if l.Format != "html" {
			continue
		}
		if l.System == "" {
			l.System = ours
		}
		k := pageKey{l.Source, l.ID}
		if pages[k] == nil {
			pages[k] = page{}
		}
		if _, twice := pages[k][l.System]; twice {
			return nil, fmt.Errorf("page %s of %s has two lines of %s", l.ID, l.Source, l.System)
		}
		pages[k][l.System] = l
		if !slices.Contains(systems, l.System) {
			systems = append(systems, l.System)
		}
	}
	if slices.Contains(systems, ours) {
		systems = slices.DeleteFunc(systems, func(s string) bool { return s == inSample })
	}
	slices.SortStableFunc(systems, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
	c := &comparison{Systems: systems, Missing: map[string]int{}, First: map[string]string{}}
	c.sum(c.complete(pages))
	return c, nil
}

// rank puts pagesieve first.
func rank(name string) int {
	if strings.HasPrefix(name, ours) {
		return 0
	}
	return 1
}

// complete keeps the pages that every system was measured on, in order.
func (c *comparison) complete(pages map[pageKey]page) []page {
	keys := slices.SortedFunc(maps.Keys(pages), func(a, b pageKey) int {
		return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(a.id, b.id))
	})
	var out []page
	for _, k := range keys {
		whole := true
		for _, s := range c.Systems {
			if _, ok := pages[k][s]; !ok {
				whole = false
				if c.Missing[s]++; c.Missing[s] == 1 {
					c.First[s] = k.id
				}
			}
		}
		if whole {
			out = append(out, pages[k])
		}
	}
	return out
}

func (c *comparison) sum(pages []page) {
	kinds, groups := map[string][]page{}, map[string][]page{}
	seen := map[string]bool{}
	for _, p := range pages {
		l := p[c.Systems[0]]
		if l.Kind != "" && !seen[l.ID] { // the same page may be in two sets
			seen[l.ID] = true
			kinds[l.Kind] = append(kinds[l.Kind], p)
			kinds[allKinds] = append(kinds[allKinds], p)
		}
		groups[l.Source] = append(groups[l.Source], p)
		if l.Language != "" {
			groups[l.Source+" / "+l.Language] = append(groups[l.Source+" / "+l.Language], p)
		}
	}
	gatherSmall(groups)
	c.Kinds, c.Groups = c.groups(kinds), c.groups(groups)
	for _, s := range c.Systems {
		ended := map[string]int{}
		for _, p := range pages {
			if e := p[s].Error; e != "" {
				ended[howEnded(e)]++
			}
		}
		c.Ended = append(c.Ended, ended)
	}
}

// howEnded sorts the errors of lines; those of eval say it in other words.
func howEnded(e string) string {
	for _, how := range []string{endedPanic, endedTimeout} {
		if strings.HasPrefix(e, how) {
			return how
		}
	}
	return endedNothing
}

// allKinds stands first among page kinds.
const allKinds = "all"

// gatherSmall joins the languages of a source that have few pages.
func gatherSmall(groups map[string][]page) {
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		if source, _, ok := strings.Cut(name, " / "); ok && len(groups[name]) < minPages {
			other := source + " / ~ other"
			groups[other] = append(groups[other], groups[name]...)
			delete(groups, name)
		}
	}
}

func (c *comparison) groups(of map[string][]page) []group {
	var out []group
	for _, name := range slices.Sorted(maps.Keys(of)) {
		g := group{Name: name, Pages: len(of[name])}
		for _, s := range c.Systems {
			g.Cells = append(g.Cells, mean(of[name], s))
		}
		g.Lead = c.lead(g, of[name])
		out = append(out, g)
	}
	return out
}

func mean(pages []page, system string) (m cell) {
	n := float64(len(pages))
	for _, p := range pages {
		l := p[system]
		m.F1 += l.F1 / n
		m.Precision += l.Precision / n
		m.Recall += l.Recall / n
		m.Shingle += l.Shingle / n
	}
	return m
}

// lead finds the best peer by F1, and how far the first system, if it is
// pagesieve, is before it.
func (c *comparison) lead(g group, pages []page) *lead {
	best := -1
	for i, s := range c.Systems {
		if rank(s) > 0 && (best < 0 || g.Cells[i].F1 > g.Cells[best].F1) {
			best = i
		}
	}
	if best < 0 || rank(c.Systems[0]) > 0 {
		return nil
	}
	l := &lead{Of: c.Systems[0], Over: c.Systems[best], F1: g.Cells[0].F1 - g.Cells[best].F1}
	square := 0.0
	for _, p := range pages {
		d := p[l.Of].F1 - p[l.Over].F1 - l.F1
		square += d * d
	}
	if n := float64(len(pages)); n > 1 {
		l.StdErr = math.Sqrt(square / (n - 1) / n)
	}
	return l
}
