package dir

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/pagesieve/pagesieve/training/store"
)

// written is a store with three appends, and the bytes of its log of pages.
func written(t *testing.T) (path string, log []byte, ends []int64) {
	t.Helper()
	path = t.TempDir()
	s, err := openStore(path)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(path, "pages.log")
	for _, id := range []string{"a", "b", "c"} {
		if _, err := s.PutPages(t.Context(), []store.Page{{ID: id, Data: bytes.Repeat([]byte(id), 300)}}); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		ends = append(ends, info.Size())
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	log, err = os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return path, log, ends
}

// reopened is the number of pages of a store whose log is the one given.
func reopened(t *testing.T, path string, log []byte) (int, error) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(path, "pages.log"), log, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := openStore(path)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	if _, err := s.PutPages(t.Context(), []store.Page{{ID: "new", Data: []byte("new")}}); err != nil {
		t.Fatal(err)
	}
	pages, _, err := s.Snapshot(t.Context())
	return len(pages) - 1, err
}

// TestTornEnd: whatever stands after the last whole append is cut off.
func TestTornEnd(t *testing.T) {
	path, log, ends := written(t)
	for cut := ends[1]; cut < ends[2]; cut += 7 {
		if n, err := reopened(t, path, log[:cut]); n != 2 || err != nil {
			t.Errorf("cut at %d: %d pages, error %v", cut, n, err)
		}
	}
	// Power failed: the file has its length, but not its last content.
	rng := rand.New(rand.NewPCG(1, 1))
	for range 50 {
		torn := bytes.Clone(log)
		for i := ends[1] + rng.Int64N(ends[2]-ends[1]); i < ends[2]; i++ {
			torn[i] = 0
		}
		if n, err := reopened(t, path, torn); n != 2 || err != nil {
			t.Errorf("%d pages, error %v", n, err)
		}
	}
	junk := append(bytes.Clone(log), bytes.Repeat(log[8:12], 1000)...) // marks of frames that are none
	if n, err := reopened(t, path, junk); n != 3 || err != nil {
		t.Errorf("%d pages, error %v", n, err)
	}
}

// TestDamage: a changed bit in what was acknowledged is told and never taken
// for a torn end, which would drop what follows.
func TestDamage(t *testing.T) {
	path, log, ends := written(t)
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		at := rng.Int64N(ends[1])
		damaged := bytes.Clone(log)
		damaged[at] ^= 1 << rng.IntN(8)
		if _, err := reopened(t, path, damaged); !errors.Is(err, store.ErrDamaged) {
			t.Fatalf("byte %d of %v changed: error %v", at, ends, err)
		}
	}
	for _, short := range []int{0, 1, headBytes - 1} {
		if _, err := reopened(t, path, log[:short]); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%d bytes left: error %v", short, err)
		}
	}
}

// FuzzLog: no file of a log makes it fail in another way than by an error.
func FuzzLog(f *testing.F) {
	s := salt{1, 2, 3}
	one, err := s.frame(int64(headBytes), [][]byte{[]byte("P12345678"), []byte("x")})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(append(header(s), one...))
	f.Add(header(s))
	f.Fuzz(func(t *testing.T, log []byte) {
		path := t.TempDir()
		if err := os.WriteFile(filepath.Join(path, "versions.log"), log, 0o600); err != nil {
			t.Fatal(err)
		}
		st, err := openStore(path)
		if err == nil {
			err = st.Close()
		}
		if err != nil && !errors.Is(err, store.ErrDamaged) {
			t.Errorf("error %v", err)
		}
	})
}
