package bayesian

import (
	"errors"
	"math"
)

// ErrUnderflow says that the probabilities of a document were too small to
// compare.
var ErrUnderflow = errors.New("bayesian: the probabilities underflow: use LogScores")

// LogScores returns, for each class, the logarithm of its prior plus those of
// P(word|class) for every word, added in the order of the document; the index
// of the first class with the highest score; and whether it alone has it.
func (c *Classifier) LogScores(document []string) (scores []float64, inx int, strict bool) {
	scores = c.priors()
	for i, class := range c.Classes {
		t := c.counts[class]
		score := math.Log(scores[i])
		for _, word := range document {
			score += math.Log(t.probability(word))
		}
		scores[i] = score
	}
	inx, strict = highest(scores)
	c.seen.Add(1)
	return scores, inx, strict
}

// ProbScores is as LogScores with the probabilities of the classes, which sum
// to 1. Long documents underflow, and all scores are NaN then.
func (c *Classifier) ProbScores(document []string) (scores []float64, inx int, strict bool) {
	scores = c.products(document)
	inx, strict = highest(scores)
	c.seen.Add(1)
	return scores, inx, strict
}

// SafeProbScores is as ProbScores, and fails with ErrUnderflow where LogScores
// finds another class. It does not where both find the same one, so a score
// may be NaN with no error.
func (c *Classifier) SafeProbScores(document []string) (scores []float64, inx int, strict bool, err error) {
	scores = c.products(document)
	inx, strict = highest(scores)
	_, logInx, logStrict := c.LogScores(document)
	if inx != logInx || strict != logStrict {
		err = ErrUnderflow
	}
	return scores, inx, strict, err
}

// products returns the probabilities of the classes by multiplication.
func (c *Classifier) products(document []string) []float64 {
	scores := c.priors()
	sum := 0.0
	for i, class := range c.Classes {
		t := c.counts[class]
		for _, word := range document {
			scores[i] *= t.probability(word)
		}
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
	return scores
}

// highest returns the first index of the highest score, and whether no other
// score equals it.
func highest(scores []float64) (inx int, strict bool) {
	strict = true
	for i := 1; i < len(scores); i++ {
		switch {
		case scores[i] > scores[inx]:
			inx, strict = i, true
		case scores[i] == scores[inx]:
			strict = false
		}
	}
	return inx, strict
}
