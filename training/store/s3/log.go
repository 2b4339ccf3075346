package s3

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"path"
	"strconv"
	"strings"

	"github.com/minio/minio-go/v7"

	"github.com/pagesieve/pagesieve/training/store"
)

// first is the generation in which every log begins.
const first = "0"

func folder(log store.Log, generation string) string {
	return "logs/" + string(log) + "/" + generation + "/"
}

// number is the name of a batch in its folder; names sort as numbers do.
func number(n int64) string { return fmt.Sprintf("%016d", n) }

func name(log store.Log, generation string, n int64) string {
	return folder(log, generation) + number(n)
}

// numberOf is the inverse of name.
func numberOf(key string) (generation string, n int64, err error) {
	n, err = strconv.ParseInt(path.Base(key), 10, 64)
	if err != nil || n < 1 {
		return "", 0, fmt.Errorf("%.200q: %w: its name is none of a log", key, store.ErrDamaged)
	}
	return path.Base(path.Dir(key)), n, nil
}

// Read gives the entries after a position.
func (b *Bucket) Read(ctx context.Context, log store.Log, after store.Position) iter.Seq2[store.Entry, error] {
	return func(yield func(store.Entry, error) bool) {
		if err := b.read(ctx, log, after, yield); err != nil {
			yield(store.Entry{}, fmt.Errorf("read the %s log: %w", log, err))
		}
	}
}

// read is Read; it returns nil when yield wants no more.
func (b *Bucket) read(ctx context.Context, log store.Log, after store.Position, yield func(store.Entry, error) bool) error {
	generation, last := after.Generation, after
	if generation == "" {
		generation = first
	}
	for {
		moved, err := b.readGeneration(ctx, log, generation, after, &last, yield)
		switch {
		case errors.Is(err, errEnough):
			return nil
		case err != nil:
			return err
		case moved == "":
			b.setEnd(log, last)
			return nil
		case after != (store.Position{}):
			return store.ErrReplaced
		}
		generation, last = moved, store.Position{}
	}
}

// errEnough: the reader wants no more.
var errEnough = errors.New("enough")

// readGeneration reads one generation, and says which has taken its place.
func (b *Bucket) readGeneration(ctx context.Context, log store.Log, generation string, after store.Position, last *store.Position, yield func(store.Entry, error) bool) (moved string, err error) {
	keys, moved, err := b.generation(ctx, log, generation, after)
	if err != nil || moved != "" {
		return moved, err
	}
	for got, err := range b.fetch(ctx, keys) {
		if errors.Is(err, store.ErrNotFound) { // removed since it was listed
			return "", store.ErrReplaced
		}
		if err != nil {
			return "", err
		}
		if err := got.entries(generation, after, last, yield); err != nil {
			return "", err
		}
	}
	return "", nil
}

// generation lists the batches of a generation that may hold entries after a
// position, or says which other has taken its place.
func (b *Bucket) generation(ctx context.Context, log store.Log, generation string, after store.Position) (keys []minio.ObjectInfo, moved string, err error) {
	from := ""
	if after != (store.Position{}) { // its own batch too, which must still be there
		from = name(log, generation, after.Batch-1)
	}
	keys, err = b.list(ctx, folder(log, generation), from)
	if err != nil {
		return nil, "", err
	}
	if after != (store.Position{}) {
		if len(keys) == 0 || path.Base(keys[0].Key) != number(after.Batch) {
			return nil, "", store.ErrReplaced
		}
		if b.isEnd(log, after) {
			keys = keys[1:]
		}
	}
	if len(keys) == 0 {
		return nil, "", nil
	}
	got, err := b.batch(ctx, keys[len(keys)-1].Key)
	if errors.Is(err, store.ErrNotFound) {
		return nil, "", store.ErrReplaced
	}
	if err == nil && got.kind == kindMoved {
		return nil, string(got.payload), nil
	}
	return keys, "", err
}

// entries yields those of a batch that stand after a position.
func (g batch) entries(generation string, after store.Position, last *store.Position, yield func(store.Entry, error) bool) error {
	entries, err := split(g.key, g.payload)
	if err != nil {
		return err
	}
	for i, e := range entries {
		if generation == after.Generation && g.n == after.Batch && i <= after.Index {
			continue
		}
		at := store.Position{Generation: generation, Batch: g.n, Index: i}
		if !yield(store.Entry{At: at, Data: e}, nil) {
			return errEnough
		}
		*last = at
	}
	return nil
}

// setEnd notes where a log ends.
func (b *Bucket) setEnd(log store.Log, end store.Position) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ends[log] = end
}

// isEnd says whether a position was the end of a log when it was last read or
// written.
func (b *Bucket) isEnd(log store.Log, at store.Position) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.ends[log] == at
}

// end is where a log ends, as far as is known, and in which generation.
func (b *Bucket) end(ctx context.Context, log store.Log) (end store.Position, generation string, err error) {
	b.mu.Lock()
	end, known := b.ends[log]
	b.mu.Unlock()
	if known && end.Generation != "" {
		return end, end.Generation, nil
	}
	for e, err := range b.Read(ctx, log, store.Position{}) { // empty, or not yet read
		if err != nil {
			return end, "", err
		}
		end = e.At
	}
	if end.Generation != "" {
		return end, end.Generation, nil
	}
	generation, err = b.current(ctx, log)
	return end, generation, err
}

// current is the generation of a log that is in force.
func (b *Bucket) current(ctx context.Context, log store.Log) (string, error) {
	for generation := first; ; {
		_, moved, err := b.generation(ctx, log, generation, store.Position{})
		if err != nil || moved == "" {
			return generation, err
		}
		generation = moved
	}
}

// Append writes the next object of a log.
func (b *Bucket) Append(ctx context.Context, log store.Log, end store.Position, entries [][]byte) ([]store.Position, error) {
	generation, err := b.writable(ctx, log, end)
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	payload, err := join(entries)
	if err != nil {
		return nil, fmt.Errorf("append to the %s log: %w", log, err)
	}
	key := name(log, generation, end.Batch+1)
	if err := b.put(ctx, key, object(key, kindEntry, payload), true); err != nil {
		return nil, fmt.Errorf("append to the %s log: %w", log, err)
	}
	at := make([]store.Position, len(entries))
	for i := range at {
		at[i] = store.Position{Generation: generation, Batch: end.Batch + 1, Index: i}
	}
	b.setEnd(log, at[len(at)-1])
	return at, nil
}

// writable says in which generation a log whose end is known goes on.
func (b *Bucket) writable(ctx context.Context, log store.Log, end store.Position) (generation string, err error) {
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case b.readOnly:
		return "", fmt.Errorf("write the %s log: %w", log, store.ErrReadOnly)
	}
	known, generation, err := b.end(ctx, log)
	if err == nil && known != end {
		err = fmt.Errorf("write the %s log: %w", log, store.ErrConflict)
	}
	return generation, err
}

// Entry reads one entry.
func (b *Bucket) Entry(ctx context.Context, log store.Log, at store.Position) ([]byte, error) {
	if strings.ContainsAny(at.Generation, "/.") {
		return nil, store.ErrInvalid
	}
	key := name(log, at.Generation, at.Batch)
	got, err := b.batch(ctx, key)
	if err != nil {
		return nil, err
	}
	entries, err := split(key, got.payload)
	if err == nil && (at.Index < 0 || at.Index >= len(entries) || got.kind != kindEntry) {
		err = fmt.Errorf("%s: %w", key, store.ErrNotFound)
	}
	if err != nil {
		return nil, err
	}
	return entries[at.Index], nil
}
