package server

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"github.com/grpc-ecosystem/go-grpc-middleware/v2/interceptors/recovery"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// observer surrounds every call, over gRPC and over HTTP: it catches panics,
// makes our errors statuses, and writes one log line, without page text.
type observer struct {
	log      *slog.Logger
	draining context.Context
}

// caught makes a recovered panic an error like any other.
var caught = recovery.WithRecoveryHandler(func(p any) error { return newPanic(p) })

// unary is a grpc.UnaryServerInterceptor.
func (o *observer) unary(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	start := time.Now()
	resp, err := recovery.UnaryServerInterceptor(caught)(ctx, req, info, handler)
	s := statusOf(err)
	if o.log.Enabled(ctx, level(info.FullMethod, s)) {
		attrs := []slog.Attr{}
		if r, ok := req.(*pb.ClassifyRequest); ok {
			attrs = append(attrs, slog.String("id", short(r.GetPage().GetId())), slog.Int("bytes", pageBytes(r)))
		}
		o.call(ctx, info.FullMethod, s, err, start, attrs...)
	}
	return resp, s.Err()
}

// stream is a grpc.StreamServerInterceptor.
func (o *observer) stream(srv any, rpc grpc.ServerStream, info *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
	start := time.Now()
	ctx, cancel := context.WithCancel(rpc.Context())
	defer cancel()
	if !ours(info.FullMethod) { // health's Watch would keep a stopping server waiting
		defer context.AfterFunc(o.draining, cancel)()
	}
	counted := &countedStream{ServerStream: rpc, ctx: ctx}
	err := recovery.StreamServerInterceptor(caught)(srv, counted, info, handler)
	s := statusOf(err)
	if o.log.Enabled(ctx, level(info.FullMethod, s)) {
		o.call(ctx, info.FullMethod, s, err, start,
			slog.Int64("received", counted.received.Load()),
			slog.Int64("sent", counted.sent.Load()),
			slog.Int64("bytes", counted.bytes.Load()))
	}
	return s.Err()
}

// call writes the line for one call.
func (o *observer) call(ctx context.Context, method string, s *status.Status, err error, start time.Time, attrs ...slog.Attr) {
	attrs = append([]slog.Attr{
		slog.String("method", method),
		slog.String("code", s.Code().String()),
		slog.Duration("duration", time.Since(start)),
	}, attrs...)
	o.log.LogAttrs(ctx, level(method, s), "call", append(attrs, cause(s, err)...)...)
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
}

func (c *countedStream) Context() context.Context { return c.ctx }

func (c *countedStream) RecvMsg(m any) error {
	err := c.ServerStream.RecvMsg(m)
	if err != nil {
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
