package bayes

import (
	"cmp"
	"slices"
)

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
func Balanced() Decision  { return Decision{Beta: 1, Floor: 0.1, Ceiling: 0.8, Article: 0.1} }
func Precision() Decision { return Decision{Beta: 0.6, Floor: 0.5, Ceiling: 0.9, Article: 0.2} }
func Recall() Decision    { return Decision{Beta: 1.7, Floor: 0.1, Ceiling: 0.4, Article: 0.1} }

// For is the decision for a page of a format that is an article with
// probability p: its main text is a clear thing, and the floor under the
// threshold rises by Article, in full from even odds on, for the kind is told
// less surely than the text on a site that training did not see. On pages of
// other kinds all probabilities are low, and a fixed threshold would return next
// to nothing; so it would on a page of a few words, where all evidence is thin:
// it rises in full from fullLength words on that are expected to be wanted. On an
// article recall weighs less, too, by articleBeta.
func (d Decision) For(f Format, p, words float64) Decision {
	d.Floor += d.Article * min(1, 2*p) * min(1, words/fullLength)
	d.Beta *= 1 - articleBeta(f)*min(1, 2*p)
	if words < fewWords {
		d.Floor = max(d.Floor, 0.5)
	}
	d.Ceiling = max(d.Ceiling, d.Floor)
	return d
}

// articleBeta is how much less recall weighs on an article. What stands beside
// one reads like it, and on sites that training did not see the probabilities
// of that are too high, most of all where no markup tells it apart. On news left
// out it gains 0.4 points, and 0.9 as text; out of fold it costs WCXB 0.1 of
// either.
func articleBeta(f Format) float64 {
	if f == Text {
		return 0.5
	}
	return 0.15
}

// fewWords is below how many expected words a page more likely has no main text
// than one of such length: "We use cookies." is kept only from even odds on.
const fewWords = 2

// fullLength is how many wanted words make a text of usual length.
const fullLength = 100

// quantiles are the steps in which the common cause is looked at.
const quantiles = 32

// Threshold is the probability from which on blocks are kept, chosen so that
// the expected F-measure of the page's words is highest among the sets that
// hold the n most probable blocks (Lewis 1995; Ye et al. 2012). Blocks are not
// wanted independently of each other, or a long list at 0.4 would be 0.4 right
// and worth keeping: they have a common cause, one number u, even from 0 to 1,
// and the blocks with p > u are wanted. Expected F is the mean over u of
//
//	(1+β²)·Σ kept and wanted w / (Σ kept w + β²·Σ wanted w)
//
// where w is the words of a block. Against independence it reads 0.2 points of
// F1 more out of fold on WCXB. The second answer is that expected F.
func (d Decision) Threshold(p, weight []float64) (threshold, expected float64) {
	s := newSelection(p, weight)
	best, at := -1.0, 1.0
	for n := range s.blocks {
		if n+1 < len(s.blocks) && s.blocks[n+1].p == s.blocks[n].p {
			continue
		}
		if f := s.expected(n, d.Beta); f > best {
			best, at = f, s.blocks[n].p
		}
	}
	at = max(d.Floor, min(d.Ceiling, at))
	last := -1
	for last+1 < len(s.blocks) && s.blocks[last+1].p >= at {
		last++
	}
	if last < 0 {
		return at, 0
	}
	return at, s.expected(last, d.Beta)
}

// selection is a page's blocks, the most probable first.
type selection struct {
	blocks []choice
	wanted [quantiles]float64 // words of the blocks with p > u, for u in the middle of each quantile
}

// choice is a block, and the words of it and all before it.
type choice struct{ p, kept float64 }

func newSelection(p, weight []float64) selection {
	s := selection{blocks: make([]choice, len(p))}
	for i := range p {
		s.blocks[i] = choice{p[i], weight[i]}
	}
	slices.SortStableFunc(s.blocks, func(a, b choice) int { return cmp.Compare(b.p, a.p) })
	kept, q := 0.0, quantiles-1
	for n := range s.blocks {
		b := &s.blocks[n]
		for ; q >= 0 && b.p <= (float64(q)+0.5)/quantiles; q-- {
			s.wanted[q] = kept
		}
		kept += b.kept
		b.kept = kept
	}
	for ; q >= 0; q-- {
		s.wanted[q] = kept
	}
	return s
}

// expected is the expected F of the first n+1 blocks.
func (s *selection) expected(n int, beta float64) float64 {
	b2 := beta * beta
	kept, sum := s.blocks[n].kept, 0.0
	for _, w := range s.wanted {
		sum += (1 + b2) * min(kept, w) / max(kept+b2*w, 1e-9)
	}
	return sum / quantiles
}
