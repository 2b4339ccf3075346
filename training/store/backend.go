package store

import (
	"context"
	"errors"
	"iter"
)

// Log names one of a store's logs.
type Log string

// The logs.
const (
	Pages    Log = "pages"
	Versions Log = "versions"
)

// Position is the place of an entry in a log. The zero value stands before the
// first entry.
type Position struct {
	Generation string // changes when the log is replaced
	Batch      int64
	Index      int
}

// Entry is one entry of a log.
type Entry struct {
	At   Position
	Data []byte // valid until the next entry is read
}

// MaxEntry is the longest entry, and MaxBatch the most bytes that one Append
// takes, unless it is a single entry.
const (
	MaxEntry = 64 << 20
	MaxBatch = 16 << 20
)

// Backend is a place that keeps logs and blobs. It is safe for use by many
// goroutines. What a method has changed when it returns nil is durable; when
// it returns an error, or the process dies within it, all of it is done or
// none.
type Backend interface {
	// Read gives the entries of a log after a position, in order. It fails
	// with ErrReplaced when the position is of a log that has been replaced.
	Read(ctx context.Context, log Log, after Position) iter.Seq2[Entry, error]
	// Entry reads one entry.
	Entry(ctx context.Context, log Log, at Position) ([]byte, error)
	// Append adds entries to the end of a log, and says where they are. The
	// end must be at the position given, which is that of the last entry read
	// or written; else it fails with ErrConflict.
	Append(ctx context.Context, log Log, end Position, entries [][]byte) ([]Position, error)
	// Replace puts other entries in the place of all of a log's, whose end
	// must be at the position given. Nothing of the old log remains stored.
	Replace(ctx context.Context, log Log, end Position, entries iter.Seq2[[]byte, error]) error
	// PutBlob stores a blob under the SHA-256 of its bytes, in hex. It may be
	// there already.
	PutBlob(ctx context.Context, sum string, data []byte) error
	// Blob reads a blob, or fails with ErrNotFound. The caller checks the sum.
	Blob(ctx context.Context, sum string) ([]byte, error)
	// DeleteBlob removes a blob. It may be gone already.
	DeleteBlob(ctx context.Context, sum string) error
	// Close lets go of the place.
	Close() error
}

// The errors of stores and backends. They are wrapped, with what was being
// done.
var (
	ErrNotFound = errors.New("not found")
	ErrConflict = errors.New("another writer was faster")
	ErrReplaced = errors.New("the log was rewritten")
	ErrDamaged  = errors.New("stored data is damaged")
	ErrLocked   = errors.New("another process has the store open")
	ErrReadOnly = errors.New("the store is open for reading only")
	ErrFull     = errors.New("no space left")
	ErrActive   = errors.New("the version is active")
	ErrInvalid  = errors.New("not accepted")
)
