package dir

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/gofrs/flock"

	"github.com/pagesieve/pagesieve/training/store"
)

// Options guide Open. The zero value opens for reading and writing.
type Options struct {
	// ReadOnly takes no lock and writes nothing: for following a store that
	// another process writes.
	ReadOnly bool
}

// Dir is a store's backend in a folder. It is safe for use by many goroutines.
type Dir struct {
	path string
	sys  system
	lock *flock.Flock // nil when reading only

	mu   sync.Mutex
	logs map[store.Log]*log // those open for writing
}

var _ store.Backend = (*Dir)(nil)

// Open opens the store in a folder, which it makes where there is none. It
// fails with store.ErrLocked while another process writes it. Torn ends of logs
// are cut off; damage elsewhere is store.ErrDamaged.
func Open(path string, o Options) (*Dir, error) {
	return open(path, o, osSystem{})
}

func open(path string, o Options, sys system) (*Dir, error) {
	d := &Dir{path: path, sys: sys, logs: map[store.Log]*log{}}
	if o.ReadOnly {
		_, err := sys.ReadDir(path)
		return d, explain("open the folder of the store", err)
	}
	if err := d.start(); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

func (d *Dir) start() error {
	if err := d.makeFolders(); err != nil {
		return explain("make the folder of the store", err)
	}
	d.lock = flock.New(filepath.Join(d.path, "lock"))
	locked, err := d.lock.TryLock()
	if err != nil {
		return explain("lock the store", err)
	}
	if !locked {
		return fmt.Errorf("lock the store in %s: %w", d.path, store.ErrLocked)
	}
	if err := d.removeUnfinished(); err != nil {
		return explain("remove unfinished files", err)
	}
	for _, name := range []store.Log{store.Pages, store.Versions} {
		l, err := d.openLog(name)
		if err != nil {
			return fmt.Errorf("open %s.log: %w", name, err)
		}
		d.logs[name] = l
	}
	return nil
}

// makeFolders makes them durable too: the folder in its parent.
func (d *Dir) makeFolders() error {
	if _, err := os.Stat(d.models()); err == nil {
		return nil
	}
	if err := d.sys.MkdirAll(d.models()); err != nil {
		return err
	}
	return errors.Join(d.sys.SyncDir(filepath.Dir(filepath.Clean(d.path))), d.sys.SyncDir(d.path))
}

func (d *Dir) models() string { return filepath.Join(d.path, "models") }

// unfinished begins the names of files that are not yet what they shall be.
const unfinished = "unfinished-"

func (d *Dir) removeUnfinished() error {
	for _, folder := range []string{d.path, d.models()} {
		entries, err := d.sys.ReadDir(folder)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), unfinished) {
				if err := d.sys.Remove(filepath.Join(folder, e.Name())); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// create makes a durable file of what fill writes, whole or not at all.
func (d *Dir) create(name string, fill func(file) error) error {
	folder := filepath.Dir(name)
	tmp := filepath.Join(folder, unfinished+filepath.Base(name))
	f, err := d.sys.Open(tmp, os.O_RDWR|os.O_CREATE|os.O_TRUNC)
	if err != nil {
		return err
	}
	err = fill(f)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = d.sys.Rename(tmp, name)
	}
	if err != nil {
		return errors.Join(err, d.sys.Remove(tmp))
	}
	return d.sys.SyncDir(folder)
}

// Path is the folder.
func (d *Dir) Path() string { return d.path }

// Close lets go of files and lock.
func (d *Dir) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	var errs []error
	for _, l := range d.logs {
		errs = append(errs, l.f.Close())
	}
	d.logs = map[store.Log]*log{}
	if d.lock != nil {
		errs = append(errs, d.lock.Close())
		d.lock = nil
	}
	return errors.Join(errs...)
}
