package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Options guide Open. The zero value opens for reading and writing.
type Options struct {
	// Follow opens for reading the versions alone: for a server that takes
	// models from a store which another one writes.
	Follow bool
	// Now is the clock; nil means time.Now. No model depends on it.
	Now func() time.Time
}

// Store is labelled pages and versions of a model. It is safe for use by many
// goroutines.
type Store struct {
	backend Backend
	follow  bool
	now     func() time.Time

	mu       sync.RWMutex
	pages    map[string]pageAt
	pagesEnd Position
	live     int64 // bytes of entries that are in force
	dead     int64 // bytes of entries that are not
	deleted  bool  // the log still holds text of pages that were deleted

	versions    map[string]*Version
	history     []string // versions promoted, the active one last; "" is none
	versionsEnd Position
}

// Open reads what a backend holds. The store closes the backend. Where pages
// were deleted and the process died before their text was gone, it goes now.
func Open(ctx context.Context, b Backend, o Options) (*Store, error) {
	s := &Store{backend: b, follow: o.Follow, now: o.Now}
	if s.now == nil {
		s.now = time.Now
	}
	s.resetPages()
	s.resetVersions()
	if err := s.load(ctx); err != nil {
		return nil, fmt.Errorf("open the store: %w", errors.Join(err, b.Close()))
	}
	return s, nil
}

func (s *Store) load(ctx context.Context) error {
	if err := s.readVersions(ctx); err != nil || s.follow {
		return err
	}
	if err := s.readPages(ctx); err != nil {
		return err
	}
	if err := s.tidy(ctx); err != nil && !errors.Is(err, ErrFull) { // what is there can be read all the same
		return err
	}
	return nil
}

// Close closes the backend.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.backend.Close()
}

// Refresh reads what others have written since. It costs little where there is
// nothing new.
func (s *Store) Refresh(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.readVersions(ctx)
	if err == nil && !s.follow {
		err = s.readPages(ctx)
	}
	if err != nil {
		return fmt.Errorf("follow the store: %w", err)
	}
	return nil
}

// read takes in the entries of a log after end. When the log was replaced it
// is read anew, after reset.
func (s *Store) read(ctx context.Context, log Log, end *Position, reset func(), apply func(Entry) error) error {
	for again := true; ; again = false {
		err := s.readOnce(ctx, log, end, apply)
		if again && errors.Is(err, ErrReplaced) {
			reset()
			continue
		}
		return err
	}
}

func (s *Store) readOnce(ctx context.Context, log Log, end *Position, apply func(Entry) error) error {
	for e, err := range s.backend.Read(ctx, log, *end) {
		if err != nil {
			return err
		}
		if err := apply(e); err != nil {
			return fmt.Errorf("%w: %s log: %w", ErrDamaged, log, err)
		}
		*end = e.At
	}
	return nil
}

// attempts is how often a change is tried that other writers come before.
const attempts = 20

// change appends the entries that build makes of the present state, and takes
// them in. When another writer was faster, it reads what that one wrote and
// builds anew. No entries means nothing to change. s.mu is held.
func (s *Store) change(ctx context.Context, log Log, build func() ([][]byte, error)) error {
	end, apply, catchUp := &s.pagesEnd, s.applyPage, s.readPages
	if log == Versions {
		end, apply, catchUp = &s.versionsEnd, s.applyVersion, s.readVersions
	}
	if s.follow {
		return ErrReadOnly
	}
	for range attempts {
		entries, err := build()
		if err != nil || len(entries) == 0 {
			return err
		}
		at, err := s.backend.Append(ctx, log, *end, entries)
		if errors.Is(err, ErrConflict) {
			if err := catchUp(ctx); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return err
		}
		for i, data := range entries {
			if err := apply(Entry{at[i], data}); err != nil {
				return err
			}
			*end = at[i]
		}
		return nil
	}
	return ErrConflict
}
