// Package daemon is the program pagesieved: it reads its settings, wires the
// model, the server and its listeners, and runs until it is told to stop. A
// main calls Run and adds what the others do without, such as tracing.
//
//	daemon.go    Run: from arguments to a server that serves
//	settings.go  every setting: flag, meaning, default, what is allowed
//	sources.go   settings from the environment and from a file; which one wins
//	print.go     --help and --print-config
//	secure.go    TLS and credentials, read again when their files change
//	listen.go    the addresses
//	memory.go    how large the heap grows
//	store.go     the store, where there is one, and what it adds to the server
//	failure.go   what people are told when it fails
package daemon

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"runtime/debug"

	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc/stats"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/cmd/internal/server"
	"github.com/pagesieve/pagesieve/cmd/internal/trainer"
	"github.com/pagesieve/pagesieve/training/store"
)

// Options is what a main may add.
type Options struct {
	// Tracing starts a tracer of gRPC calls; flush sends what it still holds.
	// nil means none.
	Tracing func(ctx context.Context, log *slog.Logger) (handler stats.Handler, flush func(context.Context) error, err error)
	// Store opens what --store names, for reading alone where that is asked.
	// nil means a folder.
	Store func(ctx context.Context, where string, readOnly bool) (store.Backend, error)
}

// Run is the whole program until ctx ends. It returns the exit code: 0, 1 for
// a failure, 2 for wrong usage.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer, o Options) int {
	if len(args) == 1 && args[0] == trainer.ChildArg {
		return report(stderr, trainer.Child(os.Stdin, stdout))
	}
	s, err := parse(args, os.LookupEnv, stdout)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err == nil && s.printConfig:
		err = s.print(stdout)
	case err == nil:
		err = serve(ctx, s, o, stdout, stderr)
	}
	return report(stderr, err)
}

// serve wires the model, the server and its listeners.
func serve(ctx context.Context, s *settings, o Options, stdout, stderr io.Writer) (err error) {
	c, model, err := s.classifier()
	if err != nil {
		return err
	}
	if s.version {
		_, err := fmt.Fprintf(stdout, "pagesieved %s\nmodel %s\n", buildVersion(), c.ModelVersion())
		return err
	}
	log := s.log(stderr)
	log.Info("starting", "version", buildVersion(), "model", c.ModelVersion())
	secrets, err := s.secrets()
	if err != nil {
		return err
	}
	config := s.config(c, secrets, log)
	if o.Tracing != nil {
		handler, flush, err := o.Tracing(ctx, log)
		if err != nil {
			return fmt.Errorf("starting the tracer: %w", err)
		}
		config.Tracing = handler
		defer func() { _ = flush(context.WithoutCancel(ctx)) }() // whose failure the tracer logs
	}
	closeStore, err := s.addStore(ctx, o, c, model, &config)
	if err != nil {
		return err
	}
	defer closeStore()
	srv, err := server.New(config)
	if err != nil {
		return err
	}
	on, err := s.listen(ctx)
	if err != nil {
		return err
	}
	s.warn(log, on)
	holdHeap(ctx)
	return run(ctx, srv, on, func(ctx context.Context) { secrets.watch(ctx, s.reloadEvery, log) })
}

// run serves on all listeners until ctx ends or one fails.
func run(ctx context.Context, srv *server.Server, on listeners, watch func(context.Context)) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return srv.Serve(ctx, on.rpc, on.web) })
	if on.admin != nil {
		group.Go(func() error { return srv.ServeAdmin(ctx, on.admin) })
	}
	group.Go(func() error { watch(ctx); return nil })
	return group.Wait()
}

// classifier is the one with the model asked for, and its file; none where it is
// built in.
func (s *settings) classifier() (*classifier.Classifier, []byte, error) {
	if s.model == "" {
		c, err := classifier.Default()
		if err != nil {
			return nil, nil, &failure{fmt.Errorf("reading the model that is built in: %w", err), "give another with --model FILE", 1}
		}
		return c, nil, nil
	}
	data, err := os.ReadFile(s.model)
	if err != nil {
		return nil, nil, &failure{fmt.Errorf("reading the model: %w", err), "leave --model out to use the model that is built in", 1}
	}
	c, err := classifier.New(data)
	if err != nil {
		return nil, nil, &failure{fmt.Errorf("reading the model %s: %w", s.model, err), "make one with: pagesieve train --data PAGES --out " + s.model, 1}
	}
	return c, data, nil
}

func (s *settings) log(stderr io.Writer) *slog.Logger {
	opts := &slog.HandlerOptions{Level: s.logLevel}
	if s.logFormat == "json" {
		return slog.New(slog.NewJSONHandler(stderr, opts))
	}
	return slog.New(slog.NewTextHandler(stderr, opts))
}

// config is the server's part of the settings.
func (s *settings) config(c *classifier.Classifier, secrets *secrets, log *slog.Logger) server.Config {
	anonymous, _ := server.ParseRole(s.anonymous) // checked before
	return server.Config{
		Classify:       c.Classify,
		MaxPageBytes:   s.maxPageBytes,
		MaxBlocks:      s.maxBlocks,
		MaxDeadline:    s.maxDeadline,
		Grace:          s.grace,
		Workers:        s.workers,
		Log:            log,
		Access:         secrets.currentAccess,
		Anonymous:      anonymous,
		TLS:            secrets.tlsConfig(),
		MaxCalls:       s.maxCalls,
		MaxClientCalls: s.maxClientCalls,
		MaxQueue:       s.maxQueue,
		ReceiveTime:    s.receiveTime,
		StreamIdle:     s.streamIdle,
		Metrics:        server.NewMetrics(),
	}
}

// warn tells of an address that more than this machine can reach and nothing
// guards. It may be meant: a proxy or the network may do so.
func (s *settings) warn(log *slog.Logger, on listeners) {
	for _, l := range []net.Listener{on.rpc, on.web} {
		if l == nil {
			continue
		}
		addr, ok := l.Addr().(*net.TCPAddr)
		switch {
		case !ok || addr.IP.IsLoopback():
		case s.credentials == "" && s.tlsClientCA == "":
			log.Warn("nothing asks who calls at this address: --credentials or --tls-client-ca would", "role", s.anonymous, "addr", addr.String())
		case s.tlsCert == "":
			log.Warn("tokens and pages come in the clear: --tls-cert and --tls-key, or a proxy, prevent that", "addr", addr.String())
		}
	}
}

// buildVersion is the version of this program, from what the go command knew.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(unknown)"
	}
	return info.Main.Version
}
