package daemon

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/cmd/internal/server"
)

// settings are what flags, environment and file say.
type settings struct {
	listenAddr, httpAddr, adminAddr string
	model                           string
	logFormat                       string
	logLevel                        slog.Level

	maxPageBytes, maxBlocks, workers   int
	maxCalls, maxClientCalls, maxQueue int
	maxDeadline, grace                 time.Duration
	receiveTime, streamIdle            time.Duration

	tlsCert, tlsKey, tlsClientCA, credentials, anonymous string
	reloadEvery                                          time.Duration

	store storeSettings

	configFile           string
	printConfig, version bool

	flags  *flag.FlagSet
	source map[string]string // where each setting that is not a default came from
}

// define makes the flags.
func (s *settings) define(f *flag.FlagSet) {
	f.StringVar(&s.listenAddr, "listen", "127.0.0.1:8420", "`ADDR` for gRPC; port 0 takes any free one, which the log names")
	f.StringVar(&s.httpAddr, "http", "127.0.0.1:8421", "`ADDR` for HTTP with JSON; empty for none")
	f.StringVar(&s.adminAddr, "admin", "", "`ADDR` for metrics, health and profiles, which ask nobody who they are; empty for none")
	f.StringVar(&s.model, "model", "", "model `FILE`; the one built in where empty")

	f.IntVar(&s.maxPageBytes, "max-page-bytes", block.DefaultMaxBytes, "longest page taken, in `BYTES`")
	f.IntVar(&s.maxBlocks, "max-blocks", block.DefaultMaxBlocks, "most blocks of a page, a `NUMBER`")
	f.DurationVar(&s.maxDeadline, "max-deadline", server.DefaultMaxDeadline, "longest `TIME` that one page may take")
	f.DurationVar(&s.grace, "grace", server.DefaultGrace, "longest `TIME` to wait for running calls when stopping")
	f.IntVar(&s.workers, "workers", 0, "`NUMBER` of pages classified at a time; 0 for one on each core")
	f.IntVar(&s.maxCalls, "max-calls", server.DefaultMaxCalls, "`NUMBER` of calls open at a time; more are refused")
	f.IntVar(&s.maxClientCalls, "max-client-calls", server.DefaultMaxClientCalls, "`NUMBER` of calls that one client may have open")
	f.IntVar(&s.maxQueue, "max-queue", server.DefaultMaxQueue, "`NUMBER` of unary calls that wait for a worker; more are refused")
	f.DurationVar(&s.receiveTime, "receive-time", server.DefaultReceiveTime, "longest `TIME` for a request to arrive in full")
	f.DurationVar(&s.streamIdle, "stream-idle", server.DefaultStreamIdle, "longest `TIME` for a stream to bring and take nothing")

	s.store.add(f)

	f.StringVar(&s.tlsCert, "tls-cert", "", "`FILE` with the server's certificate and those above it, PEM")
	f.StringVar(&s.tlsKey, "tls-key", "", "`FILE` with the key of the certificate, PEM")
	f.StringVar(&s.tlsClientCA, "tls-client-ca", "", "`FILE` with the authorities of client certificates, PEM; without --credentials each client must have one")
	f.StringVar(&s.credentials, "credentials", "", "`FILE` that says who may call and what: lines of NAME ROLE CREDENTIAL")
	f.StringVar(&s.anonymous, "anonymous-role", "classify", "`ROLE` of callers where nothing asks who they are: classify, train or admin")
	f.DurationVar(&s.reloadEvery, "reload-every", 10*time.Second, "`TIME` after which to look again whether the files of TLS and credentials have changed")

	f.StringVar(&s.logFormat, "log-format", "text", "`FORM` of the log: text or json")
	f.TextVar(&s.logLevel, "log-level", slog.LevelInfo, "`LEVEL` from which on to log: debug, info, warn or error")
	f.StringVar(&s.configFile, "config", "", "`FILE` of settings, YAML")
	f.BoolVar(&s.printConfig, "print-config", false, "print the settings that hold, and where each came from")
	f.BoolVar(&s.version, "version", false, "print the versions of program and model")
}

// parse reads flags, environment and file. It returns flag.ErrHelp when it
// has printed the help.
func parse(args []string, env func(string) (string, bool), stdout io.Writer) (*settings, error) {
	f := flag.NewFlagSet("pagesieved", flag.ContinueOnError)
	f.SetOutput(io.Discard) // Run prints the error, once
	f.Usage = func() {}
	s := &settings{flags: f}
	s.define(f)
	err := f.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		printHelp(f, stdout)
		return nil, err
	case err != nil:
		return nil, wrongUsage("reading flags", err)
	case f.NArg() > 0:
		return nil, wrongUsage("reading flags", fmt.Errorf("unexpected argument %q", f.Arg(0)))
	}
	if s.source, err = fill(f, env); err != nil {
		return nil, err
	}
	if err := s.check(); err != nil {
		return nil, wrongUsage("checking the settings", err)
	}
	return s, nil
}

// check refuses what cannot be meant.
func (s *settings) check() error {
	switch {
	case s.maxPageBytes <= 0, s.maxBlocks <= 0, s.maxDeadline <= 0, s.grace <= 0:
		return errors.New("max-page-bytes, max-blocks, max-deadline and grace want more than 0")
	case s.maxCalls <= 0, s.maxClientCalls <= 0, s.maxQueue <= 0, s.receiveTime <= 0, s.streamIdle <= 0, s.reloadEvery <= 0:
		return errors.New("max-calls, max-client-calls, max-queue, receive-time, stream-idle and reload-every want more than 0")
	case s.store.workers < 0:
		return errors.New("train-workers wants 0 or more")
	case s.store.follow && s.store.path == "":
		return errors.New("store-follow wants a store to follow")
	case s.workers < 0:
		return errors.New("workers wants 0 or more")
	case s.streamIdle < s.maxDeadline:
		return fmt.Errorf("stream-idle %v is shorter than max-deadline %v: slow pages would end their streams", s.streamIdle, s.maxDeadline)
	case s.logFormat != "text" && s.logFormat != "json":
		return fmt.Errorf("log-format %q: want text or json", s.logFormat)
	case s.listenAddr == "":
		return errors.New("listen is empty: want host:port")
	case (s.tlsCert == "") != (s.tlsKey == ""):
		return errors.New("tls-cert and tls-key want each other")
	case s.tlsClientCA != "" && s.tlsCert == "":
		return errors.New("tls-client-ca wants tls-cert and tls-key too")
	}
	role, err := server.ParseRole(s.anonymous)
	if err != nil {
		return fmt.Errorf("anonymous-role: %w", err)
	}
	if role != server.RoleClassify && s.credentials != "" {
		return errors.New("anonymous-role wants no credentials: with them nobody is anonymous")
	}
	return nil
}
