package training

import (
	"cmp"
	"maps"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/pagesieve/pagesieve/classifier/bayes"
)

// Report sums up the scores of many pages.
type Report struct {
	Model  string       `json:"model,omitempty"`
	Groups []GroupScore `json:"groups"` // all pages, then by source, kind and language
	Labels []LabelScore `json:"labels"` // by words, on finely labelled pages
	// Reliability is by format and label, over all sources.
	Reliability []Reliability `json:"reliability,omitempty"`
	// Presets are by source, where they were measured.
	Presets []PresetScore `json:"presets,omitempty"`
	Spam    SpamReport    `json:"spam"`
	// Comments are of pages that are one comment each.
	Comments []CommentScore `json:"comments,omitempty"`
	Pages    int            `json:"pages"`
	Failed   []string       `json:"failed,omitempty"`
}

// GroupScore is the mean over a group of pages.
type GroupScore struct {
	Group     string  `json:"group"`
	Pages     int     `json:"pages"`
	F1        float64 `json:"f1"`
	Deviation float64 `json:"f1_deviation"` // bootstrap standard deviation of F1
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	Shingle   float64 `json:"shingle_f1"`
	Oracle    float64 `json:"oracle_f1"` // of the text made of exactly the body blocks
	With      float64 `json:"with"`      // share of the must-have snippets that are there
	Without   float64 `json:"without"`   // share of the must-not snippets that are there
}

// LabelScore measures one label by words.
type LabelScore struct {
	Group            string  `json:"group"`
	Label            string  `json:"label"`
	Words            float64 `json:"words"`
	Precision        float64 `json:"precision"`
	Recall           float64 `json:"recall"`
	F1               float64 `json:"f1"`
	CalibrationError float64 `json:"calibration_error"` // expected, by words, over ten bins
}

// NewReport sums up.
func NewReport(scores []PageScore, model string) *Report {
	r := &Report{Model: model, Pages: len(scores), Spam: newSpamReport(scores), Comments: commentScores(scores), Reliability: reliability(scores), Presets: presetScores(scores)}
	groups, labels := map[string][]*PageScore{}, map[string][]*PageScore{}
	for i := range scores {
		s := &scores[i]
		if s.Error != "" {
			r.Failed = append(r.Failed, s.ID+": "+s.Error)
			continue
		}
		for _, g := range s.groups() {
			if s.HasText {
				groups[g] = append(groups[g], s)
			}
		}
		if s.Confusion != (Confusion{}) {
			g := s.Format + " " + s.Source
			labels[g] = append(labels[g], s)
		}
	}
	for _, g := range slices.Sorted(maps.Keys(groups)) {
		r.Groups = append(r.Groups, groupScore(g, groups[g]))
	}
	for _, g := range slices.Sorted(maps.Keys(labels)) {
		r.Labels = append(r.Labels, labelScores(g, labels[g])...)
	}
	return r
}

// groups are those that a page counts in.
func (s *PageScore) groups() []string {
	base := s.Format + " " + s.Source
	out := []string{base}
	if s.Kind != "" {
		out = append(out, base+" / "+s.Kind)
	}
	if s.Language != "" {
		out = append(out, base+" / lang "+s.Language)
	}
	return out
}

func groupScore(name string, pages []*PageScore) GroupScore {
	g := GroupScore{Group: name, Pages: len(pages)}
	n := float64(len(pages))
	var with, without [2]int
	for _, s := range pages {
		g.F1 += s.F1 / n
		g.Precision += s.Precision / n
		g.Recall += s.Recall / n
		g.Shingle += s.Shingle / n
		g.Oracle += s.Oracle / n
		for k := range 2 {
			with[k] += s.With[k]
			without[k] += s.Without[k]
		}
	}
	g.With = float64(with[0]) / math.Max(1, float64(with[1]))
	g.Without = float64(without[0]) / math.Max(1, float64(without[1]))
	g.Deviation = bootstrap(pages)
	return g
}

// bootstrapRounds is how many resamples a deviation is taken from.
const bootstrapRounds = 500

// bootstrap is the standard deviation of mean F1 over resampled pages.
func bootstrap(pages []*PageScore) float64 {
	rng := rand.New(rand.NewPCG(1, uint64(len(pages))))
	var sum, square float64
	for range bootstrapRounds {
		m := 0.0
		for range pages {
			m += pages[rng.IntN(len(pages))].F1
		}
		m /= float64(len(pages))
		sum += m
		square += m * m
	}
	mean := sum / bootstrapRounds
	return math.Sqrt(math.Max(0, square/bootstrapRounds-mean*mean))
}

func labelScores(group string, pages []*PageScore) []LabelScore {
	var c Confusion
	var bins Bins
	for _, s := range pages {
		for a := range c {
			for b := range c[a] {
				c[a][b] += s.Confusion[a][b]
			}
		}
		bins.plus(&s.Bins)
	}
	var out []LabelScore
	for l := range bayes.NumLabels {
		row, column := 0.0, 0.0
		for k := range bayes.NumLabels {
			row += c[l][k]
			column += c[k][l]
		}
		s := LabelScore{Group: group, Label: bayes.Label(l).String(), Words: row, CalibrationError: bins.calibrationError(l)}
		s.Precision, s.Recall = c[l][l]/math.Max(column, 1), c[l][l]/math.Max(row, 1)
		if s.Precision+s.Recall > 0 {
			s.F1 = 2 * s.Precision * s.Recall / (s.Precision + s.Recall)
		}
		out = append(out, s)
	}
	return out
}

// shorten cuts a text to n runes.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}

// Group finds a group's score by its name.
func (r *Report) Group(name string) (GroupScore, bool) {
	i, ok := slices.BinarySearchFunc(r.Groups, name, func(g GroupScore, n string) int { return cmp.Compare(g.Group, n) })
	if !ok {
		return GroupScore{}, false
	}
	return r.Groups[i], true
}
