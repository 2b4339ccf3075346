package retrain

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"github.com/pagesieve/pagesieve/training"
)

// Score is how a model did on one page: the F1 of its clean text by words, or,
// where only blocks are labelled, the share of words with the right label.
type Score struct {
	Page   string  `json:"page"`
	Digest string  `json:"digest"` // of the stored page
	Site   string  `json:"site"`
	Value  float64 `json:"value"` // 0 to 1
}

func scoreOf(p *training.PageScore) (float64, bool) {
	if p.Error != "" || p.HasText {
		return p.F1, p.Error == "" // a page that failed says nothing
	}
	right, all := 0.0, 0.0
	for truth, given := range p.Confusion {
		for label, words := range given {
			all += words
			if label == truth {
				right += words
			}
		}
	}
	if all == 0 {
		return 0, false
	}
	return right / all, true
}

// The gate.
const (
	// Allowed is how much worse a new version may be, at the lower end of the
	// interval: half a point.
	Allowed = 0.005
	// MinSites is from how many sites the pages must be at least: an interval
	// of fewer says little.
	MinSites = 10
	// resamples is how often sites are drawn anew.
	resamples = 2000
)

// Comparison is a new version beside the active one. Its fields are those of
// the message of that name.
type Comparison struct {
	Active         string  `json:"active"`
	Pages          int     `json:"pages"`
	Sites          int     `json:"sites"`
	CandidateScore float64 `json:"candidate_score"`
	ActiveScore    float64 `json:"active_score"`
	Low            float64 `json:"low"`
	High           float64 `json:"high"`
	NotWorse       bool    `json:"not_worse"`
	Reason         string  `json:"reason"`
}

// Compare judges a new version by its scores out of fold, and the active one
// by what was measured with it now. Pages that the active version learned from
// flatter it; where it was measured out of fold on the same page when it was
// trained, that counts instead.
//
// The interval of the mean difference is the bootstrap's, by percentiles, with
// whole sites drawn, for pages of a site are alike (Efron and Tibshirani 1993,
// chapters 8 and 13).
func Compare(active string, candidate, now, heldOut []Score) Comparison {
	c := Comparison{Active: active}
	before := map[string]float64{}
	for _, s := range now {
		before[s.Page+" "+s.Digest] = s.Value
	}
	for _, s := range heldOut {
		if key := s.Page + " " + s.Digest; has(before, key) {
			before[key] = s.Value
		}
	}
	sites := map[string][]float64{}
	for _, s := range candidate {
		if was, ok := before[s.Page+" "+s.Digest]; ok {
			c.Pages++
			c.CandidateScore += s.Value
			c.ActiveScore += was
			sites[s.Site] = append(sites[s.Site], s.Value-was)
		}
	}
	c.Sites = len(sites)
	if c.Pages > 0 {
		c.CandidateScore /= float64(c.Pages)
		c.ActiveScore /= float64(c.Pages)
		c.Low, c.High = interval(sites)
	}
	c.decide()
	return c
}

func has(m map[string]float64, key string) bool {
	_, ok := m[key]
	return ok
}

// interval is the middle 95 % of the mean difference over resampled sites.
func interval(sites map[string][]float64) (low, high float64) {
	type site struct{ sum, n float64 }
	all := make([]site, 0, len(sites))
	for _, name := range slices.Sorted(maps.Keys(sites)) {
		s := site{n: float64(len(sites[name]))}
		for _, d := range sites[name] {
			s.sum += d
		}
		all = append(all, s)
	}
	rng := rand.New(rand.NewPCG(1, uint64(len(all))))
	means := make([]float64, resamples)
	for i := range means {
		sum, n := 0.0, 0.0
		for range all {
			s := all[rng.IntN(len(all))]
			sum, n = sum+s.sum, n+s.n
		}
		means[i] = sum / n
	}
	slices.Sort(means)
	return means[resamples*25/1000], means[resamples*975/1000-1]
}

func (c *Comparison) decide() {
	switch {
	case c.Sites < MinSites:
		c.Reason = fmt.Sprintf("pages of %d sites are too few to tell: %d are needed", c.Sites, MinSites)
	case c.Low < -Allowed:
		c.Reason = fmt.Sprintf("it may be worse by %.3f, and %.3f is allowed", -c.Low, Allowed)
	default:
		c.NotWorse = true
		c.Reason = fmt.Sprintf("it is worse by at most %.3f", max(0, -c.Low))
	}
}
