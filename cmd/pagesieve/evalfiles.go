package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/pagesieve/pagesieve/training"
)

// evalFiles are what eval writes beside its report; empty names are not
// written.
type evalFiles struct {
	pages, plot, tables string
}

func (f *evalFiles) add(c *cobra.Command) {
	c.Flags().StringVar(&f.pages, "pages", "", "write the scores page by page to `FILE`, as JSON Lines")
	c.Flags().StringVar(&f.plot, "plot", "", "draw how far the probabilities can be relied on to `FILE`, as SVG")
	c.Flags().StringVar(&f.tables, "tables", "", "write the reliability, and the presets where measured, to `FILE`, as tables in Markdown")
}

// check tells now, and not after the training, what cannot be written.
func (f *evalFiles) check() error {
	for _, file := range [...]struct{ flag, name string }{{"--pages", f.pages}, {"--plot", f.plot}, {"--tables", f.tables}} {
		if file.name == "" {
			continue
		}
		if _, err := os.Stat(filepath.Dir(file.name)); err != nil {
			return usage(fmt.Errorf("%s: %w", file.flag, err))
		}
	}
	return nil
}

// write writes each of the files; one that fails does not cost the others.
func (f *evalFiles) write(scores []training.PageScore, report *training.Report) error {
	return errors.Join(
		writeReport(f.pages, func(w io.Writer) error { return training.WritePages(w, scores) }),
		writeReport(f.plot, report.WritePlot),
		writeReport(f.tables, report.WriteTables),
	)
}

// writeReport writes a file, if it has a name.
func writeReport(name string, write func(io.Writer) error) error {
	if name == "" {
		return nil
	}
	var content bytes.Buffer
	err := write(&content)
	if err == nil {
		err = replaceFile(name, content.Bytes())
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}
