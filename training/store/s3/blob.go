package s3

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"github.com/pagesieve/pagesieve/training/store"
)

// sumForm is what names a blob: it becomes the name of an object.
var sumForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

func blobName(sum string) (string, error) {
	if !sumForm.MatchString(sum) {
		return "", fmt.Errorf("%w: %.80q is no SHA-256", store.ErrInvalid, sum)
	}
	return "models/" + sum, nil
}

// PutBlob writes an object.
func (b *Bucket) PutBlob(ctx context.Context, sum string, data []byte) error {
	key, err := blobName(sum)
	switch {
	case err != nil:
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	case b.readOnly:
		return store.ErrReadOnly
	}
	return b.put(ctx, key, data, false)
}

// Blob reads an object.
func (b *Bucket) Blob(ctx context.Context, sum string) ([]byte, error) {
	key, err := blobName(sum)
	if err != nil {
		return nil, err
	}
	return b.get(ctx, key)
}

// DeleteBlob removes an object.
func (b *Bucket) DeleteBlob(ctx context.Context, sum string) error {
	key, err := blobName(sum)
	switch {
	case err != nil:
		return err
	case b.readOnly:
		return store.ErrReadOnly
	}
	if err := b.remove(ctx, key); !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return nil
}
