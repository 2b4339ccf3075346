package trainer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"google.golang.org/grpc"

	"github.com/pagesieve/pagesieve/cmd/internal/models"
	"github.com/pagesieve/pagesieve/cmd/internal/wire"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
	"github.com/pagesieve/pagesieve/training"
	"github.com/pagesieve/pagesieve/training/retrain"
)

// maxSent is how many bytes of pages one Evaluate takes.
const maxSent = 256 << 20

type evaluateStream = grpc.ClientStreamingServer[pb.EvaluateRequest, pb.EvaluateResponse]

// Evaluate measures a version.
func (s *service) Evaluate(rpc evaluateStream) error {
	version, pages, err := receivePages(rpc)
	if err != nil {
		return models.Status(err)
	}
	ctx := rpc.Context()
	m, _, err := s.active.Open(ctx, cmp.Or(version, "active"))
	if err == nil && len(pages) == 0 {
		pages, err = s.storedPages(ctx)
	}
	if err != nil {
		return models.Status(err)
	}
	report, err := retrain.Report(ctx, m.Classifier, pages, s.workers)
	if err != nil {
		return models.Status(err)
	}
	return rpc.SendAndClose(&pb.EvaluateResponse{Version: m.ModelVersion(), Report: models.Report(report)})
}

func receivePages(rpc evaluateStream) (version string, pages []training.LabeledPage, err error) {
	size := 0
	for first := true; ; first = false {
		req, err := rpc.Recv()
		if errors.Is(err, io.EOF) {
			return version, pages, nil
		}
		if err != nil {
			return "", nil, err
		}
		if first {
			version = req.GetVersion()
		}
		if req.GetPage() == nil {
			continue
		}
		if size += len(req.GetPage().GetHtml()) + len(req.GetPage().GetText()); size > maxSent {
			return "", nil, fmt.Errorf("%w: over %d MiB of pages: send them in several calls, or store them", models.ErrRequest, maxSent>>20)
		}
		p, err := wire.FromLabeledPage(req.GetPage())
		if err != nil {
			return "", nil, err
		}
		p.Source = "sent"
		pages = append(pages, p)
	}
}

func (s *service) storedPages(ctx context.Context) ([]training.LabeledPage, error) {
	stored, _, err := s.store.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	var pages []training.LabeledPage
	for _, p := range stored {
		l, err := retrain.Labeled(p)
		if err != nil {
			return nil, err
		}
		pages = append(pages, l)
	}
	return pages, nil
}
