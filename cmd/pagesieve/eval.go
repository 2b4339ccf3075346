package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/spf13/cobra"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/training"
)

const evalLong = `eval measures a model on labelled pages: the clean text by words and by
4-word shingles against the wanted one, by source, page kind and language,
with the standard deviation over resampled pages; every label's precision,
recall and calibration error by words, where pages are labelled finely; and
every block called link_spam that is not known to be.

With --folds N it trains N models, each without one fold of hosts, and
measures that fold: no page is measured by a model that saw its site. Pages
given by --hold are then measured by a model of all --data pages. Without
--folds it measures --model, or the embedded model.

--pages writes the scores of every page with a wanted text as JSON Lines: id,
source, format, page_kind, language, f1, precision, recall, shingle_f1.`

const evalExample = `  pagesieve eval --data mine.jsonl --model mine.model
  pagesieve eval --data mine.jsonl --folds 5
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
	c.Flags().StringVar(&e.pages, "pages", "", "write the scores page by page to `FILE`, as JSON Lines")
	addPreset(c, &e.page)
	return c
}

type evalFlags struct {
	hold  []string
	model string
	folds int
	json  bool
	pages string
	page  classifier.Options
}

func (e *evalFlags) check() error {
	switch {
	case e.folds == 1 || e.folds < 0 || e.folds > 100:
		return usage(fmt.Errorf("--folds %d: want 2 to 100", e.folds))
	case e.folds > 0 && e.model != "":
		return usage(errors.New("--folds trains its own models: leave --model out"))
	case len(e.hold) > 0 && e.folds == 0:
		return usage(errors.New("--hold goes with --folds: give the pages as --data"))
	}
	if e.pages == "" {
		return nil
	}
	if _, err := os.Stat(filepath.Dir(e.pages)); err != nil { // told now, not after the training
		return usage(fmt.Errorf("--pages: %w", err))
	}
	return nil
}

func eval(c *cobra.Command, f *corpusFlags, e *evalFlags) error {
	if err := errors.Join(f.check(), e.check()); err != nil {
		return err
	}
	defer tuneGC(trainGC)()
	f.progress = newProgress(c.ErrOrStderr())
	defer f.progress.end()
	measure := evalModel
	if e.folds > 0 {
		measure = evalFolds
	}
	scores, name, err := measure(c, f, e)
	if err != nil {
		return err
	}
	f.progress.end()
	report := training.NewReport(scores, name)
	// Neither a file that cannot be written nor a closed pipe costs the other.
	return errors.Join(e.writePages(scores), e.write(c.OutOrStdout(), report))
}

func (e *evalFlags) write(w io.Writer, report *training.Report) error {
	if !e.json {
		return report.WriteText(w)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(report)
}

// writePages writes the file of scores by page, if one is asked for.
func (e *evalFlags) writePages(scores []training.PageScore) error {
	if e.pages == "" {
		return nil
	}
	var lines bytes.Buffer
	err := training.WritePages(&lines, scores)
	if err == nil {
		err = replaceFile(e.pages, lines.Bytes())
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", e.pages, err)
	}
	return nil
}

// evalModel measures one model on all pages; it gives the scores and the
// model's name.
func evalModel(c *cobra.Command, f *corpusFlags, e *evalFlags) ([]training.PageScore, string, error) {
	model, err := openModel(e.model)
	if err != nil {
		return nil, "", err
	}
	f.spam, f.flat = 0, 0
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
	f.spam, f.flat = 0, 0
	held, err := f.load(c.Context(), e.hold, true, c.ErrOrStderr())
	if err != nil {
		return nil, "", err
	}
	scores = append(scores, evaluateAll(c, f, model, held.Measure, e.page)...)
	return scores, "by fold, and " + model.ModelVersion(), c.Context().Err()
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
