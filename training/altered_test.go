package training

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/pagesieve/pagesieve/classifier"
)

func alteredPage(t *testing.T, id, word string, paragraphs int) LabeledPage {
	t.Helper()
	var body, main strings.Builder
	for range paragraphs {
		text := strings.Repeat(word+" has, "+word+" had, "+word+" will have "+word+". ", 5)
		body.WriteString("<p>" + text + "</p>")
		main.WriteString(text + "\n")
	}
	text := main.String()
	return LabeledPage{
		ID: id, URL: "https://" + id + ".example/a", PageKind: "article", MainText: &text,
		HTML: "<html><body><div class=menu><a href=/>Home</a></div><div class=text>" + body.String() + "</div><div class=foot><p>All rights reserved by the owner</p></div></body></html>",
	}
}

func alteredExample(t *testing.T, p LabeledPage) *Example {
	t.Helper()
	e, err := NewExample(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func bodyWords(e *Example) (n float64) {
	for i, truth := range e.Truth {
		if truth.IsBody() {
			n += float64(e.Features.WordsN[i])
		}
	}
	return n
}

func TestShortened(t *testing.T) {
	whole := alteredExample(t, alteredPage(t, "long", "river", 12))
	s := shortened(whole, 7)
	if got, all := bodyWords(s), bodyWords(whole); got <= 0 || got > 0.8*all {
		t.Errorf("kept %v of %v words", got, all)
	}
	rest := func(e *Example) (out []string) {
		for i, truth := range e.Truth {
			if !truth.IsBody() {
				out = append(out, e.Features.Source.Blocks[i].Text)
			}
		}
		return out
	}
	if got, want := rest(s), rest(whole); !slices.Equal(got, want) {
		t.Errorf("around the body: %q, want %q", got, want)
	}
	if len(s.Truth) != len(s.Features.WordsN) || !s.altered() || !s.Twin {
		t.Errorf("%d truths for %d blocks, altered %v, twin %v", len(s.Truth), len(s.Features.WordsN), s.altered(), s.Twin)
	}
	if shortened(alteredExample(t, alteredPage(t, "short", "river", 1)), 7) != nil {
		t.Error("a short page was shortened")
	}
}

func TestFollowed(t *testing.T) {
	a, b := alteredPage(t, "first", "river", 5), alteredPage(t, "second", "harbour", 6)
	e := alteredExample(t, a)
	p, host := followed(context.Background(), e, newDonors([]LabeledPage{a, b}), 3)
	if host != "second.example" {
		t.Fatalf("got %q", host)
	}
	f := alteredExample(t, p)
	own, other := 0, 0
	for i, truth := range f.Truth {
		text := f.Features.Source.Blocks[i].Text
		switch {
		case strings.Contains(text, "river") && truth.IsBody():
			own++
		case strings.Contains(text, "harbour") && truth == NotBody:
			other++
		case strings.Contains(text, "river"), strings.Contains(text, "harbour"):
			t.Errorf("%q is %v", text, truth)
		}
	}
	if own != 5 || other < leastFollow {
		t.Errorf("%d paragraphs of its own, %d of the other's", own, other)
	}
	if last := f.Features.Source.Blocks[len(f.Truth)-1].Text; !strings.Contains(last, "rights") {
		t.Errorf("the page ends with %q", last)
	}
	if _, host := followed(context.Background(), e, newDonors([]LabeledPage{a}), 3); host != "" {
		t.Error("a page follows itself")
	}
}

// TestDonors holds that the order of the pages does not matter.
func TestDonors(t *testing.T) {
	var pages []LabeledPage
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		pages = append(pages, alteredPage(t, id, id, 1))
	}
	want := donorFor("a", newDonors(pages), 11).ID
	slices.Reverse(pages)
	if got := donorFor("a", newDonors(pages), 11).ID; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestAlteredOthers holds that only articles are altered, and that no share is
// none.
func TestAlteredOthers(t *testing.T) {
	p := alteredPage(t, "long", "river", 12)
	donors := newDonors([]LabeledPage{p, alteredPage(t, "other", "harbour", 6)})
	e := alteredExample(t, p)
	if n := len(altered(context.Background(), e, e, donors, CorpusOptions{Altered: 1, Twins: true})); n != 4 {
		t.Errorf("%d copies, want two and their texts", n)
	}
	if n := len(altered(context.Background(), e, e, donors, CorpusOptions{})); n != 0 {
		t.Errorf("%d copies of none", n)
	}
	e.Kind = int(classifier.Forum)
	if n := len(altered(context.Background(), e, e, donors, CorpusOptions{Altered: 1})); n != 0 {
		t.Errorf("%d copies of a forum", n)
	}
}
