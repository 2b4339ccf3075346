package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"flag"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"google.golang.org/grpc"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/cmd/internal/models"
	"github.com/pagesieve/pagesieve/cmd/internal/server"
	"github.com/pagesieve/pagesieve/cmd/internal/trainer"
	"github.com/pagesieve/pagesieve/training/store"
	"github.com/pagesieve/pagesieve/training/store/dir"
)

var update = flag.Bool("update", false, "rewrite the transcripts' expected output")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"pagesieve": main})
}

// TestTranscripts runs the command lines in testdata. They find a web site at
// $SITE, a pagesieved at $SERVER, and in their folder the files that cannot
// stand in a transcript.
func TestTranscripts(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(serveSite))
	t.Cleanup(site.Close) // after the scripts, which run in parallel
	addr, trainer := startServer(t), startTrainer(t)
	demo, err := filepath.Abs("testdata/demo.html")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"code": code},
		Setup: func(e *testscript.Env) error {
			e.Setenv("SITE", site.URL)
			e.Setenv("SERVER", addr)
			e.Setenv("TRAINER", trainer) // one for all scripts: only one may use it
			e.Setenv("DEMO", demo)
			return odd(e.WorkDir)
		},
	})
}

// code checks a program's exit code: code 2 pagesieve score.
func code(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	if neg || err != nil || len(args) < 2 {
		ts.Fatalf("usage: code N program args...")
	}
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// odd writes the files that are no text.
func odd(dir string) error {
	page := []byte("<!DOCTYPE html><title>A</title><p>Packed in a small file, and read all the same.</p>\n")
	packed := pack(page)
	for name, data := range map[string][]byte{
		"packed.html.gz": packed,
		"packed":         packed, // told by its bytes
		"cut.html.gz":    packed[:len(packed)-20],
		"head.html.gz":   packed[:5],
		"damaged.gz":     append(bytes.Clone(packed[:len(packed)-8]), "12345678"...),
		"bomb.html.gz":   pack(bytes.Repeat([]byte("<p>again</p>\n"), 1<<20)),
		"picture.png":    append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), make([]byte, 400)...),
		"utf16":          utf16LE(string(page)),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			return err
		}
	}
	return nil
}

func pack(data []byte) []byte {
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	w.Write(data)
	w.Close()
	return buf.Bytes()
}

func utf16LE(ascii string) []byte {
	out := []byte("\xff\xfe")
	for _, c := range []byte(ascii) {
		out = append(out, c, 0)
	}
	return out
}

// serveSite is a web site with one good page and all that goes wrong.
func serveSite(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/page":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write([]byte("<title>Page</title><p>A page from the web, asked for by " + strings.Split(r.UserAgent(), "/")[0] + ".</p>\n"))
	case "/moved":
		http.Redirect(w, r, "/page", http.StatusFound)
	case "/loop":
		http.Redirect(w, r, "/loop", http.StatusFound)
	case "/away":
		http.Redirect(w, r, "ftp://localhost/page", http.StatusFound)
	case "/picture":
		w.Header().Set("Content-Type", "image/png")
		w.Write([]byte("\x89PNG"))
	case "/odd":
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Write([]byte("<p>HTML under a wrong name.</p>\n"))
	case "/long":
		w.Header().Set("Content-Type", "text/plain")
		w.Write(bytes.Repeat([]byte("long "), 1000))
	case "/cut":
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Length", "1000")
		w.Write([]byte("<p>too short"))
	case "/slow":
		select {
		case <-r.Context().Done():
		case <-time.After(10 * time.Second):
		}
	default:
		http.NotFound(w, r)
	}
}

// startServer runs a pagesieved in this process until the test ends.
func startServer(t *testing.T) string {
	c, err := classifier.Default()
	if err != nil {
		t.Fatal(err)
	}
	return serve(t, server.Config{Classify: c.Classify})
}

// startTrainer runs a pagesieved with a store.
func startTrainer(t *testing.T) string {
	c, err := classifier.Default()
	if err != nil {
		t.Fatal(err)
	}
	d, err := dir.Open(t.TempDir(), dir.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), d, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	active, err := models.NewActive(t.Context(), s, c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		active.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return serve(t, server.Config{Classify: active.Classify, Anonymous: server.RoleAdmin, Services: func(to grpc.ServiceRegistrar) {
		models.Register(to, active)
		trainer.Register(to, trainer.Config{Store: s, Active: active})
	}})
}

func serve(t *testing.T, config server.Config) string {
	s, err := server.New(config)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, listener, nil) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return listener.Addr().String()
}
