package comments_test

import (
	"testing"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/comments"
)

// run finds forms and comments on a page whose blocks are labelled in turn,
// and holds what every answer promises.
func run(t testing.TB, src []byte, first byte) {
	p, err := block.HTML(t.Context(), src, block.Options{})
	if err != nil {
		return
	}
	labels, probabilities := make([]bayes.Label, len(p.Blocks)), make([][bayes.NumLabels]float32, len(p.Blocks))
	for i := range labels {
		labels[i] = bayes.Label((i + int(first)) % bayes.NumLabels)
		probabilities[i][labels[i]] = 1
	}
	for _, f := range comments.Forms(p, labels) {
		if f.Start < 0 || f.Start > f.End || f.End > len(src) || f.FirstBlock < 0 || f.FirstBlock > f.EndBlock || f.EndBlock > len(p.Blocks) {
			t.Fatalf("form %+v on a page of %d blocks and %d bytes", f, len(p.Blocks), len(src))
		}
	}
	for _, c := range comments.Group(p, labels, probabilities) {
		if c.Text == "" || c.Start < 0 || c.End > len(src) || c.FirstBlock < 0 || c.FirstBlock >= c.EndBlock || c.EndBlock > len(p.Blocks) || c.Depth < -1 {
			t.Fatalf("comment %+v on a page of %d blocks and %d bytes", c, len(p.Blocks), len(src))
		}
	}
}

func FuzzComments(f *testing.F) {
	for _, c := range platformCases {
		f.Add([]byte(page(c.head, c.body)), byte(1))
	}
	for _, c := range threadCases {
		f.Add([]byte(c.page), byte(3))
	}
	f.Fuzz(func(t *testing.T, src []byte, first byte) { run(t, src, first) })
}
