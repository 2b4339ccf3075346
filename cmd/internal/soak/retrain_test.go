package soak

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/grpc/codes"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// What TestRetrain holds with many pages, on two cores that do nothing else.
const (
	longestTraining = 3 * time.Minute
	slowestP99      = 2.0 // times what it is without a training
)

// TestRetrain measures what a training costs those who are served meanwhile.
// The load is half of what the server can do, at even times whether it
// answers or not, and each call's time counts from when it was due.
func TestRetrain(t *testing.T) {
	n, request, span := *storedN, &pb.TrainRequest{Name: "retrain"}, 20*time.Second
	if n == 0 {
		t.Skip("a measurement, for a machine that does nothing else: -stored 1500")
	}
	p := launch(t, t.TempDir())
	o := p.operator(t)
	pages := honest()
	full := saturate(t, p, pages, span)
	start := time.Now()
	o.add(t, labelled(t, n, *pageFile))
	t.Logf("%d pages stored in %v; %.0f pages/s at full load", n, time.Since(start).Round(time.Millisecond), full)

	calm := half(t, p, pages, full/2, func() { time.Sleep(span) })
	var took time.Duration
	own, children := p.spent()
	busy := half(t, p, pages, full/2, func() {
		start := time.Now()
		if _, err := o.train(t, request); err != nil {
			t.Error(err)
		}
		took = time.Since(start)
	})
	ownAfter, childrenAfter := p.spent()
	after := half(t, p, pages, full/2, func() { time.Sleep(span) })
	_, most := p.resident()
	t.Logf("calls at half load: %d, %s", len(calm), quantiles(calm))
	t.Logf("calls while it trains: %d, %s", len(busy), quantiles(busy))
	t.Logf("calls after: %d, %s", len(after), quantiles(after))
	t.Logf("training: %v; processor time meanwhile: server %v, training apart from it %v; the server's peak %.0f MiB",
		took.Round(time.Millisecond), (ownAfter - own).Round(10*time.Millisecond), (childrenAfter - children).Round(10*time.Millisecond), most/(1<<20))
	before := min(quantile(calm, 0.99), quantile(after, 0.99))
	t.Logf("p99 %.2f times as long", float64(quantile(busy, 0.99))/float64(before))
	if took > longestTraining {
		t.Errorf("training took %v: at most %v", took, longestTraining)
	}
	if float64(quantile(busy, 0.99)) > slowestP99*float64(before) {
		t.Errorf("p99 %v, %v without a training", quantile(busy, 0.99), before)
	}
}

// saturate is how many pages a second the server answers to two clients for
// each core.
func saturate(t *testing.T, p *process, pages []page, span time.Duration) float64 {
	c := pb.NewFilterServiceClient(p.dial(t))
	ctx, stop := context.WithTimeout(t.Context(), span)
	defer stop()
	var done atomic.Int64
	var clients sync.WaitGroup
	start := time.Now()
	for range 2 * runtime.GOMAXPROCS(0) {
		clients.Go(func() {
			for ctx.Err() == nil {
				if _, err := c.Classify(t.Context(), classifyRequest(0, pages[int(done.Add(1))%len(pages)])); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	clients.Wait()
	return float64(done.Load()) / time.Since(start).Seconds()
}

// half calls at a rate for as long as something else lasts, and gives back how
// long each call took from when it was due.
func half(t *testing.T, p *process, pages []page, rate float64, while func()) (took []time.Duration) {
	c := pb.NewFilterServiceClient(p.dial(t))
	done := make(chan struct{})
	go func() { defer close(done); while() }()
	var mu sync.Mutex
	var calls sync.WaitGroup
	start := time.Now()
	for i := 0; ; i++ {
		due := start.Add(time.Duration(float64(i) / rate * float64(time.Second)))
		select {
		case <-done:
			calls.Wait()
			return took
		case <-time.After(time.Until(due)):
		}
		calls.Go(func() {
			r, err := c.Classify(t.Context(), classifyRequest(i, pages[i%len(pages)]))
			if err != nil || r.GetVerdict() == 0 {
				t.Errorf("got %v, error %v, want %v", r.GetVerdict(), err, codes.OK)
			}
			mu.Lock()
			defer mu.Unlock()
			took = append(took, time.Since(due))
		})
	}
}
