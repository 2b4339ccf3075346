package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"

	"github.com/pagesieve/pagesieve/training"
)

// smallPage is below what a page counts as small, in bytes of HTML.
const smallPage = 50_000

// store keeps pages in a file, so that the collector has as little to do
// between pages as in a program that reads them one by one.
type store struct {
	file *os.File
	end  int64
	sets []set
}

// set is pages that are timed together.
type set struct {
	name  string
	pages []stored
}

// stored says where a page lies.
type stored struct {
	url        string
	html, text extent
}

type extent struct {
	at int64
	n  int
}

func newStore() (*store, error) {
	f, err := os.CreateTemp("", "peers-*")
	if err != nil {
		return nil, fmt.Errorf("keep pages: %w", err)
	}
	return &store{file: f}, nil
}

// close removes the file.
func (s *store) close() error { return errors.Join(s.file.Close(), os.Remove(s.file.Name())) }

// fill puts pages of HTML and their text in; each source is a set, and the
// small pages of all of them are one more.
func (s *store) fill(ctx context.Context, pages iter.Seq2[training.LabeledPage, error]) error {
	small := set{name: "under 50 KB"}
	at := map[string]int{}
	for p, err := range pages {
		if err = errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		if p.HTML == "" {
			continue
		}
		kept, err := s.keep(ctx, p)
		if err != nil {
			return err
		}
		i, ok := at[p.Source]
		if !ok {
			i = len(s.sets)
			at[p.Source] = i
			s.sets = append(s.sets, set{name: p.Source})
		}
		s.sets[i].pages = append(s.sets[i].pages, kept)
		if len(p.HTML) < smallPage {
			small.pages = append(small.pages, kept)
		}
	}
	if len(small.pages) > 0 {
		s.sets = append(s.sets, small)
	}
	return nil
}

// keep writes a page and its text, as a user has it who took the markup away.
func (s *store) keep(ctx context.Context, p training.LabeledPage) (stored, error) {
	e, err := training.NewExample(ctx, p)
	if err != nil {
		return stored{}, err
	}
	twin, err := training.TextTwin(ctx, e)
	if err != nil {
		return stored{}, err
	}
	kept := stored{url: p.URL}
	kept.html, err = s.write(p.HTML)
	if err == nil {
		kept.text, err = s.write(twin.Page.Text)
	}
	return kept, err
}

func (s *store) write(text string) (extent, error) {
	n, err := s.file.WriteString(text)
	x := extent{s.end, n}
	s.end += int64(n)
	if err != nil {
		return x, fmt.Errorf("keep pages: %w", err)
	}
	return x, nil
}

func (s *store) read(x extent) ([]byte, error) {
	out := make([]byte, x.n)
	if _, err := s.file.ReadAt(out, x.at); err != nil {
		return nil, fmt.Errorf("read kept pages: %w", err)
	}
	return out, nil
}

// thin keeps at most n pages of a set, evenly spread; all where n is 0.
func (s set) thin(n int) set {
	if n <= 0 || len(s.pages) <= n {
		return s
	}
	out := set{name: s.name}
	for i := range n {
		out.pages = append(out.pages, s.pages[i*len(s.pages)/n])
	}
	return out
}
