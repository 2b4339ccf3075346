package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Version is one model, which never changes, and what is known of it.
type Version struct {
	ID          string          `json:"id"`                     // what the model calls itself in answers
	SHA256      string          `json:"sha256"`                 // of the model's file, hex
	Bytes       int             `json:"bytes"`                  // of the model's file
	Created     time.Time       `json:"created"`                // when it was put
	Parents     []string        `json:"parents,omitempty"`      // versions that it was made from or measured against
	Pages       int             `json:"pages,omitempty"`        // stored pages that it was trained on
	PagesDigest string          `json:"pages_digest,omitempty"` // digest of these, as Snapshot gives it
	Details     json.RawMessage `json:"details,omitempty"`      // what else the caller wants to know: measurements, comparisons
}

// event is an entry of the log of versions.
type event struct {
	Type    string    `json:"type"`
	Time    time.Time `json:"time"`
	Version *Version  `json:"version,omitempty"` // of put
	ID      string    `json:"id,omitempty"`      // of the others
}

// The types of events.
const (
	eventPut      = "put"
	eventPromote  = "promote"
	eventRollBack = "roll back" // to the version named
	eventDelete   = "delete"
)

func (s *Store) resetVersions() {
	s.versions, s.history, s.versionsEnd = map[string]*Version{}, nil, Position{}
}

func (s *Store) readVersions(ctx context.Context) error {
	return s.read(ctx, Versions, &s.versionsEnd, s.resetVersions, s.applyVersion)
}

func (s *Store) applyVersion(entry Entry) error {
	var e event
	if err := json.Unmarshal(entry.Data, &e); err != nil {
		return err
	}
	switch e.Type {
	case eventPut:
		if e.Version == nil {
			return errEntry
		}
		s.versions[e.Version.ID] = e.Version
	case eventPromote:
		s.history = append(s.history, e.ID)
	case eventRollBack:
		if len(s.history) > 0 {
			s.history = s.history[:len(s.history)-1]
		}
	case eventDelete:
		delete(s.versions, e.ID)
		rest := slices.DeleteFunc(s.history, func(id string) bool { return id == e.ID })
		s.history = slices.Compact(rest)
	default:
		return fmt.Errorf("an event of type %.40q: written by a newer program", e.Type)
	}
	return nil
}

// record appends one event, if what makes it says so.
func (s *Store) record(ctx context.Context, build func() (*event, error)) error {
	return s.change(ctx, Versions, func() ([][]byte, error) {
		e, err := build()
		if e == nil || err != nil {
			return nil, err
		}
		e.Time = s.now().UTC()
		data, err := json.Marshal(e)
		return [][]byte{data}, err
	})
}

// PutVersion stores a model. It fills in SHA256, Bytes and Created. A version
// that is there already, with the same model, takes the other fields given; one
// with another model is an error that wraps ErrInvalid.
func (s *Store) PutVersion(ctx context.Context, v Version, model []byte) (Version, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	sum := sha256.Sum256(model)
	v.SHA256, v.Bytes, v.Created = hex.EncodeToString(sum[:]), len(model), s.now().UTC()
	if err := s.putVersion(ctx, &v, model); err != nil {
		return Version{}, fmt.Errorf("store version %.80s: %w", v.ID, err)
	}
	return v, nil
}

func (s *Store) putVersion(ctx context.Context, v *Version, model []byte) error {
	if err := CheckPage(Page{v.ID, model}); err != nil { // the same rules
		return err
	}
	if s.follow {
		return ErrReadOnly
	}
	if err := s.backend.PutBlob(ctx, v.SHA256, model); err != nil {
		return err
	}
	return s.record(ctx, func() (*event, error) {
		if old := s.versions[v.ID]; old != nil {
			if old.SHA256 != v.SHA256 {
				return nil, fmt.Errorf("%w: another model has this name", ErrInvalid)
			}
			v.Created = old.Created
		}
		return &event{Type: eventPut, Version: v}, nil
	})
}

