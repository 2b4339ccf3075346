package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/reflection/grpc_reflection_v1"
	"google.golang.org/grpc/status"
	"google.golang.org/grpc/test/bufconn"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/cmd/internal/client"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fixture is a server in memory with a client.
type fixture struct {
	pb.FilterServiceClient
	server *Server
	conn   *grpc.ClientConn
	log    *lockedBuffer
	stop   func() error // stops the server and waits for it; may be called again
}

// start runs a server for the length of the test.
func start(t testing.TB, c Config) *fixture {
	t.Helper()
	f := &fixture{log: &lockedBuffer{}}
	if c.Log == nil {
		c.Log = slog.New(slog.NewTextHandler(f.log, nil))
	}
	var err error
	if f.server, err = New(c); err != nil {
		t.Fatal(err)
	}
	l := bufconn.Listen(1 << 20)
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- f.server.Serve(ctx, l, nil) }()
	f.stop = sync.OnceValue(func() error {
		cancel()
		return <-served
	})
	f.conn, err = client.Dial("passthrough:///memory", grpc.WithContextDialer(
		func(ctx context.Context, _ string) (net.Conn, error) { return l.DialContext(ctx) }))
	if err != nil {
		t.Fatal(err)
	}
	f.FilterServiceClient = pb.NewFilterServiceClient(f.conn)
	t.Cleanup(func() {
		if err := f.conn.Close(); err != nil {
			t.Error(err)
		}
		if err := f.stop(); err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
	return f
}

// lockedBuffer is a log that a test can read while the server writes.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// errSecret is an error that the server does not know.
var errSecret = errors.New("secret cause")

// fake is a classifier that does what the page tells it to.
func fake(ctx context.Context, doc classifier.Document, opts classifier.Options) (*classifier.Result, error) {
	text := string(doc.HTML) + string(doc.Text)
	if len(text) > opts.MaxBytes {
		return nil, fmt.Errorf("splitting page: %w: %d bytes", block.ErrTooLarge, len(text))
	}
	switch text {
	case "binary":
		return nil, fmt.Errorf("splitting page: %w", block.ErrBinary)
	case "unknown":
		return nil, errSecret
	case "panic":
		panic("at the page")
	case "forever":
		<-ctx.Done()
		return nil, fmt.Errorf("splitting page: %w", ctx.Err())
	}
	return &classifier.Result{
		Text:   text,
		Blocks: []classifier.Block{{Text: text, End: len(text), Kept: true, Probabilities: [classifier.NumLabels]float64{1}}},
		Model:  "fake",
	}, nil
}

func textRequest(id, text string) *pb.ClassifyRequest {
	return &pb.ClassifyRequest{Page: &pb.Page{Id: id, Content: &pb.Page_Text{Text: text}}}
}

// reasonOf is the machine-readable reason of an error, and its hint.
func reasonOf(err error) (reason, hint string) {
	for _, d := range status.Convert(err).Details() {
		if info, ok := d.(*errdetails.ErrorInfo); ok {
			return info.GetReason(), info.GetMetadata()["hint"]
		}
	}
	return "", ""
}

func TestClassify(t *testing.T) {
	f := start(t, Config{Classify: fake})
	resp, err := f.Classify(t.Context(), textRequest("page 1", "hello"))
	if err != nil {
		t.Fatal(err)
	}
	if resp.GetId() != "page 1" || resp.GetText() != "hello" || len(resp.GetBlocks()) != 1 || resp.GetModel() != "fake" {
		t.Errorf("got %v", resp)
	}
	req := textRequest("page 2", "hello")
	req.Options = &pb.ClassifyOptions{OmitBlocks: true}
	if resp, err = f.Classify(t.Context(), req); err != nil || resp.GetText() != "hello" || resp.GetBlocks() != nil {
		t.Errorf("without blocks: got %v, error %v", resp, err)
	}
}

func TestErrors(t *testing.T) {
	f := start(t, Config{Classify: fake, MaxPageBytes: 100, MaxDeadline: 20 * time.Millisecond})
	for _, c := range []struct {
		name   string
		req    *pb.ClassifyRequest
		code   codes.Code
		reason string
		text   string
	}{
		{"too large", textRequest("", strings.Repeat("x", 101)), codes.InvalidArgument, "PAGE_TOO_LARGE", "page too large"},
		{"binary", textRequest("", "binary"), codes.InvalidArgument, "PAGE_NOT_TEXT", "page is not text"},
		{"no page", &pb.ClassifyRequest{}, codes.InvalidArgument, "INVALID_REQUEST", "page.content: missing"},
		{"unknown", textRequest("", "unknown"), codes.Internal, "INTERNAL", "internal error"},
		{"panic", textRequest("", "panic"), codes.Internal, "INTERNAL", "internal error"},
		{"server's deadline", textRequest("", "forever"), codes.DeadlineExceeded, "DEADLINE_EXCEEDED", "deadline exceeded"},
		{"beyond gRPC's limit", textRequest("", strings.Repeat("x", 2<<20)), codes.ResourceExhausted, "", "larger than max"},
		{"none, after all that", textRequest("", "fine"), codes.OK, "", ""},
	} {
		_, err := f.Classify(t.Context(), c.req)
		reason, hint := reasonOf(err)
		if status.Code(err) != c.code || reason != c.reason || !strings.Contains(status.Convert(err).Message(), c.text) {
			t.Errorf("%s: got %v with reason %q, want %v %q with reason %q", c.name, err, reason, c.code, c.text, c.reason)
		}
		if c.reason != "" && hint == "" {
			t.Errorf("%s: no hint", c.name)
		}
	}
	if strings.Count(f.log.String(), errSecret.Error()) != 1 {
		t.Errorf("the cause of the internal error is not in the log once:\n%s", f.log)
	}
	if !strings.Contains(f.log.String(), "server.fake") {
		t.Errorf("the stack of the panic is not in the log:\n%s", f.log)
	}
}

func TestFieldViolation(t *testing.T) {
	f := start(t, Config{Classify: fake})
	req := textRequest("", "a")
	req.Options = &pb.ClassifyOptions{Preset: 99}
	_, err := f.Classify(t.Context(), req)
	for _, d := range status.Convert(err).Details() {
		if bad, ok := d.(*errdetails.BadRequest); ok && bad.GetFieldViolations()[0].GetField() == "options.preset" {
			return
		}
	}
	t.Errorf("no violation of options.preset in %v", err)
}

func TestClientDeadlineReachesTheClassifier(t *testing.T) {
	ended := make(chan error, 1)
	f := start(t, Config{Classify: func(ctx context.Context, doc classifier.Document, opts classifier.Options) (*classifier.Result, error) {
		<-ctx.Done()
		ended <- ctx.Err()
		return nil, ctx.Err()
	}})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := f.Classify(ctx, textRequest("", "a")); status.Code(err) != codes.DeadlineExceeded {
		t.Errorf("got %v", err)
	}
	<-ended
	ctx, cancel = context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	if _, err := f.Classify(ctx, textRequest("", "a")); status.Code(err) != codes.Canceled {
		t.Errorf("got %v", err)
	}
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the classifier's context ended with %v", err)
	}
}

