package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/pagesieve/pagesieve/training/store"
)

// Workload is a run of changes to a store, each of which follows from the seed
// and those before. It knows what a store holds after each.
type Workload struct {
	rng   *rand.Rand
	n     int
	state State
}

// State is what a store holds.
type State struct {
	Pages    map[string]string
	Versions []string // in order
	History  []string // the last two are the active and the former version
}

// NewWorkload begins a workload on a store in a state.
func NewWorkload(seed uint64, begin State) *Workload {
	return &Workload{rng: rand.New(rand.NewPCG(seed, 1)), state: begin.clone()}
}

func (s State) clone() State {
	pages := maps.Clone(s.Pages)
	if pages == nil {
		pages = map[string]string{}
	}
	return State{pages, slices.Clone(s.Versions), slices.Clone(s.History)}
}

// Key is equal for equal states.
func (s State) Key() string {
	versions, history := slices.Sorted(slices.Values(s.Versions)), s.History[max(0, len(s.History)-2):]
	for len(history) > 0 && history[0] == "" {
		history = history[1:]
	}
	data, _ := json.Marshal([]any{s.Pages, versions, history})
	return string(data)
}

// StateOf is what a store holds, each model checked.
func StateOf(ctx context.Context, s *store.Store) (State, error) {
	state := State{Pages: map[string]string{}}
	pages, _, err := s.Snapshot(ctx)
	if err != nil {
		return state, err
	}
	for _, p := range pages {
		state.Pages[p.ID] = string(p.Data)
	}
	for _, v := range s.Versions() {
		model, err := s.Model(ctx, v.ID)
		if err != nil {
			return state, err
		}
		if string(model) != modelOf(v.ID) {
			return state, fmt.Errorf("version %s has another's model", v.ID)
		}
		state.Versions = append(state.Versions, v.ID)
	}
	if active, former, ok := s.Active(); ok {
		state.History = []string{former, active}
	}
	return state, nil
}

func modelOf(id string) string { return strings.Repeat("model "+id+"\n", 2000) }

// State is what the store holds after the steps so far.
func (w *Workload) State() State { return w.state.clone() }

// Step gives the next change, and takes it as done.
func (w *Workload) Step() func(context.Context, *store.Store) error {
	w.n++
	versions, active := w.state.Versions, ""
	if n := len(w.state.History); n > 0 {
		active = w.state.History[n-1]
	}
	switch k := w.rng.IntN(12); {
	case k < 6 || len(versions) == 0 && k > 7:
		return w.put()
	case k < 7:
		return w.forget()
	case k < 8 || len(versions) < 2:
		return w.train()
	case k < 10:
		id := versions[w.rng.IntN(len(versions))]
		if id != active {
			w.state.History = append(w.state.History, id)
		}
		return func(ctx context.Context, s *store.Store) error { return s.Promote(ctx, id) }
	case k < 11 && len(w.state.History) > 1:
		w.state.History = w.state.History[:len(w.state.History)-1]
		return func(ctx context.Context, s *store.Store) error {
			_, err := s.RollBack(ctx, active)
			return err
		}
	}
	id := versions[0]
	if id == active {
		id = versions[1]
	}
	w.state.Versions = slices.DeleteFunc(w.state.Versions, func(v string) bool { return v == id })
	w.state.History = slices.Compact(slices.DeleteFunc(w.state.History, func(v string) bool { return v == id }))
	return func(ctx context.Context, s *store.Store) error { return s.DeleteVersion(ctx, id) }
}

func (w *Workload) put() func(context.Context, *store.Store) error {
	var pages []store.Page
	for range 1 + w.rng.IntN(8) {
		id := fmt.Sprint("page ", w.rng.IntN(40))
		data := strings.Repeat(fmt.Sprintf("%s, step %d\n", id, w.n), 1+w.rng.IntN(400))
		w.state.Pages[id] = data
		pages = append(pages, store.Page{ID: id, Data: []byte(data)})
	}
	return func(ctx context.Context, s *store.Store) error {
		_, err := s.PutPages(ctx, pages)
		return err
	}
}

func (w *Workload) forget() func(context.Context, *store.Store) error {
	ids := []string{fmt.Sprint("page ", w.rng.IntN(40)), fmt.Sprint("page ", w.rng.IntN(40))}
	for _, id := range ids {
		delete(w.state.Pages, id)
	}
	return func(ctx context.Context, s *store.Store) error {
		_, err := s.DeletePages(ctx, ids)
		return err
	}
}

func (w *Workload) train() func(context.Context, *store.Store) error {
	id := fmt.Sprintf("m-%d", w.rng.Uint32())
	w.state.Versions = append(w.state.Versions, id)
	return func(ctx context.Context, s *store.Store) error {
		_, err := s.PutVersion(ctx, store.Version{ID: id}, []byte(modelOf(id)))
		return err
	}
}

// workload: a store holds after each step what it should, and after opening.
func workload(t *testing.T, p Place) {
	s := open(t, p, false)
	defer func() { closed(t, s) }()
	w := NewWorkload(7, State{})
	for i := range 40 {
		must(t, w.Step()(t.Context(), s))
		if i%8 == 0 {
			closed(t, s)
			s = open(t, p, false)
		}
		got, err := StateOf(t.Context(), s)
		must(t, err)
		if got.Key() != w.State().Key() {
			t.Fatalf("after step %d: got %.400s, want %.400s", i, got.Key(), w.State().Key())
		}
	}
}
