package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"os"
	"runtime"
	"slices"
	"time"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/training"
)

func runMeasure(ctx context.Context, args []string, stderr io.Writer) error {
	f := flag.NewFlagSet("measure", flag.ContinueOnError)
	data := list(f, "data", "`FILE` of labelled pages; may be given several times")
	only := list(f, "system", "measure this system alone; may be given several times")
	out := f.String("out", "", "`FILE` to write, JSON Lines")
	workers := f.Int("workers", runtime.GOMAXPROCS(0), "pages at the same time")
	limit := f.Duration("limit", time.Minute, "longest time for one system on one page")
	if err := parse(f, args, stderr); err != nil {
		return err
	}
	if len(*data) == 0 || *out == "" {
		return fmt.Errorf("%w: measure needs --data and --out", errUsage)
	}
	systems, err := chosen(*only)
	if err != nil {
		return err
	}
	m := measuring{systems: systems, workers: *workers, limit: *limit, done: func(n int) {
		if n%100 == 0 {
			fmt.Fprintf(stderr, "%d pages\n", n)
		}
	}}
	lines, err := m.run(ctx, readAll(*data))
	if err != nil {
		return err
	}
	var file bytes.Buffer
	enc := json.NewEncoder(&file)
	enc.SetEscapeHTML(false)
	for _, l := range lines {
		if err := enc.Encode(l); err != nil {
			return err
		}
	}
	return os.WriteFile(*out, file.Bytes(), 0o644)
}

// chosen are the systems with these names, or all.
func chosen(names []string) ([]system, error) {
	c, err := classifier.Default()
	if err != nil {
		return nil, err
	}
	all := append([]system{pagesieve(inSample, c)}, peers()...)
	if len(names) == 0 {
		return all, nil
	}
	var out []system
	for _, n := range names {
		i := slices.IndexFunc(all, func(s system) bool { return s.name == n })
		if i < 0 {
			return nil, fmt.Errorf("%w: no system %q", errUsage, n)
		}
		out = append(out, all[i])
	}
	return out, nil
}

// readAll reads labelled pages of several files, one after the other.
func readAll(files []string) iter.Seq2[training.LabeledPage, error] {
	return func(yield func(training.LabeledPage, error) bool) {
		for _, file := range files {
			for p, err := range training.Read(file) {
				if !yield(p, err) {
					return
				}
			}
		}
	}
}

func runTable(args []string, stdout, stderr io.Writer) error {
	f := flag.NewFlagSet("table", flag.ContinueOnError)
	scores := list(f, "scores", "`FILE` of scores by page, of measure or of pagesieve eval --pages; may be given several times")
	form := formFlags(f)
	if err := parse(f, args, stderr); err != nil {
		return err
	}
	if len(*scores) == 0 {
		return fmt.Errorf("%w: table needs --scores", errUsage)
	}
	var lines []training.PageLine
	for _, name := range *scores {
		of, err := readScores(name)
		if err != nil {
			return err
		}
		lines = append(lines, of...)
	}
	if len(lines) == 0 {
		return errors.New("no scores in these files")
	}
	c, err := compare(lines)
	if err != nil {
		return err
	}
	if err := form.write(stdout, c, c.grids()); err != nil || form.json {
		return err
	}
	_, err = fmt.Fprintf(stdout, "\n%s\n", c.verdict())
	return err
}

func readScores(name string) ([]training.PageLine, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read scores by page: %w", err)
	}
	defer file.Close()
	var lines []training.PageLine
	for l, err := range training.ReadPageLines(file) {
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// form is how tables are written.
type form struct{ markdown, json bool }

func formFlags(f *flag.FlagSet) *form {
	o := &form{}
	f.BoolVar(&o.markdown, "markdown", false, "write Markdown tables")
	f.BoolVar(&o.json, "json", false, "write everything as JSON")
	return o
}

func (o *form) write(w io.Writer, all any, grids []grid) error {
	switch {
	case o.json:
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		return enc.Encode(all)
	case o.markdown:
		return writeMarkdown(w, grids)
	}
	return writeText(w, grids)
}
