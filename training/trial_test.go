package training_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/training"
	"github.com/pagesieve/pagesieve/training/augment"
)

// trialPages are two clean pages and one that holds spam of its own.
func trialPages() []training.LabeledPage {
	body := "The ferry leaves at eight, and whoever misses it has to wait for the tide. Nobody remembers a winter with so little wind."
	page := "<header><nav><a href=/>Home</a></nav></header><article><h1>Low wind</h1><p>" + body + "</p><p>The second boat was sold in spring, says the captain, and it is missed.</p></article><footer>Harbour office</footer>"
	spam := []training.Span{{Text: body}, {Text: "buy xanax online cheap xanax", Label: classifier.LinkSpam}}
	return []training.LabeledPage{
		{ID: "t/1", URL: "https://a.example/1", HTML: page, MainText: &body},
		{ID: "t/2", Text: body + "\n\nThe second boat was sold in spring.", MainText: &body},
		{ID: "t/3", URL: "https://c.example/1", HTML: page + "<p>buy xanax online cheap xanax", Spans: spam},
	}
}

func trialReport(t *testing.T, seed uint64) *training.Report {
	t.Helper()
	trial := &training.TrialOptions{Augment: augment.Options{Draw: augment.HeldOut}, Seed: seed, Variants: 5}
	c, err := training.NewCorpus(context.Background(), trialPages(), training.CorpusOptions{Trial: trial})
	if err != nil {
		t.Fatal(err)
	}
	model, err := classifier.Default()
	if err != nil {
		t.Fatal(err)
	}
	scores := make([]training.PageScore, len(c.Measure))
	training.EvaluateAll(context.Background(), model, c.Measure, classifier.Options{}, func(i int, s training.PageScore) { scores[i] = s })
	return training.NewReport(scores, "m")
}

func TestTrialsCountWords(t *testing.T) {
	r := trialReport(t, 1)
	got := map[string]training.SpamScore{}
	for _, s := range r.Spam.Trials {
		got[s.Group] = s
		if s.Words == 0 || s.Recall < 0 || s.Recall > 1 || s.Precision < 0 || s.Precision > 1 {
			t.Errorf("%+v", s)
		}
	}
	for _, format := range []string{"html", "text"} {
		all := got[format]
		if all.Trials != 5 || all.Recall == 0 { // the page with spam of its own is not tried
			t.Errorf("%s: %+v", format, all)
		}
		for _, by := range []string{"place", "kind", "language", "shape", "links"} {
			trials, words := 0, 0.0
			for g, s := range got {
				if strings.HasPrefix(g, format+" / "+by) {
					trials, words = trials+s.Trials, words+s.Words
				}
			}
			if trials != all.Trials || words-all.Words > 0.01 || all.Words-words > 0.01 {
				t.Errorf("%s by %s: %d trials of %.0f words, want %d of %.0f", format, by, trials, words, all.Trials, all.Words)
			}
		}
	}
	for _, p := range r.Spam.Pages {
		if p.Pages != 1 {
			t.Errorf("%s: %d pages without spam, want 1", p.Group, p.Pages)
		}
	}
}

func TestTrialsAreDeterministic(t *testing.T) {
	write := func(seed uint64) string {
		var b bytes.Buffer
		if err := trialReport(t, seed).WriteText(&b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	first := write(1)
	if first != write(1) {
		t.Error("the same seed gives two reports")
	}
	if first == write(2) {
		t.Error("another seed gives the same report")
	}
}
