// Pagesieved is the server of pagesieve: it labels the blocks of web pages
// and gives back their clean text, over gRPC and over HTTP with JSON.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/pagesieve/pagesieve/cmd/internal/daemon"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(daemon.Run(ctx, os.Args[1:], os.Stdout, os.Stderr, daemon.Options{}))
}
