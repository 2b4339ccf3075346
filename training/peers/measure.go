package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/pagesieve/pagesieve/training"
)

// How a page without scores ended stands at the start of its line's error.
const (
	endedPanic   = "panic"
	endedTimeout = "timeout"
	endedNothing = "no answer"
)

// measuring says how pages are measured.
type measuring struct {
	systems []system
	workers int
	limit   time.Duration // for one system on one page
	done    func(pages int)
}

// run measures every system on every page of HTML whose wanted text is known.
// A page that cannot be read ends it: a table must not depend on what is
// skipped.
func (m measuring) run(ctx context.Context, pages iter.Seq2[training.LabeledPage, error]) ([]training.PageLine, error) {
	var mu sync.Mutex
	var lines []training.PageLine
	n := 0
	var g errgroup.Group
	g.SetLimit(max(1, m.workers))
	for p, err := range pages {
		if err != nil {
			return nil, errors.Join(g.Wait(), err)
		}
		if ctx.Err() != nil {
			break
		}
		if p.HTML == "" || p.MainText == nil {
			continue
		}
		g.Go(func() error {
			of := m.page(ctx, &p)
			mu.Lock()
			defer mu.Unlock()
			lines = append(lines, of...)
			n++
			m.done(n)
			return nil
		})
	}
	if err := errors.Join(g.Wait(), ctx.Err()); err != nil {
		return nil, err
	}
	slices.SortFunc(lines, func(a, b training.PageLine) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.ID, b.ID), m.order(a.System)-m.order(b.System))
	})
	return lines, nil
}

func (m measuring) order(name string) int {
	return slices.IndexFunc(m.systems, func(s system) bool { return s.name == name })
}

func (m measuring) page(ctx context.Context, p *training.LabeledPage) []training.PageLine {
	lines := make([]training.PageLine, len(m.systems))
	for i, s := range m.systems {
		l := training.PageLine{System: s.name, Source: p.Source, Format: "html", ID: p.ID, Kind: p.PageKind, Language: p.Language}
		text, ended := s.bounded(ctx, []byte(p.HTML), p.URL, m.limit)
		if ended == "" {
			score := training.Compare(text, *p.MainText)
			l.F1, l.Precision, l.Recall, l.Shingle = score.F1, score.Precision, score.Recall, score.Shingle
		}
		l.Error = ended
		lines[i] = l
	}
	return lines
}

// bounded runs a system on one page for at most limit. The peers cannot be
// stopped: one that takes longer is left behind and its answer thrown away.
func (s system) bounded(ctx context.Context, page []byte, url string, limit time.Duration) (text, ended string) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	type answer struct{ text, ended string }
	out := make(chan answer, 1)
	go func() {
		text, ended := s.guarded(ctx, page, url)
		out <- answer{text, ended}
	}()
	select {
	case a := <-out:
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return "", fmt.Sprintf("%s after %v", endedTimeout, limit)
		}
		return a.text, a.ended
	case <-ctx.Done():
		return "", fmt.Sprintf("%s after %v", endedTimeout, limit)
	}
}

// guarded runs a system and turns a panic or an error into how it ended.
func (s system) guarded(ctx context.Context, page []byte, url string) (text, ended string) {
	defer func() {
		if r := recover(); r != nil {
			text, ended = "", firstLine(fmt.Sprintf("%s: %v", endedPanic, r))
		}
	}()
	text, err := s.extract(ctx, page, url)
	if err != nil {
		return "", firstLine(fmt.Sprintf("%s: %v", endedNothing, err))
	}
	return text, ""
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
