package storetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
	"testing"

	"github.com/pagesieve/pagesieve/training/store"
)

// Place is where an implementation keeps one store, for one test.
type Place interface {
	// Open opens it for reading and writing, or for reading only.
	Open(t *testing.T, readOnly bool) store.Backend
	// Holds says whether any stored file or object holds the text.
	Holds(t *testing.T, text string) bool
}

// Run runs the contract. place gives an empty place for each test.
func Run(t *testing.T, place func(t *testing.T) Place) {
	for name, test := range map[string]func(*testing.T, Place){
		"append and read":      appendAndRead,
		"end is checked":       endIsChecked,
		"replace":              replace,
		"replace that fails":   replaceThatFails,
		"blobs":                blobs,
		"large entries":        largeEntries,
		"appends at a time":    appendsAtATime,
		"ended context":        endedContext,
		"reader sees appends":  readerSeesAppends,
		"pages":                pages,
		"pages are forgotten":  pagesAreForgotten,
		"versions":             versions,
		"versions are checked": versionsAreChecked,
		"follower":             follower,
		"workload":             workload,
	} {
		t.Run(name, func(t *testing.T) { test(t, place(t)) })
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wants(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got error %v, want %v", err, want)
	}
}

func closed(t *testing.T, c interface{ Close() error }) {
	t.Helper()
	must(t, c.Close())
}

// read reads the entries of the log of pages after a position.
func read(t *testing.T, b store.Backend, after store.Position) (data []string, at []store.Position) {
	t.Helper()
	for e, err := range b.Read(t.Context(), store.Pages, after) {
		must(t, err)
		data, at = append(data, string(e.Data)), append(at, e.At)
	}
	return data, at
}

func appendTo(t *testing.T, b store.Backend, end store.Position, entries ...string) []store.Position {
	t.Helper()
	at, err := b.Append(t.Context(), store.Pages, end, raw(entries))
	must(t, err)
	if len(at) != len(entries) {
		t.Fatalf("%d positions of %d entries", len(at), len(entries))
	}
	return at
}

func raw(entries []string) (out [][]byte) {
	for _, e := range entries {
		out = append(out, []byte(e))
	}
	return out
}

func values(entries []string, end error) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for _, e := range entries {
			if !yield([]byte(e), nil) {
				return
			}
		}
		if end != nil {
			yield(nil, end)
		}
	}
}

func same[T comparable](t *testing.T, what string, got, want []T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Fatalf("%s: got %v, want %v", what, got, want)
	}
}

func appendAndRead(t *testing.T, p Place) {
	b := p.Open(t, false)
	first := appendTo(t, b, store.Position{}, "a", "", "b")
	second := appendTo(t, b, first[2], "c")
	all := slices.Concat(first, second)
	for range 2 {
		data, at := read(t, b, store.Position{})
		same(t, "entries", data, []string{"a", "", "b", "c"})
		same(t, "positions", at, all)
		for i := range all {
			data, _ := read(t, b, all[i])
			same(t, fmt.Sprintf("entries after %d", i), data, []string{"a", "", "b", "c"}[i+1:])
			one, err := b.Entry(t.Context(), store.Pages, all[i])
			must(t, err)
			same(t, "entry", []string{string(one)}, []string{"a", "", "b", "c"}[i:i+1])
		}
		for _, err := range b.Read(t.Context(), store.Versions, store.Position{}) {
			t.Errorf("the other log has an entry, error %v", err)
		}
		closed(t, b)
		b = p.Open(t, false)
	}
	closed(t, b)
}

func endIsChecked(t *testing.T, p Place) {
	b := p.Open(t, false)
	defer closed(t, b)
	at := appendTo(t, b, store.Position{}, "a", "b")
	for _, end := range []store.Position{{}, at[0]} {
		_, err := b.Append(t.Context(), store.Pages, end, raw([]string{"x"}))
		wants(t, err, store.ErrConflict)
		wants(t, b.Replace(t.Context(), store.Pages, end, values([]string{"x"}, nil)), store.ErrConflict)
	}
	data, _ := read(t, b, store.Position{})
	same(t, "entries", data, []string{"a", "b"})
}

func replace(t *testing.T, p Place) {
	b := p.Open(t, false)
	at := appendTo(t, b, store.Position{}, "a secret to forget", "b")
	if !p.Holds(t, "a secret to forget") {
		t.Fatal("what was written cannot be found: this test would not see it")
	}
	for round := range 3 {
		must(t, b.Replace(t.Context(), store.Pages, at[len(at)-1], values([]string{"x", "y"}, nil)))
		if p.Holds(t, "a secret to forget") {
			t.Fatal("the old log is still stored")
		}
		for _, err := range b.Read(t.Context(), store.Pages, at[0]) {
			wants(t, err, store.ErrReplaced)
		}
		_, err := b.Append(t.Context(), store.Pages, at[len(at)-1], raw([]string{"z"}))
		wants(t, err, store.ErrConflict)
		var data []string
		data, at = read(t, b, store.Position{})
		same(t, "entries", data, []string{"x", "y"})
		at = appendTo(t, b, at[1], fmt.Sprint(round))
		closed(t, b)
		b = p.Open(t, false)
		data, _ = read(t, b, store.Position{})
		same(t, "entries", data, []string{"x", "y", fmt.Sprint(round)})
	}
	must(t, b.Replace(t.Context(), store.Pages, at[0], values(nil, nil)))
	data, _ := read(t, b, store.Position{})
	same(t, "entries of an empty log", data, nil)
	appendTo(t, b, store.Position{}, "again")
	data, _ = read(t, b, store.Position{})
	same(t, "entries", data, []string{"again"})
	closed(t, b)
}

