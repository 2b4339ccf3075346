// Package watch keeps what was read from files up to date: certificates and
// credentials that are renewed while a server runs.
package watch

import (
	"context"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync/atomic"
	"time"
)

// maxFile is the longest file read, in bytes.
const maxFile = 16 << 20

// Files is a value read from some files. It is looked at by content and not by
// time, for mounted secrets are exchanged behind links.
type Files[T any] struct {
	paths []string
	parse func([][]byte) (T, error)
	value atomic.Pointer[T]
	seen  [sha256.Size]byte // of the contents last parsed, well or not; Watch's alone
}

// Open reads the files, and parses their contents, in the order of the paths.
func Open[T any](parse func(contents [][]byte) (T, error), paths ...string) (*Files[T], error) {
	f := &Files[T]{paths: paths, parse: parse}
	_, err := f.read()
	return f, err
}

// Value is what was read last without error.
func (f *Files[T]) Value() T { return *f.value.Load() }

// Watch looks at the files at each interval until ctx ends. Files that cannot
// be read or parsed leave the value as it is; the log tells of them once.
func (f *Files[T]) Watch(ctx context.Context, every time.Duration, log *slog.Logger) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	missing := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		changed, err := f.read()
		switch {
		case err != nil && (changed || !missing):
			log.Error("reading changed files: going on with what was read before", "files", strings.Join(f.paths, " "), "error", err)
		case err == nil && changed:
			log.Info("read changed files", "files", strings.Join(f.paths, " "))
		}
		missing = err != nil
	}
}

// read reads the files and parses them if they have changed.
func (f *Files[T]) read() (changed bool, err error) {
	contents := make([][]byte, len(f.paths))
	all := sha256.New()
	for i, path := range f.paths {
		if contents[i], err = readFile(path); err != nil {
			return false, err
		}
		fmt.Fprintf(all, "%d:", len(contents[i]))
		all.Write(contents[i])
	}
	sum := [sha256.Size]byte(all.Sum(nil))
	if sum == f.seen {
		return false, nil
	}
	f.seen = sum
	value, err := f.parse(contents)
	if err != nil {
		return true, fmt.Errorf("%s: %w", strings.Join(f.paths, ", "), err)
	}
	f.value.Store(&value)
	return true, nil
}

func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxFile {
		return nil, fmt.Errorf("%s: not a file of at most %d bytes", path, maxFile)
	}
	return os.ReadFile(path)
}
