package soak

import (
	"cmp"
	"context"
	"flag"
	"fmt"
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

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

var (
	soakFor  = flag.Duration("soak", 0, "how long to drive the server; 0 for some seconds")
	storedN  = flag.Int("stored", 0, "how many pages are stored and trained on; 0 for some")
	pageFile = flag.String("pages", "", "file of labelled pages to store; ours where empty")
)

// short is for how long the test runs among the others; too short to say
// anything of memory.
const short = 1500 * time.Millisecond

// long is from how long on a run says something of a slow growth.
const long = 10 * time.Minute

// phase is where a soak is.
type phase int32

const (
	calm phase = iota
	trains
	changed // the new version is promoted
	phases
)

func (p phase) String() string {
	return [...]string{"before", "while it trains", "after the promotion"}[p]
}

// run is what one soak has seen.
type run struct {
	phase    atomic.Int32
	mu       sync.Mutex
	latency  [phases][]time.Duration // of unary calls, by the phase that they began in
	models   map[string]bool
	wrong    []string
	answered [2]atomic.Int64 // unary, stream
}

func (r *run) now() phase { return phase(r.phase.Load()) }

func (r *run) fault(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.wrong) < 20 {
		r.wrong = append(r.wrong, fmt.Sprintf(format, args...))
	}
}

func (r *run) check(p page, kind int, resp *pb.ClassifyResponse, code codes.Code) {
	if code != p.want {
		r.fault("a page of %d bytes (%.20q): got %v, want %v", len(p.html), p.html, code, p.want)
	}
	r.answered[kind].Add(1)
	if m := resp.GetModel(); m != "" {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.models[m] = true
	}
}

// TestSoak drives a server over unary calls and streams together. After a third
// of the time it has it train on stored pages and promotes the new version.
// No call may fail but those that are meant to, and memory may not grow.
func TestSoak(t *testing.T) {
	length := max(*soakFor, short)
	workers := 0 // all cores
	if length <= short {
		workers = 1 // leaves some of the cores to the training, which would take long else
	}
	p := launch(t, t.TempDir(), "--max-page-bytes", strconv.Itoa(1<<20), "--workers", strconv.Itoa(workers))
	o := p.operator(t)
	request := &pb.TrainRequest{Name: "soak"}
	n := cmp.Or(*storedN, 100)
	if length < long { // few pages and trees, to be done in time
		n, request.WithoutBase, request.Trees = cmp.Or(*storedN, 8), true, 2
	}
	o.add(t, labelled(t, n, *pageFile))

	pages := traffic(400)
	seen := &run{models: map[string]bool{}}
	ctx, stop := context.WithCancel(t.Context())
	var clients sync.WaitGroup
	for i := range runtime.GOMAXPROCS(0) {
		clients.Go(func() { seen.unary(ctx, t, p, pages, i*97) })
		clients.Go(func() { seen.stream(ctx, t, p, pages, i*61) })
	}
	memory := make(chan []sample)
	go func() { memory <- seen.watch(ctx, t, p, length/60) }()

	start := time.Now()
	time.Sleep(length / 3)
	version := seen.retrain(t, o, request)
	took := time.Since(start) - length/3
	time.Sleep(max(length-time.Since(start), length/2))
	stop()
	clients.Wait()
	own, children := p.spent()
	t.Logf("%v in all, training and promotion %v; processor time: server %v, training apart from it %v, clients %v",
		time.Since(start).Round(time.Second), took.Round(time.Millisecond), own.Round(time.Second), children.Round(time.Second), spentHere().Round(time.Second))
	seen.report(t, version)
	reportMemory(t, p, <-memory, length)
}

// retrain trains and promotes, and gives back the new version.
func (r *run) retrain(t *testing.T, o operator, req *pb.TrainRequest) string {
	r.phase.Store(int32(trains))
	defer r.phase.Store(int32(changed))
	v, err := o.train(t, req)
	if err != nil {
		t.Errorf("train: %v", err)
		return ""
	}
	if err := o.promote(t, v.GetId()); err != nil {
		t.Errorf("promote: %v", err)
	}
	return v.GetId()
}

func classifyRequest(i int, p page) *pb.ClassifyRequest {
	return &pb.ClassifyRequest{Page: &pb.Page{Id: strconv.Itoa(i), Content: &pb.Page_Html{Html: p.html}}}
}

// unary calls one page after the other until ctx ends; what is under way then
// is still answered. After the first answer of a model, none may be the former's.
func (r *run) unary(ctx context.Context, t *testing.T, p *process, pages []page, from int) {
	c := pb.NewFilterServiceClient(p.dial(t))
	var took [phases][]time.Duration
	model := ""
	former := map[string]bool{}
	for i := from; ctx.Err() == nil; i++ {
		page, phase, start := pages[i%len(pages)], r.now(), time.Now()
		resp, err := c.Classify(t.Context(), classifyRequest(i, page))
		took[phase] = append(took[phase], time.Since(start))
		r.check(page, 0, resp, status.Code(err))
		if m := resp.GetModel(); m != "" && m != model {
			if former[m] {
				r.fault("%s answers again after %s", m, model)
			}
			former[model], model = true, m
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for phase := range took {
		r.latency[phase] = append(r.latency[phase], took[phase]...)
	}
}

// stream sends pages as fast as they are taken, over one stream after the
// other of 1,000 pages each, until ctx ends.
func (r *run) stream(ctx context.Context, t *testing.T, p *process, pages []page, from int) {
	c := pb.NewFilterServiceClient(p.dial(t))
	for i := from; ctx.Err() == nil; i += 1000 {
		s, err := c.ClassifyStream(t.Context())
		if err != nil {
			r.fault("opening a stream: %v", err)
			return
		}
		sent := make(chan int, 1)
		go func() {
			n := 0
			for ; n < 1000 && ctx.Err() == nil; n++ {
				if s.Send(&pb.ClassifyStreamRequest{Request: classifyRequest(i+n, pages[(i+n)%len(pages)])}) != nil {
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
					r.fault("%d pages sent and %d answered: %v", n, got, err)
				}
				break
			}
			if resp.GetId() != strconv.Itoa(i+got) {
				r.fault("answer %d is to page %s", i+got, resp.GetId())
			}
			r.check(pages[(i+got)%len(pages)], 1, resp.GetResponse(), codes.Code(resp.GetError().GetCode()))
		}
	}
}

// report says what was seen and fails the test where it is not as it has to be.
func (r *run) report(t *testing.T, version string) {
	for _, text := range r.wrong {
		t.Error(text)
	}
	t.Logf("%d pages by calls, %d by streams", r.answered[0].Load(), r.answered[1].Load())
	for phase := range phases {
		l := r.latency[phase]
		t.Logf("unary calls %s: %d, %v", phase, len(l), quantiles(l))
	}
	if len(r.models) != 2 || !r.models[version] {
		t.Errorf("answers by the models %v: want the first and %s", r.models, version)
	}
}

// quantiles of latencies, which it sorts.
func quantiles(l []time.Duration) string {
	var out []string
	for _, q := range []float64{0.5, 0.95, 0.99, 1} {
		out = append(out, fmt.Sprintf("p%g %v", 100*q, quantile(l, q).Round(10*time.Microsecond)))
	}
	return strings.Join(out, ", ")
}

func quantile(l []time.Duration, q float64) time.Duration {
	if len(l) == 0 {
		return 0
	}
	slices.Sort(l)
	return l[int(q*float64(len(l)-1))]
}
