package trainer

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"google.golang.org/grpc"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/cmd/internal/models"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
	"github.com/pagesieve/pagesieve/training/retrain"
	"github.com/pagesieve/pagesieve/training/store"
)

// defaultFolds is how many held-out folds the gate measures by.
const defaultFolds = 3

// maxSkipped is how many of the skipped pages are told.
const maxSkipped = 100

type trainStream = grpc.ServerStreamingServer[pb.TrainResponse]

// Train makes a new version. It ends with the call.
func (s *service) Train(req *pb.TrainRequest, rpc trainStream) error {
	if !s.training.TryLock() {
		return models.Status(fmt.Errorf("train: %w", models.ErrTraining))
	}
	defer s.training.Unlock()
	result, err := watch(rpc, func(ctx context.Context, report func(retrain.Progress)) (*pb.TrainResult, error) {
		return s.train(ctx, req, report)
	})
	if err != nil {
		return models.Status(err)
	}
	return rpc.Send(&pb.TrainResponse{Event: &pb.TrainResponse_Result{Result: result}})
}

func (s *service) train(ctx context.Context, req *pb.TrainRequest, report func(retrain.Progress)) (*pb.TrainResult, error) {
	o := retrain.Options{
		Name: req.GetName(), WithoutBase: req.GetWithoutBase(), Folds: int(req.GetFolds()),
		Seed: req.GetSeed(), Trees: int(req.GetTrees()), Workers: s.workers, Progress: report,
	}
	if req.GetPromoteIfNotWorse() {
		o.Folds = cmp.Or(o.Folds, defaultFolds)
	}
	pages, digest, err := s.store.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	out, err := retrain.Train(ctx, pages, o)
	if err != nil {
		return nil, err
	}
	details := models.Details{Report: out.Report, HeldOut: out.HeldOut}
	if c, err := classifier.New(out.Model); err == nil {
		details.Notes = c.ModelInfo().Notes
	}
	if o.Folds > 0 {
		if details.Comparison, err = s.compare(ctx, out); err != nil {
			return nil, err
		}
	}
	v := store.Version{ID: out.ID, Parents: []string{s.active.Version()}, Pages: len(pages), PagesDigest: digest}
	result := &pb.TrainResult{Skipped: out.Skipped[:min(len(out.Skipped), maxSkipped)]}
	return result, s.keep(ctx, v, out.Model, details, req.GetPromoteIfNotWorse(), result)
}

// compare measures the active version on the pages of a training, and judges
// the new version by it.
func (s *service) compare(ctx context.Context, out *retrain.Outcome) (*retrain.Comparison, error) {
	m, v, err := s.active.Open(ctx, "active")
	if err != nil {
		return nil, err
	}
	now, err := out.Measure(ctx, m.Classifier)
	if err != nil {
		return nil, err
	}
	c := retrain.Compare(m.ModelVersion(), out.HeldOut, now, models.DetailsOf(v).HeldOut)
	return &c, nil
}

// keep stores a new version, and promotes it where that is wanted and the gate
// lets it, over the version that it was compared with and no other.
func (s *service) keep(ctx context.Context, v store.Version, model []byte, d models.Details, promote bool, result *pb.TrainResult) error {
	if d.Comparison != nil {
		v.Parents = []string{d.Comparison.Active}
	}
	var err error
	if v.Details, err = d.Encode(); err != nil {
		return err
	}
	if v, err = s.store.PutVersion(ctx, v, model); err != nil {
		return err
	}
	if promote && d.Comparison.NotWorse {
		err := s.active.PromoteOver(ctx, v.ID, d.Comparison.Active)
		result.Promoted = err == nil
		if err != nil && !errors.Is(err, store.ErrConflict) { // then it stays a candidate
			return err
		}
	}
	result.Version = s.active.Message(v, true)
	return nil
}
