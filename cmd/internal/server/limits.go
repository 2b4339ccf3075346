package server

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

// errBusy refuses a call that another time may be taken.
var errBusy = errors.New("server is busy")

// retryAfter is when a caller that was refused may try again.
const retryAfter = time.Second

// callLimiter counts the calls that are open, each client's and all.
type callLimiter struct {
	perClient, inAll int

	mu     sync.Mutex
	all    int
	counts map[string]int // clients with open calls only
}

// enter counts a call in, or says why not.
func (l *callLimiter) enter(client string) (shed string, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.all >= l.inAll:
		return shedAll, false
	case l.counts[client] >= l.perClient:
		return shedClient, false
	}
	l.all++
	l.counts[client]++
	return "", true
}

func (l *callLimiter) leave(client string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all--
	if l.counts[client]--; l.counts[client] == 0 {
		delete(l.counts, client)
	}
}

// open is how many calls are open, for the metrics.
func (l *callLimiter) open() float64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return float64(l.all)
}

// Why calls are shed, as the metrics name it.
const (
	shedAll    = "calls"
	shedClient = "client"
	shedQueue  = "queue"
)

// places bounds how many pages are classified at a time. The rest wait, in
// the order of arrival.
type places struct {
	free    chan struct{} // holds one for each page being classified
	waiting atomic.Int64
	queue   int64 // most pages of unary calls that wait
}

// enter waits for a place. Pages of a stream may always wait, for their number
// is bounded by the streams; a unary call is refused behind a long queue.
func (p *places) enter(ctx context.Context, stream bool) error {
	select {
	case p.free <- struct{}{}:
		return nil
	default:
	}
	if n := p.waiting.Add(1); n > p.queue && !stream {
		p.waiting.Add(-1)
		return errBusy
	}
	defer p.waiting.Add(-1)
	select {
	case p.free <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *places) leave() { <-p.free }

// clientOf is what the limits for each client count by: the caller's name, or
// the host that it calls from. Of an IPv6 address the network counts, for a
// host has as many addresses in it as it likes.
func clientOf(c caller, addr string) string {
	if c.name != "" {
		return "name:" + c.name
	}
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return "addr:" + addr
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return "addr:" + host
	}
	ip = ip.Unmap().WithZone("")
	if prefix, err := ip.Prefix(64); err == nil && ip.Is6() {
		return "addr:" + prefix.String()
	}
	return "addr:" + ip.String()
}
