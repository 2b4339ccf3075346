package training

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/pagesieve/pagesieve/classifier"
)

func TestPageLinesReturn(t *testing.T) {
	scores := []PageScore{
		{ID: "a", Source: "s", Format: "html", Kind: "forum", Language: "de", HasText: true, Quality: 0.625, Unsure: true, Score: Score{F1: 0.5, Precision: 0.25, Recall: 1, Shingle: 0.125}},
		{ID: "b", Source: "s", Format: "html"}, // no wanted text
		{ID: "c", Source: "s", Format: "text", HasText: true, Error: "too large", Score: Score{F1: 1}},
	}
	want := []PageLine{
		{ID: "a", Source: "s", Format: "html", Kind: "forum", Language: "de", F1: 0.5, Precision: 0.25, Recall: 1, Shingle: 0.125, Quality: 0.625, Unsure: true},
		{ID: "c", Source: "s", Format: "text", Error: "too large"},
	}
	var file bytes.Buffer
	if err := WritePages(&file, scores); err != nil {
		t.Fatal(err)
	}
	var got []PageLine
	for l, err := range ReadPageLines(&file) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, l)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestPageLinesNameTheBadLine(t *testing.T) {
	n := 0
	for _, err := range ReadPageLines(strings.NewReader("{}\n{\"f1\":\"x\"}\n{}\n")) {
		n++
		if n == 2 && (err == nil || !strings.Contains(err.Error(), "line 2")) {
			t.Errorf("error %v", err)
		}
	}
	if n != 2 {
		t.Errorf("%d lines, want to stop at the second", n)
	}
}

// A page that fails counts among those with a wanted text, so that a system
// does not gain by refusing pages.
func TestFailedPageHasALine(t *testing.T) {
	main := "My kettle whistles long before the water is hot."
	e, err := NewExample(context.Background(), LabeledPage{ID: "t/1", HTML: "<p>" + main, MainText: &main})
	if err != nil {
		t.Fatal(err)
	}
	c, err := classifier.Default()
	if err != nil {
		t.Fatal(err)
	}
	s := Evaluate(context.Background(), c, e, classifier.Options{MaxBytes: 4})
	if s.Error == "" || !s.HasText {
		t.Errorf("error %q, has text %v", s.Error, s.HasText)
	}
}
