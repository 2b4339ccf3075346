package server

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/tap"
)

// gate decides on every call, over gRPC and over HTTP, before any of its body
// is read: who calls, whether they may, and whether there is room.
type gate struct {
	access  func() *Access // nil in it: everyone has the role anyone
	anyone  Role
	calls   *callLimiter
	metrics *Metrics
	slow    time.Duration // for a unary call's message to arrive in full
	idle    time.Duration // for a stream of pages to bring or take nothing
}

// Why a call was ended whose client did not do its part.
var (
	errSlow = errors.New("the request came too slowly")
	errIdle = errors.New("the stream brought and took nothing for too long")
)

// arrival is what a call shows of itself before its body.
type arrival struct {
	method, authorization, addr string
	conn                        *tls.ConnectionState // nil without TLS
}

// admit lets a call in or says why not. The caller calls leave at the call's
// end. Unary calls that need no role are let in always, for a server that is
// busy is still healthy.
func (g *gate) admit(ctx context.Context, a arrival, stream bool) (leave func(), err error) {
	role := needs(a.method)
	var c caller
	if role > RoleNone {
		if c, err = g.access().who(a.authorization, a.conn, g.anyone, time.Now()); err != nil {
			return nil, err
		}
		if c.role < role {
			return nil, fmt.Errorf("%w: %s needs the role %s, and the caller has %s", errForbidden, a.method, role, c.role)
		}
	}
	recordOf(ctx).caller, recordOf(ctx).admitted = c, true
	if role == RoleNone && !stream {
		return func() {}, nil
	}
	client := clientOf(c, a.addr)
	if shed, ok := g.calls.enter(client); !ok {
		g.metrics.shed(shed)
		return nil, fmt.Errorf("%w: too many calls are open", errBusy)
	}
	return func() { g.calls.leave(client) }, nil
}

// cancelKey is where the context of every gRPC call holds what ends it.
type cancelKey struct{}

// tapIn gives every gRPC call a context that the server can end: only one set
// here ends a Recv or Send that waits for the network.
func tapIn(ctx context.Context, _ *tap.Info) (context.Context, error) {
	ctx, cancel := context.WithCancelCause(ctx) // ends with the call's own
	return endable{ctx, cancel}, nil
}

// endable is the context of a gRPC call. One that the server ends has run out
// of time: that is the status that gRPC sends for it, of itself and before the
// handler can.
type endable struct {
	context.Context
	cancel context.CancelCauseFunc
}

func (e endable) Value(key any) any {
	if key == (cancelKey{}) {
		return e.cancel
	}
	return e.Context.Value(key)
}

func (e endable) Err() error {
	err := e.Context.Err()
	if err != nil && isOurs(context.Cause(e.Context)) {
		return context.DeadlineExceeded
	}
	return err
}

// isOurs reports whether the server ended a call for its client's slowness.
func isOurs(cause error) bool { return errors.Is(cause, errIdle) || errors.Is(cause, errSlow) }

// abort ends the network's side of a gRPC call.
func abort(ctx context.Context, why error) {
	if cancel, ok := ctx.Value(cancelKey{}).(context.CancelCauseFunc); ok {
		cancel(why)
	}
}

// arrivalOf is what a gRPC call shows of itself.
func arrivalOf(ctx context.Context, method string) arrival {
	a := arrival{method: method}
	a.authorization = strings.Join(metadata.ValueFromIncomingContext(ctx, "authorization"), ",") // two are none
	if p, ok := peer.FromContext(ctx); ok {
		a.addr = p.Addr.String()
		if info, ok := p.AuthInfo.(credentials.TLSInfo); ok {
			a.conn = &info.State
		}
	}
	return a
}

// unary is a grpc.UnaryServerInterceptor for the methods that did not come
// through stream.
func (g *gate) unary(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	if recordOf(ctx).admitted {
		return handler(ctx, req)
	}
	leave, err := g.admit(ctx, arrivalOf(ctx, info.FullMethod), false)
	if err != nil {
		return nil, err
	}
	defer leave()
	return handler(ctx, req)
}

// stream is a grpc.StreamServerInterceptor.
func (g *gate) stream(srv any, rpc grpc.ServerStream, info *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
	stream := info.IsClientStream || info.IsServerStream
	ctx := rpc.Context()
	leave, err := g.admit(ctx, arrivalOf(ctx, info.FullMethod), stream)
	if err != nil {
		return err
	}
	defer leave()
	if !ours(info.FullMethod) && stream {
		return handler(srv, rpc)
	}
	limit, why := g.idle, errIdle
	if !stream {
		limit, why = g.slow, errSlow
	}
	guarded := &guardedStream{ServerStream: rpc, limit: limit, once: !stream}
	guarded.timer = time.AfterFunc(limit, func() { abort(ctx, why) })
	defer guarded.timer.Stop()
	err = handler(srv, guarded)
	if cause := context.Cause(ctx); isOurs(cause) { // for the log
		return cause
	}
	return err
}

// guardedStream puts off the end of a call whenever something passes.
type guardedStream struct {
	grpc.ServerStream
	timer *time.Timer // ends the call
	limit time.Duration
	once  bool // only the first message is waited for
}

func (s *guardedStream) RecvMsg(m any) error {
	err := s.ServerStream.RecvMsg(m)
	s.passed(err)
	return err
}

func (s *guardedStream) SendMsg(m any) error {
	err := s.ServerStream.SendMsg(m)
	s.passed(err)
	return err
}

func (s *guardedStream) passed(err error) {
	switch {
	case err != nil:
	case s.once:
		s.timer.Stop()
	default:
		s.timer.Reset(s.limit)
	}
}

// registrar registers unary methods as streams of one message. On the wire
// they are the same; but an interceptor for streams runs before the message is
// received, so that a caller who is refused sends no page first, and one who
// sends slowly can be ended.
type registrar struct {
	*grpc.Server
	*filter
}

func (r registrar) RegisterService(desc *grpc.ServiceDesc, impl any) {
	streams := *desc
	streams.Methods = nil
	streams.Streams = append([]grpc.StreamDesc(nil), desc.Streams...)
	for _, m := range desc.Methods {
		streams.Streams = append(streams.Streams, grpc.StreamDesc{
			StreamName: m.MethodName,
			Handler:    r.single("/"+desc.ServiceName+"/"+m.MethodName, m),
		})
	}
	r.Server.RegisterService(&streams, impl)
}

// single is a unary method as a handler of a stream. The interceptors for
// streams are called here, for gRPC calls them for what streams only.
func (r registrar) single(name string, m grpc.MethodDesc) grpc.StreamHandler {
	handler := func(srv any, rpc grpc.ServerStream) error {
		reply, err := m.Handler(srv, rpc.Context(), rpc.RecvMsg, r.observe.unary)
		if err != nil {
			return err
		}
		return rpc.SendMsg(reply)
	}
	info := &grpc.StreamServerInfo{FullMethod: name}
	admitted := func(srv any, rpc grpc.ServerStream) error { return r.gate.stream(srv, rpc, info, handler) }
	return func(srv any, rpc grpc.ServerStream) error { return r.observe.stream(srv, rpc, info, admitted) }
}