// Versions lists all versions, oldest first.
func (s *Store) Versions() []Version {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []Version
	for _, v := range s.versions {
		out = append(out, *v)
	}
	slices.SortFunc(out, func(a, b Version) int { return cmp.Or(a.Created.Compare(b.Created), strings.Compare(a.ID, b.ID)) })
	return out
}

// Version gives one version, or fails with ErrNotFound.
func (s *Store) Version(id string) (Version, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	v := s.versions[id]
	if v == nil {
		return Version{}, fmt.Errorf("version %.80s: %w", id, ErrNotFound)
	}
	return *v, nil
}

// Model reads a version's model and checks it against its sum.
func (s *Store) Model(ctx context.Context, id string) ([]byte, error) {
	v, err := s.Version(id)
	if err != nil {
		return nil, err
	}
	data, err := s.backend.Blob(ctx, v.SHA256)
	if err != nil {
		return nil, fmt.Errorf("read the model of version %s: %w", id, err)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != v.SHA256 {
		return nil, fmt.Errorf("read the model of version %s: %w: its checksum does not match", id, ErrDamaged)
	}
	return data, nil
}

// Active is the version promoted last, and former the one before it; "" is
// none. Former is what RollBack goes back to, where ok says that there is
// something to go back from.
func (s *Store) Active() (active, former string, ok bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.active()
}

func (s *Store) active() (active, former string, ok bool) {
	n := len(s.history)
	if n > 0 {
		active = s.history[n-1]
	}
	if n > 1 {
		former = s.history[n-2]
	}
	return active, former, n > 0
}

// Promote makes a version the active one; "" makes none active. It changes
// nothing where that is so already.
func (s *Store) Promote(ctx context.Context, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.record(ctx, func() (*event, error) {
		active, _, _ := s.active()
		switch {
		case id != "" && s.versions[id] == nil:
			return nil, ErrNotFound
		case active == id:
			return nil, nil
		}
		return &event{Type: eventPromote, ID: id}, nil
	})
	if err != nil {
		return fmt.Errorf("promote version %.80s: %w", id, err)
	}
	return nil
}

// errNoFormer wraps ErrInvalid.
var errNoFormer = fmt.Errorf("%w: no version was promoted before", ErrInvalid)

// RollBack makes the version active that was so before, and names it. active
// is what the caller takes for the active one: if it is not, it fails with
// ErrConflict, so that two people who roll back at a time go back once.
func (s *Store) RollBack(ctx context.Context, active string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var to string
	err := s.record(ctx, func() (*event, error) {
		now, former, ok := s.active()
		switch {
		case !ok:
			return nil, errNoFormer
		case now != active:
			return nil, fmt.Errorf("%w: version %s is active", ErrConflict, cmp.Or(now, "(none)"))
		}
		to = former
		return &event{Type: eventRollBack, ID: former}, nil
	})
	if err != nil {
		return "", fmt.Errorf("roll back: %w", err)
	}
	return to, nil
}

// DeleteVersion removes a version and its model, unless it is active.
func (s *Store) DeleteVersion(ctx context.Context, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var sum string
	err := s.record(ctx, func() (*event, error) {
		v := s.versions[id]
		if v == nil {
			return nil, ErrNotFound
		}
		if active, _, _ := s.active(); active == id {
			return nil, ErrActive
		}
		sum = v.SHA256
		return &event{Type: eventDelete, ID: id}, nil
	})
	if err == nil {
		err = s.dropBlob(ctx, sum)
	}
	if err != nil {
		return fmt.Errorf("delete version %.80s: %w", id, err)
	}
	return nil
}

// dropBlob removes a blob that no version names.
func (s *Store) dropBlob(ctx context.Context, sum string) error {
	for _, v := range s.versions {
		if v.SHA256 == sum {
			return nil
		}
	}
	if err := s.backend.DeleteBlob(ctx, sum); err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	return nil
}
