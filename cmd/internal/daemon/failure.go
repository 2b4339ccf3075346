package daemon

import (
	"errors"
	"fmt"
	"io"
)

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

func wrongUsage(doing string, err error) error {
	return &failure{fmt.Errorf("%s: %w", doing, err), "pagesieved --help lists the settings, with examples", 2}
}
