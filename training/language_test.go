package training

import (
	"context"
	"math"
	"testing"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/training/augment"
)

func TestScriptOf(t *testing.T) {
	for text, want := range map[string]string{
		"The kettle whistles":    "",
		"Über Wärme und Äpfel":   "",
		"水壶响了 v2":                "han",
		"やかんが鳴る。湯を沸かす":           "kana",
		"주전자 kettle":             "hangul",
		"Чайник свистит":         "cyrillic",
		"one word of Greek is γ": "",
		"2024-01-02":             "",
	} {
		if got := scriptOf(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestBalance: what a language has too much of is counted in part, and what has
// nothing to stand against it not at all.
func TestBalance(t *testing.T) {
	b := balance{}
	b.set("most", 100, 100)
	b.set("much spam", 100, 10)
	b.set("no spam", 0, 10)
	for tongue, want := range map[string][2]float64{"most": {1, 1}, "much spam": {0.1, 1}, "no spam": {1, 0}} {
		if got := b[tongue]; math.Abs(got.spam-want[0]) > 1e-9 || math.Abs(got.other-want[1]) > 1e-9 {
			t.Errorf("%s: %v, want %v", tongue, got, want)
		}
	}
}

// TestForeignSpamIsCountedInPart: with one page of spam in Thai, where no honest
// page is, no word of it is counted as spam; English spam is.
func TestForeignSpamIsCountedInPart(t *testing.T) {
	page := func(id, list string) *Example {
		html := `<html lang=en><body><p>My kettle whistles long before the water is hot.</p>` +
			`<ul><li>Home and garden</li><li>All our kettles</li></ul><div>` + list + `</div></body></html>`
		e, err := NewExample(context.Background(), LabeledPage{ID: id, HTML: html, Spans: []Span{
			{Text: "My kettle whistles long before the water is hot.", Label: bayes.Body},
			{Text: "Home and garden All our kettles", Label: bayes.Navigation},
			{Text: list, Label: bayes.LinkSpam},
		}})
		if err != nil {
			t.Fatal(err)
		}
		last := len(e.Truth) - 1
		e.MadeUp = make([]uint8, len(e.Truth))
		e.MadeUp[last] = 1
		b := &e.Features.Source.Blocks[last]
		e.Injected = []augment.Injected{{Start: b.Start, End: b.End, Label: bayes.LinkSpam, Language: "en"}}
		return e
	}
	english, thai := page("a/1", "cheap pills and cheap shoes"), page("b/1", "คาสิโน ออนไลน์ บาคาร่า")
	b := newBalance([]*Example{english, thai})
	last := len(english.Truth) - 1
	if b.muted(english)[last] {
		t.Error("English spam is not counted")
	}
	if !b.muted(thai)[last] {
		t.Error("Thai spam is counted, and no honest Thai stands against it")
	}
	for i := range last {
		if b.muted(thai)[i] {
			t.Errorf("block %d is not counted", i)
		}
	}
}
