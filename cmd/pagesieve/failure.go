package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/cmd/internal/client"
)

// The exit codes, as rootLong tells them.
const (
	exitOK          = 0
	exitFailed      = 1
	exitUsage       = 2
	exitFound       = 3
	exitInterrupted = 130
)

// A hinted error says what to do about it.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }

func hint(err error, format string, args ...any) error {
	return hinted{err, fmt.Sprintf(format, args...)}
}

// A usageError is the fault of the command line.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

func usage(err error) error { return usageError{err} }

// A runError is the fault of anything else.
type runError struct{ error }

func (r runError) Unwrap() error { return r.error }

// running makes a command of f: what it fails with is a runError unless it
// says that the command line is to blame.
func running(f func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		err := f(c, args)
		if err == nil || errors.As(err, new(usageError)) {
			return err
		}
		return runError{err}
	}
}

// pagesFailed is how a run ends that answered the other pages.
type pagesFailed struct{ failed, of int }

func (p pagesFailed) Error() string { return fmt.Sprintf("%d of %d pages failed", p.failed, p.of) }

// errTold is how a run ends that said already why.
var errTold = errors.New("failed")

// report tells people of the error that ended the program and returns the
// exit code. Whoever closed our output, as head does, wants no more lines.
func report(stderr io.Writer, command *cobra.Command, err error) int {
	switch {
	case err == nil || errors.Is(err, syscall.EPIPE):
		return exitOK
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "pagesieve: interrupted")
		return exitInterrupted
	case errors.Is(err, errFound):
		return exitFound
	case errors.Is(err, errTold):
		return exitFailed
	}
	tell(stderr, err, command.CommandPath())
	if errors.As(err, new(runError)) {
		return exitFailed
	}
	return exitUsage // cobra's own errors are of the command line too
}

// tell writes one error as people get to see it.
func tell(stderr io.Writer, err error, command string) {
	message, _, _ := strings.Cut(err.Error(), "\n")
	fmt.Fprintf(stderr, "pagesieve: %s\n", printable(strings.TrimSuffix(message, ".")))
	if h := hintFor(err, command); h != "" {
		fmt.Fprintf(stderr, "hint: %s\n", h)
	}
}

// hintFor is what to do about err.
func hintFor(err error, command string) string {
	var h hinted
	switch {
	case errors.As(err, &h):
		return h.hint
	case client.Hint(err) != "":
		return client.Hint(err)
	case errors.Is(err, fs.ErrNotExist):
		return "check the path; a URL begins with https://"
	case errors.Is(err, fs.ErrPermission):
		return "see who may read it: ls -l"
	case errors.Is(err, block.ErrBinary):
		return "give HTML or plain text; a PDF or a picture has to be converted first"
	case errors.Is(err, block.ErrTooLarge):
		return "raise --max-bytes, or cut the page"
	case errors.Is(err, context.DeadlineExceeded):
		return "raise --timeout"
	}
	return fmt.Sprintf("see '%s --help'", command)
}
