package models

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/durationpb"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
	"github.com/pagesieve/pagesieve/training/store"
)

// service is ModelService.
type service struct {
	pb.UnimplementedModelServiceServer
	active *Active
	store  *store.Store
}

// Register adds ModelService to a server.
func Register(to grpc.ServiceRegistrar, a *Active) {
	pb.RegisterModelServiceServer(to, &service{active: a, store: a.store})
}

// find is the version that a request names: by its id, by a beginning that no
// other has, or as the active one.
func (a *Active) find(name string) (id string, err error) {
	if name == "" {
		return "", fmt.Errorf("%w: no version named", ErrRequest)
	}
	if name == "active" {
		return a.Version(), nil
	}
	all := []string{a.builtIn.ModelVersion()}
	for _, v := range a.store.Versions() {
		all = append(all, v.ID)
	}
	var found []string
	for _, id := range all {
		if id == name {
			return id, nil
		}
		if strings.HasPrefix(id, name) {
			found = append(found, id)
		}
	}
	switch len(found) {
	case 0:
		return "", fmt.Errorf("version %.80q: %w", name, store.ErrNotFound)
	case 1:
		return found[0], nil
	}
	return "", fmt.Errorf("%w: version %.80q may be %s or %s", ErrRequest, name, found[0], found[1])
}

// Open is a version ready to answer, by what a request calls it, and what is
// stored of it, which of the built-in one is nothing.
func (a *Active) Open(ctx context.Context, name string) (*loaded, store.Version, error) {
	id, err := a.find(name)
	if err != nil {
		return nil, store.Version{}, err
	}
	if id == a.builtIn.ModelVersion() {
		return a.builtIn, store.Version{}, nil
	}
	v, err := a.store.Version(id)
	if err != nil {
		return nil, v, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	m, err := a.load(ctx, id)
	return m, v, err
}

// message is all that is known of the version with an id.
func (s *service) message(id string) (*pb.Version, error) {
	if id == s.active.builtIn.ModelVersion() {
		return s.active.builtInMessage(true), nil
	}
	v, err := s.store.Version(id)
	if err != nil {
		return nil, err
	}
	return s.active.Message(v, true), nil
}

func (s *service) ListVersions(context.Context, *pb.ListVersionsRequest) (*pb.ListVersionsResponse, error) {
	out := &pb.ListVersionsResponse{Versions: []*pb.Version{s.active.builtInMessage(false)}}
	for _, v := range s.store.Versions() {
		out.Versions = append(out.Versions, s.active.Message(v, false))
	}
	return out, nil
}

func (s *service) GetVersion(_ context.Context, req *pb.GetVersionRequest) (*pb.GetVersionResponse, error) {
	id, err := s.active.find(req.GetVersion())
	if err != nil {
		return nil, Status(err)
	}
	v, err := s.message(id)
	return &pb.GetVersionResponse{Version: v}, Status(err)
}

func (s *service) PromoteVersion(ctx context.Context, req *pb.PromoteVersionRequest) (*pb.PromoteVersionResponse, error) {
	id, err := s.active.find(req.GetVersion())
	if err != nil {
		return nil, Status(err)
	}
	former, err := s.active.Promote(ctx, id)
	if err != nil {
		return nil, Status(err)
	}
	v, err := s.message(id)
	return &pb.PromoteVersionResponse{Version: v, Former: former}, Status(err)
}

func (s *service) RollBack(ctx context.Context, req *pb.RollBackRequest) (*pb.RollBackResponse, error) {
	former, err := s.active.RollBack(ctx, req.GetActive())
	if err != nil {
		return nil, Status(err)
	}
	v, err := s.message(s.active.Version())
	return &pb.RollBackResponse{Version: v, Former: former}, Status(err)
}

func (s *service) DeleteVersion(ctx context.Context, req *pb.DeleteVersionRequest) (*pb.DeleteVersionResponse, error) {
	id, err := s.active.find(req.GetVersion())
	switch {
	case err != nil:
	case req.GetVersion() == "active", id == s.active.Version():
		err = fmt.Errorf("delete version %s: %w", id, store.ErrActive)
	case id == s.active.builtIn.ModelVersion():
		err = fmt.Errorf("%w: version %s is built in and cannot be deleted", ErrRequest, id)
	default:
		err = s.store.DeleteVersion(ctx, id)
	}
	if err != nil {
		return nil, Status(err)
	}
	return &pb.DeleteVersionResponse{Version: id}, nil
}

func (s *service) SetShadow(ctx context.Context, req *pb.SetShadowRequest) (*pb.SetShadowResponse, error) {
	if req.GetVersion() == "" {
		s.active.Close()
		return &pb.SetShadowResponse{}, nil
	}
	if share := req.GetShare(); !(share > 0 && share <= 1) {
		return nil, Status(fmt.Errorf("%w: share %v: want above 0 and at most 1", ErrRequest, share))
	}
	m, _, err := s.active.Open(ctx, req.GetVersion())
	if err == nil && m.ModelVersion() == s.active.Version() {
		err = fmt.Errorf("%w: version %s is active: it would be compared with itself", ErrRequest, m.ModelVersion())
	}
	if err != nil {
		return nil, Status(err)
	}
	s.active.mu.Lock()
	defer s.active.mu.Unlock()
	s.active.setShadow(m, req.GetShare())
	return &pb.SetShadowResponse{Version: m.ModelVersion()}, nil
}

func (s *service) GetShadow(context.Context, *pb.GetShadowRequest) (*pb.GetShadowResponse, error) {
	shadow := s.active.shadow.Load()
	if shadow == nil {
		return &pb.GetShadowResponse{Active: s.active.Version()}, nil
	}
	shadow.mu.Lock()
	defer shadow.mu.Unlock()
	c := &shadow.counts
	out := &pb.GetShadowResponse{
		Version: shadow.version.ModelVersion(), Active: shadow.active, Share: shadow.share,
		Pages: c.pages, ChangedPages: c.changedPages, ChangedVerdicts: c.changedVerdicts,
		Dropped: c.dropped, Failed: c.failed, Blocks: c.blocks, Changes: labelCounts(c.changes),
		MeanTime: durationpb.New(c.took / time.Duration(cmp.Or(c.pages, 1))),
	}
	for i := range c.samples { // oldest first
		out.Samples = append(out.Samples, change("", c.samples[(c.next+i)%len(c.samples)]))
	}
	return out, nil
}
