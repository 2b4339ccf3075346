package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/pagesieve/pagesieve/classifier"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// TestStreamOrder sends good and bad pages whose times vary.
func TestStreamOrder(t *testing.T) {
	const pages, workers = 200, 8
	var running, most atomic.Int32
	f := start(t, Config{Workers: workers, Classify: func(ctx context.Context, doc classifier.Document, opts classifier.Options) (*classifier.Result, error) {
		now := running.Add(1)
		defer running.Add(-1)
		for m := most.Load(); now > m && !most.CompareAndSwap(m, now); m = most.Load() {
		}
		time.Sleep(time.Duration(rand.Intn(2000)) * time.Microsecond)
		return fake(ctx, doc, opts)
	}})
	stream, err := f.ClassifyStream(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{"good", "binary", "good", "unknown", "good", "panic", "good"}
	sent := make(chan error, 1)
	go func() {
		for i := range pages {
			if err := stream.Send(streamRequest(fmt.Sprint(i), texts[i%len(texts)])); err != nil {
				sent <- err
				return
			}
		}
		sent <- stream.CloseSend()
	}()
	want := map[string]codes.Code{"binary": codes.InvalidArgument, "unknown": codes.Internal, "panic": codes.Internal}
	for i := range pages {
		resp, err := stream.Recv()
		if err != nil {
			t.Fatalf("answer %d: %v", i, err)
		}
		text := texts[i%len(texts)]
		if resp.GetId() != fmt.Sprint(i) || codes.Code(resp.GetError().GetCode()) != want[text] || (resp.GetResponse() != nil) != (text == "good") {
			t.Fatalf("answer %d to %q: %v", i, text, resp)
		}
	}
	if _, err := stream.Recv(); err != io.EOF {
		t.Errorf("the stream's end: %v", err)
	}
	if err := <-sent; err != nil {
		t.Error(err)
	}
	if m := most.Load(); m > workers || m < 2 {
		t.Errorf("%d pages at a time", m)
	}
}

func TestStreamEmptyMessage(t *testing.T) {
	f := start(t, Config{Classify: fake})
	stream, err := f.ClassifyStream(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := stream.Send(&pb.ClassifyStreamRequest{}); err != nil {
		t.Fatal(err)
	}
	if resp, err := stream.Recv(); err != nil || codes.Code(resp.GetError().GetCode()) != codes.InvalidArgument {
		t.Errorf("got %v, error %v", resp, err)
	}
	if err := stream.CloseSend(); err != nil {
		t.Error(err)
	}
	if _, err := stream.Recv(); err != io.EOF {
		t.Error(err)
	}
}

// TestStreamHoldsFastSenders holds that a client that sends and does not read
// cannot fill the server's memory.
func TestStreamHoldsFastSenders(t *testing.T) {
	const pages, workers = 60, 2
	var classified atomic.Int32
	f := start(t, Config{Workers: workers, Classify: func(context.Context, classifier.Document, classifier.Options) (*classifier.Result, error) {
		classified.Add(1)
		return &classifier.Result{Text: strings.Repeat("x", 1<<20)}, nil
	}})
	stream, err := f.ClassifyStream(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for range pages {
			if stream.Send(streamRequest("", strings.Repeat("y", 10<<10))) != nil {
				return
			}
		}
		_ = stream.CloseSend()
	}()
	for before := int32(-1); before != classified.Load(); time.Sleep(100 * time.Millisecond) {
		before = classified.Load()
	}
	if n := classified.Load(); n > 8*workers {
		t.Errorf("%d pages classified with nobody reading", n)
	}
	for i := range pages {
		if _, err := stream.Recv(); err != nil {
			t.Fatalf("answer %d: %v", i, err)
		}
	}
	if _, err := stream.Recv(); err != io.EOF {
		t.Error(err)
	}
}

func TestStreamCancelStopsWork(t *testing.T) {
	started, ended := make(chan bool, 2), make(chan error, 2)
	f := start(t, Config{Workers: 2, Classify: func(ctx context.Context, _ classifier.Document, _ classifier.Options) (*classifier.Result, error) {
		started <- true
		<-ctx.Done()
		ended <- ctx.Err()
		return nil, ctx.Err()
	}})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	stream, err := f.ClassifyStream(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := stream.Send(streamRequest("", "a")); err != nil {
			t.Fatal(err)
		}
	}
	<-started
	<-started
	cancel()
	for range 2 {
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("the classifier's context ended with %v", err)
		}
	}
	if _, err := stream.Recv(); status.Code(err) != codes.Canceled {
		t.Errorf("got %v", err)
	}
}

// TestStreamPageDeadline holds that the time limit is each page's, and that a
// page beyond it does not end the stream.
func TestStreamPageDeadline(t *testing.T) {
	f := start(t, Config{Classify: fake, MaxDeadline: 20 * time.Millisecond})
	stream, err := f.ClassifyStream(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"forever", "good", "forever", "good"} {
		if err := stream.Send(streamRequest("", text)); err != nil {
			t.Fatal(err)
		}
	}
	for i, want := range []codes.Code{codes.DeadlineExceeded, codes.OK, codes.DeadlineExceeded, codes.OK} {
		resp, err := stream.Recv()
		if err != nil || codes.Code(resp.GetError().GetCode()) != want {
			t.Errorf("answer %d: got %v, error %v", i, resp, err)
		}
	}
	if err := stream.CloseSend(); err != nil {
		t.Error(err)
	}
	if _, err := stream.Recv(); err != io.EOF {
		t.Error(err)
	}
}

func TestStreamDeadline(t *testing.T) {
	f := start(t, Config{Classify: fake})
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	stream, err := f.ClassifyStream(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := stream.Send(streamRequest("", "forever")); err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = stream.Recv()
	}
	if status.Code(err) != codes.DeadlineExceeded {
		t.Errorf("got %v", err)
	}
}

// gRPC itself ends the stream at a message beyond its limit, and what was
// under way is lost; that is why the limit leaves room over the page limit.
func TestStreamOversizeMessageEndsIt(t *testing.T) {
	f := start(t, Config{Classify: fake, MaxPageBytes: 100})
	stream, err := f.ClassifyStream(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := stream.Send(streamRequest("", strings.Repeat("x", 101))); err != nil {
		t.Fatal(err)
	}
	if resp, err := stream.Recv(); err != nil || codes.Code(resp.GetError().GetCode()) != codes.InvalidArgument {
		t.Errorf("a little too long: got %v, error %v", resp, err)
	}
	if err := stream.Send(streamRequest("", strings.Repeat("x", 2<<20))); err != nil {
		t.Fatal(err)
	}
	if _, err := stream.Recv(); status.Code(err) != codes.ResourceExhausted {
		t.Errorf("far too long: got %v", err)
	}
}
