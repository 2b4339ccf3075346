package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/spf13/cobra"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/training"
	"github.com/pagesieve/pagesieve/training/augment"
)

const evalLong = `eval measures a model on labelled pages: the clean text by words and by
4-word shingles against the wanted one, by source, page kind and language,
with the standard deviation over resampled pages; every label's precision,
recall and calibration error by words, where pages are labelled finely; and
every block called link_spam on a page that is not known to have any.

With --spam-report, link spam and honest look-alikes are put into the pages,
and the report tells how much of the spam is found, and how much else accused,
by place, kind, language and shape. The kinds and languages held out of
training are put in unless --spam-draw says otherwise.

Texts that are one comment, {"text", "label": "spam" or "ham"}, are counted by
text too. To learn from such, give ordinary pages beside them, and a "fold" to
each for --folds to keep a thread's comments together.

With --folds N it trains N models, each without one fold of hosts, and
measures that fold: no page is measured by a model that saw its site. Pages
given by --hold are then measured by a model of all --data pages. Without
--folds it measures --model, or the embedded model.`

const evalExample = `  pagesieve eval --data mine.jsonl --model mine.model
  pagesieve eval --data mine.jsonl --folds 5
  pagesieve eval --data mine.jsonl --spam-report --spam-places footer,hidden
  pagesieve eval --data train.jsonl --folds 5 --hold other.jsonl --json > report.json`

func newEval() *cobra.Command {
	f := &corpusFlags{}
	e := evalFlags{}
	c := &cobra.Command{
		Use:     "eval --data FILE...",
		Short:   "Measure a model on labelled pages",
		Long:    evalLong,
		Example: evalExample,
		Args:    cobra.NoArgs,
		RunE:    running(func(c *cobra.Command, _ []string) error { return eval(c, f, &e) }),
	}
	f.add(c)
	c.Flags().StringArrayVar(&e.hold, "hold", nil, "`FILE` of labelled pages to measure on and never to train on; with --folds")
	c.Flags().StringVar(&e.model, "model", "", "model `FILE` (default the embedded model)")
	c.Flags().IntVar(&e.folds, "folds", 0, "train and measure in this many folds by host")
	c.Flags().BoolVar(&e.json, "json", false, "write the report as JSON")
	c.Flags().BoolVar(&e.spamReport, "spam-report", false, "put link spam into the pages and report how much of it is found")
	c.Flags().IntVar(&e.variants, "spam-variants", 1, "trials of each page; with --spam-report")
	e.spam.add(c, "spam-", augment.HeldOut, augment.Training, augment.All)
	addPreset(c, &e.page)
	return c
}

type evalFlags struct {
	hold  []string
	model string
	folds int
	json  bool
	page  classifier.Options

	spamReport bool
	variants   int
	spam       spamFlags
}

// trial is the spam to put in, if any.
func (e *evalFlags) trial(seed uint64) (*training.TrialOptions, error) {
	if !e.spamReport {
		return nil, nil
	}
	o, err := e.spam.options()
	return &training.TrialOptions{Augment: o, Seed: seed, Variants: e.variants}, err
}

func (e *evalFlags) check() error {
	switch {
	case e.folds == 1 || e.folds < 0 || e.folds > 100:
		return usage(fmt.Errorf("--folds %d: want 2 to 100", e.folds))
	case e.folds > 0 && e.model != "":
		return usage(errors.New("--folds trains its own models: leave --model out"))
	case e.variants < 1 || e.variants > 1000:
		return usage(fmt.Errorf("--spam-variants %d: want 1 to 1000", e.variants))
	case len(e.hold) > 0 && e.folds == 0:
		return usage(errors.New("--hold goes with --folds: give the pages as --data"))
	}
	return nil
}

func eval(c *cobra.Command, f *corpusFlags, e *evalFlags) error {
	if err := errors.Join(f.check(), e.check()); err != nil {
		return err
	}
	var err error
	if f.trial, err = e.trial(f.seed); err != nil {
		return err
	}
	defer tuneGC(trainGC)()
	f.progress = newProgress(c.ErrOrStderr())
	defer f.progress.end()
	measure := evalModel
	if e.folds > 0 {
		measure = evalFolds
	}
	report, err := measure(c, f, e)
	if err != nil {
		return err
	}
	f.progress.end()
	if e.json {
		enc := json.NewEncoder(c.OutOrStdout())
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(report)
	}
	return report.WriteText(c.OutOrStdout())
}

// evalModel measures one model on all pages.
func evalModel(c *cobra.Command, f *corpusFlags, e *evalFlags) (*training.Report, error) {
	model, err := openModel(e.model)
	if err != nil {
		return nil, err
	}
	f.spam, f.flat = 0, 0
	corpus, err := f.load(c.Context(), f.data, false, c.ErrOrStderr())
	if err != nil {
		return nil, err
	}
	scores := evaluateAll(c, f, model, corpus.Measure, e.page)
	return training.NewReport(scores, model.ModelVersion()), c.Context().Err()
}

// evalFolds measures models trained out of fold.
func evalFolds(c *cobra.Command, f *corpusFlags, e *evalFlags) (*training.Report, error) {
	corpus, err := f.load(c.Context(), f.data, true, c.ErrOrStderr())
	if err != nil {
		return nil, err
	}
	scores, err := training.CrossValidate(c.Context(), corpus, e.folds, f.options("fold"), e.page)
	if err != nil || len(e.hold) == 0 {
		return training.NewReport(scores, "by fold"), err
	}
	m, err := training.Train(c.Context(), corpus.Learn, f.options("all"))
	if err != nil {
		return nil, err
	}
	training.Encode(m) // for the digest
	model, err := classifier.FromModel(m)
	if err != nil {
		return nil, err
	}
	f.spam, f.flat = 0, 0
	held, err := f.load(c.Context(), e.hold, true, c.ErrOrStderr())
	if err != nil {
		return nil, err
	}
	scores = append(scores, evaluateAll(c, f, model, held.Measure, e.page)...)
	return training.NewReport(scores, "by fold, and "+model.ModelVersion()), c.Context().Err()
}

func evaluateAll(c *cobra.Command, f *corpusFlags, model *classifier.Classifier, pages []*training.Example, o classifier.Options) []training.PageScore {
	scores := make([]training.PageScore, len(pages))
	var mu sync.Mutex
	done := 0
	training.EvaluateAll(c.Context(), model, pages, o, func(i int, s training.PageScore) {
		mu.Lock()
		defer mu.Unlock()
		scores[i] = s
		done++
		f.progress.stage("measure", done, len(pages))
	})
	return scores
}
