package soak

import (
	"context"
	"flag"
	"fmt"
	"net"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/cmd/internal/client"
	"github.com/pagesieve/pagesieve/cmd/internal/server"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

var soakFor = flag.Duration("soak", 0, "how long to drive the server; 0 for a second or two")

// short is for how long the test runs among the others; too short to say
// anything of memory.
const short = 1500 * time.Millisecond

// swapping is a classifier that can be exchanged while it serves.
type swapping struct{ now atomic.Pointer[named] }

type named struct {
	*classifier.Classifier
	name string
}

func (s *swapping) Classify(ctx context.Context, doc classifier.Document, o classifier.Options) (*classifier.Result, error) {
	c := s.now.Load()
	r, err := c.Classify(ctx, doc, o)
	if err == nil {
		r.Model = c.name
	}
	return r, err
}

// run is what one soak has seen.
type run struct {
	mu       sync.Mutex
	latency  []time.Duration // of unary calls
	pages    atomic.Int64
	models   sync.Map
	wrong    atomic.Pointer[string]
	answered [2]atomic.Int64 // unary, stream
}

func (r *run) check(p page, kind int, resp *pb.ClassifyResponse, code codes.Code) {
	if code != p.want {
		text := fmt.Sprintf("a page of %d bytes (%.20q): got %v, want %v", len(p.html), p.html, code, p.want)
		r.wrong.CompareAndSwap(nil, &text)
	}
	r.pages.Add(1)
	r.answered[kind].Add(1)
	if resp != nil {
		r.models.LoadOrStore(resp.GetModel(), true)
	}
}

// TestSoak drives a server over unary calls and streams together, changes its
// model half way, and looks at errors and memory.
func TestSoak(t *testing.T) {
	length := *soakFor
	if length == 0 {
		length = short
	}
	first, err := classifier.Default()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("../../../classifier/default.model")
	if err != nil {
		t.Fatal(err)
	}
	swap := &swapping{}
	swap.now.Store(&named{first, "first"})
	addr := serve(t, server.Config{Classify: swap.Classify, MaxPageBytes: 1 << 20})
	pages := traffic(400)
	seen := &run{}
	ctx, stop := context.WithTimeout(t.Context(), length)
	defer stop()
	var clients sync.WaitGroup
	for i := range runtime.GOMAXPROCS(0) {
		clients.Go(func() { seen.unary(ctx, t, addr, pages, i*97) })
		clients.Go(func() { seen.stream(ctx, t, addr, pages, i*61) })
	}
	memory := watchMemory(ctx, length, func() {
		second, err := classifier.New(data) // as a promotion does: read it, then exchange it
		if err != nil {
			t.Error(err)
			return
		}
		swap.now.Store(&named{second, "second"})
	})
	clients.Wait()
	seen.report(t, length, memory)
}

// serve runs a server over TCP for the length of the test.
func serve(t testing.TB, c server.Config) string {
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

func dial(t testing.TB, addr string) pb.FilterServiceClient {
	t.Helper()
	conn, err := client.Dial(addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return pb.NewFilterServiceClient(conn)
}

func request(i int, p page) *pb.ClassifyRequest {
	return &pb.ClassifyRequest{Page: &pb.Page{Id: strconv.Itoa(i), Content: &pb.Page_Html{Html: p.html}}}
}

// unary calls one page after the other until ctx ends; what is under way then
// is still answered.
func (r *run) unary(ctx context.Context, t *testing.T, addr string, pages []page, from int) {
	c := dial(t, addr)
	var took []time.Duration
	for i := from; ctx.Err() == nil; i++ {
		p := pages[i%len(pages)]
		start := time.Now()
		resp, err := c.Classify(t.Context(), request(i, p))
		took = append(took, time.Since(start))
		r.check(p, 0, resp, status.Code(err))
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.latency = append(r.latency, took...)
}

// stream sends pages as fast as they are taken, over one stream after the
// other of 1,000 pages each, until ctx ends.
func (r *run) stream(ctx context.Context, t *testing.T, addr string, pages []page, from int) {
	c := dial(t, addr)
	for i := from; ctx.Err() == nil; i += 1000 {
		s, err := c.ClassifyStream(t.Context())
		if err != nil {
			t.Error(err)
			return
		}
		sent := make(chan int, 1)
		go func() {
			n := 0
			for ; n < 1000 && ctx.Err() == nil; n++ {
				if s.Send(&pb.ClassifyStreamRequest{Request: request(i+n, pages[(i+n)%len(pages)])}) != nil {
					break
				}
			}
			_ = s.CloseSend()
			sent <- n
		}()
		got := 0
		for ; ; got++ {
			resp, err := s.Recv()
			if err != nil {
				if n := <-sent; n != got {
					t.Errorf("%d pages sent and %d answered: %v", n, got, err)
				}
				break
			}
			if resp.GetId() != strconv.Itoa(i+got) {
				t.Errorf("answer %d is to page %s", i+got, resp.GetId())
			}
			r.check(pages[(i+got)%len(pages)], 1, resp.GetResponse(), codes.Code(resp.GetError().GetCode()))
		}
	}
}

// watchMemory calls half half way, and gives back what the process held, each
// time after a collection, over the whole length.
func watchMemory(ctx context.Context, length time.Duration, half func()) (held []uint64) {
	tick := time.NewTicker(length / 30)
	defer tick.Stop()
	for i := 0; ; i++ {
		select {
		case <-ctx.Done():
			return held
		case <-tick.C:
		}
		if i == 15 {
			half()
		}
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		held = append(held, m.HeapAlloc)
	}
}

// report says what was seen and fails the test where it is not as it has to be.
func (r *run) report(t *testing.T, length time.Duration, memory []uint64) {
	if text := r.wrong.Load(); text != nil {
		t.Error(*text)
	}
	slices.Sort(r.latency)
	at := func(q float64) time.Duration { return r.latency[int(q*float64(len(r.latency)-1))] }
	t.Logf("%d pages in %v: %d by calls, %d by streams; unary p50 %v, p99 %v, longest %v",
		r.pages.Load(), length, r.answered[0].Load(), r.answered[1].Load(), at(0.5), at(0.99), at(1))
	var models []string
	r.models.Range(func(name, _ any) bool { models = append(models, name.(string)); return true })
	slices.Sort(models)
	if length > short && strings.Join(models, " ") != "first second" {
		t.Errorf("answers by the models %v: want first and second", models)
	}
	third := len(memory) / 3
	// The least of each third: the rest is pages under way.
	second, last := float64(slices.Min(memory[third:2*third])), float64(slices.Min(memory[2*third:]))
	t.Logf("live heap: %.1f MiB in the second third, %.1f MiB in the last; peak resident %s", second/(1<<20), last/(1<<20), peak())
	if most := growth(length); length > short && last > most*second {
		t.Errorf("memory grows: by %.1f %%, at most %.0f %% is right for a run of this length", 100*(last/second-1), 100*(most-1))
	}
}

// growth is by how much the last third may be above the second: a twentieth in
// a long run. In a short one pages under way, of up to some MB, and the memory
// that is kept for the next page still make a difference; it can only show a
// leak that doubles what is held.
func growth(length time.Duration) float64 {
	if length < 10*time.Minute {
		return 1.5
	}
	return 1.05
}

// peak is the most that the process, with its clients, ever had resident.
func peak() string {
	data, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "unknown"
	}
	_, rest, _ := strings.Cut(string(data), "VmHWM:")
	value, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSpace(value)
}
