package bayes

import (
	"math"
	"slices"
	"strconv"

	"github.com/navossoc/bayesian"
)

// Columns of a View's counts. Body and Rest are taught by every labelled page,
// the others by blocks whose exact label is known.
const (
	ColumnBody = iota
	ColumnRest
	ColumnNavigation
	ColumnForm
	ColumnComment
	ColumnSpam
	NumColumns
)

// Counts holds, for each token of one view, in how many blocks of each column
// it occurs.
type Counts map[uint32]*[NumColumns]int32

// Add counts a token n times.
func (c Counts) Add(key uint32, column int, n int32) {
	v := c[key]
	if v == nil {
		v = new([NumColumns]int32)
		c[key] = v
	}
	v[column] += n
}

// lidstone is the inverse of the smoothing constant: every count is observed
// lidstone·n+1 times, which is Lidstone smoothing with 1/lidstone.
const lidstone = 5

// Classes of the two classifiers that define a view.
const (
	classBody, classRest                                bayesian.Class = "body", "rest"
	classNavigation, classForm, classComment, classSpam bayesian.Class = "navigation", "comment_form", "comment", "link_spam"
)

// Word is the name under which a token stands in a bayesian.Classifier.
func Word(key uint32) string { return strconv.FormatUint(uint64(key), 16) }

// Classifiers defines a view through the bayesian library: one classifier of
// body against the rest, and one of the finer labels. Every token is observed
// in every class, so that the classifiers smooth (bayesian itself does not).
func (c Counts) Classifiers() (body, fine *bayesian.Classifier) {
	body = bayesian.NewClassifier(classBody, classRest)
	fine = bayesian.NewClassifier(classNavigation, classForm, classComment, classSpam)
	for key, n := range c {
		w := Word(key)
		body.Observe(w, int(n[ColumnBody])*lidstone+1, classBody)
		body.Observe(w, int(n[ColumnRest])*lidstone+1, classRest)
		fine.Observe(w, int(n[ColumnNavigation])*lidstone+1, classNavigation)
		fine.Observe(w, int(n[ColumnForm])*lidstone+1, classForm)
		fine.Observe(w, int(n[ColumnComment])*lidstone+1, classComment)
		fine.Observe(w, int(n[ColumnSpam])*lidstone+1, classSpam)
	}
	return body, fine
}

// Compile turns the two classifiers of a view into its table.
func Compile(body, fine *bayesian.Classifier) *Table {
	b, r := body.WordsByClass(classBody), body.WordsByClass(classRest)
	n, f := fine.WordsByClass(classNavigation), fine.WordsByClass(classForm)
	m, s := fine.WordsByClass(classComment), fine.WordsByClass(classSpam)
	keys := make([]uint32, 0, len(b))
	for w := range b {
		k, err := strconv.ParseUint(w, 16, 32)
		if err == nil {
			keys = append(keys, uint32(k))
		}
	}
	slices.Sort(keys)
	odds := make([]Odds, len(keys))
	for i, k := range keys {
		w := Word(k)
		odds[i] = Odds{
			OddsBody:    steps(math.Log(b[w] / r[w])),
			OddsForm:    steps(math.Log(f[w] / n[w])),
			OddsComment: steps(math.Log(m[w] / n[w])),
			OddsSpam:    steps(math.Log(s[w] / n[w])),
		}
	}
	return NewTable(keys, odds)
}

// steps rounds nats to whole steps.
func steps(nats float64) int16 {
	return int16(max(-math.MaxInt16, min(math.MaxInt16, math.Round(nats*OddsUnit))))
}

// KindCounts counts page tokens by page kind.
type KindCounts map[uint32]*[NumKinds]int32

// Add counts a token of a page.
func (c KindCounts) Add(key uint32, kind int) {
	v := c[key]
	if v == nil {
		v = new([NumKinds]int32)
		c[key] = v
	}
	v[kind]++
}

// Classifier defines the page kinds through the bayesian library.
func (c KindCounts) Classifier() *bayesian.Classifier {
	classes := make([]bayesian.Class, NumKinds)
	for k := range classes {
		classes[k] = bayesian.Class(strconv.Itoa(k))
	}
	kinds := bayesian.NewClassifier(classes...)
	for key, n := range c {
		for k, class := range classes {
			kinds.Observe(Word(key), int(n[k])*lidstone+1, class)
		}
	}
	return kinds
}

// CompileKinds turns the classifier of page kinds into a table, with the log
// priors given.
func CompileKinds(kinds *bayesian.Classifier, prior [NumKinds]float64) *KindTable {
	var words [NumKinds]map[string]float64
	for k, class := range kinds.Classes {
		words[k] = kinds.WordsByClass(class)
	}
	keys := make([]uint32, 0, len(words[0]))
	for w := range words[0] {
		if k, err := strconv.ParseUint(w, 16, 32); err == nil {
			keys = append(keys, uint32(k))
		}
	}
	slices.Sort(keys)
	odds := make([][NumKinds]int16, len(keys))
	for i, key := range keys {
		w := Word(key)
		mean := 0.0
		for k := range words {
			mean += math.Log(words[k][w]) / NumKinds
		}
		for k := range words {
			odds[i][k] = steps(math.Log(words[k][w]) - mean)
		}
	}
	return NewKindTable(prior, keys, odds)
}
