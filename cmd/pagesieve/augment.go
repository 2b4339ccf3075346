package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/training"
	"github.com/pagesieve/pagesieve/training/augment"
)

const augmentLong = `augment puts link spam, and honest lists that look like it, into labelled
pages and writes them as labelled pages: every block with its label, and
"not_body" or "unmarked" where the pages told no more. A page that gets some
is called by its id with "+spam" behind it; the others stay as they are. The
same pages, flags and seed give the same bytes, in any order of the pages.

train and eval do the same on the fly (--spam, --spam-report): this command is
for looking at the pages, for spam of your own lists, and for other programs.`

const augmentExample = `  pagesieve augment --data mine.jsonl --out spammed.jsonl
  pagesieve augment --data mine.jsonl --out - --kinds casino,loans --languages de --places footer,hidden
  pagesieve augment --data mine.jsonl --out look-alikes.jsonl --honest only
  pagesieve augment --data mine.jsonl --out spammed.jsonl --lists my-lists/`

type augmentFlags struct {
	data   []string
	out    string
	seed   uint64
	share  float64
	honest string
	spam   spamFlags
}

func newAugment() *cobra.Command {
	f := augmentFlags{}
	c := &cobra.Command{
		Use:     "augment --data FILE... --out FILE",
		Short:   "Put link spam and honest look-alikes into labelled pages",
		Long:    augmentLong,
		Example: augmentExample,
		Args:    cobra.NoArgs,
		RunE:    running(func(c *cobra.Command, _ []string) error { return f.run(c) }),
	}
	c.Flags().StringArrayVar(&f.data, "data", nil, "`FILE` of labelled pages as JSON Lines, or a folder of such; may be given several times")
	c.Flags().StringVar(&f.out, "out", "", "`FILE` to write the pages to, - for standard output")
	c.Flags().Uint64Var(&f.seed, "seed", 1, "the same pages and seed give the same spam")
	c.Flags().Float64Var(&f.share, "share", 1, "share of the pages that get some, 0 to 1")
	addChoice(c, "honest", choice[string]{&f.honest, []string{"with", "only", "none"}, []string{"with", "only", "none"}}, "honest look-alikes beside the spam, only them, or none")
	f.spam.add(c, "", augment.Training, augment.HeldOut, augment.All)
	return c
}

func (f *augmentFlags) run(c *cobra.Command) error {
	switch {
	case len(f.data) == 0:
		return usage(errors.New("no labelled pages given: --data FILE"))
	case f.out == "":
		return usage(errors.New("no file to write to: --out FILE"))
	case !(f.share >= 0 && f.share <= 1):
		return usage(fmt.Errorf("--share %v: want 0 to 1", f.share))
	}
	o, err := f.options()
	if err != nil {
		return err
	}
	if f.out == "-" {
		_, _, err := f.write(c.Context(), c.OutOrStdout(), c.ErrOrStderr(), o)
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(f.out), ".pagesieve-*")
	if err != nil {
		return fmt.Errorf("write pages: %w", err)
	}
	defer os.Remove(tmp.Name())
	pages, spammed, err := f.write(c.Context(), tmp, c.ErrOrStderr(), o)
	if err := errors.Join(err, tmp.Chmod(0o644), tmp.Close()); err != nil {
		return err
	}
	if err := os.Rename(tmp.Name(), f.out); err != nil {
		return fmt.Errorf("write pages: %w", err)
	}
	fmt.Fprintf(c.OutOrStdout(), "%s: %d pages, %d of them with something put in\n", f.out, pages, spammed)
	return nil
}

func (f *augmentFlags) options() (augment.Options, error) {
	o, err := f.spam.options()
	switch f.honest {
	case "only":
		o.Spam, o.Honest = -1, max(o.Honest, 1)
	case "none":
		o.Honest = -1
	}
	if err == nil && !o.Possible() {
		err = usage(errors.New("no list is left to draw from: --kinds names none of what --honest asks for"))
	}
	return o, err
}

// batchPages is how many pages are worked on at a time.
const batchPages = 64

// write reads the pages batch by batch and writes them in order.
func (f *augmentFlags) write(ctx context.Context, w io.Writer, stderr io.Writer, o augment.Options) (pages, spammed int, err error) {
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	skipped := 0
	flush := func(batch []training.LabeledPage) error {
		made := make([]augmented, len(batch))
		bayes.Parallel(len(batch), runtime.GOMAXPROCS(0), func(i int) {
			if ctx.Err() == nil {
				made[i] = f.augment(ctx, batch[i], o)
			}
		})
		for _, m := range made {
			if m.err != nil {
				skipped++
				tellSkipped(stderr, skipped, m.err)
				continue
			}
			if err := enc.Encode(m.page); err != nil {
				return fmt.Errorf("write pages: %w", err)
			}
			pages++
			if m.pieces > 0 {
				spammed++
			}
		}
		return ctx.Err()
	}
	var batch []training.LabeledPage
	for _, file := range f.data {
		for p, err := range training.Read(file) {
			if errors.Is(err, training.ErrPage) {
				skipped++
				tellSkipped(stderr, skipped, err)
				continue
			}
			if err != nil {
				return pages, spammed, err
			}
			if batch = append(batch, p); len(batch) == batchPages {
				if err := flush(batch); err != nil {
					return pages, spammed, err
				}
				batch = batch[:0]
			}
		}
	}
	err = errors.Join(flush(batch), out.Flush())
	if err == nil && pages == 0 {
		err = hint(errors.New("no labelled page could be read"), "each line needs id, html or text, and main_text or spans")
	}
	return pages, spammed, err
}

type augmented struct {
	page   training.LabeledPage
	pieces int
	err    error
}

func (f *augmentFlags) augment(ctx context.Context, p training.LabeledPage, o augment.Options) augmented {
	seed := augment.Seed(f.seed, p.ID)
	if augment.Share(seed) >= f.share {
		return augmented{page: p}
	}
	o.URL = p.URL
	out, injected, err := training.SpammedPage(ctx, p, seed, o)
	return augmented{out, len(injected), err}
}
