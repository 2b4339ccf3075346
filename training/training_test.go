package training

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/pagesieve/pagesieve/classifier/bayes"
)

const forumPage = `<html><body><ul class=menu><li><a href=/>Home</a><li><a href=/all>All boards</a></ul>
<div class=post><p>My kettle whistles long before the water is hot, and I do not know why it does.</p></div>
<div class=post><p>Mine did too until I took the chalk out of it with a little vinegar.</p><p>Try that.</p></div>
<div class=side>Related: <a href=/t/2>The chalk out of it with a little vinegar, second part of the story</a></div></body></html>`

func TestMainTextIsAligned(t *testing.T) {
	main := "My kettle whistles long before the water is hot, and I do not know why it does.\nMine did too until I took the chalk out of it with a little vinegar.\nTry that."
	e, err := NewExample(context.Background(), LabeledPage{ID: "t/1", HTML: forumPage, MainText: &main})
	if err != nil {
		t.Fatal(err)
	}
	for i, truth := range e.Truth {
		text := e.Features.Source.Blocks[i].Text
		want := strings.HasPrefix(text, "M") || text == "Try that."
		if truth.IsBody() != want {
			t.Errorf("%q: truth %d", text, truth)
		}
	}
}

func TestSpansAreAligned(t *testing.T) {
	spans := []Span{
		{Text: "Home All boards", Label: bayes.Navigation},
		{Text: "My kettle whistles long before the water is hot, and I do not know why it does.", Label: bayes.Body},
		{Text: "Mine did too until I took the chalk out of it with a little vinegar. Try that.", Label: bayes.Comment},
		{Text: "Related: The chalk out of it with a little vinegar, second part of the story", Unknown: true},
	}
	e, err := NewExample(context.Background(), LabeledPage{ID: "t/2", HTML: forumPage, Spans: spans})
	if err != nil {
		t.Fatal(err)
	}
	want := []Truth{Truth(bayes.Navigation), Truth(bayes.Navigation), Truth(bayes.Body), Truth(bayes.Comment), Truth(bayes.Comment), Unknown}
	for i := range e.Truth {
		if i >= len(want) || e.Truth[i] != want[i] {
			t.Errorf("block %d %q: truth %d", i, e.Features.Source.Blocks[i].Text, e.Truth[i])
		}
	}
}

func TestParsePage(t *testing.T) {
	good := map[string]string{
		"own names":    `{"id":"a","html":"<p>x","main_text":"x","page_kind":"article"}`,
		"other names":  `{"id":"a","html":"<p>x","gold":"x","page_type":"forum","lang":"de"}`,
		"spans":        `{"id":"a","text":"x","spans":[{"text":"x","label":"link_spam"}]}`,
		"segmentation": `{"id":"a","html":"<p>x","blocks":[{"text":"x","label":"Menu"},{"text":"y","label":"unmarked"}]}`,
	}
	for name, line := range good {
		if _, err := ParsePage([]byte(line)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	bad := map[string]struct{ line, want string }{
		"unknown label": {`{"id":"a","html":"<p>x","spans":[{"text":"x","label":"advert"}]}`, `unknown label "advert"`},
		"unknown kind":  {`{"id":"a","html":"<p>x","page_kind":"poem"}`, `unknown page_kind "poem"`},
		"no page":       {`{"id":"a","main_text":"x"}`, "neither html nor text"},
		"no JSON":       {`{"id":`, "unexpected end"},
	}
	for name, c := range bad {
		if _, err := ParsePage([]byte(c.line)); err == nil || !errors.Is(err, ErrPage) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", name, err, c.want)
		}
	}
}

func TestTrainRefusesNothing(t *testing.T) {
	main := "My kettle whistles long before the water is hot, and I do not know why it does."
	page := LabeledPage{ID: "t/3", HTML: "<p>" + main, MainText: &main}
	e, err := NewExample(context.Background(), page)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Train(context.Background(), []*Example{e}, Options{}); !errors.Is(err, ErrNothing) {
		t.Errorf("error %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	two := main + " and more"
	page2 := LabeledPage{ID: "t/4", HTML: forumPage, MainText: &two}
	e2, err := NewExample(context.Background(), page2)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Train(ctx, []*Example{e, e2}, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: error %v", err)
	}
}

func TestCompare(t *testing.T) {
	cases := []struct {
		got, want string
		f1        float64
	}{
		{"", "", 1},
		{"a", "", 0},
		{"the cat sat", "The cat, sat.", 1},
		{"the the cat", "the cat", 0.8},
		{"天気予報", "天気", 2 * 0.5 / 1.5},
	}
	for _, c := range cases {
		if s := Compare(c.got, c.want); s.F1 < c.f1-1e-9 || s.F1 > c.f1+1e-9 {
			t.Errorf("%q for %q: F1 %v, want %v", c.got, c.want, s.F1, c.f1)
		}
	}
}

func TestFoldsKeepHostsTogether(t *testing.T) {
	two := 2
	ex := []*Example{{Host: "a.example", Fold: -1}, {Host: "a.example", Fold: two}, {Host: "b.example", Fold: -1}, {Host: "b.example", Fold: -1}}
	f := AssignFolds(ex, 5)
	if f[0] != 2 || f[1] != 2 || f[2] != f[3] {
		t.Errorf("folds %v", f)
	}
}
