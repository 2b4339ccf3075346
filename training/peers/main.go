package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
)

const usage = `peers measures pagesieve and other extractors on the same labelled pages.

	peers measure --data FILE... --out scores.jsonl   the peers' scores by page
	peers table   --scores FILE... [--markdown|--json] all scores side by side
	peers speed   --data FILE... [--markdown|--json]   CPU time

Scores of pagesieve out of fold come from: pagesieve eval --folds 5 --pages FILE
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// errUsage is wrapped by errors about the command line.
var errUsage = errors.New("usage")

// run is the program: 0 if all went well, 1 if not, 2 if the command line was
// wrong.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	err := dispatch(ctx, args, stdout, stderr)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, errUsage):
		fmt.Fprintf(stderr, "peers: %v\nhint: peers help\n", err)
		return 2
	}
	fmt.Fprintf(stderr, "peers: %v\n", err)
	return 1
}

func dispatch(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	if len(args) == 0 {
		return fmt.Errorf("%w: no command given", errUsage)
	}
	switch args[0] {
	case "measure":
		return runMeasure(ctx, args[1:], stderr)
	case "table":
		return runTable(args[1:], stdout, stderr)
	case "speed":
		return runSpeed(ctx, args[1:], stdout, stderr)
	case "help", "-h", "--help":
		_, err := io.WriteString(stdout, usage)
		return err
	}
	return fmt.Errorf("%w: no command %q", errUsage, args[0])
}

// parse reads flags; what is wrong with them is told once, by run.
func parse(f *flag.FlagSet, args []string, stderr io.Writer) error {
	f.SetOutput(io.Discard)
	err := f.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		f.SetOutput(stderr)
		f.Usage()
		return err
	case err != nil:
		return fmt.Errorf("%w: %w", errUsage, err)
	case f.NArg() > 0:
		return fmt.Errorf("%w: what is %q for?", errUsage, f.Arg(0))
	}
	return nil
}

// list is a flag that may be given several times.
func list(f *flag.FlagSet, name, help string) *[]string {
	var out []string
	f.Func(name, help, func(s string) error { out = append(out, s); return nil })
	return &out
}
