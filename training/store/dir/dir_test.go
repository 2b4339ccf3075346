package dir

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/pagesieve/pagesieve/training/store"
	"github.com/pagesieve/pagesieve/training/store/storetest"
)

type folder string

func (f folder) Open(t *testing.T, readOnly bool) store.Backend {
	t.Helper()
	d, err := Open(string(f), Options{ReadOnly: readOnly})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (f folder) Holds(t *testing.T, text string) bool {
	t.Helper()
	found := false
	err := filepath.WalkDir(string(f), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		found = found || bytes.Contains(data, []byte(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Place { return folder(filepath.Join(t.TempDir(), "store")) })
}

func TestLock(t *testing.T) {
	path := t.TempDir()
	d, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, Options{}); !errors.Is(err, store.ErrLocked) {
		t.Errorf("a second writer: error %v", err)
	}
	r, err := Open(path, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(r.Close(), d.Close()); err != nil {
		t.Fatal(err)
	}
	d, err = Open(path, Options{})
	if err != nil {
		t.Fatalf("after the first writer has gone: %v", err)
	}
	d.Close()
	if _, err := Open(filepath.Join(path, "none"), Options{ReadOnly: true}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("reading where nothing is: error %v", err)
	}
}
