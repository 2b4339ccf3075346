package dir

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"github.com/pagesieve/pagesieve/training/store"
)

// log is a log open for writing.
type log struct {
	f      file
	salt   salt
	last   store.Position // of the last entry
	size   int64          // where the next frame goes
	broken error          // why nothing can be written any more
}

func (d *Dir) logName(name store.Log) string { return filepath.Join(d.path, string(name)+".log") }

// openLog opens a log for writing, makes it where there is none, and cuts a
// torn end off.
func (d *Dir) openLog(name store.Log) (*log, error) {
	f, err := d.sys.Open(d.logName(name), os.O_RDWR)
	if errors.Is(err, fs.ErrNotExist) {
		if err := d.newLog(name, func(file, salt) error { return nil }); err != nil {
			return nil, explain("create it", err)
		}
		f, err = d.sys.Open(d.logName(name), os.O_RDWR)
	}
	if err != nil {
		return nil, explain("open it", err)
	}
	l := &log{f: f}
	if err := l.recover(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return l, nil
}

// newLog puts a new file in the place of a log.
func (d *Dir) newLog(name store.Log, fill func(file, salt) error) error {
	var s salt
	rand.Read(s[:])
	return d.create(d.logName(name), func(f file) error {
		if _, err := f.WriteAt(header(s), 0); err != nil {
			return err
		}
		return fill(f, s)
	})
}

// recover finds the end of the log.
func (l *log) recover() (err error) {
	if l.salt, err = readHeader(l.f); err != nil {
		return explain("read its head", err)
	}
	info, err := l.f.Stat()
	if err != nil {
		return explain("look at it", err)
	}
	l.size = int64(headBytes)
	l.last = store.Position{}
	var buf []byte
	for {
		payload, next, err := l.salt.readFrame(l.f, l.size, info.Size(), buf)
		if errors.Is(err, errNoFrame) {
			break
		}
		if err != nil {
			return explain("read it", err)
		}
		entries, err := split(payload)
		if err != nil {
			return fmt.Errorf("byte %d: %w", l.size, err)
		}
		l.last = store.Position{Generation: l.generation(), Batch: l.size, Index: len(entries) - 1}
		l.size, buf = next, payload
	}
	if l.size == info.Size() {
		return nil
	}
	if err := l.salt.torn(l.f, l.size, info.Size()); err != nil {
		return fmt.Errorf("%w; restore the file from a copy", err)
	}
	return explain("cut off its torn end", errors.Join(l.f.Truncate(l.size), l.f.Sync()))
}

func (l *log) generation() string { return hex.EncodeToString(l.salt[:]) }

// Append writes one frame and makes it durable.
func (d *Dir) Append(ctx context.Context, name store.Log, end store.Position, entries [][]byte) ([]store.Position, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	l, err := d.writable(ctx, name, end)
	if err != nil {
		return nil, fmt.Errorf("append to %s.log: %w", name, err)
	}
	if len(entries) == 0 {
		return nil, nil
	}
	if err := l.append(entries); err != nil {
		return nil, explain("append to "+string(name)+".log", err)
	}
	at := make([]store.Position, len(entries))
	for i := range at {
		at[i] = store.Position{Generation: l.last.Generation, Batch: l.last.Batch, Index: i}
	}
	return at, nil
}

func (d *Dir) writable(ctx context.Context, name store.Log, end store.Position) (*log, error) {
	l := d.logs[name]
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case l == nil:
		return nil, store.ErrReadOnly
	case l.broken != nil:
		return nil, fmt.Errorf("it failed before and has to be opened again: %w", l.broken)
	case l.last != end:
		return nil, store.ErrConflict
	}
	return l, nil
}

func (l *log) append(entries [][]byte) error {
	frame, err := l.salt.frame(l.size, entries)
	if err != nil {
		return err
	}
	if _, err := l.f.WriteAt(frame, l.size); err != nil {
		if again := errors.Join(l.f.Truncate(l.size), l.f.Sync()); again != nil {
			l.broken = again
		}
		return err
	}
	if err := l.f.Sync(); err != nil {
		// What the disk holds now is not known, nor would another Sync tell.
		l.broken = err
		return err
	}
	l.last = store.Position{Generation: l.generation(), Batch: l.size, Index: len(entries) - 1}
	l.size += int64(len(frame))
	return nil
}

