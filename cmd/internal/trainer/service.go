package trainer

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"runtime"
	"sync"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/pagesieve/pagesieve/cmd/internal/models"
	"github.com/pagesieve/pagesieve/cmd/internal/wire"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
	"github.com/pagesieve/pagesieve/training/retrain"
	"github.com/pagesieve/pagesieve/training/store"
)

// Config is what the service needs.
type Config struct {
	Store   *store.Store   // required
	Active  *models.Active // over the same store; required
	Workers int            // goroutines that train; 0 means half of GOMAXPROCS, at least one
	BuiltIn []byte         // the file of Active's built-in version; empty means the embedded one
	Run     Run            // trains; nil means Here
}

// service is TrainingService.
type service struct {
	pb.UnimplementedTrainingServiceServer
	store    *store.Store
	active   *models.Active
	workers  int
	builtIn  []byte
	run      Run
	training sync.Mutex // held by the training that runs
}

// Register adds TrainingService to a server.
func Register(to grpc.ServiceRegistrar, c Config) {
	workers := cmp.Or(c.Workers, max(1, runtime.GOMAXPROCS(0)/2))
	s := &service{store: c.Store, active: c.Active, workers: workers, builtIn: c.BuiltIn, run: c.Run}
	if s.run == nil {
		s.run = Here
	}
	pb.RegisterTrainingServiceServer(to, s)
}

// How many pages ListPages answers, and DeletePages takes.
const (
	defaultList = 100
	maxList     = 1000
)

func (s *service) ListPages(_ context.Context, req *pb.ListPagesRequest) (*pb.ListPagesResponse, error) {
	n := cmp.Or(int(req.GetPageSize()), defaultList)
	if n < 0 {
		return nil, models.Status(fmt.Errorf("%w: page_size %d: want 0 or more", models.ErrRequest, n))
	}
	after, err := base64.RawURLEncoding.DecodeString(req.GetPageToken())
	if err != nil {
		return nil, models.Status(fmt.Errorf("%w: page_token: want next_page_token of an answer", models.ErrRequest))
	}
	n = min(n, maxList)
	out := &pb.ListPagesResponse{TotalSize: int32(s.store.NumPages())}
	pages := s.store.ListPages(string(after), n+1)
	if len(pages) > n {
		pages = pages[:n]
		out.NextPageToken = base64.RawURLEncoding.EncodeToString([]byte(pages[n-1].ID))
	}
	for _, p := range pages {
		out.Pages = append(out.Pages, &pb.StoredPage{Id: p.ID, Digest: p.Digest, Bytes: int64(p.Bytes), UpdateTime: timestamppb.New(p.Time)})
	}
	return out, nil
}

func (s *service) GetPage(ctx context.Context, req *pb.GetPageRequest) (*pb.GetPageResponse, error) {
	p, err := s.store.Page(ctx, req.GetId())
	if err != nil {
		return nil, models.Status(err)
	}
	l, err := retrain.Labeled(p)
	if err != nil {
		return nil, models.Status(err)
	}
	m, err := wire.LabeledPage(l)
	return &pb.GetPageResponse{Page: m}, models.Status(err)
}

func (s *service) DeletePages(ctx context.Context, req *pb.DeletePagesRequest) (*pb.DeletePagesResponse, error) {
	if n := len(req.GetIds()); n == 0 || n > maxList {
		return nil, models.Status(fmt.Errorf("%w: %d ids: want 1 to %d", models.ErrRequest, n, maxList))
	}
	gone, err := s.store.DeletePages(ctx, req.GetIds())
	return &pb.DeletePagesResponse{Ids: gone}, models.Status(err)
}
