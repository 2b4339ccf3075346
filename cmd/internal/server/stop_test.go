package server

import (
	"context"
	"net"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"
	"google.golang.org/grpc/test/bufconn"

	"github.com/pagesieve/pagesieve/classifier"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// stopWithin fails the test where stopping takes longer.
func (f *fixture) stopWithin(t *testing.T, limit time.Duration) {
	t.Helper()
	start := time.Now()
	if err := f.stop(); err != nil {
		t.Errorf("Serve: %v", err)
	}
	if took := time.Since(start); took > limit {
		t.Errorf("stopping took %v", took)
	}
}

func TestStopEndsAQuietStream(t *testing.T) {
	f := start(t, Config{Classify: fake, Grace: time.Minute})
	stream, err := f.ClassifyStream(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := stream.Send(streamRequest("1", "hello")); err != nil {
		t.Fatal(err)
	}
	if resp, err := stream.Recv(); err != nil || resp.GetId() != "1" {
		t.Fatalf("got %v, error %v", resp, err)
	}
	f.stopWithin(t, 10*time.Second)
	_, err = stream.Recv()
	if reason, _ := reasonOf(err); status.Code(err) != codes.Unavailable || reason != "SHUTTING_DOWN" {
		t.Errorf("got %v", err)
	}
}

func TestStopLetsRunningCallsEnd(t *testing.T) {
	started, goOn := make(chan bool), make(chan bool)
	f := start(t, Config{Grace: time.Minute, Classify: func(context.Context, classifier.Document, classifier.Options) (*classifier.Result, error) {
		started <- true
		<-goOn
		return &classifier.Result{Text: "done"}, nil
	}})
	unary := make(chan error, 1)
	go func() {
		_, err := f.Classify(t.Context(), textRequest("1", "a"))
		unary <- err
	}()
	stream, err := f.ClassifyStream(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := stream.Send(streamRequest("2", "b")); err != nil {
		t.Fatal(err)
	}
	<-started
	<-started
	time.AfterFunc(2*drainQuiet, func() { close(goOn) }) // later than a quiet stream is ended
	f.stopWithin(t, 10*time.Second)
	if err := <-unary; err != nil {
		t.Errorf("Classify: %v", err)
	}
	if resp, err := stream.Recv(); err != nil || resp.GetResponse().GetText() != "done" {
		t.Errorf("ClassifyStream: got %v, error %v", resp, err)
	}
	if _, err := stream.Recv(); status.Code(err) != codes.Unavailable {
		t.Errorf("the stream's end: %v", err)
	}
}

func TestGraceEnds(t *testing.T) {
	f := start(t, Config{Classify: fake, Grace: 50 * time.Millisecond, MaxDeadline: time.Hour})
	unary := make(chan error, 1)
	go func() {
		_, err := f.Classify(t.Context(), textRequest("1", "forever"))
		unary <- err
	}()
	time.Sleep(50 * time.Millisecond) // for the call to arrive; too short only makes the test weaker
	f.stopWithin(t, 10*time.Second)
	if err := <-unary; err == nil {
		t.Error("a call that never ends has an answer")
	}
}

func TestStopDoesNotWaitForHealthWatchers(t *testing.T) {
	f := start(t, Config{Classify: fake, Grace: time.Minute})
	watch, err := grpc_health_v1.NewHealthClient(f.conn).Watch(t.Context(), &grpc_health_v1.HealthCheckRequest{})
	if err != nil {
		t.Fatal(err)
	}
	if resp, err := watch.Recv(); err != nil || resp.GetStatus() != grpc_health_v1.HealthCheckResponse_SERVING {
		t.Fatalf("got %v, error %v", resp, err)
	}
	f.stopWithin(t, 10*time.Second)
}

func TestServeSaysWhyItCannot(t *testing.T) {
	s, err := New(Config{Classify: fake})
	if err != nil {
		t.Fatal(err)
	}
	rpc, web := bufconn.Listen(1), listener(t)
	if err := web.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Serve(t.Context(), rpc, web); err == nil || !strings.HasPrefix(err.Error(), "serving http on ") {
		t.Errorf("got %v", err)
	}
}

func listener(t testing.TB) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func streamRequest(id, text string) *pb.ClassifyStreamRequest {
	return &pb.ClassifyStreamRequest{Request: textRequest(id, text)}
}
