package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"

	"github.com/pagesieve/pagesieve/cmd/internal/daemon"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// sink is a collector that keeps what it gets.
type sink struct {
	collector.UnimplementedTraceServiceServer
	got chan *collector.ExportTraceServiceRequest
}

func (s sink) Export(_ context.Context, r *collector.ExportTraceServiceRequest) (*collector.ExportTraceServiceResponse, error) {
	s.got <- r
	return &collector.ExportTraceServiceResponse{}, nil
}

// TestSpan holds that a call becomes a span below that of its caller.
func TestSpan(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := sink{got: make(chan *collector.ExportTraceServiceRequest, 10)}
	otlp := grpc.NewServer()
	collector.RegisterTraceServiceServer(otlp, s)
	go func() { _ = otlp.Serve(l) }()
	defer otlp.Stop()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://"+l.Addr().String())

	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	log, stderr := io.Pipe()
	exit := make(chan int, 1)
	go func() {
		exit <- daemon.Run(ctx, []string{"--listen", "127.0.0.1:0", "--http", "", "--log-format", "json"}, io.Discard, stderr, daemon.Options{Tracing: tracing})
		_ = stderr.Close()
	}()
	addr := ""
	lines := bufio.NewScanner(log)
	for addr == "" && lines.Scan() {
		var line struct{ Addr string }
		if json.Unmarshal(lines.Bytes(), &line) == nil {
			addr = line.Addr
		}
	}
	go func() { _, _ = io.Copy(io.Discard, log) }()
	conn, err := grpc.NewClient(addr, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	const traceID = "0af7651916cd43dd8448eb211c80319c"
	call := metadata.AppendToOutgoingContext(t.Context(), "traceparent", "00-"+traceID+"-b7ad6b7169203331-01")
	page := &pb.Page{Content: &pb.Page_HtmlString{HtmlString: "<p>One.<p>Two."}}
	if _, err := pb.NewFilterServiceClient(conn).Classify(call, &pb.ClassifyRequest{Page: page}); err != nil {
		t.Fatal(err)
	}
	stop()
	if code := <-exit; code != 0 {
		t.Errorf("exit code %d", code)
	}
	select {
	case r := <-s.got:
		span := r.GetResourceSpans()[0].GetScopeSpans()[0].GetSpans()[0]
		if span.GetName() != "pagesieve.v1.FilterService/Classify" || !is(span.GetTraceId(), traceID) {
			t.Errorf("got %v", span)
		}
	case <-time.After(10 * time.Second):
		t.Error("no span was sent")
	}
}

func is(id []byte, hex string) bool {
	const digits = "0123456789abcdef"
	text := ""
	for _, b := range id {
		text += string(digits[b>>4]) + string(digits[b&15])
	}
	return text == hex
}
