package batch

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"

	"golang.org/x/sync/semaphore"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/block"
)

// queuePerWorker is how many pages may wait, so that a large page does not
// leave the other workers idle.
const queuePerWorker = 16

// run is one call of Filter. Every task goes to tasks, for the workers, and
// to order, for the writer, which waits for each task's answer in turn.
type run struct {
	opts     Options
	tasks    chan *task
	order    chan *task
	inFlight *semaphore.Weighted
	readErr  error // set before order is closed
	stats    Stats // the writer's
}

type task struct {
	line   line
	weight int64
	done   chan outcome // holds one
}

type outcome struct {
	data   []byte
	failed bool  // data tells why
	ended  error // the run ended before there was an answer
}

func newRun(opts Options) *run {
	if opts.Workers == 0 {
		opts.Workers = runtime.GOMAXPROCS(0)
	}
	if opts.MaxLine == 0 {
		opts.MaxLine = DefaultMaxLine
	}
	if opts.MaxInFlight == 0 {
		opts.MaxInFlight = DefaultMaxInFlight
	}
	return &run{
		opts:     opts,
		tasks:    make(chan *task),
		order:    make(chan *task, queuePerWorker*opts.Workers),
		inFlight: semaphore.NewWeighted(opts.MaxInFlight),
	}
}

// read makes tasks of lines.
func (r *run) read(ctx context.Context, in io.Reader) {
	defer close(r.order)
	defer close(r.tasks)
	for l, err := range lines(in, r.opts.MaxLine) {
		if err == nil {
			err = r.submit(ctx, l)
		}
		if err != nil {
			r.readErr = err
			return
		}
	}
}

// submit waits until the line may be in flight: a line longer than all that
// may be so goes alone.
func (r *run) submit(ctx context.Context, l line) error {
	t := &task{line: l, weight: min(int64(len(l.data)), r.opts.MaxInFlight), done: make(chan outcome, 1)}
	if err := r.inFlight.Acquire(ctx, t.weight); err != nil {
		return err
	}
	for _, queue := range []chan *task{r.order, r.tasks} {
		select {
		case queue <- t:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func (r *run) work(ctx context.Context) {
	for {
		select {
		case t, ok := <-r.tasks:
			if !ok {
				return
			}
			o := r.answer(ctx, t.line)
			t.line.data = nil // it may wait long for its turn to be written
			t.done <- o
		case <-ctx.Done():
			return
		}
	}
}

// answer reads, classifies and encodes one line.
func (r *run) answer(ctx context.Context, l line) outcome {
	p, result, err := r.classify(ctx, l)
	if err != nil && ctx.Err() != nil {
		return outcome{ended: ctx.Err()}
	}
	if err == nil {
		var data []byte
		if data, err = encode(newAnswer(p.id, result)); err == nil {
			return outcome{data: data}
		}
	}
	data, _ := encode(failure{orEmpty(p.id), NewError(err)}) // strings always encode
	return outcome{data: data, failed: true}
}

// classify gives the page's id even where it fails. A panic is the page's
// failure, since the other pages of a long run have no part in it.
func (r *run) classify(ctx context.Context, l line) (p page, result *classifier.Result, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("line %d: classify: panic: %v", l.number, v)
		}
	}()
	p, err = readPage(l.data)
	if l.tooLong {
		return p, nil, fmt.Errorf("line %d: longer than %d bytes: %w", l.number, r.opts.MaxLine, block.ErrTooLarge)
	}
	if err != nil {
		return p, nil, fmt.Errorf("line %d: %w: %w", l.number, ErrInvalid, err)
	}
	result, err = r.opts.Classify(ctx, p.document(), r.opts.Page)
	if err == nil && result == nil {
		err = errors.New("classify: no result")
	}
	return p, result, err
}

// write puts answers out in the order of their lines. It flushes each time
// that it would have to wait: that costs one call a page at most, and whoever
// waits for an answer before sending the next page gets it.
func (r *run) write(ctx context.Context, out io.Writer) error {
	w := bufio.NewWriterSize(out, 64<<10)
	err := r.writeAll(ctx, w)
	if flushErr := w.Flush(); err == nil && flushErr != nil {
		err = fmt.Errorf("write answers: %w", flushErr)
	}
	return err
}

func (r *run) writeAll(ctx context.Context, w *bufio.Writer) error {
	for {
		t, ok, err := receive(ctx, r.order, w.Flush)
		if err != nil {
			return err
		}
		if !ok {
			return r.readErr
		}
		o, _, err := receive(ctx, t.done, w.Flush)
		if err == nil {
			err = o.ended
		}
		if err != nil {
			return err
		}
		if _, err := w.Write(o.data); err != nil {
			return fmt.Errorf("write answers: %w", err)
		}
		r.inFlight.Release(t.weight)
		r.stats.Pages++
		if o.failed {
			r.stats.Failed++
		}
	}
}

// receive takes the next value from ch, and calls idle before it waits for
// one. What is there already is taken even if ctx has ended.
func receive[T any](ctx context.Context, ch <-chan T, idle func() error) (v T, ok bool, err error) {
	select {
	case v, ok = <-ch:
		return v, ok, nil
	default:
	}
	if err := idle(); err != nil {
		return v, false, fmt.Errorf("write answers: %w", err)
	}
	select {
	case v, ok = <-ch:
		return v, ok, nil
	case <-ctx.Done():
	}
	select { // both may have been ready
	case v, ok = <-ch:
		return v, ok, nil
	default:
		return v, false, ctx.Err()
	}
}
