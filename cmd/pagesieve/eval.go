package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
given by --hold are then measured by a model of all --data pages. With
--leave-out each source named is measured by a model that saw neither it nor
any of its hosts. Without these it measures --model, or the embedded model.

With --presets every page is measured with the presets precision, balanced and
recall of the same model, and the report compares them by source.

--pages writes the scores of every page with a wanted text as JSON Lines: id,
source, format, page_kind, language, f1, precision, recall, shingle_f1, and the
answer's own quality and unsure.

--plot draws, for each label, the share of words that bear it against the
probability that they were given, and --tables writes the same as figures. Both
speak of unseen sites with --folds or --leave-out alone.`

const evalExample = `  pagesieve eval --data mine.jsonl --model mine.model
  pagesieve eval --data mine.jsonl --model mine.model --errors 5
  pagesieve eval --data mine.jsonl --folds 5
  pagesieve eval --data mine.jsonl --folds 5 --presets --plot plot.svg --tables tables.md
  pagesieve eval --data a.jsonl --data b.jsonl --leave-out a,b
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
	c.Flags().StringSliceVar(&e.leave, "leave-out", nil, "train once without each of these `SOURCES`, and measure it: how well a model does on a set that it never saw")
	c.Flags().IntVar(&e.errors, "errors", 0, "list the blocks that cost most words, with evidence: this many of each sort, by page kind")
	c.Flags().BoolVar(&e.spamReport, "spam-report", false, "put link spam into the pages and report how much of it is found")
	c.Flags().IntVar(&e.variants, "spam-variants", 1, "trials of each page; with --spam-report")
	e.spam.add(c, "spam-", augment.HeldOut, augment.Training, augment.All)
	c.Flags().BoolVar(&f.presets, "presets", false, "measure each page with every preset of the same model")
	e.files.add(c)
	addPreset(c, &e.page)
	return c
}

type evalFlags struct {
	hold   []string
	model  string
	folds  int
	errors int
	json   bool
	files  evalFiles
	leave  []string // sources to leave out, one at a time
	page   classifier.Options

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
	case len(e.leave) > 0 && (e.folds > 0 || e.model != "" || len(e.hold) > 0):
		return usage(errors.New("--leave-out goes without --folds, --model and --hold"))
	case e.errors < 0:
		return usage(fmt.Errorf("--errors %d: want 1 or more", e.errors))
	case e.errors > 0 && e.json:
		return usage(errors.New("--errors is text for people: leave --json out"))
	case e.folds > 0 && e.model != "":
		return usage(errors.New("--folds trains its own models: leave --model out"))
	case e.variants < 1 || e.variants > 1000:
		return usage(fmt.Errorf("--spam-variants %d: want 1 to 1000", e.variants))
	case len(e.hold) > 0 && e.folds == 0:
		return usage(errors.New("--hold goes with --folds: give the pages as --data"))
	}
	return e.files.check()
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
	e.page.Evidence = e.errors > 0
	measure := evalModel
	switch {
	case len(e.leave) > 0:
		measure = evalSources
	case e.folds > 0:
		measure = evalFolds
	}
	scores, model, err := measure(c, f, e)
	if err != nil {
		return err
	}
	f.progress.end()
	report := training.NewReport(scores, model)
	// Neither a file that cannot be written nor a closed pipe costs the other.
	return errors.Join(e.files.write(scores, report), e.write(c.OutOrStdout(), scores, report))
}

func (e *evalFlags) write(w io.Writer, scores []training.PageScore, report *training.Report) error {
	if e.json {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(report)
	}
	if err := report.WriteText(w); err != nil || e.errors == 0 {
		return err
	}
	return training.WriteMistakes(w, scores, e.errors)
}

// evalModel measures one model on all pages; it gives the scores and the
// model's name.
func evalModel(c *cobra.Command, f *corpusFlags, e *evalFlags) ([]training.PageScore, string, error) {
	model, err := openModel(e.model)
	if err != nil {
		return nil, "", err
	}
	f.spam, f.flat, f.altered = 0, 0, 0
	corpus, err := f.load(c.Context(), f.data, false, c.ErrOrStderr())
	if err != nil {
		return nil, "", err
	}
	scores := evaluateAll(c, f, model, corpus.Measure, e.page)
	return scores, model.ModelVersion(), c.Context().Err()
}

// evalFolds measures models trained out of fold.
func evalFolds(c *cobra.Command, f *corpusFlags, e *evalFlags) ([]training.PageScore, string, error) {
	corpus, err := f.load(c.Context(), f.data, true, c.ErrOrStderr())
	if err != nil {
		return nil, "", err
	}
	scores, err := training.CrossValidate(c.Context(), corpus, e.folds, f.options("fold"), e.page)
	if err != nil || len(e.hold) == 0 {
		return scores, "by fold", err
	}
	m, err := training.Train(c.Context(), corpus.Learn, f.options("all"))
	if err != nil {
		return nil, "", err
	}
	training.Encode(m) // for the digest
	model, err := classifier.FromModel(m)
	if err != nil {
		return nil, "", err
	}
	f.spam, f.flat, f.altered = 0, 0, 0
	held, err := f.load(c.Context(), e.hold, true, c.ErrOrStderr())
	if err != nil {
		return nil, "", err
	}
	scores = append(scores, evaluateAll(c, f, model, held.Measure, e.page)...)
	return scores, "by fold, and " + model.ModelVersion(), c.Context().Err()
}

// evalSources measures models each trained without one source.
func evalSources(c *cobra.Command, f *corpusFlags, e *evalFlags) ([]training.PageScore, string, error) {
	corpus, err := f.load(c.Context(), f.data, true, c.ErrOrStderr())
	if err != nil {
		return nil, "", err
	}
	scores, err := training.LeaveSourcesOut(c.Context(), corpus, e.leave, f.options("apart"), e.page)
	return scores, "by source", err
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
