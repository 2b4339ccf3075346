package batch

import (
	"context"
	"errors"
	"io"
	"sync"

	"github.com/pagesieve/pagesieve/classifier"
)

// Defaults for Options.
const (
	DefaultMaxLine     = 64 << 20
	DefaultMaxInFlight = 64 << 20
)

// Options guide Filter. Only Classify must be given.
type Options struct {
	// Classify labels one page. It is called from several goroutines, and may
	// keep nothing of the document or share it with the result after the
	// result is dropped.
	Classify func(context.Context, classifier.Document, classifier.Options) (*classifier.Result, error)

	Page        classifier.Options // for every page
	Workers     int                // 0 means GOMAXPROCS
	MaxLine     int                // longest line, in bytes; 0 means DefaultMaxLine
	MaxInFlight int64              // bytes read and not yet answered; 0 means DefaultMaxInFlight
}

// Stats counts what Filter did.
type Stats struct {
	Pages  int // lines answered, failed ones too
	Failed int // lines answered with an error
}

// Filter answers every line of in with one line on out, in order, until in
// ends. A page that fails is answered with an error and does not end the run.
// It fails if in or out do, or if ctx ends; then the answers that were ready,
// up to the first that was not, have been written. A call of in.Read that is
// blocked when ctx ends is not waited for.
func Filter(ctx context.Context, in io.Reader, out io.Writer, opts Options) (Stats, error) {
	if opts.Classify == nil {
		return Stats{}, errors.New("filter pages: no classifier given")
	}
	if opts.Workers < 0 || opts.MaxLine < 0 || opts.MaxInFlight < 0 {
		return Stats{}, errors.New("filter pages: a limit is negative")
	}
	r := newRun(opts)
	ctx, cancel := context.WithCancel(ctx)
	var workers sync.WaitGroup
	go r.read(ctx, in)
	for range r.opts.Workers {
		workers.Go(func() { r.work(ctx) })
	}
	err := r.write(ctx, out)
	cancel()
	workers.Wait()
	return r.stats, err
}
