package main

import (
	"bufio"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/pagesieve/pagesieve/cmd/internal/client"
)

// defaultServer is where a pagesieved listens that was not told otherwise.
const defaultServer = "127.0.0.1:8420"

// addServer adds the flag for commands that need a server.
func addServer(c *cobra.Command, addr *string) {
	c.PersistentFlags().StringVar(addr, "server", defaultServer, "gRPC `ADDR` of a pagesieved that has a store")
}

// connect prepares a connection to a server. The caller closes it.
func connect(addr string) (*grpc.ClientConn, error) {
	conn, err := client.Dial(addr)
	if err != nil {
		return nil, usage(err)
	}
	return conn, nil
}

// failed is an error of a server with a store, or of the way there.
func failed(doing string, err error) error {
	if err == nil {
		return nil
	}
	told := fmt.Errorf("%s: %w", doing, remoteError{err})
	if status.Code(err) == codes.Unimplemented {
		return hint(told, "the server has no store, or only follows one: start it with pagesieved --store DIR")
	}
	return told
}

// confirm asks whether to go on, unless the answer was given with --yes. Where
// nobody can answer, that is a wrong command line.
func confirm(c *cobra.Command, yes bool, question string) error {
	if yes {
		return nil
	}
	fmt.Fprintf(c.ErrOrStderr(), "%s [y/N] ", question)
	line, err := bufio.NewReader(c.InOrStdin()).ReadString('\n')
	if err != nil && line == "" {
		fmt.Fprintln(c.ErrOrStderr())
		return hint(usage(errors.New("nobody answered")), "give the answer beforehand with --yes")
	}
	switch strings.ToLower(strings.TrimSpace(line)) {
	case "y", "yes":
		return nil
	}
	return hint(errors.New("nothing was changed"), "answer y to go on")
}
