package soak

import (
	"errors"
	"io"
	"testing"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// operator stores pages, trains and promotes.
type operator struct {
	training pb.TrainingServiceClient
	models   pb.ModelServiceClient
}

func (p *process) operator(t testing.TB) operator {
	conn := p.dial(t)
	return operator{pb.NewTrainingServiceClient(conn), pb.NewModelServiceClient(conn)}
}

// add stores pages, and fails the test where one is not taken.
func (o operator) add(t testing.TB, pages []*pb.LabeledPage) {
	t.Helper()
	stream, err := o.training.AddPages(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for _, p := range pages {
			if stream.Send(&pb.AddPagesRequest{Page: p}) != nil {
				return
			}
		}
		_ = stream.CloseSend()
	}()
	answered, refused := 0, 0
	for ; ; answered++ {
		a, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if a.GetError() != nil {
			refused++
			t.Logf("not stored: %v", a.GetError().GetMessage())
		}
	}
	if answered != len(pages) || refused > len(pages)/50 {
		t.Fatalf("%d pages sent, %d answered, %d refused", len(pages), answered, refused)
	}
}

// train trains, and gives back the new version.
func (o operator) train(t testing.TB, req *pb.TrainRequest) (*pb.Version, error) {
	t.Helper()
	stream, err := o.training.Train(t.Context(), req)
	if err != nil {
		return nil, err
	}
	return result(stream, func() {})
}

// promote makes a version answer.
func (o operator) promote(t testing.TB, version string) error {
	_, err := o.models.PromoteVersion(t.Context(), &pb.PromoteVersionRequest{Version: version})
	return err
}
