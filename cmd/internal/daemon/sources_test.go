package daemon

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func none(string) (string, bool) { return "", false }

func config(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pagesieved.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPrecedence(t *testing.T) {
	path := config(t, "# a comment\nmax-calls: 1\nmax-queue: 1\nmax-client-calls: 1\nhttp:\nlog-level: warn\nmax-deadline: 3s\n")
	env := map[string]string{
		"PAGESIEVED_CONFIG": path, "PAGESIEVED_MAX_CALLS": "2", "PAGESIEVED_MAX_QUEUE": "2",
		"PAGESIEVED_PORT": "tcp://10.0.0.1:8420", "PAGESIEVED_VERSION": "true",
	}
	s, err := parse([]string{"--max-calls", "3"}, func(name string) (string, bool) { v, ok := env[name]; return v, ok }, nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.maxCalls != 3 || s.maxQueue != 2 || s.maxClientCalls != 1 || s.httpAddr != "" || s.grace == 0 || s.version {
		t.Errorf("got %+v", s)
	}
	var out bytes.Buffer
	if err := s.print(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"max-calls: 3 # flag\n", "max-queue: 2 # environment\n", "max-client-calls: 1 # file\n", "log-level: WARN # file\n", "grace: 10s # default\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, &out)
		}
	}
	// What is printed is a file of settings itself, that says the same.
	again, err := parse([]string{"--config", config(t, out.String())}, none, nil)
	if err != nil {
		t.Fatal(err)
	}
	var second bytes.Buffer
	if err := again.print(&second); err != nil {
		t.Fatal(err)
	}
	values := func(text string) (all string) {
		for line := range strings.Lines(text) {
			value, _, _ := strings.Cut(line, " #")
			all += value + "\n"
		}
		return all
	}
	if values(out.String()) != values(second.String()) {
		t.Errorf("printed:\n%s\nread and printed:\n%s", &out, &second)
	}
}

func TestBadSettings(t *testing.T) {
	for text, want := range map[string]string{
		"max-cals: 1":                  `line 1: no setting "max-cals"`,
		"max-calls: 1\nversion: true":  `line 2: no setting "version"`,
		"config: x":                    `no setting "config"`,
		"max-calls: many":              `line 1: max-calls: "many"`,
		"max-calls: [1, 2]":            "line 1: max-calls wants a single value",
		"max-calls: 1\nmax-calls: 2":   "line 2: max-calls stands there twice",
		"- max-calls":                  "want lines of the form",
		"max-calls: 1\n---\ngrace: 1s": "more than one document",
		"a: &a 1\nmax-calls: *a":       "no setting",
		"max-calls: {":                 "yaml",
		"max-calls: 0":                 "want more than 0",
		"log-format: xml":              "want text or json",
	} {
		_, err := parse([]string{"--config", config(t, text)}, none, nil)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
	_, err := parse(nil, func(name string) (string, bool) { return "x", name == "PAGESIEVED_MAX_CALLS" }, nil)
	if err == nil || !strings.Contains(err.Error(), "reading the environment: PAGESIEVED_MAX_CALLS: ") {
		t.Errorf("got %v", err)
	}
	for _, empty := range []string{"", "# nothing\n", "\n\n"} {
		if _, err := parse([]string{"--config", config(t, empty)}, none, nil); err != nil {
			t.Errorf("%q: %v", empty, err)
		}
	}
}
