package s3

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"github.com/pagesieve/pagesieve/training/store"
)

// Options say where the bucket is. All but Prefix, Region and the flags are
// required.
type Options struct {
	Endpoint  string // host:port
	Plain     bool   // http in place of https
	Bucket    string // it must exist
	Prefix    string // of all names in it, such as "pagesieve/"
	Region    string // where the service wants one
	AccessKey string
	SecretKey string
	ReadOnly  bool // write nothing: for following
}

// Bucket is a store's backend in a bucket. It is safe for use by many
// goroutines, and so are several on one bucket.
type Bucket struct {
	client   *minio.Client
	bucket   string
	prefix   string
	readOnly bool

	mu   sync.Mutex
	ends map[store.Log]store.Position // of each log, as far as it was read or written
}

var _ store.Backend = (*Bucket)(nil)

// Open looks whether the bucket is there. What a writer that died left over is
// removed.
func Open(ctx context.Context, o Options) (*Bucket, error) {
	client, err := newClient(o)
	if err != nil {
		return nil, fmt.Errorf("open the bucket: %w", err)
	}
	b := &Bucket{client: client, bucket: o.Bucket, prefix: o.Prefix, readOnly: o.ReadOnly, ends: map[store.Log]store.Position{}}
	there, err := client.BucketExists(ctx, o.Bucket)
	if err != nil {
		return nil, explain(ctx, "open the bucket", err)
	}
	if !there {
		return nil, fmt.Errorf("open the bucket %q: %w", o.Bucket, store.ErrNotFound)
	}
	if o.ReadOnly {
		return b, nil
	}
	for _, log := range []store.Log{store.Pages, store.Versions} {
		if err := b.sweep(ctx, log); err != nil {
			return nil, fmt.Errorf("remove what was left over of the %s log: %w", log, err)
		}
	}
	return b, nil
}

func newClient(o Options) (*minio.Client, error) {
	return minio.New(o.Endpoint, &minio.Options{
		Creds:  credentials.NewStaticV4(o.AccessKey, o.SecretKey, ""),
		Secure: !o.Plain,
		Region: o.Region,
	})
}

// Close has nothing to let go of.
func (b *Bucket) Close() error { return nil }

// get reads an object whole.
func (b *Bucket) get(ctx context.Context, name string) ([]byte, error) {
	object, err := b.client.GetObject(ctx, b.bucket, b.prefix+name, minio.GetObjectOptions{})
	if err != nil {
		return nil, explain(ctx, "read "+name, err)
	}
	defer object.Close()
	data, err := io.ReadAll(io.LimitReader(object, maxObject+1))
	if err != nil {
		return nil, explain(ctx, "read "+name, err)
	}
	if len(data) > maxObject {
		return nil, fmt.Errorf("read %s: %w: it is longer than %d MiB", name, store.ErrDamaged, maxObject>>20)
	}
	return data, nil
}

// put writes an object; where create is set, it fails with store.ErrConflict
// if there is one of that name.
func (b *Bucket) put(ctx context.Context, name string, data []byte, create bool) error {
	o := minio.PutObjectOptions{ContentType: "application/octet-stream", DisableMultipart: true}
	if create {
		o.SetMatchETagExcept("*")
	}
	_, err := b.client.PutObject(ctx, b.bucket, b.prefix+name, bytes.NewReader(data), int64(len(data)), o)
	return explain(ctx, "write "+name, err)
}

func (b *Bucket) remove(ctx context.Context, name string) error {
	return explain(ctx, "remove "+name, b.client.RemoveObject(ctx, b.bucket, b.prefix+name, minio.RemoveObjectOptions{}))
}

// list names the objects whose names begin so, in order, from the first after
// one.
func (b *Bucket) list(ctx context.Context, begin, after string) ([]minio.ObjectInfo, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	o := minio.ListObjectsOptions{Prefix: b.prefix + begin, Recursive: true}
	if after != "" {
		o.StartAfter = b.prefix + after
	}
	var out []minio.ObjectInfo
	for info := range b.client.ListObjects(ctx, b.bucket, o) {
		if info.Err != nil {
			return nil, explain(ctx, "list "+begin, info.Err)
		}
		info.Key = strings.TrimPrefix(info.Key, b.prefix)
		out = append(out, info)
	}
	return out, ctx.Err()
}

// explain wraps an error of the service in ours.
func explain(ctx context.Context, doing string, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", doing, ctx.Err())
	}
	var r minio.ErrorResponse
	if !errors.As(err, &r) {
		return fmt.Errorf("%s: %w", doing, err)
	}
	kind := error(nil)
	switch {
	case r.StatusCode == http.StatusPreconditionFailed, r.StatusCode == http.StatusConflict:
		kind = store.ErrConflict
	case r.StatusCode == http.StatusNotFound:
		kind = store.ErrNotFound
	case r.StatusCode == http.StatusForbidden && r.Code != "QuotaExceeded":
		kind = store.ErrReadOnly
	case r.StatusCode == http.StatusInsufficientStorage, r.Code == "QuotaExceeded", r.Code == "XMinioStorageFull":
		kind = store.ErrFull
	default:
		return fmt.Errorf("%s: %w", doing, err)
	}
	return fmt.Errorf("%s: %w: %w", doing, kind, err)
}
