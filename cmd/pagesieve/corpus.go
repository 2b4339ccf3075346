package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/training"
)

// corpusFlags are those that train and eval share.
type corpusFlags struct {
	data     []string
	spam     float64
	flat     float64
	altered  float64
	text     bool
	seed     uint64
	trees    int
	trial    *training.TrialOptions // spam to put in where pages are measured
	presets  bool                   // measure with every preset
	progress *progress
}

func (f *corpusFlags) add(c *cobra.Command) {
	c.Flags().StringArrayVar(&f.data, "data", nil, "`FILE` of labelled pages as JSON Lines (.jsonl, also .gz, .xz, .zst), or a folder of such; may be given several times. FILE@KIND gives pages without a kind one: article, forum, product, collection, listing, documentation or service")
	c.Flags().Float64Var(&f.spam, "spam", 0.8, "share of the pages that get link spam and honest look-alikes put in before they teach, 0 to 1")
	c.Flags().Float64Var(&f.flat, "flat", 0.6, "share of the pages that teach once more without classes and nesting, 0 to 1")
	c.Flags().Float64Var(&f.altered, "altered", 0.4, "share of the articles that teach once more with most of their content cut away, and again with another page's content after theirs, 0 to 1")
	c.Flags().BoolVar(&f.text, "text", true, "let every HTML page teach as plain text too, for pages whose markup is gone")
	c.Flags().Uint64Var(&f.seed, "seed", 1, "the same pages and seed give the same model")
	c.Flags().IntVar(&f.trees, "trees", 0, "trees of each pool (default the trainer's)")
}

func (f *corpusFlags) check() error {
	switch {
	case len(f.data) == 0:
		return usage(errors.New("no labelled pages given: --data FILE"))
	case f.spam < 0 || f.spam > 1:
		return usage(fmt.Errorf("--spam %v: want 0 to 1", f.spam))
	case f.flat < 0 || f.flat > 1:
		return usage(fmt.Errorf("--flat %v: want 0 to 1", f.flat))
	case f.altered < 0 || f.altered > 1:
		return usage(fmt.Errorf("--altered %v: want 0 to 1", f.altered))
	case f.trees < 0 || f.trees > 10000:
		return usage(fmt.Errorf("--trees %d: want 0 to 10000", f.trees))
	}
	return nil
}

func (f *corpusFlags) options(name string) training.Options {
	return training.Options{Name: name, Seed: f.seed, Trees: f.trees, Progress: f.progress.stage}
}

// load reads and splits all pages. A page that cannot be read is told and left
// out; a file that cannot be is an error.
func (f *corpusFlags) load(ctx context.Context, files []string, heldOut bool, stderr io.Writer) (*training.Corpus, error) {
	pages, skipped, err := readPages(ctx, files, stderr)
	if err != nil {
		return nil, err
	}
	o := training.CorpusOptions{Spam: f.spam, HeldOut: heldOut, Twins: f.text, Flat: f.flat, Altered: f.altered, Trial: f.trial, Presets: f.presets, Seed: f.seed}
	o.Done = func(n int) { f.progress.stage("split", n, len(pages)) }
	corpus, err := training.NewCorpus(ctx, pages, o)
	if err != nil {
		return nil, err
	}
	for _, err := range corpus.Failed {
		skipped++
		tellSkipped(stderr, skipped, err)
	}
	if len(corpus.Measure) == 0 {
		return nil, hint(fmt.Errorf("none of the %d pages can be used", len(pages)+skipped), "each line needs id, html or text, and main_text or spans")
	}
	return corpus, nil
}

func readPages(ctx context.Context, files []string, stderr io.Writer) (pages []training.LabeledPage, skipped int, err error) {
	for _, file := range files {
		file, kind, err := fileAndKind(file)
		if err != nil {
			return nil, 0, err
		}
		for p, err := range training.Read(file) {
			if ctx.Err() != nil {
				return nil, 0, ctx.Err()
			}
			if errors.Is(err, training.ErrPage) {
				skipped++
				tellSkipped(stderr, skipped, err)
				continue
			}
			if err != nil {
				return nil, 0, err
			}
			p.PageKind = cmp.Or(p.PageKind, kind)
			pages = append(pages, p)
		}
	}
	if len(pages) == 0 {
		return nil, 0, hint(errors.New("no labelled page could be read"), "each line needs id, html or text, and main_text or spans")
	}
	return pages, skipped, nil
}

// fileAndKind parts FILE@KIND, by which the pages of a set that is all of one
// kind get it where they do not tell.
func fileAndKind(arg string) (file, kind string, err error) {
	at := strings.LastIndexByte(arg, '@')
	if at < 0 {
		return arg, "", nil
	}
	if _, err := os.Stat(arg); err == nil {
		return arg, "", nil
	}
	file, kind = arg[:at], arg[at+1:]
	for k := range classifier.NumPageKinds {
		if classifier.PageKind(k).String() == kind {
			return file, kind, nil
		}
	}
	return "", "", usage(fmt.Errorf("--data %s: %q is no kind of page", arg, kind))
}

// maxTold is how many skipped pages are named.
const maxTold = 10

func tellSkipped(stderr io.Writer, n int, err error) {
	switch {
	case n <= maxTold:
		message, _, _ := strings.Cut(err.Error(), "\n")
		fmt.Fprintf(stderr, "pagesieve: skipped: %s\n", printable(message))
	case n == maxTold+1:
		fmt.Fprintln(stderr, "pagesieve: skipped: and more")
	}
}