func TestLimitsReachTheClassifier(t *testing.T) {
	var got classifier.Options
	f := start(t, Config{MaxPageBytes: 1000, Classify: func(_ context.Context, _ classifier.Document, opts classifier.Options) (*classifier.Result, error) {
		got = opts
		return &classifier.Result{}, nil
	}})
	for asked, want := range map[int32]int{0: 1000, 10: 10, 2000: 1000} {
		req := textRequest("", "a")
		req.Options = &pb.ClassifyOptions{MaxBytes: asked}
		if _, err := f.Classify(t.Context(), req); err != nil || got.MaxBytes != want {
			t.Errorf("asked for %d: got %d, want %d, error %v", asked, got.MaxBytes, want, err)
		}
	}
}

func TestNoPageTextInTheLog(t *testing.T) {
	f := start(t, Config{Classify: fake})
	if _, err := f.Classify(t.Context(), textRequest(strings.Repeat("long id", 100), "confidential")); err != nil {
		t.Error(err)
	}
	if log := f.log.String(); strings.Contains(log, "confidential") || !strings.Contains(log, "bytes=12") || len(log) > 1000 {
		t.Errorf("log:\n%s", log)
	}
}

func TestHealthAndReflection(t *testing.T) {
	f := start(t, Config{Classify: fake})
	for _, service := range []string{"", "pagesieve.v1.FilterService"} {
		resp, err := grpc_health_v1.NewHealthClient(f.conn).Check(t.Context(), &grpc_health_v1.HealthCheckRequest{Service: service})
		if err != nil || resp.GetStatus() != grpc_health_v1.HealthCheckResponse_SERVING {
			t.Errorf("health of %q: %v, error %v", service, resp, err)
		}
	}
	stream, err := grpc_reflection_v1.NewServerReflectionClient(f.conn).ServerReflectionInfo(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = stream.Send(&grpc_reflection_v1.ServerReflectionRequest{
		MessageRequest: &grpc_reflection_v1.ServerReflectionRequest_FileContainingSymbol{FileContainingSymbol: "pagesieve.v1.FilterService"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if resp, err := stream.Recv(); err != nil || resp.GetFileDescriptorResponse() == nil {
		t.Errorf("reflection: got %v, error %v", resp, err)
	}
	if err := stream.CloseSend(); err != nil {
		t.Error(err)
	}
	if _, err := stream.Recv(); err != io.EOF {
		t.Errorf("reflection's end: %v", err)
	}
}

func TestNewRefuses(t *testing.T) {
	for name, c := range map[string]Config{
		"no classifier":  {},
		"negative limit": {Classify: fake, Workers: -1},
		"huge pages":     {Classify: fake, MaxPageBytes: maxPage + 1},
	} {
		if _, err := New(c); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
