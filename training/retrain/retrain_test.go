package retrain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/training"
	"github.com/pagesieve/pagesieve/training/pages"
	"github.com/pagesieve/pagesieve/training/store"
	"github.com/pagesieve/pagesieve/training/store/dir"
)

// storedPages are some of the project's own pages under other names, as if a
// user had labelled them.
func storedPages(t *testing.T, n int) []store.Page {
	t.Helper()
	all, err := pages.All()
	if err != nil {
		t.Fatal(err)
	}
	var out []store.Page
	for i, p := range all[:n] {
		l := training.OwnPage(p)
		l.ID = fmt.Sprintf("user/%d", i)
		page, err := Stored(l)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, page)
	}
	return out
}

func openStore(t *testing.T) *store.Store {
	t.Helper()
	d, err := dir.Open(t.TempDir(), dir.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), d, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func train(t *testing.T, s *store.Store, o Options) *Outcome {
	t.Helper()
	all, _, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out, err := Train(t.Context(), all, o)
	if err != nil {
		t.Fatal(err)
	}
	if len(out.Skipped) > 0 {
		t.Errorf("skipped: %v", out.Skipped)
	}
	return out
}

// TestForget: a store that deleted a page, and replaced another, trains the
// same bytes as one that never had them.
func TestForget(t *testing.T) {
	some := storedPages(t, 12)
	had, never := openStore(t), openStore(t)
	put := func(s *store.Store, p ...store.Page) {
		if _, err := s.PutPages(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	secret := `{"id":"user/secret","html":"<p>Zorblat wrimmle quendish frobbery, says Mrs Miller.","main_text":"Zorblat wrimmle quendish frobbery, says Mrs Miller."}`
	put(had, some...)
	put(had, store.Page{ID: "user/secret", Data: []byte(secret)}, store.Page{ID: some[3].ID, Data: []byte(secret)})
	o := Options{Trees: 4, WithoutBase: true}
	with := train(t, had, o)
	if _, err := had.DeletePages(t.Context(), []string{"user/secret"}); err != nil {
		t.Fatal(err)
	}
	put(had, some[3])
	for i := range some {
		put(never, some[len(some)-1-i])
	}
	after, want := train(t, had, o), train(t, never, o)
	if !bytes.Equal(after.Model, want.Model) {
		t.Errorf("%s after deleting, %s where the page never was", after.ID, want.ID)
	}
	if bytes.Equal(with.Model, want.Model) {
		t.Error("the page made no difference: this test would not see it")
	}
}

func TestTrainMeasuresOutOfFold(t *testing.T) {
	s := openStore(t)
	if _, err := s.PutPages(t.Context(), storedPages(t, 14)); err != nil {
		t.Fatal(err)
	}
	last := Progress{}
	out := train(t, s, Options{Name: "mine", WithoutBase: true, Folds: 2, Trees: 4, Workers: 2, Progress: func(p Progress) {
		if p.Done < last.Done || p.Done > 1 || p.Pages != 14 {
			t.Errorf("progress %+v after %+v", p, last)
		}
		last = p
	}})
	if last.Done != 1 {
		t.Errorf("progress ends at %+v", last)
	}
	if len(out.HeldOut) != 14 || out.Report.Pages != 14 {
		t.Fatalf("%d scores, report of %d pages", len(out.HeldOut), out.Report.Pages)
	}
	c, err := classifier.New(out.Model)
	if err != nil || c.ModelVersion() != out.ID || out.ID[:5] != "mine-" {
		t.Fatalf("model %s, error %v", out.ID, err)
	}
	now, err := out.Measure(t.Context(), c)
	if err != nil || len(now) != 14 {
		t.Fatalf("%d scores, error %v", len(now), err)
	}
	seen, unseen := 0.0, 0.0
	for i := range now {
		if now[i].Page != out.HeldOut[i].Page || now[i].Digest == "" || now[i].Digest != out.HeldOut[i].Digest {
			t.Fatalf("scores of other pages: %+v, %+v", now[i], out.HeldOut[i])
		}
		seen, unseen = seen+now[i].Value, unseen+out.HeldOut[i].Value
	}
	t.Logf("mean %.3f seen, %.3f out of fold", seen/14, unseen/14)
}

func TestTrainRefuses(t *testing.T) {
	for _, o := range []Options{{Name: "a b"}, {Name: "../x"}, {Folds: 1}, {Folds: 11}, {Trees: -1}, {Trees: 1001}} {
		if _, err := Train(t.Context(), nil, o); !errors.Is(err, ErrOptions) {
			t.Errorf("%+v: error %v", o, err)
		}
	}
	if _, err := Train(t.Context(), nil, Options{WithoutBase: true}); !errors.Is(err, training.ErrNothing) {
		t.Errorf("nothing to learn from: error %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Train(ctx, nil, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: error %v", err)
	}
}

func TestCheck(t *testing.T) {
	main := "The kettle whistles long before the water is hot."
	other := "Nothing of this stands anywhere in there, not one line."
	for name, c := range map[string]struct {
		page training.LabeledPage
		ok   bool
	}{
		"good":       {training.LabeledPage{ID: "a", HTML: "<p>" + main, MainText: &main}, true},
		"no labels":  {training.LabeledPage{ID: "a", HTML: "<p>" + main}, false},
		"binary":     {training.LabeledPage{ID: "a", HTML: "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + strings.Repeat("\x00\x01", 200) + main, MainText: &main}, false},
		"other text": {training.LabeledPage{ID: "a", HTML: "<p>" + main, MainText: &other}, false},
		"no content": {training.LabeledPage{ID: "a", HTML: "<p>" + main, MainText: new(string)}, true},
		"other page": {training.LabeledPage{ID: "a", Text: main, Spans: []training.Span{{Text: other}}}, false},
	} {
		if err := Check(t.Context(), c.page); (err == nil) != c.ok || err != nil && !errors.Is(err, training.ErrPage) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// scores are pages on sites of two pages each.
func scores(n int, value func(i int) float64) (out []Score) {
	for i := range n {
		out = append(out, Score{Page: fmt.Sprint(i), Digest: "d", Site: fmt.Sprint("site ", i/2), Value: value(i)})
	}
	return out
}

func TestCompare(t *testing.T) {
	constant := func(v float64) func(int) float64 { return func(int) float64 { return v } }
	noise := func(mean float64) func(int) float64 {
		return func(i int) float64 { return mean + float64(i*7%11-5)*0.01 }
	}
	for name, c := range map[string]struct {
		candidate, now, heldOut []Score
		notWorse                bool
	}{
		"the same":              {scores(40, constant(0.9)), scores(40, constant(0.9)), nil, true},
		"better":                {scores(40, noise(0.9)), scores(40, constant(0.8)), nil, true},
		"worse":                 {scores(40, noise(0.8)), scores(40, constant(0.9)), nil, false},
		"cannot tell":           {scores(40, noise(0.9)), scores(40, constant(0.9)), nil, false},
		"too few sites":         {scores(18, constant(1)), scores(18, constant(0)), nil, false},
		"no page in common":     {scores(40, constant(1)), nil, scores(40, constant(0)), false},
		"active flatters":       {scores(40, constant(0.9)), scores(40, constant(1)), nil, false},
		"active out of fold":    {scores(40, constant(0.9)), scores(40, constant(1)), scores(40, constant(0.9)), true},
		"a hair worse":          {scores(40, constant(0.896)), scores(40, constant(0.9)), nil, true},
		"more than a hair more": {scores(40, constant(0.894)), scores(40, constant(0.9)), nil, false},
	} {
		got := Compare("active-1", c.candidate, c.now, c.heldOut)
		if got.NotWorse != c.notWorse || got.Reason == "" || got.Low > got.High {
			t.Errorf("%s: %+v", name, got)
		}
	}
	changed := scores(40, constant(1))
	for i := range changed {
		changed[i].Digest = "other" // the pages have new labels since
	}
	if got := Compare("a", scores(40, constant(0.9)), scores(40, constant(0.9)), changed); !got.NotWorse {
		t.Errorf("scores of other labels were used: %+v", got)
	}
}
