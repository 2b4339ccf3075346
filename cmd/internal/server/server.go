package server

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"
	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/reflection"

	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/cmd/internal/wire"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// Config is what a server needs. The zero value of every field but Classify
// is useful.
type Config struct {
	Classify     Classify      // answers for one page; required
	MaxPageBytes int           // longest page; 0 means block.DefaultMaxBytes
	MaxDeadline  time.Duration // longest time for one page; 0 means DefaultMaxDeadline
	Grace        time.Duration // how long Serve waits for running calls when it stops; 0 means DefaultGrace
	Workers      int           // pages of one stream at a time; 0 means GOMAXPROCS
	Log          *slog.Logger  // nil means no log

	// Services adds further gRPC services. Their calls go through the same
	// interceptors; HTTP does not have them.
	Services func(grpc.ServiceRegistrar)
}

// The times that hold where Config leaves them at 0.
const (
	DefaultMaxDeadline = 30 * time.Second
	DefaultGrace       = 10 * time.Second
)

// Limits that nobody has needed to change yet.
const (
	envelope   = 1 << 20          // room in a message for what is not the page
	maxStreams = 256              // calls at a time on one connection
	pingEvery  = 20 * time.Second // clients may not ping more often
	maxIdle    = 15 * time.Minute // connections without a call are closed
	maxHeaders = 64 << 10         // of HTTP requests
	bodyTime   = time.Minute      // for an HTTP request to arrive in full
)

// Server answers for one classifier over gRPC and HTTP.
type Server struct {
	rpc    *grpc.Server
	web    *http.Server
	health *health.Server
	log    *slog.Logger
	grace  time.Duration
	drain  context.CancelFunc // tells the running streams that the server stops
}

// New is a server that is not listening yet.
func New(c Config) (*Server, error) {
	switch {
	case c.Classify == nil:
		return nil, errors.New("making a server: no classifier")
	case c.MaxPageBytes < 0, c.MaxDeadline < 0, c.Grace < 0, c.Workers < 0:
		return nil, errors.New("making a server: a limit is below 0")
	case c.MaxPageBytes > maxPage:
		return nil, fmt.Errorf("making a server: pages of %d bytes: the most that works is %d", c.MaxPageBytes, maxPage)
	}
	codec, err := wire.Codec()
	if err != nil {
		return nil, fmt.Errorf("making a server: %w", err)
	}
	log := cmp.Or(c.Log, slog.New(slog.DiscardHandler))
	draining, drain := context.WithCancel(context.Background())
	observe := &observer{log: log, draining: draining}
	service := &filter{
		classify: c.Classify,
		maxBytes: cmp.Or(c.MaxPageBytes, block.DefaultMaxBytes),
		maxTime:  cmp.Or(c.MaxDeadline, DefaultMaxDeadline),
		workers:  cmp.Or(c.Workers, runtime.GOMAXPROCS(0)),
		draining: draining,
		observe:  observe,
	}
	s := &Server{
		rpc:    newRPC(service, codec),
		health: health.NewServer(),
		log:    log,
		grace:  cmp.Or(c.Grace, DefaultGrace),
		drain:  drain,
	}
	pb.RegisterFilterServiceServer(s.rpc, service)
	if c.Services != nil {
		c.Services(s.rpc)
	}
	grpc_health_v1.RegisterHealthServer(s.rpc, s.health)
	s.health.SetServingStatus(pb.FilterService_ServiceDesc.ServiceName, grpc_health_v1.HealthCheckResponse_SERVING)
	reflection.Register(s.rpc)
	s.web = &http.Server{
		Handler:           newWeb(service),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       bodyTime,
		WriteTimeout:      bodyTime + service.maxTime + bodyTime, // read, classify, write
		IdleTimeout:       maxIdle,
		MaxHeaderBytes:    maxHeaders,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug), // broken clients, in the main
	}
	return s, nil
}

// maxPage is the longest page limit: byte ranges are 32 bits on the wire.
const maxPage = 1 << 30

func newRPC(f *filter, codec encoding.CodecV2) *grpc.Server {
	return grpc.NewServer(
		grpc.ForceServerCodecV2(codec),
		grpc.UnaryInterceptor(f.observe.unary),
		grpc.StreamInterceptor(f.observe.stream),
		grpc.MaxRecvMsgSize(f.maxBytes+envelope),
		grpc.MaxConcurrentStreams(maxStreams),
		grpc.MaxHeaderListSize(maxHeaders),
		grpc.ConnectionTimeout(10*time.Second),
		grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{MinTime: pingEvery, PermitWithoutStream: true}),
		grpc.KeepaliveParams(keepalive.ServerParameters{MaxConnectionIdle: maxIdle, Time: 2 * time.Minute, Timeout: 20 * time.Second}),
	)
}

// Serve answers on both listeners until ctx ends, then stops: no new calls,
// running ones may end within Config.Grace, streams that bring nothing more
// are ended with UNAVAILABLE. web may be nil. It closes the listeners and
// returns nil after a stop by ctx, else why it could not go on. A server
// serves once.
func (s *Server) Serve(ctx context.Context, rpc, web net.Listener) error {
	group, ctx := errgroup.WithContext(ctx)
	s.listen(group, "grpc", rpc, s.rpc.Serve)
	if web != nil {
		s.listen(group, "http", web, s.web.Serve)
	}
	group.Go(func() error {
		<-ctx.Done()
		s.stop()
		return nil
	})
	return group.Wait()
}

// listen runs serve and logs where.
func (s *Server) listen(group *errgroup.Group, protocol string, l net.Listener, serve func(net.Listener) error) {
	s.log.Info("listening", "protocol", protocol, "addr", l.Addr().String())
	group.Go(func() error {
		if err := serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) && !errors.Is(err, grpc.ErrServerStopped) {
			return fmt.Errorf("serving %s on %s: %w", protocol, l.Addr(), err)
		}
		return nil
	})
}

// stop ends both servers, gently as long as the grace lasts.
func (s *Server) stop() {
	start := time.Now()
	s.log.Info("stopping", "grace", s.grace)
	s.health.Shutdown() // load balancers look elsewhere
	s.drain()
	ctx, cancel := context.WithTimeout(context.Background(), s.grace)
	defer cancel()
	defer context.AfterFunc(ctx, s.rpc.Stop)() // ends what GracefulStop waits for
	var group errgroup.Group
	group.Go(func() error {
		s.rpc.GracefulStop()
		return nil
	})
	group.Go(func() error {
		if s.web.Shutdown(ctx) != nil {
			return s.web.Close()
		}
		return nil
	})
	if err := group.Wait(); err != nil {
		s.log.Warn("closing HTTP connections", "error", err)
	}
	s.log.Info("stopped", "duration", time.Since(start))
}
