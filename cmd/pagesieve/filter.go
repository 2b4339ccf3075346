package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/cmd/internal/batch"
)

const filterLong = `filter reads pages as JSON Lines from standard input and writes one line for
each, in the same order, to standard output.

A line in:   {"id", "url"?, "html"|"text", "content_type"?}
A line out:  {"id", "text", "title"?, "language"?, "page_kind", "verdict", "quality",
              "blocks": [{"text", "label", "role"?, "probability", "start", "end"}], "model",
              "signals"?}
or, for a page that cannot be read:
             {"id", "error": {"code", "message"}}

Strings are UTF-8, whatever charset the page or content_type names; start and
end count bytes of the page's own string. Blank lines are skipped. Answers are
written at once when no more input waits, so a program may send a page and
read its answer before it sends the next. Ctrl-C ends the run with the answers
that are ready. The exit code is 1 if any page failed.`

const filterExample = `  pagesieve filter < pages.jsonl > answers.jsonl
  zcat pages.jsonl.gz | pagesieve filter --format markdown | jq -r .text
  pagesieve filter --preset precision --labels body,comment < pages.jsonl`

func newFilter() *cobra.Command {
	opts := batch.Options{}
	var model string
	c := &cobra.Command{
		Use:     "filter",
		Short:   "Classify pages in bulk: JSON Lines in, JSON Lines out",
		Long:    filterLong,
		Example: filterExample,
		Args:    noArgs("pages come on standard input"),
		RunE:    running(func(c *cobra.Command, _ []string) error { return filter(c, model, opts) }),
	}
	addChoice(c, "format", choice[classifier.TextFormat]{&opts.Page.Format, []string{"text", "markdown"},
		[]classifier.TextFormat{classifier.PlainText, classifier.Markdown}}, "form of the clean text")
	addPageFlags(c, &opts.Page)
	addSignals(c, &opts.Page)
	c.Flags().IntVar(&opts.Workers, "workers", 0, "pages at work at one time (default one for each processor)")
	c.Flags().StringVar(&model, "model", "", "model `FILE` (default the embedded model)")
	return c
}

func filter(c *cobra.Command, model string, opts batch.Options) error {
	if opts.Workers < 0 {
		return usage(fmt.Errorf("--workers %d: want 0 or more", opts.Workers))
	}
	var err error
	if opts.Classify, err = local(model); err != nil {
		return err
	}
	defer tuneGC(filterGC)()
	stats, err := batch.Filter(c.Context(), c.InOrStdin(), c.OutOrStdout(), opts)
	if err != nil {
		return fmt.Errorf("filter: after %d pages: %w", stats.Pages, err)
	}
	if stats.Failed > 0 {
		return hint(pagesFailed{stats.Failed, stats.Pages}, "the lines of these pages say why in their field error")
	}
	return nil
}
