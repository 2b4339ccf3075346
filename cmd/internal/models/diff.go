package models

import (
	"cmp"
	"context"
	"fmt"

	"google.golang.org/grpc"

	"github.com/pagesieve/pagesieve/classifier"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
	"github.com/pagesieve/pagesieve/training"
	"github.com/pagesieve/pagesieve/training/retrain"
)

// The most changes that DiffVersions sends where the request does not say, and
// ever.
const (
	defaultChanges = 1000
	maxChanges     = 100_000
)

func (s *service) DiffVersions(req *pb.DiffVersionsRequest, to grpc.ServerStreamingServer[pb.DiffVersionsResponse]) error {
	d := &diff{send: to.Send, changes: map[labels]int64{}, left: cmp.Or(int(req.GetMaxChanges()), defaultChanges)}
	if d.left < 0 || d.left > maxChanges {
		return Status(fmt.Errorf("%w: max_changes %d: want 0 to %d", ErrRequest, d.left, maxChanges))
	}
	return Status(s.diff(to.Context(), req, d))
}

func (s *service) diff(ctx context.Context, req *pb.DiffVersionsRequest, d *diff) (err error) {
	if d.a, _, err = s.active.Open(ctx, cmp.Or(req.GetFrom(), "active")); err != nil {
		return err
	}
	if d.b, _, err = s.active.Open(ctx, req.GetTo()); err != nil {
		return err
	}
	d.summary.From, d.summary.To = d.a.ModelVersion(), d.b.ModelVersion()
	pages, _, err := s.store.Snapshot(ctx)
	if err != nil {
		return err
	}
	for _, p := range pages {
		l, err := retrain.Labeled(p)
		if err == nil {
			err = d.page(ctx, l)
		} else {
			d.summary.Failed++
			err = nil
		}
		if err != nil {
			return err
		}
	}
	d.summary.Changes = labelCounts(d.changes)
	return d.send(&pb.DiffVersionsResponse{Event: &pb.DiffVersionsResponse_Summary{Summary: &d.summary}})
}

// diff is one running comparison.
type diff struct {
	a, b    *loaded
	send    func(*pb.DiffVersionsResponse) error
	left    int // changes that may still be sent
	changes map[labels]int64
	summary pb.DiffSummary
}

// page compares one page. Its error ends the comparison.
func (d *diff) page(ctx context.Context, p training.LabeledPage) error {
	doc := classifier.Document{URL: p.URL, Text: []byte(p.Text)}
	if p.HTML != "" {
		doc = classifier.Document{URL: p.URL, HTML: []byte(p.HTML), ContentType: "text/html; charset=utf-8"}
	}
	x, err := d.a.Classify(ctx, doc, classifier.Options{})
	if err == nil {
		var y *classifier.Result
		if y, err = d.b.Classify(ctx, doc, classifier.Options{}); err == nil {
			return d.tell(p.ID, x, y)
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	d.summary.Failed++
	return nil
}

func (d *diff) tell(page string, x, y *classifier.Result) error {
	changed := retrain.Differences(x, y)
	d.summary.Pages++
	d.summary.Blocks += int64(len(x.Blocks))
	if len(changed) > 0 {
		d.summary.ChangedPages++
	}
	for _, c := range changed {
		d.changes[labels{c.From, c.To}]++
		if d.left == 0 {
			continue
		}
		d.left--
		if err := d.send(&pb.DiffVersionsResponse{Event: &pb.DiffVersionsResponse_Change{Change: change(page, c)}}); err != nil {
			return err
		}
	}
	return nil
}
