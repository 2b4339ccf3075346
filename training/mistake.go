package training

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/block"
)

// Mistake is a block with the wrong label, as far as the labelled page tells.
type Mistake struct {
	Page     string   `json:"page"`
	Group    string   `json:"group"` // format, source and page kind
	What     string   `json:"what"`  // what the block is: caption, link list, paragraph …
	Wanted   string   `json:"wanted"`
	Given    string   `json:"given"`
	P        float64  `json:"p"`     // probability of the label given
	Words    float64  `json:"words"` // what the mistake costs
	Share    float64  `json:"share"` // of the page's words
	Path     string   `json:"path,omitempty"`
	Text     string   `json:"text"`
	Evidence []string `json:"evidence,omitempty"`
}

// maxReasons is how many pieces of evidence a mistake keeps.
const maxReasons = 5

// mistakes lists the page's wrong blocks. A block that is only known not to
// be body is wrong where it was given body.
func mistakes(r *classifier.Result, e *Example, group string) []Mistake {
	total := 1.0
	for _, n := range e.Features.WordsN {
		total += float64(n)
	}
	var out []Mistake
	for i := range r.Blocks {
		b, truth := &r.Blocks[i], e.Truth[i]
		wanted := "not body"
		switch {
		case truth == Unknown, truth == Truth(b.Label), truth == NotBody && b.Label != bayes.Body:
			continue
		case truth < bayes.NumLabels:
			wanted = bayes.Label(truth).String()
		}
		w := float64(e.Features.WordsN[i])
		out = append(out, Mistake{
			Page: e.ID, Group: group, What: whatIs(&e.Features.Source.Blocks[i], w), Wanted: wanted, Given: b.Label.String(),
			P: b.Probabilities[b.Label], Words: w, Share: w / total, Path: b.Path, Text: shorten(b.Text, 160), Evidence: reasons(b.Evidence),
		})
	}
	return out
}

func reasons(evidence []classifier.Evidence) []string {
	var out []string
	for _, e := range evidence[:min(len(evidence), maxReasons)] {
		out = append(out, fmt.Sprintf("%s %s %+.2f", e.View, e.Token, e.LogOdds))
	}
	return out
}

// whatIs names the kind of thing that a block is, by its markup alone.
func whatIs(b *block.Block, words float64) string {
	const short, runningText = 8, 25 // words
	switch {
	case b.Origin == block.OriginData:
		return "script data"
	case b.Hidden != 0:
		return "hidden"
	case b.Role == block.RoleCaption, b.Role == block.RoleHeading, b.Role == block.RoleTable, b.Role == block.RoleCode, b.Role == block.RoleQuote:
		return b.Role.String()
	case b.Form >= 0:
		return "in a form"
	case b.Links > 0 && 2*b.LinkLen > len(b.Text):
		return "links"
	case b.Role == block.RoleList:
		return "list item"
	case words < short:
		return "short line"
	case words < runningText:
		return "line"
	}
	return "paragraph"
}

// mistakeSum adds up the mistakes of one sort.
type mistakeSum struct {
	group, sort   string
	blocks, pages int
	words         float64
	worst         []Mistake
}

// WriteMistakes writes for people what costs most: for each group of pages
// the sorts of mistakes by the mean share of a page's words that they cost,
// and the worst blocks of each sort, most of them.
func WriteMistakes(w io.Writer, scores []PageScore, most int) error {
	for _, s := range sumMistakes(scores) {
		if _, err := fmt.Fprintf(w, "\n%s: %s: %.0f words in %d blocks on %d pages\n", s.group, s.sort, s.words, s.blocks, s.pages); err != nil {
			return err
		}
		for _, m := range s.worst[:min(len(s.worst), most)] {
			if _, err := fmt.Fprintf(w, "  %s  %.0f words (%.0f %% of the page), p %.2f, %s\n    %q\n    %s\n", m.Page, m.Words, 100*m.Share, m.P, m.Path, m.Text, strings.Join(m.Evidence, "; ")); err != nil {
				return err
			}
		}
	}
	return nil
}

// sumMistakes groups mistakes by page group and sort, the dearest first. A
// page's worst block alone is listed, so that no page fills a list.
func sumMistakes(scores []PageScore) []*mistakeSum {
	sums, cost := map[string]*mistakeSum{}, map[*mistakeSum]float64{}
	for i := range scores {
		worst := map[*mistakeSum]Mistake{}
		for _, m := range scores[i].Mistakes {
			sort := m.Wanted + " taken for " + m.Given + ", " + m.What
			s := sums[m.Group+sort]
			if s == nil {
				s = &mistakeSum{group: m.Group, sort: sort}
				sums[m.Group+sort] = s
			}
			s.blocks++
			s.words += m.Words
			cost[s] += m.Share
			if m.Words >= worst[s].Words {
				worst[s] = m
			}
		}
		for s, m := range worst {
			s.pages++
			s.worst = append(s.worst, m)
		}
	}
	out := slices.SortedFunc(maps.Values(sums), func(a, b *mistakeSum) int {
		return cmp.Or(cmp.Compare(a.group, b.group), cmp.Compare(cost[b], cost[a]), cmp.Compare(a.sort, b.sort))
	})
	for _, s := range out {
		slices.SortStableFunc(s.worst, func(a, b Mistake) int {
			return cmp.Or(cmp.Compare(b.Share, a.Share), cmp.Compare(a.Page, b.Page))
		})
	}
	return out
}
