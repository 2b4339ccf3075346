package trainer

import (
	"context"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/training"
	"github.com/pagesieve/pagesieve/training/retrain"
	"github.com/pagesieve/pagesieve/training/store"
)

// Job is a training, but for its pages.
type Job struct {
	Options retrain.Options // Progress does not count
	Compare bool            // measure the active model too
	Active  []byte          // its file; empty means the embedded one
	Idle    bool            // in time that nobody else wants: ErrStarved where there is hardly any
}

// Result is what comes of a Job.
type Result struct {
	ID      string // what the model calls itself
	Model   []byte // its file
	Notes   []string
	Report  *training.Report // out of fold; nil where nothing was measured
	HeldOut []retrain.Score  // the same, page by page
	Active  []retrain.Score  // the active model on the same pages
	Version string           // that model, as it calls itself; empty where none was asked for
	Skipped []string         // pages that could not be learned from, and why
}

// Run does a Job on stored pages, and tells how far it is. It may drop the
// pages' data once it has no more need of them.
type Run func(ctx context.Context, job Job, pages []store.Page, report func(retrain.Progress)) (*Result, error)

// Here is a Run in this process.
func Here(ctx context.Context, job Job, pages []store.Page, report func(retrain.Progress)) (*Result, error) {
	job.Options.Progress = report
	out, err := retrain.Train(ctx, pages, job.Options)
	if err != nil {
		return nil, err
	}
	c, err := classifier.New(out.Model)
	if err != nil {
		return nil, err
	}
	r := &Result{ID: out.ID, Model: out.Model, Notes: c.ModelInfo().Notes, Report: out.Report, HeldOut: out.HeldOut, Skipped: out.Skipped}
	if !job.Compare {
		return r, nil
	}
	active, err := open(job.Active)
	if err != nil {
		return nil, err
	}
	r.Version = active.ModelVersion()
	r.Active, err = out.Measure(ctx, active)
	return r, err
}

func open(model []byte) (*classifier.Classifier, error) {
	if len(model) == 0 {
		return classifier.Default()
	}
	return classifier.New(model)
}
