package storetest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pagesieve/pagesieve/training/store"
)

func open(t *testing.T, p Place, follow bool) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), p.Open(t, follow), store.Options{Follow: follow})
	must(t, err)
	return s
}

func put(t *testing.T, s *store.Store, idAndData ...string) []store.Change {
	t.Helper()
	var pages []store.Page
	for i := 0; i < len(idAndData); i += 2 {
		pages = append(pages, store.Page{ID: idAndData[i], Data: []byte(idAndData[i+1])})
	}
	changes, err := s.PutPages(t.Context(), pages)
	must(t, err)
	return changes
}

func content(t *testing.T, s *store.Store) (all []string, digest string) {
	t.Helper()
	pages, digest, err := s.Snapshot(t.Context())
	must(t, err)
	for _, p := range pages {
		all = append(all, p.ID+"="+string(p.Data))
	}
	return all, digest
}

func pages(t *testing.T, p Place) {
	s := open(t, p, false)
	same(t, "changes", put(t, s, "b", "1", "a", "2", "b", "1", "b", "3"), []store.Change{store.Added, store.Added, store.Unchanged, store.Replaced})
	same(t, "changes", put(t, s, "a", "2", "a", "4", "c", "5"), []store.Change{store.Unchanged, store.Replaced, store.Added})
	all, digest := content(t, s)
	same(t, "pages", all, []string{"a=4", "b=3", "c=5"})
	one, err := s.Page(t.Context(), "b")
	must(t, err)
	same(t, "page", []string{one.ID, string(one.Data)}, []string{"b", "3"})
	_, err = s.Page(t.Context(), "none")
	wants(t, err, store.ErrNotFound)

	list := s.ListPages("", 2)
	same(t, "list", []string{list[0].ID, list[1].ID}, []string{"a", "b"})
	list = s.ListPages("b", 2)
	if len(list) != 1 || list[0].ID != "c" || list[0].Bytes != 1 || list[0].Digest != sumOf([]byte("5")) || list[0].Time.IsZero() {
		t.Errorf("list %+v", list)
	}
	for _, bad := range []store.Page{{Data: []byte("x")}, {ID: "x"}, {ID: "a\nb", Data: []byte("x")}, {ID: "\xff", Data: []byte("x")}, {ID: strings.Repeat("x", store.MaxID+1), Data: []byte("x")}} {
		_, err := s.PutPages(t.Context(), []store.Page{{ID: "d", Data: []byte("6")}, bad})
		wants(t, err, store.ErrInvalid)
	}
	closed(t, s)

	s = open(t, p, false)
	defer closed(t, s)
	again, digest2 := content(t, s)
	same(t, "pages after opening again", again, all)
	same(t, "digest", []string{digest2}, []string{digest})
	put(t, s, "a", "7")
	if _, d := content(t, s); d == digest {
		t.Error("another set of pages has the same digest")
	}
}

func pagesAreForgotten(t *testing.T, p Place) {
	s := open(t, p, false)
	defer func() { closed(t, s) }()
	put(t, s, "a", "1", "b", "what Mrs Miller wrote", "c", "3")
	if !p.Holds(t, "what Mrs Miller wrote") {
		t.Fatal("what was put cannot be found: this test would not see it")
	}
	gone, err := s.DeletePages(t.Context(), []string{"none", "b", "b", "c"})
	must(t, err)
	same(t, "deleted", gone, []string{"b", "c"})
	if p.Holds(t, "what Mrs Miller wrote") {
		t.Error("the text of a deleted page is still stored")
	}
	same(t, "changes", put(t, s, "c", "3"), []store.Change{store.Added})
	for range 2 {
		all, _ := content(t, s)
		same(t, "pages", all, []string{"a=1", "c=3"})
		closed(t, s)
		s = open(t, p, false)
	}
	gone, err = s.DeletePages(t.Context(), []string{"a", "c"})
	must(t, err)
	same(t, "deleted", gone, []string{"a", "c"})
	put(t, s, "e", "4")
	all, _ := content(t, s)
	same(t, "pages", all, []string{"e=4"})
}

func putVersion(t *testing.T, s *store.Store, id string) []byte {
	t.Helper()
	model := []byte("the model " + id)
	v, err := s.PutVersion(t.Context(), store.Version{ID: id, Parents: []string{"parent"}, Pages: 3, Details: []byte(`{"f1":0.5}`)}, model)
	must(t, err)
	if v.SHA256 != sumOf(model) || v.Bytes != len(model) || v.Created.IsZero() {
		t.Errorf("version %+v", v)
	}
	return model
}

