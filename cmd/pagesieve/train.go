package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/pagesieve/pagesieve/training"
)

const trainLong = `train makes a model of labelled pages and writes it to a file, which score,
filter and pagesieved take with --model.

A labelled page is one line of JSON:
  {"id", "url", "html"|"text", "main_text"?, "spans": [{"text", "label"}]?, "page_kind"?}
with either the wanted text alone, or the page's text in order with a label on
each piece. The same pages, options and program give the same bytes.

With --server a running pagesieved trains on the pages that it stores (see
'pagesieve label'), and keeps the model as a version (see 'pagesieve models').
Ctrl-C cancels the training.`

const trainExample = `  pagesieve train --data mine.jsonl --out mine.model
  pagesieve train --data pages/ --data more.jsonl.xz --out mine.model --name mine
  pagesieve eval --data held-out.jsonl --model mine.model
  pagesieve train --server localhost:8420 --promote-if-not-worse`

func newTrain() *cobra.Command {
	f := &corpusFlags{}
	r := &remoteTraining{}
	var out, name string
	c := &cobra.Command{
		Use:     "train {--data FILE... --out FILE | --server ADDR}",
		Short:   "Train a model on labelled pages",
		Long:    trainLong,
		Example: trainExample,
		Args:    cobra.NoArgs,
		RunE: running(func(c *cobra.Command, _ []string) error {
			if err := r.check(c); err != nil {
				return err
			}
			if r.server != "" {
				return r.train(c, name, f.seed, f.trees)
			}
			return train(c, f, out, name)
		}),
	}
	f.add(c)
	r.add(c)
	c.Flags().StringVar(&out, "out", "", "`FILE` to write the model to")
	c.Flags().StringVar(&name, "name", "", "name of the model (default that of the file, or \"trained\" on a server)")
	return c
}

func train(c *cobra.Command, f *corpusFlags, out, name string) error {
	if err := f.check(); err != nil {
		return err
	}
	if out == "" {
		return usage(errors.New("no file to write to: --out FILE"))
	}
	if name == "" {
		name = stem(out)
	}
	defer tuneGC(trainGC)()
	f.progress = newProgress(c.ErrOrStderr())
	defer f.progress.end()
	corpus, err := f.load(c.Context(), f.data, false, c.ErrOrStderr())
	if err != nil {
		return err
	}
	learn := corpus.Learn // and let go of the clean copies
	m, err := training.Train(c.Context(), learn, f.options(name))
	if err != nil {
		return err
	}
	data := training.Encode(m)
	if err := replaceFile(out, data); err != nil {
		return fmt.Errorf("write model: %w", err)
	}
	f.progress.end()
	fmt.Fprintf(c.OutOrStdout(), "%s: model %s-%s of %d pages, %d bytes\n", out, m.Name, m.Digest[:12], len(learn), len(data))
	return nil
}

// stem is a file's name without folder and extension.
func stem(path string) string {
	base := filepath.Base(path)
	return base[:len(base)-len(filepath.Ext(base))]
}

// replaceFile writes a file whole or not at all.
func replaceFile(path string, data []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".pagesieve-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(data)
	err = errors.Join(err, tmp.Chmod(0o644), tmp.Sync(), tmp.Close())
	if err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}
