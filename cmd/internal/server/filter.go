package server

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/cmd/internal/wire"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// Classify labels one page: the method of a classifier.Classifier, or a
// test's. It must be safe for use by many goroutines.
type Classify func(context.Context, classifier.Document, classifier.Options) (*classifier.Result, error)

// filter is FilterService.
type filter struct {
	pb.UnimplementedFilterServiceServer
	classify  Classify
	maxBytes  int           // longest page
	maxBlocks int           // most blocks of a page; 0 means the classifier's own limit
	maxTime   time.Duration // longest time for one page
	workers   int           // pages of one stream at a time
	places    *places       // for the pages being classified
	metrics   *Metrics
	draining  context.Context
	observe   *observer
	gate      *gate
}

// Classify answers for one page. The interceptor makes the error a status.
func (f *filter) Classify(ctx context.Context, req *pb.ClassifyRequest) (*pb.ClassifyResponse, error) {
	return f.answer(ctx, req, false)
}

// answer decodes, classifies, encodes, and counts.
func (f *filter) answer(ctx context.Context, req *pb.ClassifyRequest, stream bool) (*pb.ClassifyResponse, error) {
	result, err := f.result(ctx, req, stream)
	f.metrics.page(statusOf(err).Code(), pageBytes(req))
	if err != nil {
		return nil, err
	}
	if req.GetOptions().GetOmitBlocks() {
		lean := *result
		lean.Blocks = nil
		result = &lean
	}
	resp := wire.Response(result)
	resp.Id = req.GetPage().GetId()
	return resp, nil
}

// result is the classifier's, when there is a place for the page. The wait is
// bounded by the caller's time, the work by the server's too.
func (f *filter) result(ctx context.Context, req *pb.ClassifyRequest, stream bool) (*classifier.Result, error) {
	doc, opts, err := wire.FromRequest(req)
	if err != nil {
		return nil, err
	}
	opts.MaxBytes = bounded(opts.MaxBytes, f.maxBytes)
	opts.MaxBlocks = bounded(opts.MaxBlocks, f.maxBlocks)
	if err := f.wait(ctx, stream); err != nil {
		if errors.Is(err, errBusy) {
			f.metrics.shed(shedQueue)
			err = fmt.Errorf("%w: too many pages are waiting", err)
		}
		return nil, err
	}
	defer f.places.leave()
	return f.work(ctx, doc, opts)
}

// wait takes a place. A unary call waits no longer than it might work, for
// an HTTP request brings no deadline of its own.
func (f *filter) wait(ctx context.Context, stream bool) error {
	if stream {
		return f.places.enter(ctx, true)
	}
	ctx, cancel := context.WithTimeout(ctx, f.maxTime)
	defer cancel()
	return f.places.enter(ctx, false)
}

// work classifies. A panic in the classifier becomes an error here, for a
// stream's pages run outside any interceptor.
func (f *filter) work(ctx context.Context, doc classifier.Document, opts classifier.Options) (result *classifier.Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			result, err = nil, newPanic(p)
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, f.maxTime)
	defer cancel()
	if err := ctx.Err(); err != nil { // nobody waits any more: do not start
		return nil, err
	}
	start := time.Now()
	if result, err = f.classify(ctx, doc, opts); err == nil {
		f.metrics.result(result, time.Since(start))
	}
	return result, err
}

// bounded is the limit that holds: the one asked for, unless it is 0 or higher
// than the server's, where that is not 0.
func bounded(asked, own int) int {
	if own > 0 && (asked == 0 || asked > own) {
		return own
	}
	return asked
}

// pageBytes is the length of the page in a request.
func pageBytes(req *pb.ClassifyRequest) int {
	page := req.GetPage()
	return len(page.GetHtml()) + len(page.GetHtmlString()) + len(page.GetText()) + len(page.GetTextBytes())
}
