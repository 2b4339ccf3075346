package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/reflection"

	"github.com/pagesieve/pagesieve/cmd/internal/wire"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// Limits that nobody has needed to change yet.
const (
	envelope   = 1 << 20          // room in a message for what is not the page
	maxStreams = 256              // calls at a time on one connection
	pingEvery  = 20 * time.Second // clients may not ping more often
	maxIdle    = 15 * time.Minute // connections without a call are closed
	maxHeaders = 64 << 10         // of a call
	handshake  = 10 * time.Second // for a connection, and for an HTTP request's headers

	// What may be under way before it is read, of a call and of a connection. A
	// usual page and its answer go without a pause, and without the pings by which
	// gRPC finds a window of itself.
	callWindow, connWindow = 1 << 20, 2 << 20
	buffer                 = 64 << 10 // of a connection, for each direction; that for writing is lent
)

// Server answers for one classifier over gRPC and HTTP.
type Server struct {
	rpc      *grpc.Server
	web      *http.Server
	health   *health.Server
	log      *slog.Logger
	grace    time.Duration
	metrics  *Metrics
	draining context.Context
	drain    context.CancelFunc // tells the running streams that the server stops
	stopped  chan struct{}      // closed when Serve has stopped
}

// New is a server that is not listening yet.
func New(c Config) (*Server, error) {
	c, err := c.complete()
	if err != nil {
		return nil, fmt.Errorf("making a server: %w", err)
	}
	draining, drain := context.WithCancel(context.Background())
	service := newFilter(c, draining)
	s := &Server{
		rpc:      newRPC(c, service),
		health:   health.NewServer(),
		log:      c.Log,
		grace:    c.Grace,
		metrics:  c.Metrics,
		draining: draining,
		drain:    drain,
		stopped:  make(chan struct{}),
	}
	register := registrar{s.rpc, service}
	pb.RegisterFilterServiceServer(register, service)
	s.health.SetServingStatus(pb.FilterService_ServiceDesc.ServiceName, grpc_health_v1.HealthCheckResponse_SERVING)
	if c.Services != nil {
		c.Services(register)
	}
	grpc_health_v1.RegisterHealthServer(s.rpc, s.health)
	reflection.Register(s.rpc)
	s.web = newHTTP(c, service)
	return s, nil
}

func newFilter(c Config, draining context.Context) *filter {
	f := &filter{
		classify:  c.Classify,
		maxBytes:  c.MaxPageBytes,
		maxBlocks: c.MaxBlocks,
		maxTime:   c.MaxDeadline,
		workers:   c.Workers,
		places:    &places{free: make(chan struct{}, c.Workers), queue: int64(c.MaxQueue)},
		metrics:   c.Metrics,
		draining:  draining,
		observe:   &observer{log: c.Log, metrics: c.Metrics, draining: draining},
		gate: &gate{
			access:  c.Access,
			anyone:  c.Anonymous,
			calls:   &callLimiter{perClient: c.MaxClientCalls, inAll: c.MaxCalls, counts: map[string]int{}},
			metrics: c.Metrics,
			slow:    c.ReceiveTime,
			idle:    c.StreamIdle,
		},
	}
	c.Metrics.gauge("calls_open", "Calls that are open.", f.gate.calls.open)
	c.Metrics.gauge("pages_running", "Pages being classified.", func() float64 { return float64(len(f.places.free)) })
	c.Metrics.gauge("pages_waiting", "Pages that wait for a worker.", func() float64 { return float64(f.places.waiting.Load()) })
	return f
}

// grpcUnary is what surrounds a unary method that registrar did not register.
func grpcUnary(f *filter) grpc.UnaryServerInterceptor {
	return func(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
		return f.observe.unary(ctx, req, info, func(ctx context.Context, req any) (any, error) {
			return f.gate.unary(ctx, req, info, handler)
		})
	}
}

func newRPC(c Config, f *filter) *grpc.Server {
	options := []grpc.ServerOption{
		grpc.ForceServerCodecV2(wire.Codec()),
		grpc.InTapHandle(tapIn),
		grpc.UnaryInterceptor(grpcUnary(f)),
		grpc.ChainStreamInterceptor(f.observe.stream, f.gate.stream),
		grpc.MaxRecvMsgSize(f.maxBytes + envelope),
		grpc.MaxConcurrentStreams(maxStreams),
		grpc.InitialWindowSize(callWindow),
		grpc.InitialConnWindowSize(connWindow),
		grpc.ReadBufferSize(buffer),
		grpc.WriteBufferSize(buffer),
		grpc.MaxHeaderListSize(maxHeaders),
		grpc.ConnectionTimeout(min(handshake, c.ReceiveTime)),
		grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{MinTime: pingEvery, PermitWithoutStream: true}),
		grpc.KeepaliveParams(keepalive.ServerParameters{MaxConnectionIdle: maxIdle, Time: 2 * time.Minute, Timeout: 20 * time.Second}),
	}
	if c.TLS != nil {
		options = append(options, grpc.Creds(credentials.NewTLS(c.TLS)))
	}
	if c.Tracing != nil {
		options = append(options, grpc.StatsHandler(c.Tracing))
	}
	return grpc.NewServer(options...)
}

func newHTTP(c Config, f *filter) *http.Server {
	return &http.Server{
		Handler:           newWeb(f),
		TLSConfig:         c.TLS,
		ReadHeaderTimeout: min(handshake, c.ReceiveTime),
		ReadTimeout:       c.ReceiveTime,
		WriteTimeout:      c.ReceiveTime + f.maxTime + time.Minute, // read, classify, write
		IdleTimeout:       maxIdle,
		MaxHeaderBytes:    maxHeaders,
		ErrorLog:          slog.NewLogLogger(c.Log.Handler(), slog.LevelDebug), // broken clients, in the main
	}
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
		s.listen(group, "http", web, s.serveWeb)
	}
	group.Go(func() error {
		<-ctx.Done()
		s.stop()
		close(s.stopped)
		return nil
	})
	return group.Wait()
}

func (s *Server) serveWeb(l net.Listener) error {
	if s.web.TLSConfig != nil {
		return s.web.ServeTLS(l, "", "")
	}
	return s.web.Serve(l)
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
