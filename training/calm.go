package training

import (
	"maps"
	"math"
	"slices"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/bayes"
)

const (
	// accusedShare is the share of the pages taken to be honest on which a block
	// may be called link spam. Some of them are not: of the twelve worst of the
	// default model's, read by hand, five hold spam that nobody has labelled, in
	// forum threads, comments and footers.
	accusedShare = 0.003
	// maxCalm is the most, in nats, that the log-odds of spam are lowered: on
	// a few pages the worst of them says little.
	maxCalm = 5
)

// calmSpam lowers the log-odds of link spam until hardly an honest page has a
// block that is accused. Spam is put into most pages that teach, so that its
// probability comes out far too high for pages at large. It is measured out of
// fold, by the pools that did not see the row's.
func (t *trainer) calmSpam(final *bayes.Pool, r *rows, without []bayes.Pool) {
	p := t.probabilities(r, without)
	worst := make([]float64, len(r.examples))
	for i := range r.examples {
		worst[i] = r.worst(i, p)
	}
	pages, sites := 0, map[string]float64{} // the pages of a site share what looks like spam on it
	for i, v := range worst {
		if math.IsInf(v, -1) {
			continue
		}
		pages++
		host := r.examples[i].Host
		if w, ok := sites[host]; !ok || v > w {
			sites[host] = v
		}
	}
	if pages == 0 {
		return
	}
	worst = slices.Sorted(maps.Values(sites))
	allowed := min(int(accusedShare*float64(pages)), len(worst)-1)
	final.Spam.Shift(-float32(min(max(0, worst[len(worst)-1-allowed]+calmMargin), maxCalm)))
}

// calmMargin is added so that the worst page itself is not accused.
const calmMargin = 0.05

// isHonest says whether nothing on the page is known to be spam but what was
// put in.
func (e *Example) isHonest() bool {
	if e.altered() { // its page is there as it was
		return false
	}
	known := false
	for b, truth := range e.Truth {
		if truth == Truth(bayes.LinkSpam) && !e.madeUp(b) {
			return false
		}
		known = known || truth != Unknown
	}
	return known && !e.isOneComment()
}

// worst is by how much, in log-odds, the block of example i that looks most
// like spam is over the bar for accusing it; −Inf where the page is not honest.
func (r *rows) worst(i int, p [][bayes.NumLabels]float32) float64 {
	e, worst := r.examples[i], math.Inf(-1)
	if !e.isHonest() {
		return worst
	}
	for b := range e.Truth {
		floor := classifier.SpamFloor(e.Features, b)
		if e.madeUp(b) || floor > 1 {
			continue
		}
		spam := float64(p[r.first[i]+b][bayes.LinkSpam])
		worst = max(worst, logit(spam)-logit(floor))
	}
	return worst
}

func logit(p float64) float64 {
	p = min(max(p, 1e-9), 1-1e-9)
	return math.Log(p / (1 - p))
}
