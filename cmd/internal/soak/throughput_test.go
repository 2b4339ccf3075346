package soak

import (
	"context"
	"io"
	"math/rand/v2"
	"net"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/grpc/codes"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/cmd/internal/server"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// BenchmarkLibrary and BenchmarkStreams classify the same pages, on all cores:
// by the library alone, and through a server by one stream for each core. The
// ratio of their pages/s is what serving leaves of the library's speed; the
// client takes its share of the same cores. On a machine that does other work
// too the ratio of cpu-µs/page tells it better.

// reportSince reports how fast it went, and what it took of the processors.
func reportSince(b *testing.B, before time.Duration) {
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
	b.ReportMetric(float64(spentHere()-before)/1e3/float64(b.N), "cpu-µs/page")
}

// serve runs a server over TCP in this process for the length of the test.
func serve(t testing.TB, c server.Config) (addr string) {
	t.Helper()
	srv, err := server.New(c)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- srv.Serve(ctx, l, nil) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return l.Addr().String()
}

func honest() []page {
	r := rand.New(rand.NewPCG(3, 4))
	pages := make([]page, 100)
	for i := range pages {
		html, _ := article(r, 50<<10)
		pages[i] = page{html, codes.OK}
	}
	return pages
}

func BenchmarkLibrary(b *testing.B) {
	c, err := classifier.Default()
	if err != nil {
		b.Fatal(err)
	}
	pages := honest()
	var next atomic.Int64
	var cores sync.WaitGroup
	used := spentHere()
	b.ResetTimer()
	for range runtime.GOMAXPROCS(0) {
		cores.Go(func() {
			for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
				if _, err := c.Classify(b.Context(), classifier.Document{HTML: pages[i%100].html}, classifier.Options{}); err != nil {
					b.Error(err)
				}
			}
		})
	}
	cores.Wait()
	reportSince(b, used)
}

func BenchmarkStreams(b *testing.B) {
	c, err := classifier.Default()
	if err != nil {
		b.Fatal(err)
	}
	addr := serve(b, server.Config{Classify: c.Classify})
	pages := honest()
	var next atomic.Int64
	var cores sync.WaitGroup
	used := spentHere()
	b.ResetTimer()
	for range runtime.GOMAXPROCS(0) {
		cores.Go(func() { pump(b, pb.NewFilterServiceClient(dial(b, addr)), pages, &next) })
	}
	cores.Wait()
	reportSince(b, used)
}

// pump sends pages over one stream and takes the answers.
func pump(b *testing.B, c pb.FilterServiceClient, pages []page, next *atomic.Int64) {
	s, err := c.ClassifyStream(context.Background())
	if err != nil {
		b.Error(err)
		return
	}
	go func() {
		for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
			if s.Send(&pb.ClassifyStreamRequest{Request: classifyRequest(int(i), pages[i%100])}) != nil {
				return
			}
		}
		_ = s.CloseSend()
	}()
	for {
		resp, err := s.Recv()
		if err == io.EOF {
			return
		}
		if err != nil || resp.GetError() != nil {
			b.Errorf("got %v, error %v", resp.GetError(), err)
			return
		}
	}
}
