package server

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/grpc-ecosystem/go-grpc-middleware/v2/interceptors/recovery"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// observer surrounds every call, over gRPC and over HTTP: it catches panics,
// makes our errors statuses, counts, and writes one log line, without page
// text.
type observer struct {
	log      *slog.Logger
	metrics  *Metrics
	draining context.Context
	refusals throttle
}

// caught makes a recovered panic an error like any other.
var caught = recovery.WithRecoveryHandler(func(p any) error { return newPanic(p) })

// record is what the parts that a call passes tell each other of it. The
// context of every call holds one.
type record struct {
	caller   caller
	admitted bool // the gate let it in
	told     bool // it is counted and logged
	garbled  bool // a message was none, which gRPC calls an internal error
}

type recordKey struct{}

// recordOf is the record of a call, a new one where it has none.
func recordOf(ctx context.Context) *record {
	if r, ok := ctx.Value(recordKey{}).(*record); ok {
		return r
	}
	return new(record)
}

func withRecord(ctx context.Context) context.Context {
	if _, ok := ctx.Value(recordKey{}).(*record); ok {
		return ctx
	}
	return context.WithValue(ctx, recordKey{}, new(record))
}

// unary is a grpc.UnaryServerInterceptor.
func (o *observer) unary(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	start := time.Now()
	ctx = withRecord(ctx)
	resp, err := recovery.UnaryServerInterceptor(caught)(ctx, req, info, handler)
	s := statusOf(err)
	var attrs []slog.Attr
	if r, ok := req.(*pb.ClassifyRequest); ok {
		attrs = []slog.Attr{slog.String("id", short(r.GetPage().GetId())), slog.Int("bytes", pageBytes(r))}
	}
	o.call(ctx, info.FullMethod, s, err, start, true, attrs...)
	return resp, s.Err()
}

// stream is a grpc.StreamServerInterceptor. Unary methods come through it too,
// and are told of here if they end before their message has come.
func (o *observer) stream(srv any, rpc grpc.ServerStream, info *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
	start := time.Now()
	ctx, cancel := context.WithCancel(withRecord(rpc.Context()))
	defer cancel()
	stream := info.IsClientStream || info.IsServerStream
	if stream && !ours(info.FullMethod) { // health's Watch would keep a stopping server waiting
		defer context.AfterFunc(o.draining, cancel)()
	}
	counted := &countedStream{ServerStream: rpc, ctx: ctx}
	err := recovery.StreamServerInterceptor(caught)(srv, counted, info, handler)
	s := statusOf(err)
	recordOf(ctx).garbled = counted.garbled.Load()
	switch {
	case stream:
		o.call(ctx, info.FullMethod, s, err, start, false,
			slog.Int64("received", counted.received.Load()),
			slog.Int64("sent", counted.sent.Load()),
			slog.Int64("bytes", counted.bytes.Load()))
	case !recordOf(ctx).told:
		o.call(ctx, info.FullMethod, s, err, start, true)
	}
	return s.Err()
}

// call counts a call and writes its line.
func (o *observer) call(ctx context.Context, method string, s *status.Status, err error, start time.Time, unary bool, attrs ...slog.Attr) {
	took := time.Since(start)
	if errors.Is(err, errBusy) { // clients of gRPC then wait; HTTP has no place for it
		_ = grpc.SetTrailer(ctx, metadata.Pairs("grpc-retry-pushback-ms", strconv.FormatInt(retryAfter.Milliseconds(), 10)))
	}
	about := recordOf(ctx)
	about.told = true
	o.metrics.call(method, s.Code(), took, unary)
	l := level(method, s)
	if about.garbled {
		l = min(l, slog.LevelWarn)
	}
	if !o.log.Enabled(ctx, l) {
		return
	}
	line := []slog.Attr{
		slog.String("method", method),
		slog.String("code", s.Code().String()),
		slog.Duration("duration", took),
	}
	if errors.Is(err, errWho) || errors.Is(err, errForbidden) || errors.Is(err, errBusy) {
		unlogged, ok := o.refusals.pass(time.Now())
		if !ok {
			return
		}
		if addr := arrivalOf(ctx, method).addr; addr != "" {
			line = append(line, slog.String("peer", addr))
		}
		line = append(line, slog.Int("unlogged", unlogged))
	}
	if about.caller.name != "" {
		line = append(line, slog.String("client", about.caller.name))
	}
	o.log.LogAttrs(ctx, l, "call", append(append(line, attrs...), cause(s, err)...)...)
}

// throttle lets one line a second pass, so that callers who are refused cannot
// fill the disk.
type throttle struct {
	mu       sync.Mutex
	last     time.Time
	unlogged int
}

// pass says whether to write a line now, and how many were not written since
// the last.
func (t *throttle) pass(now time.Time) (unlogged int, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if now.Sub(t.last) < time.Second {
		t.unlogged++
		return 0, false
	}
	unlogged, t.unlogged, t.last = t.unlogged, 0, now
	return unlogged, true
}

// page writes the line for a page of a stream that failed: what our own
// failures are about always, what the caller can mend only for debugging.
func (o *observer) page(ctx context.Context, req *pb.ClassifyRequest, s *status.Status, err error) {
	l := slog.LevelDebug
	if s.Code() == codes.Internal {
		l = slog.LevelError
	}
	o.log.LogAttrs(ctx, l, "page", append([]slog.Attr{
		slog.String("code", s.Code().String()),
		slog.String("id", short(req.GetPage().GetId())),
		slog.Int("bytes", pageBytes(req)),
	}, cause(s, err)...)...)
}

// cause is what the log says of an error. The messages of known errors hold
// sizes and names of fields; that of an unknown one is what "internal error"
// hides from the caller.
func cause(s *status.Status, err error) []slog.Attr {
	if err == nil {
		return nil
	}
	attrs := []slog.Attr{slog.String("error", err.Error())}
	var p *panicError
	if errors.As(err, &p) {
		attrs = append(attrs, slog.String("stack", p.stack))
	}
	return attrs
}

// level is how loud a call's line is.
func level(method string, s *status.Status) slog.Level {
	switch s.Code() {
	case codes.Internal, codes.Unknown, codes.DataLoss:
		return slog.LevelError
	case codes.OK, codes.Canceled:
		if !ours(method) { // health checks come every few seconds
			return slog.LevelDebug
		}
		return slog.LevelInfo
	}
	return slog.LevelWarn
}

// ours reports whether a full method name is one of FilterService's.
func ours(method string) bool {
	return strings.HasPrefix(method, "/"+pb.FilterService_ServiceDesc.ServiceName+"/")
}

// short holds a caller's id to a length fit for a log.
func short(id string) string { return id[:min(len(id), 128)] }

// countedStream counts what passes, for the log.
type countedStream struct {
	grpc.ServerStream
	ctx                   context.Context
	received, sent, bytes atomic.Int64
	garbled               atomic.Bool
}

func (c *countedStream) Context() context.Context { return c.ctx }

func (c *countedStream) RecvMsg(m any) error {
	err := c.ServerStream.RecvMsg(m)
	if err != nil {
		c.garbled.Store(status.Code(err) == codes.Internal)
		return err
	}
	c.received.Add(1)
	if req, ok := m.(*pb.ClassifyStreamRequest); ok {
		c.bytes.Add(int64(pageBytes(req.GetRequest())))
	}
	return nil
}

func (c *countedStream) SendMsg(m any) error {
	err := c.ServerStream.SendMsg(m)
	if err == nil {
		c.sent.Add(1)
	}
	return err
}
