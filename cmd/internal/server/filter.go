package server

import (
	"context"
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
	classify Classify
	maxBytes int           // longest page
	maxTime  time.Duration // longest time for one page
	workers  int           // pages of one stream at a time
	draining context.Context
	observe  *observer
}

// Classify answers for one page. The interceptor makes the error a status.
func (f *filter) Classify(ctx context.Context, req *pb.ClassifyRequest) (*pb.ClassifyResponse, error) {
	return f.answer(ctx, req)
}

// answer decodes, classifies, encodes. A panic in the classifier becomes an
// error here, for a stream's pages run outside any interceptor.
func (f *filter) answer(ctx context.Context, req *pb.ClassifyRequest) (resp *pb.ClassifyResponse, err error) {
	defer func() {
		if p := recover(); p != nil {
			resp, err = nil, newPanic(p)
		}
	}()
	doc, opts, err := wire.FromRequest(req)
	if err != nil {
		return nil, err
	}
	if opts.MaxBytes == 0 || opts.MaxBytes > f.maxBytes {
		opts.MaxBytes = f.maxBytes
	}
	ctx, cancel := context.WithTimeout(ctx, f.maxTime)
	defer cancel()
	if err := ctx.Err(); err != nil { // nobody waits any more: do not start
		return nil, err
	}
	result, err := f.classify(ctx, doc, opts)
	if err != nil {
		return nil, err
	}
	if req.GetOptions().GetOmitBlocks() {
		lean := *result
		lean.Blocks = nil
		result = &lean
	}
	resp = wire.Response(result)
	resp.Id = req.GetPage().GetId()
	return resp, nil
}

// pageBytes is the length of the page in a request.
func pageBytes(req *pb.ClassifyRequest) int {
	page := req.GetPage()
	return len(page.GetHtml()) + len(page.GetHtmlString()) + len(page.GetText()) + len(page.GetTextBytes())
}
