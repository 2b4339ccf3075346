package dir

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"github.com/pagesieve/pagesieve/training/store"
)

// file is what is used of an *os.File.
type file interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
	Sync() error
	Truncate(size int64) error
	Stat() (fs.FileInfo, error)
}

// system is what is used of the operating system, so that a test can make each
// call fail.
type system interface {
	Open(name string, flag int) (file, error)
	MkdirAll(name string) error
	Rename(from, to string) error
	Remove(name string) error
	ReadDir(name string) ([]fs.DirEntry, error)
	SyncDir(name string) error // makes what was created, renamed and removed in it durable
}

type osSystem struct{}

func (osSystem) Open(name string, flag int) (file, error) { return os.OpenFile(name, flag, 0o600) }
func (osSystem) MkdirAll(name string) error               { return os.MkdirAll(name, 0o700) }
func (osSystem) Rename(from, to string) error             { return os.Rename(from, to) }
func (osSystem) Remove(name string) error                 { return os.Remove(name) }
func (osSystem) ReadDir(name string) ([]fs.DirEntry, error) {
	return os.ReadDir(name)
}

func (osSystem) SyncDir(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// explain wraps an error of the operating system in ours.
func explain(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG):
		return fmt.Errorf("%s: %w: %w", doing, store.ErrFull, err)
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s: %w: %w", doing, store.ErrReadOnly, err)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: %w: %w", doing, store.ErrNotFound, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}
