package training

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
)

// SpamReport sums up what was found of spam put into clean pages, and who was
// accused that had none.
type SpamReport struct {
	Trials []SpamScore   `json:"trials,omitempty"` // by format, place, kind, language, shape
	Honest []HonestScore `json:"honest,omitempty"` // look-alikes put in, by format and kind
	Pages  []HonestPages `json:"pages"`            // pages without spam, by format and source
	Listed []Accusation  `json:"accused"`          // every block accused on them
}

// SpamScore measures a group of trials by words: recall of the spam put in,
// and precision of what was called link_spam on the same pages.
type SpamScore struct {
	Group     string  `json:"group"`
	Trials    int     `json:"trials"`
	Words     float64 `json:"words"` // of the spam
	Recall    float64 `json:"recall"`
	Precision float64 `json:"precision"`
}

// HonestScore says how many words of honest look-alikes were accused.
type HonestScore struct {
	Group   string  `json:"group"`
	Pieces  int     `json:"pieces"`
	Words   float64 `json:"words"`
	Accused float64 `json:"accused"` // share of the words
}

// HonestPages counts the pages of a source on which no spam is known, and
// those of them with any block called link_spam.
type HonestPages struct {
	Group   string `json:"group"`
	Pages   int    `json:"pages"`
	Accused int    `json:"accused"`
}

// Accusation is a block called link_spam on a page without known spam.
type Accusation struct {
	Group       string  `json:"group"` // format and source
	Page        string  `json:"page"`
	Start       int     `json:"start"` // of the block, in bytes
	Probability float64 `json:"probability"`
	Text        string  `json:"text"` // its start
}

// newSpamReport sums up. A page is honest if no copy of it, in any of the
// sources, is known to hold spam.
func newSpamReport(scores []PageScore) SpamReport {
	r := SpamReport{}
	trials, honest := map[string]*SpamScore{}, map[string]*HonestScore{}
	pages := map[string]*HonestPages{}
	guilty := map[string]bool{}
	for i := range scores {
		guilty[scores[i].ID] = guilty[scores[i].ID] || scores[i].HasSpam
	}
	for i := range scores {
		s := &scores[i]
		if s.Error == "" && !guilty[s.ID] {
			r.count(s, pages)
		}
		for k := range s.Trials {
			s.Trials[k].sum(s.Format, trials, honest)
		}
	}
	for _, g := range slices.Sorted(maps.Keys(trials)) {
		t := trials[g] // Recall and Precision hold sums until here
		found, called := t.Recall, t.Precision
		t.Recall, t.Precision = found/math.Max(t.Words, 1), found/math.Max(called, 1)
		r.Trials = append(r.Trials, *t)
	}
	for _, g := range slices.Sorted(maps.Keys(honest)) {
		honest[g].Accused /= math.Max(honest[g].Words, 1)
		r.Honest = append(r.Honest, *honest[g])
	}
	for _, g := range slices.Sorted(maps.Keys(pages)) {
		r.Pages = append(r.Pages, *pages[g])
	}
	slices.SortStableFunc(r.Listed, func(a, b Accusation) int { return cmp.Compare(a.Group, b.Group) })
	return r
}

// count enters one honest page.
func (r *SpamReport) count(s *PageScore, pages map[string]*HonestPages) {
	g := s.Format + " " + s.Source
	if pages[g] == nil {
		pages[g] = &HonestPages{Group: g}
	}
	pages[g].Pages++
	if len(s.SpamAccused) > 0 {
		pages[g].Accused++
	}
	for _, a := range s.SpamAccused {
		r.Listed = append(r.Listed, Accusation{g, s.ID, a.Start, a.Probability, shorten(a.Text, 160)})
	}
}

// sum adds a trial to the groups that it counts in.
func (t *Trial) sum(format string, trials map[string]*SpamScore, honest map[string]*HonestScore) {
	links := "linked"
	if !t.Spam.Linked {
		links = "stripped"
	}
	for _, g := range []string{"", " / place " + t.Spam.Place, " / kind " + t.Spam.Kind, " / language " + t.Spam.Language, " / shape " + t.Spam.Shape, " / links " + links} {
		s := trials[format+g]
		if s == nil {
			s = &SpamScore{Group: format + g}
			trials[format+g] = s
		}
		s.Trials++
		s.Words += t.Words
		s.Recall += t.Found
		s.Precision += t.Found + t.False
	}
	for _, h := range t.Honest {
		for _, g := range []string{"", " / kind " + h.Piece.Kind, " / language " + h.Piece.Language} {
			s := honest[format+g]
			if s == nil {
				s = &HonestScore{Group: format + g}
				honest[format+g] = s
			}
			s.Pieces++
			s.Words += h.Words
			s.Accused += h.Accused
		}
	}
}

// writeText writes the tables for people.
func (r *SpamReport) writeText(t io.Writer) {
	if len(r.Trials) > 0 {
		fmt.Fprintln(t, "\nlink spam put into clean pages, by words\ttrials\twords\trecall\tprecision")
		for _, s := range r.Trials {
			fmt.Fprintf(t, "%s\t%d\t%.0f\t%.3f\t%.3f\n", s.Group, s.Trials, s.Words, s.Recall, s.Precision)
		}
		fmt.Fprintln(t, "\nhonest look-alikes put in\tpieces\twords\taccused")
		for _, s := range r.Honest {
			fmt.Fprintf(t, "%s\t%d\t%.0f\t%.3f\n", s.Group, s.Pieces, s.Words, s.Accused)
		}
	}
	fmt.Fprintln(t, "\npages without known spam\tpages\taccused\tper 1,000")
	for _, p := range r.Pages {
		fmt.Fprintf(t, "%s\t%d\t%d\t%.1f\n", p.Group, p.Pages, p.Accused, 1000*float64(p.Accused)/float64(p.Pages))
	}
	fmt.Fprintf(t, "\nblocks called link_spam on pages without known spam: %d\n", len(r.Listed))
	for _, a := range r.Listed {
		fmt.Fprintf(t, "%s %s at byte %d, %.3f: %s\n", a.Group, a.Page, a.Start, a.Probability, a.Text)
	}
}
