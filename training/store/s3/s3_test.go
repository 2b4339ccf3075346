package s3

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"

	"github.com/pagesieve/pagesieve/training/store"
	"github.com/pagesieve/pagesieve/training/store/storetest"
)

const (
	accessKey = "pagesieve"
	secretKey = "for tests alone"
	bucket    = "models"
)

// startServer builds and runs an S3 server, versitygw, and gives its address.
func startServer(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	binary := filepath.Join(folder, "versitygw")
	build := exec.Command("go", "build", "-o", binary, "github.com/versity/versitygw/cmd/versitygw")
	build.Dir = "tools"
	build.Env = append(os.Environ(), "GOWORK=off", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the S3 server: %v\n%s", err, out)
	}
	for _, name := range []string{"data", "meta"} {
		if err := os.Mkdir(filepath.Join(folder, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	addr := freePort(t)
	var log bytes.Buffer
	cmd := exec.Command(binary, "--port", addr, "--access", accessKey, "--secret", secretKey, "posix", "--sidecar", filepath.Join(folder, "meta"), filepath.Join(folder, "data"))
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if t.Failed() {
			t.Logf("the S3 server says:\n%.4000s", &log)
		}
	})
	for begun := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		conn, err := net.Dial("tcp", addr)
		if err == nil {
			conn.Close()
			return addr
		}
		if time.Since(begun) > 30*time.Second {
			t.Fatalf("the S3 server does not start: %v", err)
		}
	}
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// place is a prefix of its own for each test.
type place Options

func (p place) Open(t *testing.T, readOnly bool) store.Backend {
	t.Helper()
	o := Options(p)
	o.ReadOnly = readOnly
	b, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (p place) Holds(t *testing.T, text string) bool {
	t.Helper()
	b := p.Open(t, true).(*Bucket)
	all, err := b.list(t.Context(), "", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range all {
		data, err := b.get(t.Context(), o.Key)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte(text)) {
			return true
		}
	}
	return false
}

func TestBucket(t *testing.T) {
	o := Options{Endpoint: startServer(t), Plain: true, Bucket: bucket, AccessKey: accessKey, SecretKey: secretKey}
	if _, err := Open(t.Context(), o); err == nil {
		t.Fatal("a bucket that is not there was opened")
	}
	makeBucket(t, o)
	n := 0
	next := func(*testing.T) storetest.Place {
		n++
		p := place(o)
		p.Prefix = fmt.Sprintf("test-%d/", n)
		return p
	}
	t.Run("contract", func(t *testing.T) { storetest.Run(t, next) })
	t.Run("two writers", func(t *testing.T) { twoWriters(t, next(t).(place)) })
	t.Run("left over", func(t *testing.T) { leftOver(t, next(t).(place)) })
	t.Run("damage", func(t *testing.T) { damage(t, next(t).(place)) })
	t.Run("wrong key", func(t *testing.T) {
		bad := o
		bad.SecretKey = "wrong"
		if _, err := Open(t.Context(), bad); err == nil {
			t.Error("a wrong key was taken")
		}
	})
}

func makeBucket(t *testing.T, o Options) {
	t.Helper()
	client, err := newClient(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := client.MakeBucket(t.Context(), bucket, minio.MakeBucketOptions{}); err != nil {
		t.Fatal(err)
	}
}

func openStore(t *testing.T, p place, o store.Options) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), p.Open(t, o.Follow), o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// twoWriters add, replace and forget pages and promote versions at the same
// time. Nothing that either was told is lost.
func twoWriters(t *testing.T, p place) {
	ctx := t.Context()
	var group sync.WaitGroup
	for w := range 2 {
		s := openStore(t, p, store.Options{})
		group.Go(func() {
			for k := range 8 {
				page := store.Page{ID: fmt.Sprintf("%d/%d", w, k), Data: fmt.Appendf(nil, "page %d of writer %d", k, w)}
				if _, err := s.PutPages(ctx, []store.Page{page}); err != nil {
					t.Error(err)
				}
				id := fmt.Sprintf("m-%d-%d", w, k)
				if _, err := s.PutVersion(ctx, store.Version{ID: id}, []byte(id)); err != nil {
					t.Error(err)
				}
				if err := s.Promote(ctx, id); err != nil {
					t.Error(err)
				}
				if k%4 == 3 {
					if _, err := s.DeletePages(ctx, []string{page.ID}); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	group.Wait()
	s := openStore(t, p, store.Options{})
	if n, versions := s.NumPages(), len(s.Versions()); n != 12 || versions != 16 {
		t.Errorf("%d pages and %d versions, want 12 and 16", n, versions)
	}
	if _, _, err := s.Snapshot(ctx); err != nil {
		t.Error(err)
	}
	if p.Holds(t, "page 7 of writer 0") {
		t.Error("the text of a deleted page is still stored")
	}
}

// leftOver: a writer dies after it said where a log went, and before it removed
// the old one; another dies before it said so.
func leftOver(t *testing.T, p place) {
	ctx := context.Background()
	s := openStore(t, p, store.Options{})
	if _, err := s.PutPages(ctx, []store.Page{{ID: "a", Data: []byte("an old secret")}}); err != nil {
		t.Fatal(err)
	}
	b := p.Open(t, false).(*Bucket)
	if err := b.move(ctx, store.Pages, first, 2, "next"); err != nil {
		t.Fatal(err)
	}
	if err := b.move(ctx, store.Pages, first, 2, "next"); err != nil {
		t.Errorf("once more, as after a lost answer: %v", err)
	}
	key := name(store.Pages, "unfinished", 1)
	if err := b.put(ctx, key, object(key, kindEntry, []byte{0}), true); err != nil {
		t.Fatal(err)
	}
	if changes, err := s.PutPages(ctx, []store.Page{{ID: "b", Data: []byte("2")}}); err != nil || changes[0] != store.Added {
		t.Errorf("changes %v, error %v", changes, err)
	}
	again := openStore(t, p, store.Options{})
	if n := again.NumPages(); n != 1 {
		t.Errorf("%d pages", n)
	}
	if p.Holds(t, "an old secret") {
		t.Error("the old log is still stored")
	}
}

// damage: an object that is not what was written is told.
func damage(t *testing.T, p place) {
	s := openStore(t, p, store.Options{})
	if _, err := s.PutPages(t.Context(), []store.Page{{ID: "a", Data: []byte("1")}}); err != nil {
		t.Fatal(err)
	}
	b := p.Open(t, false).(*Bucket)
	key := name(store.Pages, first, 1)
	data, err := b.get(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range [][]byte{nil, data[:len(data)-1], append(bytes.Clone(data), 0), object("another", kindEntry, data[headBytes:])} {
		if err := b.put(t.Context(), key, bad, false); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Open(t.Context(), p.Open(t, true), store.Options{}); err == nil {
			t.Errorf("%d of %d bytes were read", len(bad), len(data))
		}
	}
}
