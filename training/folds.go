package training

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

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
	both := AssignFolds(append(slices.Clone(corpus.Measure), corpus.Learn...), n)
	folds, learnFolds := both[:len(corpus.Measure)], both[len(corpus.Measure):]
	foldOfHost := map[string]int{}
	for i, e := range corpus.Learn {
		foldOfHost[e.Host] = learnFolds[i]
	}
	scores := make([]PageScore, len(corpus.Measure))
	for k := range n {
		o := o.named(fmt.Sprintf("fold %d", k+1))
		out := func(i int) bool {
			donor, known := foldOfHost[corpus.Learn[i].Donor]
			return learnFolds[i] == k || known && donor == k
		}
		err := leaveOut(ctx, corpus, func(i int) bool { return folds[i] == k }, out, o, co, scores)
		if err != nil {
			return nil, err
		}
	}
	return scores, nil
}

// LeaveSourcesOut trains, for each of the sources, once without it and without
// any page of its hosts, and measures it: how well a model does on a kind of
// pages that it was not fitted to. The answer holds the scores of those
// sources alone.
func LeaveSourcesOut(ctx context.Context, corpus *Corpus, sources []string, o Options, co classifier.Options) ([]PageScore, error) {
	hosts := map[string]map[string]bool{} // by source
	for _, e := range corpus.Measure {
		if hosts[e.Source] == nil {
			hosts[e.Source] = map[string]bool{}
		}
		hosts[e.Source][e.Host] = true
	}
	var done []PageScore
	for _, source := range sources {
		if hosts[source] == nil {
			return nil, fmt.Errorf("%w %q; there are %s", ErrSource, source, strings.Join(slices.Sorted(maps.Keys(hosts)), ", "))
		}
		scores := make([]PageScore, len(corpus.Measure))
		held := func(i int) bool { return corpus.Measure[i].Source == source }
		out := func(i int) bool { return hosts[source][corpus.Learn[i].Host] || hosts[source][corpus.Learn[i].Donor] }
		if err := leaveOut(ctx, corpus, held, out, o.named("without "+source), co, scores); err != nil {
			return nil, fmt.Errorf("without %s: %w", source, err)
		}
		for i := range scores {
			if held(i) {
				done = append(done, scores[i])
			}
		}
	}
	return done, nil
}

// ErrSource: no labelled page is of that source.
var ErrSource = errors.New("unknown source")

// named is the options with a stage's name before each step of the progress.
func (o Options) named(stage string) Options {
	if report := o.Progress; report != nil {
		o.Progress = func(step string, done, total int) { report(stage+": "+step, done, total) }
	}
	return o
}

// leaveOut trains on what is not left out and measures what is held.
func leaveOut(ctx context.Context, corpus *Corpus, held, out func(int) bool, o Options, co classifier.Options, scores []PageScore) error {
	var learn []*Example
	for i, e := range corpus.Learn {
		if !out(i) {
			learn = append(learn, e)
		}
	}
	m, err := Train(ctx, learn, o)
	if err != nil {
		return err
	}
	c, err := classifier.FromModel(m)
	if err != nil {
		return err
	}
	var measure []int
	for i := range corpus.Measure {
		if held(i) {
			measure = append(measure, i)
		}
	}
	bayes.Parallel(len(measure), o.withDefaults().Workers, func(k int) {
		if i := measure[k]; ctx.Err() == nil {
			scores[i] = Evaluate(ctx, c, corpus.Measure[i], co)
		}
	})
	return ctx.Err()
}
