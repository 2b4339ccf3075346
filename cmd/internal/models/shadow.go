package models

import (
	"context"
	"sync"
	"time"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/training/retrain"
)

// Limits of a shadow.
const (
	shadowQueue   = 16       // pages that wait
	shadowBytes   = 32 << 20 // of these
	shadowSamples = 50
	shadowTime    = 30 * time.Second // for one page
)

// shadow classifies some of the pages a second time, after their answer and in
// a goroutine of its own. Where that falls behind, pages are dropped: live
// traffic never waits for it.
type shadow struct {
	version *loaded
	active  string // what it is compared with
	share   float64
	queue   chan shadowed
	stop    context.CancelFunc
	done    chan struct{}

	mu      sync.Mutex
	seen    uint64 // pages offered
	waiting int    // bytes in the queue
	counts  shadowCounts
}

type shadowed struct {
	doc    classifier.Document
	opts   classifier.Options
	answer *classifier.Result
}

func (s *shadowed) bytes() int { return len(s.doc.HTML) + len(s.doc.Text) }

type labels struct{ from, to classifier.Label }

// shadowCounts is what a shadow has seen.
type shadowCounts struct {
	pages, changedPages, changedVerdicts, dropped, failed, blocks int64
	changes                                                       map[labels]int64
	samples                                                       []retrain.Difference // a ring
	next                                                          int
	took                                                          time.Duration
}

// setShadow puts a version in the shadow, or none. a.mu is held.
func (a *Active) setShadow(m *loaded, share float64) {
	if old := a.shadow.Load(); old != nil {
		old.stop()
		<-old.done
	}
	if m == nil || m.ModelVersion() == a.Version() {
		a.shadow.Store(nil)
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &shadow{
		version: m, active: a.Version(), share: share,
		queue: make(chan shadowed, shadowQueue), stop: stop, done: make(chan struct{}),
		counts: shadowCounts{changes: map[labels]int64{}},
	}
	go s.run(ctx)
	a.shadow.Store(s)
}

// offer takes a page and its answer, if it is the shadow's turn and there is
// room. The document's bytes must not change after it.
func (s *shadow) offer(doc classifier.Document, opts classifier.Options, answer *classifier.Result) {
	p := shadowed{doc, opts, answer}
	s.mu.Lock()
	defer s.mu.Unlock()
	before := uint64(float64(s.seen) * s.share)
	s.seen++
	if answer.Model != s.active || uint64(float64(s.seen)*s.share) == before {
		return
	}
	if s.waiting+p.bytes() > shadowBytes && s.waiting > 0 {
		s.counts.dropped++
		return
	}
	select {
	case s.queue <- p:
		s.waiting += p.bytes()
	default:
		s.counts.dropped++
	}
}

func (s *shadow) run(ctx context.Context) {
	defer close(s.done)
	for {
		select {
		case <-ctx.Done():
			return
		case p := <-s.queue:
			start := time.Now()
			second, err := s.classify(ctx, p)
			s.count(p, second, err, time.Since(start))
		}
	}
}

// classify asks the shadow; a panic is its failure and nobody else's.
func (s *shadow) classify(ctx context.Context, p shadowed) (r *classifier.Result, err error) {
	defer func() {
		if recover() != nil {
			r, err = nil, ErrModel
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, shadowTime)
	defer cancel()
	return s.version.Classify(ctx, p.doc, p.opts)
}

func (s *shadow) count(p shadowed, second *classifier.Result, err error, took time.Duration) {
	var changed []retrain.Difference
	if err == nil {
		changed = retrain.Differences(p.answer, second)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting -= p.bytes()
	c := &s.counts
	if err != nil {
		c.failed++
		return
	}
	c.pages++
	c.blocks += int64(len(second.Blocks))
	c.took += took
	if second.Verdict != p.answer.Verdict {
		c.changedVerdicts++
	}
	if len(changed) > 0 {
		c.changedPages++
	}
	for i, d := range changed {
		c.changes[labels{d.From, d.To}]++
		if i < 5 { // no page fills the sample alone
			c.sample(d)
		}
	}
}

// sample keeps the latest differences. The text is copied, for it would keep
// its whole page in memory.
func (c *shadowCounts) sample(d retrain.Difference) {
	d.Text = cut(d.Text)
	if len(c.samples) < shadowSamples {
		c.samples = append(c.samples, d)
		return
	}
	c.samples[c.next] = d
	c.next = (c.next + 1) % shadowSamples
}
