package client

import (
	"context"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/grpc/test/bufconn"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestDialRefusesBadAddresses(t *testing.T) {
	for addr, want := range map[string]string{
		"":                      "want host:port",
		"localhost":             "no port",
		"http://localhost:8420": "is a URL",
		"\x00:1":                "connecting to pagesieved",
	} {
		conn, err := Dial(addr)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", addr, err, want)
		}
		if err == nil {
			_ = conn.Close()
		}
	}
}

// flaky answers the third time.
type flaky struct {
	pb.UnimplementedFilterServiceServer
	calls atomic.Int32
}

func (f *flaky) Classify(_ context.Context, req *pb.ClassifyRequest) (*pb.ClassifyResponse, error) {
	switch f.calls.Add(1) {
	case 1:
		return nil, status.Error(codes.Unavailable, "not yet")
	case 2:
		return nil, status.Error(codes.ResourceExhausted, "busy")
	}
	return &pb.ClassifyResponse{Text: req.GetPage().GetText()}, nil
}

func TestTriesAgain(t *testing.T) {
	l := bufconn.Listen(1 << 20)
	s, service := grpc.NewServer(), &flaky{}
	pb.RegisterFilterServiceServer(s, service)
	go func() { _ = s.Serve(l) }()
	defer s.Stop()
	conn, err := Dial("passthrough:///memory", grpc.WithContextDialer(
		func(ctx context.Context, _ string) (net.Conn, error) { return l.DialContext(ctx) }))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	page := strings.Repeat("x", 1<<20) // longer than what gRPC holds for another try by default
	resp, err := pb.NewFilterServiceClient(conn).Classify(t.Context(), &pb.ClassifyRequest{Page: &pb.Page{Content: &pb.Page_Text{Text: page}}})
	if err != nil || resp.GetText() != page || service.calls.Load() != 3 {
		t.Errorf("after %d calls: error %v", service.calls.Load(), err)
	}
}

func TestWordsForPeople(t *testing.T) {
	told, err := status.New(codes.InvalidArgument, "page too large").WithDetails(
		&errdetails.ErrorInfo{Reason: "PAGE_TOO_LARGE", Metadata: map[string]string{"hint": "send less"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		err           error
		message, hint string
	}{
		{nil, "", ""},
		{context.DeadlineExceeded, "the server did not answer in time", ""},
		{status.Error(codes.DeadlineExceeded, "x"), "the server did not answer in time", ""},
		{told.Err(), "page too large", "send less"},
		{status.Error(codes.Unimplemented, "unknown service"), "unknown service", "is it a pagesieved"},
		{status.Error(codes.ResourceExhausted, "grpc: received message larger than max"), "larger than max", "--max-page-bytes"},
	} {
		if got := Message(c.err); !strings.Contains(got, c.message) {
			t.Errorf("message of %v: %q, want %q", c.err, got, c.message)
		}
		if got := Hint(c.err); !strings.Contains(got, c.hint) || c.hint == "" && got != "" {
			t.Errorf("hint of %v: %q, want %q", c.err, got, c.hint)
		}
	}
}

func TestNobodyThere(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	conn, err := Dial(addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	_, err = pb.NewFilterServiceClient(conn).Classify(ctx, &pb.ClassifyRequest{})
	if got := Message(err); !strings.HasPrefix(got, "cannot reach the server: ") || !strings.Contains(got, "connection refused") {
		t.Errorf("message: %q", got)
	}
	if got := Hint(err); !strings.Contains(got, "is it running?") {
		t.Errorf("hint: %q", got)
	}
}
