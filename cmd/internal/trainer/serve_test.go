package trainer_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"sync"
	"testing"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/cmd/internal/client"
	"github.com/pagesieve/pagesieve/cmd/internal/models"
	"github.com/pagesieve/pagesieve/cmd/internal/server"
	"github.com/pagesieve/pagesieve/cmd/internal/trainer"
	"github.com/pagesieve/pagesieve/cmd/internal/wire"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
	"github.com/pagesieve/pagesieve/training"
	"github.com/pagesieve/pagesieve/training/pages"
	"github.com/pagesieve/pagesieve/training/retrain"
	"github.com/pagesieve/pagesieve/training/store"
	"github.com/pagesieve/pagesieve/training/store/dir"
)

// running is a server with a store, and clients of it.
type running struct {
	pb.TrainingServiceClient
	models pb.ModelServiceClient
	filter pb.FilterServiceClient
	active *models.Active
	store  *store.Store
}

// start starts a server on the store in a folder until the test ends. Its
// built-in model is the embedded one where none is given, and it trains here.
func start(t *testing.T, path string, model []byte, follow bool) running {
	t.Helper()
	return startWith(t, path, model, follow, nil)
}

// startWith is start with another way to train.
func startWith(t *testing.T, path string, model []byte, follow bool, run trainer.Run) running {
	t.Helper()
	d, err := dir.Open(path, dir.Options{ReadOnly: follow})
	check(t, err)
	s, err := store.Open(t.Context(), d, store.Options{Follow: follow})
	check(t, err)
	builtIn, err := classifier.Default()
	if model != nil {
		builtIn, err = classifier.New(model)
	}
	check(t, err)
	active, err := models.NewActive(t.Context(), s, builtIn, slog.New(slog.DiscardHandler))
	check(t, err)
	srv, err := server.New(server.Config{Classify: active.Classify, Anonymous: server.RoleAdmin, Services: func(to grpc.ServiceRegistrar) {
		models.Register(to, active)
		if !follow {
			trainer.Register(to, trainer.Config{Store: s, Active: active, Workers: 2, BuiltIn: model, Run: run})
		}
	}})
	check(t, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	ctx, stop := context.WithCancel(context.Background())
	var group sync.WaitGroup
	group.Go(func() {
		if err := srv.Serve(ctx, listener, nil); err != nil {
			t.Error(err)
		}
	})
	conn, err := client.Dial(listener.Addr().String())
	check(t, err)
	t.Cleanup(func() {
		check(t, conn.Close())
		stop()
		group.Wait()
		active.Close()
		check(t, s.Close())
	})
	return running{pb.NewTrainingServiceClient(conn), pb.NewModelServiceClient(conn), pb.NewFilterServiceClient(conn), active, s}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// fails holds an error to a code and a reason, and that it says what to do.
func fails(t *testing.T, err error, code codes.Code, reason string) {
	t.Helper()
	s := status.Convert(err)
	for _, d := range s.Details() {
		if info, ok := d.(*errdetails.ErrorInfo); ok && s.Code() == code && info.GetReason() == reason && client.Hint(err) != "" {
			return
		}
	}
	t.Fatalf("got error %v %v, want %v %s with a hint", err, s.Details(), code, reason)
}

// ownPages are the project's own pages as a user would send them.
func ownPages(t *testing.T, n int) []*pb.LabeledPage {
	t.Helper()
	all, err := pages.All()
	check(t, err)
	var out []*pb.LabeledPage
	for i, p := range all[:min(n, len(all))] {
		l := training.OwnPage(p)
		l.ID = fmt.Sprintf("user/%02d", i)
		m, err := wire.LabeledPage(l)
		check(t, err)
		out = append(out, m)
	}
	return out
}

// add sends pages and gives back their answers.
func (r running) add(t *testing.T, pages ...*pb.LabeledPage) []*pb.AddPagesResponse {
	t.Helper()
	stream, err := r.AddPages(t.Context())
	check(t, err)
	for _, p := range pages {
		check(t, stream.Send(&pb.AddPagesRequest{Page: p}))
	}
	check(t, stream.CloseSend())
	var out []*pb.AddPagesResponse
	for {
		a, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		check(t, err)
		out = append(out, a)
	}
	if len(out) != len(pages) {
		t.Fatalf("%d answers to %d pages", len(out), len(pages))
	}
	return out
}

// train trains, and gives back the result and the progress before it.
func (r running) train(t *testing.T, req *pb.TrainRequest) (*pb.TrainResult, []*pb.TrainProgress) {
	t.Helper()
	stream, err := r.Train(t.Context(), req)
	check(t, err)
	var progress []*pb.TrainProgress
	for {
		m, err := stream.Recv()
		check(t, err)
		if m.GetResult() != nil {
			return m.GetResult(), progress
		}
		progress = append(progress, m.GetProgress())
	}
}

// weakModel is a model of three of the project's pages.
func weakModel(t *testing.T) []byte {
	t.Helper()
	all, err := pages.All()
	check(t, err)
	var stored []store.Page
	for _, p := range all[:3] {
		s, err := retrain.Stored(training.OwnPage(p))
		check(t, err)
		stored = append(stored, s)
	}
	out, err := retrain.Train(t.Context(), stored, retrain.Options{Name: "weak", WithoutBase: true, Trees: 2})
	check(t, err)
	return out.Model
}