func replaceThatFails(t *testing.T, p Place) {
	b := p.Open(t, false)
	defer closed(t, b)
	at := appendTo(t, b, store.Position{}, "a", "b")
	failure := errors.New("cannot read that")
	wants(t, b.Replace(t.Context(), store.Pages, at[1], values([]string{"x"}, failure)), failure)
	appendTo(t, b, at[1], "c")
	data, _ := read(t, b, store.Position{})
	same(t, "entries", data, []string{"a", "b", "c"})
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func blobs(t *testing.T, p Place) {
	b := p.Open(t, false)
	ctx := t.Context()
	data := bytes.Repeat([]byte("model"), 1<<20)
	sum := sumOf(data)
	_, err := b.Blob(ctx, sum)
	wants(t, err, store.ErrNotFound)
	for range 2 { // twice does no harm
		must(t, b.PutBlob(ctx, sum, data))
	}
	closed(t, b)
	b = p.Open(t, false)
	defer closed(t, b)
	got, err := b.Blob(ctx, sum)
	must(t, err)
	if !bytes.Equal(got, data) {
		t.Fatal("the blob is another")
	}
	for range 2 {
		must(t, b.DeleteBlob(ctx, sum))
	}
	_, err = b.Blob(ctx, sum)
	wants(t, err, store.ErrNotFound)
	wants(t, b.PutBlob(ctx, "../escape", data), store.ErrInvalid)
	_, err = b.Blob(ctx, "../../etc/passwd")
	wants(t, err, store.ErrInvalid)
	wants(t, b.DeleteBlob(ctx, "x"), store.ErrInvalid)
}

func largeEntries(t *testing.T, p Place) {
	b := p.Open(t, false)
	defer closed(t, b)
	large := string(bytes.Repeat([]byte("0123456789abcdef"), 9<<20/16))
	at := appendTo(t, b, store.Position{}, large, "small", large)
	data, _ := read(t, b, store.Position{})
	same(t, "entries", data, []string{large, "small", large})
	must(t, b.Replace(t.Context(), store.Pages, at[2], values([]string{large, large, large}, nil)))
	data, _ = read(t, b, store.Position{})
	same(t, "entries", data, []string{large, large, large})
}

// appendsAtATime: every entry is there once, whoever wins.
func appendsAtATime(t *testing.T, p Place) {
	b := p.Open(t, false)
	defer closed(t, b)
	var group sync.WaitGroup
	for w := range 4 {
		group.Go(func() {
			for k := range 5 {
				var end store.Position
				for {
					for e, err := range b.Read(t.Context(), store.Pages, store.Position{}) {
						if err != nil {
							t.Error(err)
							return
						}
						end = e.At
					}
					_, err := b.Append(t.Context(), store.Pages, end, raw([]string{fmt.Sprint(w, k)}))
					if err == nil {
						break
					}
					if !errors.Is(err, store.ErrConflict) {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	group.Wait()
	data, _ := read(t, b, store.Position{})
	slices.Sort(data)
	if len(data) != 20 || len(slices.Compact(data)) != 20 {
		t.Errorf("got %v", data)
	}
}

func endedContext(t *testing.T, p Place) {
	b := p.Open(t, false)
	defer closed(t, b)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := b.Append(ctx, store.Pages, store.Position{}, raw([]string{"a"}))
	wants(t, err, context.Canceled)
	wants(t, b.PutBlob(ctx, sumOf(nil), nil), context.Canceled)
	data, _ := read(t, b, store.Position{})
	same(t, "entries", data, nil)
}

func readerSeesAppends(t *testing.T, p Place) {
	w := p.Open(t, false)
	defer closed(t, w)
	r := p.Open(t, true)
	defer closed(t, r)
	var end store.Position
	for i := range 3 {
		at := appendTo(t, w, end, fmt.Sprint(i))
		data, seen := read(t, r, end)
		same(t, "entries", data, []string{fmt.Sprint(i)})
		same(t, "positions", seen, at)
		end = at[0]
	}
	_, err := r.Append(t.Context(), store.Pages, end, raw([]string{"x"}))
	wants(t, err, store.ErrReadOnly)
	wants(t, r.PutBlob(t.Context(), sumOf(nil), nil), store.ErrReadOnly)
	wants(t, r.Replace(t.Context(), store.Pages, end, values(nil, nil)), store.ErrReadOnly)
}
