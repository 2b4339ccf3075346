// Pagesieved is the server of pagesieve: it labels the blocks of web pages
// and gives back their clean text, over gRPC and over HTTP with JSON.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/pagesieve/pagesieve/cmd/internal/server"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the whole program until ctx ends. It returns the exit code: 0, 1 for
// a failure, 2 for wrong usage.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	s, err := parse(args, stdout)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err == nil {
		err = serve(ctx, s, stdout, stderr)
	}
	return report(stderr, err)
}

// serve wires the model, the server and its listeners.
func serve(ctx context.Context, s settings, stdout, stderr io.Writer) error {
	c, err := s.classifier()
	if err != nil {
		return err
	}
	if s.version {
		_, err := fmt.Fprintf(stdout, "pagesieved %s\nmodel %s\n", buildVersion(), c.ModelVersion())
		return err
	}
	config := s.config(c, stderr)
	closeStore, err := s.addStore(ctx, c, &config)
	if err != nil {
		return err
	}
	defer closeStore()
	srv, err := server.New(config)
	if err != nil {
		return err
	}
	rpc, web, err := s.listeners(ctx)
	if err != nil {
		return err
	}
	return srv.Serve(ctx, rpc, web)
}
