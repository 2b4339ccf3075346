package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

func call(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), args, &out, &errs)
	return code, out.String(), errs.String()
}

// TestCommands goes the way of `make peers` on pages of the test's own.
func TestCommands(t *testing.T) {
	data := ownFile(t, ownPage("1"), ownPage("2"))
	scores := filepath.Join(t.TempDir(), "scores.jsonl")
	if code, _, stderr := call(t, "measure", "--data", data, "--out", scores, "--system", inSample, "--system", "go-readability"); code != 0 {
		t.Fatalf("measure: %d %s", code, stderr)
	}
	code, stdout, stderr := call(t, "table", "--scores", scores, "--markdown")
	if code != 0 || !strings.Contains(stdout, "| go-readability |") || !strings.Contains(stdout, "page kind") {
		t.Errorf("table: %d %s\n%s", code, stderr, stdout)
	}
	code, stdout, _ = call(t, "table", "--scores", scores, "--json")
	var c comparison
	if err := json.Unmarshal([]byte(stdout), &c); code != 0 || err != nil || c.Kinds[0].Pages != 2 {
		t.Errorf("table --json: %d %v\n%s", code, err, stdout)
	}
	code, stdout, stderr = call(t, "speed", "--data", data, "--rounds", "1", "--pages", "1")
	if code != 0 || !strings.Contains(stdout, "html.Parse") || !strings.Contains(stdout, "CPU time on own, pages: 1") {
		t.Errorf("speed: %d %s\n%s", code, stderr, stdout)
	}
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"", 2, "no command"},
		{"race", 2, `no command "race"`},
		{"measure", 2, "--data and --out"},
		{"measure --data x --out y --system z", 2, `no system "z"`},
		{"measure --data none.jsonl --out y", 1, "none.jsonl"},
		{"table --bogus", 2, "bogus"},
		{"table --scores none.jsonl", 1, "none.jsonl"},
		{"speed --data x y", 2, `what is "y" for`},
		{"speed --data x --rounds 0", 2, "rounds"},
	} {
		code, _, stderr := call(t, strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(stderr, c.want) {
			t.Errorf("peers %s: %d %q, want %d with %q", c.args, code, stderr, c.code, c.want)
		}
	}
	if code, stdout, _ := call(t, "help"); code != 0 || !strings.Contains(stdout, "measure") {
		t.Errorf("help: %d %s", code, stdout)
	}
}
