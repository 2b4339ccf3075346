package trainer

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"google.golang.org/grpc"

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
	result, err := s.trainAlone(req, rpc)
	if err != nil {
		return models.Status(err)
	}
	return rpc.Send(&pb.TrainResponse{Event: &pb.TrainResponse_Result{Result: result}})
}

// trainAlone trains while no other call does. Another may as soon as it
// returns, for who has the result may begin the next training at once.
func (s *service) trainAlone(req *pb.TrainRequest, rpc trainStream) (*pb.TrainResult, error) {
	if !s.training.TryLock() {
		return nil, fmt.Errorf("train: %w", models.ErrTraining)
	}
	defer s.training.Unlock()
	return watch(rpc, func(ctx context.Context, report func(retrain.Progress)) (*pb.TrainResult, error) {
		return s.train(ctx, req, report)
	})
}

func (s *service) train(ctx context.Context, req *pb.TrainRequest, report func(retrain.Progress)) (*pb.TrainResult, error) {
	o := retrain.Options{
		Name: req.GetName(), WithoutBase: req.GetWithoutBase(), Folds: int(req.GetFolds()),
		Seed: req.GetSeed(), Trees: int(req.GetTrees()), Workers: s.workers,
	}
	if req.GetPromoteIfNotWorse() {
		o.Folds = cmp.Or(o.Folds, defaultFolds)
	}
	job := Job{Options: o, Compare: o.Folds > 0, Idle: canIdle}
	active, v, err := s.active.Open(ctx, "active")
	if err == nil && job.Compare {
		job.Active, err = s.modelOf(ctx, v)
	}
	if err != nil {
		return nil, err
	}
	out, of, err := s.runOnStored(ctx, job, report)
	if err != nil {
		return nil, err
	}
	details := models.Details{Notes: out.Notes, Report: out.Report, HeldOut: out.HeldOut}
	if job.Compare {
		if out.Version != active.ModelVersion() {
			return nil, fmt.Errorf("train: measured the model %s: want %s", out.Version, active.ModelVersion())
		}
		c := retrain.Compare(active.ModelVersion(), out.HeldOut, out.Active, models.DetailsOf(v).HeldOut)
		details.Comparison = &c
	}
	v = store.Version{ID: out.ID, Parents: []string{active.ModelVersion()}, Pages: of.pages, PagesDigest: of.digest}
	result := &pb.TrainResult{Skipped: out.Skipped[:min(len(out.Skipped), maxSkipped)]}
	return result, s.keep(ctx, v, out.Model, details, req.GetPromoteIfNotWorse(), result)
}

// snapshot is the pages that a model was trained on.
type snapshot struct {
	pages  int
	digest string
}

// runOnStored does a Job on the stored pages. If there is no idle time for it, it
// begins anew with more of a claim, on the pages that are stored then.
func (s *service) runOnStored(ctx context.Context, job Job, report func(retrain.Progress)) (*Result, snapshot, error) {
	pages, digest, err := s.store.Snapshot(ctx)
	if err != nil {
		return nil, snapshot{}, err
	}
	of := snapshot{len(pages), digest}
	out, err := s.run(ctx, job, pages, report)
	if job.Idle && errors.Is(err, ErrStarved) {
		job.Idle = false
		return s.runOnStored(ctx, job, report)
	}
	return out, of, err
}

// modelOf is the file of a version, empty where it is the embedded one.
func (s *service) modelOf(ctx context.Context, v store.Version) ([]byte, error) {
	if v.ID == "" {
		return s.builtIn, nil
	}
	return s.store.Model(ctx, v.ID)
}

// keep stores a new version, and promotes it where that is wanted and the gate
// lets it, over the version that it was compared with and no other.
func (s *service) keep(ctx context.Context, v store.Version, model []byte, d models.Details, promote bool, result *pb.TrainResult) error {
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
