package training_test

import (
	"context"
	"testing"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/training"
	"github.com/pagesieve/pagesieve/training/pages"
)

// TestPresetsOfOneModel: the models of each fold measure every preset, the
// balanced one as without, and from precision to recall less is missed.
func TestPresetsOfOneModel(t *testing.T) {
	all, err := pages.All()
	if err != nil {
		t.Fatal(err)
	}
	var labeled []training.LabeledPage
	for _, p := range all {
		labeled = append(labeled, training.OwnPage(p))
	}
	ctx := context.Background()
	c, err := training.NewCorpus(ctx, labeled, training.CorpusOptions{Presets: true, Twins: true, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	scores, err := training.CrossValidate(ctx, c, 2, training.Options{Seed: 1, Trees: 24, Depth: 4}, classifier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var found [3]float64 // sum of recall over the pages that have a text
	for i := range scores {
		if *c.Measure[i].Page.MainText == "" {
			continue
		}
		for p := range found {
			found[p] += scores[i].Presets[p].Recall
		}
	}
	if !(found[0] < found[1] && found[1] < found[2]) {
		t.Errorf("recall adds up to %.2f, want it to rise", found)
	}
	report := training.NewReport(scores, "m")
	for from := 0; from < len(report.Presets); from += 3 {
		precise, balanced, recall := report.Presets[from], report.Presets[from+1], report.Presets[from+2]
		if precise.Preset != "precision" || balanced.Preset != "balanced" || recall.Preset != "recall" {
			t.Fatalf("presets %v", report.Presets)
		}
		if g, ok := report.Group(balanced.Group); !ok || g.F1 != balanced.F1 || g.Pages != balanced.Pages {
			t.Errorf("%s: F1 %v of %d pages balanced, %v of %d without a preset", balanced.Group, balanced.F1, balanced.Pages, g.F1, g.Pages)
		}
	}
	if len(report.Presets) != 6 { // html and text
		t.Errorf("%d presets measured", len(report.Presets))
	}
}
