package training

import (
	"context"
	"fmt"
	"slices"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/bayes"
)

// AssignFolds shares the examples out among n folds so that all pages of a
// host are in one: in the fold that a page of the host names, else by the
// host's hash.
func AssignFolds(examples []*Example, n int) []int {
	given := map[string]int{}
	for _, e := range examples {
		if e.Fold >= 0 {
			given[e.Host] = e.Fold % n
		}
	}
	folds := make([]int, len(examples))
	for i, e := range examples {
		if f, ok := given[e.Host]; ok {
			folds[i] = f
		} else {
			folds[i] = foldOf("outer "+e.Host, n)
		}
	}
	return folds
}

// CrossValidate trains on all folds but one and measures that one, for every
// fold. The answer holds a score for each of the corpus's pages to measure.
func CrossValidate(ctx context.Context, corpus *Corpus, n int, o Options, co classifier.Options) ([]PageScore, error) {
	examples := corpus.Measure
	both := AssignFolds(append(slices.Clone(examples), corpus.Learn...), n)
	folds, learnFolds := both[:len(examples)], both[len(examples):]
	scores := make([]PageScore, len(examples))
	for k := range n {
		var learn []*Example
		for i, e := range corpus.Learn {
			if learnFolds[i] != k {
				learn = append(learn, e)
			}
		}
		fo := o
		if o.Progress != nil {
			fo.Progress = func(stage string, done, total int) { o.Progress(fmt.Sprintf("fold %d: %s", k+1, stage), done, total) }
		}
		m, err := Train(ctx, learn, fo)
		if err != nil {
			return nil, err
		}
		c, err := classifier.FromModel(m)
		if err != nil {
			return nil, err
		}
		bayes.Parallel(len(examples), o.withDefaults().Workers, func(i int) {
			if folds[i] == k && ctx.Err() == nil {
				scores[i] = Evaluate(ctx, c, examples[i], co)
			}
		})
	}
	return scores, ctx.Err()
}
