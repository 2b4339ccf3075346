// Pagesieved-s3 is pagesieved whose --store may be a bucket too, so that many
// servers share labelled pages and versions of the model:
//
//	pagesieved-s3 --store s3://BUCKET/PREFIX
//
// AWS_ENDPOINT_URL says where the service is (Amazon's where it is not set),
// AWS_REGION in which region, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY who
// asks. All servers may write: see package s3.
//
// It is a module of its own, for its client of S3.
package main

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/pagesieve/pagesieve/cmd/internal/daemon"
	"github.com/pagesieve/pagesieve/training/store"
	"github.com/pagesieve/pagesieve/training/store/dir"
	"github.com/pagesieve/pagesieve/training/store/s3"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	os.Exit(daemon.Run(ctx, os.Args[1:], os.Stdout, os.Stderr, daemon.Options{Store: open}))
}

// open opens a bucket, or a folder where the name is none of a bucket.
func open(ctx context.Context, where string, readOnly bool) (store.Backend, error) {
	if !strings.HasPrefix(where, "s3://") {
		return dir.Open(where, dir.Options{ReadOnly: readOnly})
	}
	o, err := options(where, os.Getenv)
	if err != nil {
		return nil, err
	}
	o.ReadOnly = readOnly
	return s3.Open(ctx, o)
}

// options are what a bucket's name and the environment say.
func options(where string, env func(string) string) (s3.Options, error) {
	bucket, prefix, _ := strings.Cut(strings.TrimPrefix(where, "s3://"), "/")
	if bucket == "" {
		return s3.Options{}, fmt.Errorf("%w: %s names no bucket: want s3://BUCKET/PREFIX", store.ErrInvalid, where)
	}
	if prefix != "" && !strings.HasSuffix(prefix, "/") {
		prefix += "/"
	}
	at, err := url.Parse(cmp.Or(env("AWS_ENDPOINT_URL"), "https://s3.amazonaws.com"))
	if err != nil || at.Host == "" || at.Scheme != "http" && at.Scheme != "https" {
		return s3.Options{}, fmt.Errorf("%w: AWS_ENDPOINT_URL: want a URL such as https://host:port", store.ErrInvalid)
	}
	return s3.Options{
		Endpoint: at.Host, Plain: at.Scheme == "http", Bucket: bucket, Prefix: prefix, Region: env("AWS_REGION"),
		AccessKey: env("AWS_ACCESS_KEY_ID"), SecretKey: env("AWS_SECRET_ACCESS_KEY"),
	}, nil
}
