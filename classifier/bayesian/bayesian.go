// Package bayesian is a stand-in for github.com/navossoc/bayesian, the naive
// Bayes library that pagesieve requires.
//
// The real library is what go.mod names. Where the module mirror refuses it, a
// build needs something else under the same import path: go.work replaces the
// library by this package, which was written anew from a description of the
// library's interface and behaviour, and holds what pagesieve uses and no more
// (no TF-IDF, no files per class). To drop it, delete the replace line in
// go.work, and this folder with it.
//
// A classifier counts words in classes. P(word|class) is the word's share of
// all words counted in the class, a word never counted there has the constant
// probability 1e-11, and the prior of a class is its share of the words of all
// classes.
//
// Any number of goroutines may score at once, but none while another one learns.
package bayesian

import "sync/atomic"

// unseen is the probability of a word in a class where it was never counted.
const unseen = 1e-11

// Class is the name of a class.
type Class string

// Classifier counts words in classes. Make one with NewClassifier or
// NewClassifierFromReader.
type Classifier struct {
	Classes []Class // in the order given; scores stand in the same order

	learned int                // documents learned
	seen    atomic.Int64       // documents scored, by many goroutines at once
	counts  map[Class]*tallies // one for each class
}

// tallies is what was counted in one class.
type tallies struct {
	words map[string]float64
	total int
}

// probability is P(word|class).
func (t *tallies) probability(word string) float64 {
	count, ok := t.words[word]
	if !ok {
		return unseen
	}
	return count / float64(t.total)
}

// NewClassifier returns a classifier that has counted nothing. It panics
// unless it is given two classes or more, all different.
func NewClassifier(classes ...Class) *Classifier {
	if len(classes) < 2 {
		panic("bayesian: a classifier needs two classes or more")
	}
	c := &Classifier{Classes: classes, counts: make(map[Class]*tallies, len(classes))}
	for _, class := range classes {
		if c.counts[class] != nil {
			panic("bayesian: class " + string(class) + " is given twice")
		}
		c.counts[class] = &tallies{words: make(map[string]float64)}
	}
	return c
}

// Learn counts every word of a document in a class that the classifier has.
func (c *Classifier) Learn(document []string, which Class) {
	t := c.counts[which]
	for _, word := range document {
		t.words[word]++
		t.total++
	}
	c.learned++
}

// Observe counts a word a number of times in a class that the classifier has.
// It is no document: Learned stays.
func (c *Classifier) Observe(word string, count int, which Class) {
	t := c.counts[which]
	t.words[word] += float64(count)
	t.total += count
}

// Learned is the number of documents learned.
func (c *Classifier) Learned() int { return c.learned }

// Seen is the number of documents scored.
func (c *Classifier) Seen() int { return int(c.seen.Load()) }

// WordCount returns the number of words counted in each class.
func (c *Classifier) WordCount() []int {
	counts := make([]int, len(c.Classes))
	for i, class := range c.Classes {
		counts[i] = c.counts[class].total
	}
	return counts
}

// WordsByClass returns a new map from each word counted in a class to its
// share of the words of that class.
func (c *Classifier) WordsByClass(class Class) map[string]float64 {
	t := c.counts[class]
	shares := make(map[string]float64, len(t.words))
	for word, count := range t.words {
		shares[word] = count / float64(t.total)
	}
	return shares
}

// WordFrequencies returns P(word|class) for each class and, within it, each
// word, in the orders given.
func (c *Classifier) WordFrequencies(words []string) [][]float64 {
	matrix := make([][]float64, len(c.Classes))
	for i, class := range c.Classes {
		matrix[i] = make([]float64, len(words))
		for k, word := range words {
			matrix[i][k] = c.counts[class].probability(word)
		}
	}
	return matrix
}

// priors returns the share of each class in the words of all.
func (c *Classifier) priors() []float64 {
	priors := make([]float64, len(c.Classes))
	sum := 0
	for i, class := range c.Classes {
		total := c.counts[class].total
		priors[i] = float64(total)
		sum += total
	}
	if sum != 0 {
		for i := range priors {
			priors[i] /= float64(sum)
		}
	}
	return priors
}
