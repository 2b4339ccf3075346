package retrain

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/training"
	"github.com/pagesieve/pagesieve/training/store"
)

// Options guide Train. The zero value is the default.
type Options struct {
	Name        string // the model's; "trained" where empty
	WithoutBase bool   // leave out the pages that the program brings along
	Folds       int    // held-out folds to measure by, 2 to MaxFolds; 0 measures nothing
	Seed        uint64 // 1 where 0
	Trees       int    // of each pool, at most MaxTrees; the trainer's own number where 0
	Workers     int    // GOMAXPROCS where 0; does not change the model
	Progress    func(Progress)
}

// Limits of Options.
const (
	MaxFolds = 10
	MaxTrees = 1000
)

// How training pages are varied; the same as the command line's defaults.
const (
	spamShare    = 0.8
	flatShare    = 0.6
	alteredShare = 0.4
)

// ErrOptions is wrapped by every error about Options.
var ErrOptions = errors.New("training options")

func (o Options) withDefaults() (Options, error) {
	o.Name, o.Seed = cmp.Or(o.Name, "trained"), cmp.Or(o.Seed, 1)
	o.Workers = cmp.Or(o.Workers, runtime.GOMAXPROCS(0))
	if len(o.Name) > 64 || strings.Trim(o.Name, nameLetters) != "" {
		return o, fmt.Errorf("%w: name %.80q: want at most 64 letters, digits, dots, - and _", ErrOptions, o.Name)
	}
	if o.Folds < 0 || o.Folds == 1 || o.Folds > MaxFolds {
		return o, fmt.Errorf("%w: %d folds: want 0, or 2 to %d", ErrOptions, o.Folds, MaxFolds)
	}
	if o.Trees < 0 || o.Trees > MaxTrees {
		return o, fmt.Errorf("%w: %d trees: want 0 to %d", ErrOptions, o.Trees, MaxTrees)
	}
	return o, nil
}

const nameLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."

// Outcome is what came of a training.
type Outcome struct {
	ID      string           // what the model calls itself
	Model   []byte           // its file
	Report  *training.Report // of what was measured out of fold on the stored pages; nil where nothing was
	HeldOut []Score          // the same, page by page
	Skipped []string         // pages that could not be learned from, and why

	measure []*training.Example // the stored pages
	digests map[string]string   // by page id
	workers int
}

// Train makes a model of stored pages. The same pages and options give the same
// bytes, in any order and on any number of workers. It ends with ctx, at the
// next step.
func Train(ctx context.Context, stored []store.Page, o Options) (*Outcome, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	m := newMeter(o.Progress)
	out, corpus, err := prepare(ctx, stored, o, m)
	if err != nil {
		return nil, err
	}
	to := training.Options{Name: o.Name, Seed: o.Seed, Trees: o.Trees, Workers: o.Workers, Progress: m.training}
	if o.Folds > 0 {
		if err := out.crossValidate(ctx, corpus, o.Folds, to, m); err != nil {
			return nil, err
		}
	}
	m.part(1)
	model, err := training.Train(ctx, corpus.Learn, to)
	if err != nil {
		return nil, err
	}
	out.Model = training.Encode(model)
	c, err := classifier.New(out.Model) // as it will be read again
	if err != nil {
		return nil, err
	}
	out.ID = c.ModelVersion()
	m.at("done", 1)
	return out, nil
}

// prepare splits and labels all pages.
func prepare(ctx context.Context, stored []store.Page, o Options, m *meter) (*Outcome, *training.Corpus, error) {
	out := &Outcome{workers: o.Workers}
	labeled, digests, skipped, err := load(stored, o.WithoutBase)
	if err != nil {
		return nil, nil, err
	}
	out.digests, out.Skipped = digests, skipped
	m.pages(len(labeled))
	m.part(0.05)
	corpus, err := training.NewCorpus(ctx, labeled, training.CorpusOptions{
		Spam: spamShare, Flat: flatShare, Altered: alteredShare, Twins: true, Seed: o.Seed, Workers: o.Workers,
		Done: func(n int) { m.at("split", float64(n)/float64(len(labeled))) },
	})
	if err != nil {
		return nil, nil, err
	}
	for _, err := range corpus.Failed {
		out.Skipped = append(out.Skipped, err.Error())
	}
	for _, e := range corpus.Measure {
		if e.Source == source && !e.Twin {
			out.measure = append(out.measure, e)
		}
	}
	return out, corpus, nil
}

// crossValidate measures the stored pages, each by a model that has not seen
// its site.
func (out *Outcome) crossValidate(ctx context.Context, corpus *training.Corpus, folds int, o training.Options, m *meter) error {
	fold := ""
	work := 0.95 / float64(folds) // that of all pages; a fold's has (folds−1)/folds of them
	o.Progress = func(stage string, done, total int) {
		name, _, _ := strings.Cut(stage, ": ")
		if name != fold {
			fold = name
			m.part(work * float64(folds-1) / float64(folds))
		}
		m.training(stage, done, total)
	}
	held := &training.Corpus{Measure: out.measure, Learn: corpus.Learn}
	scores, err := training.CrossValidate(ctx, held, folds, o, classifier.Options{})
	if err != nil {
		return err
	}
	out.Report, out.HeldOut = training.NewReport(scores, "out of fold"), out.scores(scores)
	return nil
}

// Measure measures a model on the stored pages that the training had.
func (out *Outcome) Measure(ctx context.Context, c *classifier.Classifier) ([]Score, error) {
	scores := make([]training.PageScore, len(out.measure))
	bayes.Parallel(len(scores), out.workers, func(i int) {
		if ctx.Err() == nil {
			scores[i] = training.Evaluate(ctx, c, out.measure[i], classifier.Options{})
		}
	})
	return out.scores(scores), ctx.Err()
}

func (out *Outcome) scores(pages []training.PageScore) []Score {
	var scores []Score
	for i, p := range pages {
		if v, ok := scoreOf(&p); ok {
			scores = append(scores, Score{Page: p.ID, Digest: out.digests[p.ID], Site: out.measure[i].Host, Value: v})
		}
	}
	return scores
}

// Report measures a model on labelled pages. Those that cannot be read are
// among the report's failed ones.
func Report(ctx context.Context, c *classifier.Classifier, pages []training.LabeledPage, workers int) (*training.Report, error) {
	scores := make([]training.PageScore, len(pages))
	bayes.Parallel(len(pages), cmp.Or(workers, runtime.GOMAXPROCS(0)), func(i int) {
		if ctx.Err() != nil {
			return
		}
		e, err := training.NewExample(ctx, pages[i])
		if err != nil {
			scores[i] = training.PageScore{ID: pages[i].ID, Error: err.Error()}
			return
		}
		scores[i] = training.Evaluate(ctx, c, e, classifier.Options{})
	})
	slices.SortFunc(scores, func(a, b training.PageScore) int { return strings.Compare(a.ID, b.ID) })
	return training.NewReport(scores, c.ModelVersion()), ctx.Err()
}
