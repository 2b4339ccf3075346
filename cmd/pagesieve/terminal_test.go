package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
)

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{
		{"short", 5, "short"},
		{"too long", 7, "too lo…"},
		{"cut at space", 5, "cut…"},
		{"漢字漢字", 8, "漢字漢字"},
		{"漢字漢字", 7, "漢字漢…"},
		{"漢字漢字", 6, "漢字…"},
		{"e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301e\u0301"},
		{"", 3, ""},
		{"abc", 1, "…"},
	} {
		if got := shorten(c.in, c.n); got != c.want {
			t.Errorf("shorten(%q, %d) = %q, want %q", c.in, c.n, got, c.want)
		}
	}
}

func TestPrintable(t *testing.T) {
	in := "a\x1b[31mb\nc\td\u202Ee\u2067f\x00g\x9b\xffh\u0085i"
	if got, want := printable(in), "a[31mb c def"+"g\uFFFD\uFFFDhi"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := printableText("a\x1b\n\tb\n"), "a\n    b\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestUseColor(t *testing.T) {
	env := func(pairs ...string) func(string) string {
		return func(name string) string {
			for _, pair := range pairs {
				if value, ok := strings.CutPrefix(pair, name+"="); ok {
					return value
				}
			}
			return ""
		}
	}
	for _, c := range []struct {
		mode     colorMode
		terminal bool
		env      func(string) string
		want     bool
	}{
		{colorAuto, true, env(), true},
		{colorAuto, false, env(), false},
		{colorAuto, true, env("NO_COLOR=1"), false},
		{colorAuto, true, env("TERM=dumb"), false},
		{colorAlways, false, env("NO_COLOR=1"), true},
		{colorNever, true, env(), false},
	} {
		if got := useColor(c.mode, c.terminal, c.env); got != c.want {
			t.Errorf("%+v: got %v", c, got)
		}
	}
}

// TestInterrupt ends the context while filter waits for input, and while
// score does.
func TestInterrupt(t *testing.T) {
	for _, args := range [][]string{{"filter"}, {"score", "-"}} {
		t.Run(args[0], func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			in, w := io.Pipe()
			defer w.Close()
			go func() {
				fmt.Fprintln(w, `{"id":"a","text":"one page"}`)
				cancel()
			}()
			var out, errs bytes.Buffer
			if code := run(ctx, args, in, &out, &errs); code != exitInterrupted {
				t.Errorf("exit code %d", code)
			}
			if got := errs.String(); got != "pagesieve: interrupted\n" {
				t.Errorf("said %q", got)
			}
		})
	}
}
