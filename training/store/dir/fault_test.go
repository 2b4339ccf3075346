package dir

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/pagesieve/pagesieve/training/store"
	"github.com/pagesieve/pagesieve/training/store/storetest"
)

// faulty is the operating system, whose calls that change something fail from
// the one numbered in on.
type faulty struct {
	system
	in    int
	lasts int // how many fail; then all is well again
	err   error
}

func (s *faulty) fail() error {
	s.in--
	if s.in < 0 && s.lasts > 0 {
		s.lasts--
		return s.err
	}
	return nil
}

func (s *faulty) Open(name string, flag int) (file, error) {
	if flag&os.O_CREATE != 0 {
		if err := s.fail(); err != nil {
			return nil, err
		}
	}
	f, err := s.system.Open(name, flag)
	if err != nil {
		return nil, err
	}
	return &faultyFile{f, s}, nil
}

func (s *faulty) Rename(from, to string) error {
	if err := s.fail(); err != nil {
		return err
	}
	return s.system.Rename(from, to)
}

func (s *faulty) Remove(name string) error {
	if err := s.fail(); err != nil {
		return err
	}
	return s.system.Remove(name)
}

func (s *faulty) SyncDir(name string) error {
	if err := s.fail(); err != nil {
		return err
	}
	return s.system.SyncDir(name)
}

type faultyFile struct {
	file
	s *faulty
}

func (f *faultyFile) WriteAt(b []byte, at int64) (int, error) {
	if err := f.s.fail(); err != nil { // half of it fits
		n, _ := f.file.WriteAt(b[:len(b)/2], at)
		return n, err
	}
	return f.file.WriteAt(b, at)
}

func (f *faultyFile) Sync() error {
	if err := f.s.fail(); err != nil {
		return err
	}
	return f.file.Sync()
}

func (f *faultyFile) Truncate(size int64) error {
	if err := f.s.fail(); err != nil {
		return err
	}
	return f.file.Truncate(size)
}

// TestEveryCallFails lets each call of a workload fail in its turn, alone and
// with all after it. The error says what is the matter; what was acknowledged
// is there when the store is opened again; and where it could go on, what came
// after is there too.
func TestEveryCallFails(t *testing.T) {
	for name, c := range map[string]struct {
		err, want error
		lasts     int
	}{
		"disk full for a moment":   {syscall.ENOSPC, store.ErrFull, 1},
		"disk full":                {syscall.ENOSPC, store.ErrFull, 1 << 30},
		"disk read-only":           {syscall.EROFS, store.ErrReadOnly, 1 << 30},
		"quota spent for a moment": {syscall.EDQUOT, store.ErrFull, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			failed, from := 0, 40
			if testing.Short() {
				from = 8
			}
			for in := 0; ; in += 1 + in/from { // all of the first, then fewer
				sys := &faulty{osSystem{}, in, c.lasts, c.err}
				if !failOnce(t, sys, c.want) {
					break
				}
				failed++
			}
			if failed < 20 {
				t.Errorf("only %d calls failed", failed)
			}
		})
	}
}

// failOnce runs the workload on the system given, then opens the store on a
// sound one. It says whether any call failed.
func failOnce(t *testing.T, sys *faulty, want error) (failed bool) {
	t.Helper()
	in, path := sys.in, filepath.Join(t.TempDir(), "store")
	w := storetest.NewWorkload(3, storetest.State{})
	before, after := w.State(), w.State() // what may be there
	check := func(err error) {
		t.Helper()
		failed = true
		if !errors.Is(err, want) || !strings.Contains(err.Error(), ": ") {
			t.Fatalf("call %d failed, and the error is %v: want %v", in, err, want)
		}
	}
	d, err := open(path, Options{}, sys)
	if err != nil {
		check(err)
		return true // nothing was acknowledged
	}
	s, err := store.Open(t.Context(), d, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range 25 {
		step := w.Step()
		if err := step(t.Context(), s); err != nil {
			check(err)
			after = w.State()
			break
		}
		before, after = w.State(), w.State()
	}
	_ = s.Close()
	again, err := openStore(path)
	if err != nil {
		t.Fatalf("call %d failed: opening again: %v", in, err)
	}
	defer again.Close()
	got, err := storetest.StateOf(t.Context(), again)
	if err != nil {
		t.Fatalf("call %d failed: %v", in, err)
	}
	if key := got.Key(); key != before.Key() && key != after.Key() {
		t.Fatalf("call %d failed: got %.400s, want %.400s or %.400s", in, key, before.Key(), after.Key())
	}
	return failed
}

// TestGoesOnAfterFullDisk: what failed for want of space can be done once there
// is some, without opening the store again.
func TestGoesOnAfterFullDisk(t *testing.T) {
	sys := &faulty{osSystem{}, 1 << 30, 1, syscall.ENOSPC}
	d, err := open(t.TempDir(), Options{}, sys)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), d, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	page := []store.Page{{ID: "a", Data: []byte("1")}}
	sys.in = 0
	if _, err := s.PutPages(t.Context(), page); !errors.Is(err, store.ErrFull) {
		t.Fatalf("error %v", err)
	}
	if _, err := s.Page(t.Context(), "a"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the page that failed: error %v", err)
	}
	if changes, err := s.PutPages(t.Context(), page); err != nil || changes[0] != store.Added {
		t.Fatalf("changes %v, error %v", changes, err)
	}
}

// TestReadOnlyFolder uses a folder without the right to write, where that
// means something.
func TestReadOnlyFolder(t *testing.T) {
	path := t.TempDir()
	if err := os.Chmod(path, 0o500); err != nil {
		t.Fatal(err)
	}
	_, err := Open(filepath.Join(path, "store"), Options{})
	if os.Geteuid() != 0 && (!errors.Is(err, store.ErrReadOnly) || !errors.Is(err, fs.ErrPermission)) {
		t.Errorf("error %v", err)
	}
}
