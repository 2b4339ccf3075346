package training_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/training"
	"github.com/pagesieve/pagesieve/training/augment"
	"github.com/pagesieve/pagesieve/training/pages"
)

var update = flag.Bool("update", false, "rewrite the golden report")

const goldenReport = "testdata/golden_report.txt"

// ownCorpus is the pages written for this project.
func ownCorpus(t *testing.T) *training.Corpus {
	t.Helper()
	all, err := pages.All()
	if err != nil {
		t.Fatal(err)
	}
	var labeled []training.LabeledPage
	for _, p := range all {
		labeled = append(labeled, training.OwnPage(p))
	}
	c, err := training.NewCorpus(context.Background(), labeled, training.CorpusOptions{Spam: 0.5, HeldOut: true, Twins: true, Flat: 0.3, Seed: 1, Trial: &training.TrialOptions{Augment: augment.Options{Draw: augment.HeldOut}, Seed: 1, Variants: 2}})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range c.Failed {
		t.Error(err)
	}
	return c
}

func smallOptions() training.Options {
	return training.Options{Name: "golden", Seed: 1, Trees: 40, Depth: 4}
}

// TestGoldenReport trains on the project's own pages, each measured by a model
// that did not see it, and holds the report to the one in the repository. A
// change of a figure is part of the change that made it: go test -update.
func TestGoldenReport(t *testing.T) {
	c := ownCorpus(t)
	scores, err := training.CrossValidate(context.Background(), c, 3, smallOptions(), classifier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := training.NewReport(scores, "of the project's own pages, by fold").WriteText(&got); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(goldenReport, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(goldenReport)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("the report changed (-golden +now); if that is meant: go test ./training -run GoldenReport -update\n%s", diff)
	}
}

// TestTrainingIsDeterministic: the same pages give the same bytes, in any
// order and on any number of workers.
func TestTrainingIsDeterministic(t *testing.T) {
	c := ownCorpus(t)
	train := func(examples []*training.Example, workers int) []byte {
		o := smallOptions()
		o.Trees, o.Workers = 12, workers
		m, err := training.Train(context.Background(), examples, o)
		if err != nil {
			t.Fatal(err)
		}
		return training.Encode(m)
	}
	turned := make([]*training.Example, 0, len(c.Learn))
	for i := range c.Learn {
		turned = append(turned, c.Learn[len(c.Learn)-1-i])
	}
	if !bytes.Equal(train(c.Learn, 1), train(turned, 3)) {
		t.Error("two models of the same pages differ")
	}
}
