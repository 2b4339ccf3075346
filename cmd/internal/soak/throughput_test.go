package soak

import (
	"context"
	"io"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
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

// spent is the time that this process has had on processors.
type spent time.Duration

func cpu() spent {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return spent(u.Utime.Nano() + u.Stime.Nano())
}

func (before spent) report(b *testing.B) {
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
	b.ReportMetric(float64(cpu()-before)/1e3/float64(b.N), "cpu-µs/page")
}

func honest() []page {
	r := rand.New(rand.NewPCG(3, 4))
	pages := make([]page, 100)
	for i := range pages {
		pages[i] = page{article(r, 50<<10), codes.OK}
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
	used := cpu()
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
	used.report(b)
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
	used := cpu()
	b.ResetTimer()
	for range runtime.GOMAXPROCS(0) {
		cores.Go(func() { pump(b, dial(b, addr), pages, &next) })
	}
	cores.Wait()
	used.report(b)
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
			if s.Send(&pb.ClassifyStreamRequest{Request: request(int(i), pages[i%100])}) != nil {
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
