package bayes

import "slices"

// Decision is how a page's blocks are chosen from their probabilities.
type Decision struct {
	// Beta weighs recall against precision, as in the F-measure: 1 for
	// balance, below 1 for precision, above 1 for recall.
	Beta float64
	// Floor and Ceiling bound the threshold that the page may choose.
	Floor, Ceiling float64
	Article        float64 // how much higher the floor is on an article
}

// The decisions behind the presets.
func Balanced() Decision  { return Decision{Beta: 1, Floor: 0.25, Ceiling: 0.6, Article: 0.1} }
func Precision() Decision { return Decision{Beta: 0.6, Floor: 0.5, Ceiling: 0.9, Article: 0.1} }
func Recall() Decision    { return Decision{Beta: 1.7, Floor: 0.1, Ceiling: 0.4, Article: 0.1} }

// For is the decision for a page that is an article with probability p: its
// main text is a clear thing, and the floor under the threshold rises by
// Article. On pages of other kinds all probabilities are low, and a fixed
// threshold would return next to nothing.
func (d Decision) For(p float64) Decision {
	d.Floor += d.Article * p
	d.Ceiling = max(d.Ceiling, d.Floor)
	return d
}

// Threshold is the probability from which on blocks are kept, chosen so that
// the expected F-measure of the page's words is highest: among the sets that
// hold the n most probable blocks, expected F is about
//
//	(1+β²)·Σ kept w·p / (Σ kept w + β²·Σ all w·p)
//
// (Lewis 1995; Ye et al. 2012). weight is the words of each block. The second
// answer is that expected F.
func (d Decision) Threshold(p, weight []float64) (threshold, expected float64) {
	order := make([]int, len(p))
	wanted := 0.0
	for i := range order {
		order[i] = i
		wanted += p[i] * weight[i]
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case p[a] > p[b]:
			return -1
		case p[a] < p[b]:
			return 1
		}
		return 0
	})
	b2 := d.Beta * d.Beta
	best, at := -1.0, 1.0
	hit, kept := 0.0, 0.0
	for n, i := range order {
		hit += p[i] * weight[i]
		kept += weight[i]
		if n+1 < len(order) && p[order[n+1]] == p[i] {
			continue
		}
		if f := (1 + b2) * hit / max(kept+b2*wanted, 1e-9); f > best {
			best, at = f, p[i]
		}
	}
	at = max(d.Floor, min(d.Ceiling, at))
	return at, d.expected(p, weight, at, wanted)
}

func (d Decision) expected(p, weight []float64, threshold, wanted float64) float64 {
	hit, kept := 0.0, 0.0
	for i := range p {
		if p[i] >= threshold {
			hit += p[i] * weight[i]
			kept += weight[i]
		}
	}
	b2 := d.Beta * d.Beta
	if kept == 0 {
		return 0
	}
	return (1 + b2) * hit / (kept + b2*wanted)
}
