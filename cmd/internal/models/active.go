package models

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/training/store"
)

// FollowEvery is how often a replica looks which version is active.
const FollowEvery = 2 * time.Second

// ErrModel is wrapped where a version's model cannot be used.
var ErrModel = errors.New("the model does not pass")

// Active classifies with the active version. It is safe for use by many
// goroutines.
type Active struct {
	store   *store.Store
	builtIn *loaded
	log     *slog.Logger

	now    atomic.Pointer[loaded]
	shadow atomic.Pointer[shadow]

	mu      sync.Mutex // one change at a time
	former  *loaded    // in use before
	refused *string    // id of the active version that could not be used, until another is active
}

// loaded is a version ready to answer; id is as in the store, "" for the
// built-in one.
type loaded struct {
	id string
	*classifier.Classifier
}

// NewActive takes the store's active version into use. Where that cannot be
// used, it says so in the log and takes the one before, or at last the built-in
// one: a server that answers can be told to roll back.
func NewActive(ctx context.Context, s *store.Store, builtIn *classifier.Classifier, log *slog.Logger) (*Active, error) {
	a := &Active{store: s, builtIn: &loaded{"", builtIn}, log: log}
	a.now.Store(a.builtIn)
	active, former, _ := s.Active()
	for _, id := range []string{active, former} {
		m, err := a.load(ctx, id)
		if err == nil {
			a.now.Store(m)
			break
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		a.refused = &active
		log.Error("a version cannot be used", "version", id, "error", err)
	}
	log.Info("model", "version", a.now.Load().ModelVersion())
	return a, nil
}

// Classify answers with the version in use.
func (a *Active) Classify(ctx context.Context, doc classifier.Document, opts classifier.Options) (*classifier.Result, error) {
	r, err := a.now.Load().Classify(ctx, doc, opts)
	if s := a.shadow.Load(); s != nil && err == nil {
		s.offer(doc, opts, r)
	}
	return r, err
}

// Version is the version in use, as answers name it.
func (a *Active) Version() string { return a.now.Load().ModelVersion() }

// Follow takes into use what becomes active in the store, until ctx ends.
func (a *Active) Follow(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := a.Sync(ctx); err != nil && ctx.Err() == nil {
			a.log.Error("following the store", "error", err)
		}
	}
}

// Sync looks once which version is active, and takes it into use. Where it
// cannot be used, the one in use stays; that is said once.
func (a *Active) Sync(ctx context.Context) error {
	if err := a.store.Refresh(ctx); err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	id, _, _ := a.store.Active()
	if id == a.now.Load().id || a.refused != nil && id == *a.refused {
		return nil
	}
	m, err := a.load(ctx, id)
	if err != nil {
		if ctx.Err() == nil {
			a.refused = &id
		}
		return fmt.Errorf("version %s stays: %w", a.Version(), err)
	}
	a.swap(m)
	return nil
}

// load reads a version's model, verifies it and tries it.
func (a *Active) load(ctx context.Context, id string) (*loaded, error) {
	switch {
	case id == "":
		return a.builtIn, nil
	case id == a.now.Load().id:
		return a.now.Load(), nil
	case a.former != nil && id == a.former.id:
		return a.former, nil
	}
	data, err := a.store.Model(ctx, id)
	if err != nil {
		return nil, err
	}
	c, err := ready(ctx, data)
	if err != nil {
		return nil, fmt.Errorf("version %s: %w", id, err)
	}
	if c.ModelVersion() != id {
		return nil, fmt.Errorf("version %s: %w: it is %s", id, ErrModel, c.ModelVersion())
	}
	return &loaded{id, c}, nil
}

// swap puts a version into use. a.mu is held.
func (a *Active) swap(m *loaded) {
	was := a.now.Swap(m)
	a.refused = nil
	if was == m {
		return
	}
	a.former = was
	a.log.Info("model", "version", m.ModelVersion(), "former", was.ModelVersion())
	if s := a.shadow.Load(); s != nil {
		a.setShadow(s.version, s.share)
	}
}

// Promote makes a version the active one, if it passes, and takes it into use.
// It names the one in use before.
func (a *Active) Promote(ctx context.Context, id string) (former string, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.promote(ctx, id)
}

// PromoteOver is Promote, if the version in use is the one named; else it fails
// with store.ErrConflict.
func (a *Active) PromoteOver(ctx context.Context, id, over string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if now := a.Version(); now != over {
		return fmt.Errorf("promote version %s: %w: %s is active now", id, store.ErrConflict, now)
	}
	_, err := a.promote(ctx, id)
	return err
}

func (a *Active) promote(ctx context.Context, id string) (former string, err error) {
	if id == a.builtIn.ModelVersion() {
		id = ""
	}
	m, err := a.load(ctx, id)
	if err != nil {
		return "", err
	}
	former = a.Version()
	if err := a.store.Promote(ctx, id); err != nil {
		return "", err
	}
	a.swap(m)
	return former, nil
}

// RollBack goes back from the version in use to the one before. from is the
// version to go back from; "" is whichever is in use. It names the one in use
// before.
func (a *Active) RollBack(ctx context.Context, from string) (former string, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	former = a.Version()
	if from != "" && from != former {
		return "", fmt.Errorf("roll back: %w: %s is active now", store.ErrConflict, former)
	}
	active, to, _ := a.store.Active()
	m, err := a.load(ctx, to)
	if err != nil {
		return "", err
	}
	if _, err := a.store.RollBack(ctx, active); err != nil {
		return "", err
	}
	a.swap(m)
	return former, nil
}

// Close ends the shadow.
func (a *Active) Close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.setShadow(nil, 0)
}