// Replace writes a new file and renames it.
func (d *Dir) Replace(ctx context.Context, name store.Log, end store.Position, entries iter.Seq2[[]byte, error]) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.writable(ctx, name, end); err != nil {
		return fmt.Errorf("replace %s.log: %w", name, err)
	}
	err := d.newLog(name, func(f file, s salt) error {
		l := &log{f: f, salt: s, size: int64(headBytes)}
		return l.fill(ctx, entries)
	})
	// Whether the new file has its name, after an error, is for reopen to see.
	err = errors.Join(err, d.reopen(name))
	return explain("replace "+string(name)+".log", err)
}

// reopen opens the file that has a log's name now.
func (d *Dir) reopen(name store.Log) error {
	l, err := d.openLog(name)
	if err != nil {
		d.logs[name].broken = err
		return err
	}
	old := d.logs[name]
	d.logs[name] = l
	return old.f.Close()
}

// fill writes entries, many to a frame, without making them durable.
func (l *log) fill(ctx context.Context, entries iter.Seq2[[]byte, error]) error {
	var batch [][]byte
	size := 0
	flush := func() error {
		frame, err := l.salt.frame(l.size, batch)
		if err == nil {
			_, err = l.f.WriteAt(frame, l.size)
		}
		l.size += int64(len(frame))
		batch, size = batch[:0], 0
		return err
	}
	for e, err := range entries {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		if len(batch) > 0 && size+len(e) > store.MaxBatch/4 {
			if err := flush(); err != nil {
				return err
			}
		}
		batch, size = append(batch, e), size+len(e)
	}
	if len(batch) == 0 {
		return nil
	}
	return flush()
}

// Read gives the entries after a position.
func (d *Dir) Read(ctx context.Context, name store.Log, after store.Position) iter.Seq2[store.Entry, error] {
	return func(yield func(store.Entry, error) bool) {
		if err := d.read(ctx, name, after, yield); err != nil {
			yield(store.Entry{}, fmt.Errorf("read %s.log: %w", name, err))
		}
	}
}

// read is Read; it returns nil when yield wants no more. What a writer is just
// appending may end in a torn frame, which is then the end.
func (d *Dir) read(ctx context.Context, name store.Log, after store.Position, yield func(store.Entry, error) bool) error {
	f, err := d.sys.Open(d.logName(name), os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) { // the writer has not made it yet
		return nil
	}
	if err != nil {
		return explain("open it", err)
	}
	defer f.Close()
	l := &log{f: f}
	if l.salt, err = readHeader(f); err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	at := int64(headBytes)
	if after != (store.Position{}) {
		if after.Generation != l.generation() || after.Batch >= info.Size() {
			return store.ErrReplaced
		}
		at = after.Batch
	}
	var buf []byte
	for at < info.Size() {
		payload, next, err := l.salt.readFrame(f, at, info.Size(), buf)
		if errors.Is(err, errNoFrame) {
			return l.salt.torn(f, at, info.Size())
		}
		if err != nil {
			return err
		}
		entries, err := split(payload)
		if err != nil {
			return err
		}
		for i, e := range entries {
			if at == after.Batch && i <= after.Index {
				continue
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if !yield(store.Entry{At: store.Position{Generation: l.generation(), Batch: at, Index: i}, Data: e}, nil) {
				return nil
			}
		}
		at, buf = next, payload
	}
	return nil
}

// Entry reads one entry.
func (d *Dir) Entry(ctx context.Context, name store.Log, at store.Position) ([]byte, error) {
	before := store.Position{Generation: at.Generation, Batch: at.Batch, Index: at.Index - 1}
	for e, err := range d.Read(ctx, name, before) {
		if err == nil && e.At != at {
			err = store.ErrNotFound
		}
		return e.Data, err
	}
	return nil, fmt.Errorf("read %s.log: %w", name, store.ErrNotFound)
}
