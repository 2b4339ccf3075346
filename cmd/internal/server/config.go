package server

import (
	"cmp"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/stats"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// Config is what a server needs. The zero value of every field but Classify
// is useful.
type Config struct {
	Classify     Classify      // answers for one page; required
	MaxPageBytes int           // longest page; 0 means block.DefaultMaxBytes
	MaxBlocks    int           // most blocks of a page; 0 means block.DefaultMaxBlocks
	MaxDeadline  time.Duration // longest time for one page; 0 means DefaultMaxDeadline
	Grace        time.Duration // how long Serve waits for running calls when it stops; 0 means DefaultGrace
	Workers      int           // pages at a time, of one stream and in all; 0 means GOMAXPROCS
	Log          *slog.Logger  // nil means no log

	// Who may call. Access is asked at every call, so that it can change, and
	// must be quick; where it is nil, or answers nil, everyone has the role
	// Anonymous, RoleClassify if that is RoleNone. TLS is nil for none.
	Access    func() *Access
	Anonymous Role
	TLS       *tls.Config

	MaxCalls       int           // calls open at a time; 0 means DefaultMaxCalls
	MaxClientCalls int           // calls of one client open at a time; 0 means DefaultMaxClientCalls
	MaxQueue       int           // pages of unary calls that wait for a worker; 0 means DefaultMaxQueue
	ReceiveTime    time.Duration // longest time for a request to arrive in full; 0 means DefaultReceiveTime
	StreamIdle     time.Duration // longest time for a stream of pages to bring and take nothing; 0 means DefaultStreamIdle

	Metrics  *Metrics                    // nil means metrics that nobody reads
	Tracing  stats.Handler               // of gRPC calls; nil means none
	Services func(grpc.ServiceRegistrar) // adds further gRPC services, which HTTP does not have; role.go says who may call them
}

// What holds where Config leaves it at 0.
const (
	DefaultMaxDeadline    = 30 * time.Second
	DefaultGrace          = 10 * time.Second
	DefaultMaxCalls       = 1024
	DefaultMaxClientCalls = 256
	DefaultMaxQueue       = 256
	DefaultReceiveTime    = time.Minute
	DefaultStreamIdle     = 5 * time.Minute
)

// complete checks a Config and puts in what holds where it is silent.
func (c Config) complete() (Config, error) {
	switch {
	case c.Classify == nil:
		return c, errors.New("no classifier")
	case min(c.MaxPageBytes, c.MaxBlocks, c.Workers, c.MaxCalls, c.MaxClientCalls, c.MaxQueue) < 0,
		min(c.MaxDeadline, c.Grace, c.ReceiveTime, c.StreamIdle) < 0:
		return c, errors.New("a limit is below 0")
	case c.MaxPageBytes > maxPage:
		return c, fmt.Errorf("pages of %d bytes: the most that works is %d", c.MaxPageBytes, maxPage)
	}
	c.MaxPageBytes = cmp.Or(c.MaxPageBytes, block.DefaultMaxBytes)
	c.MaxDeadline = cmp.Or(c.MaxDeadline, DefaultMaxDeadline)
	c.Grace = cmp.Or(c.Grace, DefaultGrace)
	c.Workers = cmp.Or(c.Workers, runtime.GOMAXPROCS(0))
	c.Log = cmp.Or(c.Log, slog.New(slog.DiscardHandler))
	c.MaxCalls = cmp.Or(c.MaxCalls, DefaultMaxCalls)
	c.MaxClientCalls = cmp.Or(c.MaxClientCalls, DefaultMaxClientCalls)
	c.MaxQueue = cmp.Or(c.MaxQueue, DefaultMaxQueue)
	c.ReceiveTime = cmp.Or(c.ReceiveTime, DefaultReceiveTime)
	c.StreamIdle = cmp.Or(c.StreamIdle, DefaultStreamIdle)
	c.Anonymous = cmp.Or(c.Anonymous, RoleClassify)
	if c.Access == nil {
		c.Access = func() *Access { return nil }
	}
	if c.Metrics == nil {
		c.Metrics = NewMetrics()
	}
	return c, nil
}

// maxPage is the longest page limit: byte ranges are 32 bits on the wire.
const maxPage = 1 << 30
