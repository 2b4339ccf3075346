package s3

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/pagesieve/pagesieve/training/store"
)

// Replace writes a new generation, says so at the end of the old one, and
// removes that.
func (b *Bucket) Replace(ctx context.Context, log store.Log, end store.Position, entries iter.Seq2[[]byte, error]) error {
	old, err := b.writable(ctx, log, end)
	if err != nil {
		return err
	}
	next := strings.ToLower(rand.Text())
	last, err := b.fill(ctx, log, next, entries)
	if err == nil {
		err = b.move(ctx, log, old, end.Batch+1, next)
		if err != nil && !errors.Is(err, store.ErrConflict) {
			return fmt.Errorf("replace the %s log: %w", log, err) // it may have moved: sweep will see
		}
	}
	if err != nil { // nothing leads to the new generation
		return fmt.Errorf("replace the %s log: %w", log, errors.Join(err, b.clear(context.WithoutCancel(ctx), log, next)))
	}
	b.setEnd(log, last)
	if old != first {
		err = b.shorten(ctx, log, next)
	}
	return errors.Join(err, b.clear(ctx, log, old))
}

// move says as batch n of a generation that another has taken its place.
func (b *Bucket) move(ctx context.Context, log store.Log, old string, n int64, next string) error {
	key := name(log, old, n)
	err := b.put(ctx, key, object(key, kindMoved, []byte(next)), true)
	if errors.Is(err, store.ErrConflict) { // by another writer, or by an answer that was lost and a second try
		if got, err := b.batch(ctx, key); err != nil || got.kind == kindMoved && string(got.payload) == next {
			return err
		}
	}
	return err
}

// fill writes the entries of a new generation, many to an object, and says
// where it ends.
func (b *Bucket) fill(ctx context.Context, log store.Log, generation string, entries iter.Seq2[[]byte, error]) (end store.Position, err error) {
	var some [][]byte
	size := 0
	flush := func() error {
		payload, err := join(some)
		if err != nil {
			return err
		}
		key := name(log, generation, end.Batch+1)
		end = store.Position{Generation: generation, Batch: end.Batch + 1, Index: len(some) - 1}
		some, size = some[:0], 0
		return b.put(ctx, key, object(key, kindEntry, payload), false) // nobody else knows the generation
	}
	for e, err := range entries {
		if err != nil {
			return end, err
		}
		if len(some) > 0 && size+len(e) > store.MaxBatch/4 {
			if err := flush(); err != nil {
				return end, err
			}
		}
		some, size = append(some, e), size+len(e)
	}
	if len(some) == 0 {
		return end, nil
	}
	return end, flush()
}

// shorten has the first generation name the present one, so that readers do
// not have to go through all between.
func (b *Bucket) shorten(ctx context.Context, log store.Log, present string) error {
	keys, err := b.list(ctx, folder(log, first), "")
	if err != nil || len(keys) == 0 {
		return err
	}
	key := keys[len(keys)-1].Key
	return b.put(ctx, key, object(key, kindMoved, []byte(present)), false)
}

// clear removes the entries of a generation, but not the word where it went:
// that keeps writers from going on there.
func (b *Bucket) clear(ctx context.Context, log store.Log, generation string) error {
	keys, err := b.list(ctx, folder(log, generation), "")
	if err != nil || len(keys) == 0 {
		return err
	}
	last := keys[len(keys)-1].Key
	got, err := b.batch(ctx, last)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return nil // another clears it
	case err != nil:
		return err
	case got.kind == kindMoved:
		keys = keys[:len(keys)-1]
	}
	for _, k := range keys {
		if err := b.remove(ctx, k.Key); err != nil {
			return err
		}
	}
	return nil
}

// unfinishedAfter is the age at which a generation that nothing leads to is
// taken for one that its writer did not finish.
const unfinishedAfter = time.Hour

// sweep removes what writers left over that died while they replaced a log.
func (b *Bucket) sweep(ctx context.Context, log store.Log) error {
	keys, err := b.list(ctx, "logs/"+string(log)+"/", "")
	if err != nil {
		return err
	}
	present, err := b.current(ctx, log)
	if err != nil {
		return err
	}
	for i, k := range keys {
		generation, _, err := numberOf(k.Key)
		if err != nil {
			return err
		}
		if i+1 < len(keys) && strings.HasPrefix(keys[i+1].Key, folder(log, generation)) || generation == present {
			continue // not the last of its generation, or the one in force
		}
		got, err := b.batch(ctx, k.Key)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if err == nil && (got.kind == kindMoved || time.Since(k.LastModified) > unfinishedAfter) {
			if err := b.clear(ctx, log, generation); err != nil {
				return err
			}
		}
	}
	return nil
}
