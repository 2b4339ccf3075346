package watch

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func join(contents [][]byte) (string, error) {
	all := string(bytes.Join(contents, []byte("+")))
	if strings.Contains(all, "bad") {
		return "", errors.New("bad content")
	}
	return all, nil
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// guarded is a log that a test reads while the watcher writes.
type guarded struct {
	mu   sync.Mutex
	text []byte
}

func (g *guarded) Write(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.text = append(g.text, p...)
	return len(p), nil
}

func (g *guarded) String() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return string(g.text)
}

func (g *guarded) reset() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.text = nil
}

func TestWatch(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	write(t, a, "1")
	write(t, b, "2")
	synctest.Test(t, func(t *testing.T) {
		f, err := Open(join, a, b)
		if err != nil || f.Value() != "1+2" {
			t.Fatalf("got %v", err)
		}
		var log guarded
		ctx, stop := context.WithCancel(t.Context())
		var done sync.WaitGroup
		done.Go(func() { f.Watch(ctx, time.Second, slog.New(slog.NewTextHandler(&log, nil))) })
		step := func(want, logged string) {
			t.Helper()
			log.reset()
			time.Sleep(2500 * time.Millisecond)
			synctest.Wait()
			if f.Value() != want {
				t.Errorf("value %q, want %q", f.Value(), want)
			}
			if n := strings.Count(log.String(), "msg="); logged == "" && n != 0 || logged != "" && (n != 1 || !strings.Contains(log.String(), logged)) {
				t.Errorf("log, want %q once:\n%s", logged, log.String())
			}
		}
		step("1+2", "")
		write(t, b, "3")
		step("1+3", "read changed files")
		write(t, a, "bad")
		step("1+3", "bad content")
		step("1+3", "")
		if err := os.Remove(a); err != nil {
			t.Fatal(err)
		}
		step("1+3", "no such file")
		write(t, a, "4")
		step("4+3", "read changed files")
		stop()
		done.Wait()
	})
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad")
	write(t, bad, "bad")
	for path, want := range map[string]string{
		bad:                        "bad content",
		filepath.Join(dir, "none"): "no such file",
		dir:                        "not a file",
	} {
		if _, err := Open(join, path); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: got %v, want %q", path, err, want)
		}
	}
}
