package main

import (
	"context"
	"flag"
	"fmt"
	"io"

	"github.com/pagesieve/pagesieve/classifier"
)

func runSpeed(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	f := flag.NewFlagSet("speed", flag.ContinueOnError)
	data := list(f, "data", "`FILE` of pages, each a set of its own; may be given several times")
	rounds := f.Int("rounds", 5, "how often everything is timed")
	most := f.Int("pages", 0, "at most this many pages of a set, evenly spread (default all)")
	form := formFlags(f)
	if err := parse(f, args, stderr); err != nil {
		return err
	}
	if len(*data) == 0 || *rounds < 1 {
		return fmt.Errorf("%w: speed needs --data, and --rounds of at least 1", errUsage)
	}
	c, err := classifier.Default()
	if err != nil {
		return err
	}
	s, err := newStore()
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.fill(ctx, readAll(*data)); err != nil {
		return err
	}
	r := race{store: s, contenders: contenders(c), rounds: *rounds, done: func(set string, round int) {
		fmt.Fprintf(stderr, "%s: round %d of %d\n", set, round, *rounds)
	}}
	return r.all(ctx, *most, form, stdout)
}

// all times every set of the store and writes its table as soon as it is
// there, for a run may take long; JSON comes at the end.
func (r race) all(ctx context.Context, most int, form *form, stdout io.Writer) error {
	var all []timing
	for i, set := range r.store.sets {
		t, err := r.run(ctx, set.thin(most))
		if err != nil {
			return err
		}
		all = append(all, t...)
		if form.json {
			continue
		}
		if i > 0 {
			fmt.Fprintln(stdout)
		}
		if err := form.write(stdout, t, []grid{speedGrid(t)}); err != nil {
			return err
		}
	}
	if form.json {
		return form.write(stdout, all, nil)
	}
	return nil
}

// speedGrid is the table of one set.
func speedGrid(of []timing) grid {
	g := grid{title: fmt.Sprintf("CPU time on %s, pages: %d", of[0].Set, of[0].Pages)}
	g.rows = append(g.rows, []string{"contender", "ms/page", "MB/s", "× pagesieve", "lowest–highest", "allocs/page", "KB/page", "no answer"})
	for _, t := range of {
		g.rows = append(g.rows, []string{
			t.Name, fmt.Sprintf("%.3f", t.Millis), fmt.Sprintf("%.0f", t.MBps),
			fmt.Sprintf("%.2f", t.Ratio), fmt.Sprintf("%.2f–%.2f", t.Lowest, t.Highest),
			fmt.Sprintf("%.0f", t.Allocs), fmt.Sprintf("%.0f", t.KB), fmt.Sprint(t.Failed),
		})
	}
	return g
}
