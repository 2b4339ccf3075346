package dir

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/pagesieve/pagesieve/training/store"
)

// sumForm is what names a blob: it becomes the name of a file.
var sumForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

func (d *Dir) blobName(sum string) (string, error) {
	if !sumForm.MatchString(sum) {
		return "", fmt.Errorf("%w: %.80q is no SHA-256", store.ErrInvalid, sum)
	}
	return filepath.Join(d.models(), sum+".model"), nil
}

// PutBlob writes a file, whole and durable, and then its name.
func (d *Dir) PutBlob(ctx context.Context, sum string, data []byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	name, err := d.blobName(sum)
	switch {
	case err != nil:
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	case d.lock == nil:
		return store.ErrReadOnly
	}
	err = d.create(name, func(f file) error {
		_, err := f.WriteAt(data, 0)
		return err
	})
	return explain("write a model", err)
}

// Blob reads a file.
func (d *Dir) Blob(ctx context.Context, sum string) ([]byte, error) {
	name, err := d.blobName(sum)
	if err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	f, err := d.sys.Open(name, os.O_RDONLY)
	if err != nil {
		return nil, explain("open a model", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, explain("open a model", err)
	}
	data := make([]byte, info.Size())
	if _, err := f.ReadAt(data, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, explain("read a model", err)
	}
	return data, nil
}

// DeleteBlob removes a file.
func (d *Dir) DeleteBlob(ctx context.Context, sum string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	name, err := d.blobName(sum)
	switch {
	case err != nil:
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	case d.lock == nil:
		return store.ErrReadOnly
	}
	if err := d.sys.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return explain("remove a model", err)
	}
	return explain("remove a model", d.sys.SyncDir(d.models()))
}