func isActive(t *testing.T, s *store.Store, active, former string) {
	t.Helper()
	a, f, _ := s.Active()
	if a != active || f != former {
		t.Fatalf("active %q, former %q: want %q and %q", a, f, active, former)
	}
}

func versions(t *testing.T, p Place) {
	s := open(t, p, false)
	ctx := t.Context()
	isActive(t, s, "", "")
	_, err := s.RollBack(ctx, "")
	wants(t, err, store.ErrInvalid)
	models := map[string][]byte{}
	for _, id := range []string{"m-1", "m-2", "m-3"} {
		models[id] = putVersion(t, s, id)
	}
	for range 2 { // the second time changes nothing
		must(t, s.Promote(ctx, "m-1"))
	}
	isActive(t, s, "m-1", "")
	must(t, s.Promote(ctx, "m-2"))
	must(t, s.Promote(ctx, "m-3"))
	wants(t, s.Promote(ctx, "none"), store.ErrNotFound)
	_, err = s.RollBack(ctx, "m-2")
	wants(t, err, store.ErrConflict)
	closed(t, s)

	s = open(t, p, false)
	defer func() { closed(t, s) }()
	isActive(t, s, "m-3", "m-2")
	to, err := s.RollBack(ctx, "m-3")
	must(t, err)
	same(t, "rolled back to", []string{to}, []string{"m-2"})
	isActive(t, s, "m-2", "m-1")
	wants(t, s.DeleteVersion(ctx, "m-2"), store.ErrActive)
	wants(t, s.DeleteVersion(ctx, "none"), store.ErrNotFound)
	must(t, s.DeleteVersion(ctx, "m-1"))
	isActive(t, s, "m-2", "")
	_, err = s.Model(ctx, "m-1")
	wants(t, err, store.ErrNotFound)
	got, err := s.Model(ctx, "m-3")
	must(t, err)
	if !bytes.Equal(got, models["m-3"]) {
		t.Error("the model is another")
	}
	must(t, s.Promote(ctx, ""))
	isActive(t, s, "", "m-2")
	var ids []string
	for _, v := range s.Versions() {
		ids = append(ids, v.ID)
	}
	slices.Sort(ids)
	same(t, "versions", ids, []string{"m-2", "m-3"})
}

func versionsAreChecked(t *testing.T, p Place) {
	b := p.Open(t, false)
	s, err := store.Open(t.Context(), b, store.Options{})
	must(t, err)
	defer closed(t, s)
	ctx := t.Context()
	model := putVersion(t, s, "m-1")
	putVersion(t, s, "m-1") // once more does no harm
	_, err = s.PutVersion(ctx, store.Version{ID: "m-1"}, []byte("other"))
	wants(t, err, store.ErrInvalid)
	_, err = s.PutVersion(ctx, store.Version{ID: "m\x00"}, []byte("other"))
	wants(t, err, store.ErrInvalid)
	v, err := s.Version("m-1")
	must(t, err)
	if string(v.Details) != `{"f1":0.5}` || v.Pages != 3 || len(v.Parents) != 1 {
		t.Errorf("version %+v", v)
	}

	// What the place gives back is not trusted.
	must(t, b.PutBlob(ctx, sumOf(model), []byte("the model m-2")))
	_, err = s.Model(ctx, "m-1")
	wants(t, err, store.ErrDamaged)
}

func follower(t *testing.T, p Place) {
	w := open(t, p, false)
	defer closed(t, w)
	f := open(t, p, true)
	defer closed(t, f)
	for i := range 3 {
		id := fmt.Sprint("m-", i)
		model := putVersion(t, w, id)
		must(t, w.Promote(t.Context(), id))
		must(t, f.Refresh(t.Context()))
		if a, _, _ := f.Active(); a != id {
			t.Fatalf("active %q, want %q", a, id)
		}
		got, err := f.Model(t.Context(), id)
		must(t, err)
		if !bytes.Equal(got, model) {
			t.Error("the model is another")
		}
	}
	wants(t, f.Promote(t.Context(), "m-0"), store.ErrReadOnly)
	_, err := f.PutPages(t.Context(), []store.Page{{ID: "a", Data: []byte("1")}})
	wants(t, err, store.ErrReadOnly)
	_, _, err = f.Snapshot(t.Context())
	wants(t, err, store.ErrReadOnly)
}
