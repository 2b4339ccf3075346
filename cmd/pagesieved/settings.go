package main

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
	"strings"
	"syscall"
	"time"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/cmd/internal/server"
)

const usage = `pagesieved labels the blocks of web pages and gives back their clean text,
over gRPC (pagesieve.v1.FilterService) and over HTTP with JSON.

Usage:
  pagesieved [flags]

Examples:
  pagesieved
  pagesieved --listen :8420 --http :8421 --log-format json
  pagesieved --model my.model --http ''
  pagesieved --store /var/lib/pagesieve

  curl --data-binary @page.html 'localhost:8421/v1/classify?format=markdown'
  pagesieve score --server localhost:8420 page.html

Flags:
`

// settings are what the flags say.
type settings struct {
	listen, http, model string
	logFormat           string
	logLevel            slog.Level
	maxPageBytes        int
	maxDeadline, grace  time.Duration
	version             bool
	store               storeSettings
}

// failure is an error with a hint on what to do.
type failure struct {
	error
	hint string
	exit int
}

func (f *failure) Unwrap() error { return f.error }

// report tells people what went wrong, if anything did, and gives the exit code.
func report(stderr io.Writer, err error) int {
	if err == nil {
		return 0
	}
	fmt.Fprintf(stderr, "pagesieved: %v\n", err)
	var known *failure
	if !errors.As(err, &known) {
		return 1
	}
	fmt.Fprintf(stderr, "hint: %s\n", known.hint)
	return known.exit
}

func wrongUsage(err error) error {
	return &failure{fmt.Errorf("reading flags: %w", err), "pagesieved --help lists the flags, with examples", 2}
}

// parse reads the flags. It returns flag.ErrHelp when it has printed the help.
func parse(args []string, stdout io.Writer) (settings, error) {
	var s settings
	f := flag.NewFlagSet("pagesieved", flag.ContinueOnError)
	f.SetOutput(io.Discard) // run prints the error, once
	f.Usage = func() {}
	f.StringVar(&s.listen, "listen", "127.0.0.1:8420", "`ADDR` for gRPC; port 0 takes any free one, which the log names")
	f.StringVar(&s.http, "http", "127.0.0.1:8421", "`ADDR` for HTTP with JSON; empty for none")
	f.StringVar(&s.model, "model", "", "model `FILE`; the one built in where empty")
	f.IntVar(&s.maxPageBytes, "max-page-bytes", block.DefaultMaxBytes, "longest page taken, in `BYTES`")
	f.DurationVar(&s.maxDeadline, "max-deadline", server.DefaultMaxDeadline, "longest `TIME` that one page may take")
	f.DurationVar(&s.grace, "grace", server.DefaultGrace, "longest `TIME` to wait for running calls when stopping")
	f.StringVar(&s.logFormat, "log-format", "text", "`FORM` of the log: text or json")
	f.TextVar(&s.logLevel, "log-level", slog.LevelInfo, "`LEVEL` from which on to log: debug, info, warn or error")
	s.store.add(f)
	f.BoolVar(&s.version, "version", false, "print the versions of program and model")
	err := f.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		printHelp(f, stdout)
		return s, err
	case err != nil:
		return s, wrongUsage(err)
	case f.NArg() > 0:
		return s, wrongUsage(fmt.Errorf("unexpected argument %q", f.Arg(0)))
	case s.maxPageBytes <= 0, s.maxDeadline <= 0, s.grace <= 0:
		return s, wrongUsage(errors.New("--max-page-bytes, --max-deadline and --grace want more than 0"))
	case s.store.workers < 0:
		return s, wrongUsage(errors.New("--train-workers wants 0 or more"))
	case s.store.follow && s.store.path == "":
		return s, wrongUsage(errors.New("--store-follow wants a --store to follow"))
	case s.logFormat != "text" && s.logFormat != "json":
		return s, wrongUsage(fmt.Errorf("--log-format %q: want text or json", s.logFormat))
	}
	return s, nil
}

// printHelp prints usage and flags, these with two dashes as we write them.
func printHelp(f *flag.FlagSet, stdout io.Writer) {
	fmt.Fprint(stdout, usage)
	f.VisitAll(func(fl *flag.Flag) {
		value, text := flag.UnquoteUsage(fl)
		if fl.DefValue != "" && value != "" {
			text += " (default " + fl.DefValue + ")"
		}
		fmt.Fprintf(stdout, "  %-23s %s\n", "--"+fl.Name+" "+strings.ToUpper(value), text)
	})
}

// classifier is the one with the model asked for.
func (s settings) classifier() (*classifier.Classifier, error) {
	if s.model == "" {
		c, err := classifier.Default()
		if err != nil {
			return nil, &failure{fmt.Errorf("reading the model that is built in: %w", err), "give another with --model FILE", 1}
		}
		return c, nil
	}
	data, err := os.ReadFile(s.model)
	if err != nil {
		return nil, &failure{fmt.Errorf("reading the model: %w", err), "leave --model out to use the model that is built in", 1}
	}
	c, err := classifier.New(data)
	if err != nil {
		return nil, &failure{fmt.Errorf("reading the model %s: %w", s.model, err), "make one with: pagesieve train --data PAGES --out " + s.model, 1}
	}
	return c, nil
}

// config is the server's part of the settings.
func (s settings) config(c *classifier.Classifier, stderr io.Writer) server.Config {
	opts := &slog.HandlerOptions{Level: s.logLevel}
	var handler slog.Handler = slog.NewTextHandler(stderr, opts)
	if s.logFormat == "json" {
		handler = slog.NewJSONHandler(stderr, opts)
	}
	log := slog.New(handler)
	log.Info("starting", "version", buildVersion(), "model", c.ModelVersion())
	return server.Config{
		Classify:     c.Classify,
		MaxPageBytes: s.maxPageBytes,
		MaxDeadline:  s.maxDeadline,
		Grace:        s.grace,
		Log:          log,
	}
}

// listeners opens both ports; web is nil where HTTP is not wanted.
func (s settings) listeners(ctx context.Context) (rpc, web net.Listener, err error) {
	if rpc, err = listen(ctx, "--listen", s.listen); err != nil || s.http == "" {
		return rpc, nil, err
	}
	if web, err = listen(ctx, "--http", s.http); err != nil {
		return nil, nil, errors.Join(err, rpc.Close())
	}
	return rpc, web, nil
}

func listen(ctx context.Context, name, addr string) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err == nil {
		return l, nil
	}
	var op *net.OpError
	if errors.As(err, &op) { // its own account repeats the address
		err = op.Err
	}
	hint := fmt.Sprintf("%s wants host:port, such as 127.0.0.1:0 for any free port", name)
	if errors.Is(err, syscall.EADDRINUSE) {
		hint = fmt.Sprintf("another program has this port, perhaps another pagesieved: choose one with %s", name)
	}
	return nil, &failure{fmt.Errorf("listening on %s: %w", addr, err), hint, 1}
}

// buildVersion is the version of this program, from what the go command knew.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(unknown)"
	}
	return info.Main.Version
}
