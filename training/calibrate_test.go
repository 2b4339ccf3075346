package training

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/feature"
)

// doubtful is pages of one block each, with one input and a comment label that
// the input tells of too surely: of the blocks with 1, three in four are
// comments.
func doubtful(pages int) (*rows, target) {
	rng := rand.New(rand.NewPCG(1, 2))
	r := &rows{width: 1, first: []int{0}}
	task := target{}
	for i := range pages {
		e := &Example{Features: &feature.Page{Source: &block.Page{}, WordsN: []float32{float32(1 + i%7)}}, Truth: []Truth{Truth(bayes.Navigation)}, finely: true}
		x, y := float32(i%2), float32(0)
		if rng.Float32() < 0.1+0.65*x {
			e.Truth[0], y = Truth(bayes.Comment), 1
		}
		r.examples = append(r.examples, e)
		r.first, r.fold = append(r.first, i+1), append(r.fold, i%2)
		r.inputs = append(r.inputs, x)
		task.value = append(task.value, y)
	}
	r.matrix.Rows = pages
	r.matrix.Widen(r.inputs, 1, 1, 1)
	return r, task
}

// sure is a forest that says 5 % or 95 %.
func sure(t *testing.T) *bayes.Forest {
	t.Helper()
	var x, y, w []float32
	for i := range 1000 {
		x, y, w = append(x, float32(i%2)), append(y, float32(i%2)), append(w, 1)
	}
	return bayes.Boost(bayes.NewMatrix(x, 1, 1), y, w, bayes.BoostOptions{Trees: 24, Depth: 1, Rate: 0.1, Lambda: 1, MinWeight: 1, Rows: 1, Columns: 1, Seed: 1, Workers: 1})
}

// calibrated fits the two forests' calibration to doubtful pages.
func calibrated(t *testing.T, pages int) (final bayes.Pool, without []bayes.Pool, r *rows, task target) {
	t.Helper()
	pool := func() bayes.Pool { return bayes.Pool{Form: sure(t), Comment: sure(t)} }
	final, without = pool(), []bayes.Pool{pool(), pool()}
	r, task = doubtful(pages)
	none := target{value: make([]float32, pages)}
	tr := &trainer{o: Options{Workers: 1, Folds: 2}, ctx: context.Background()}
	tr.calibrateFine([]target{{}, none, task, {}}, r, &final, without)
	return final, without, r, task
}

// TestCalibrateFine: the words that are expected to be comments are as many as
// there are, for either input, by the forest of all folds and by each without.
func TestCalibrateFine(t *testing.T) {
	final, without, r, task := calibrated(t, 800)
	weight := r.byWords()
	for _, f := range []*bayes.Forest{final.Comment, without[0].Comment, without[1].Comment} {
		for input := range 2 {
			p := bayes.Sigmoid(float64(f.Score([]float32{float32(input)})))
			hits, all := 0.0, 0.0
			for i, x := range r.inputs {
				if x == float32(input) {
					hits += float64(weight[i] * task.value[i])
					all += float64(weight[i])
				}
			}
			if math.Abs(p-hits/all) > 0.01 {
				t.Errorf("input %d: probability %.3f, share %.3f", input, p, hits/all)
			}
		}
	}
	if final.Form.Score([]float32{1}) != sure(t).Score([]float32{1}) {
		t.Error("the forest of a label that no page has was changed")
	}
}

// TestCalibrateFineWantsPages: a handful of pages change nothing, nor do
// blocks that are body, of unknown kind, put in, or weakly labelled.
func TestCalibrateFineWantsPages(t *testing.T) {
	final, _, _, _ := calibrated(t, minCalibrated)
	if final.Comment.Score([]float32{1}) != sure(t).Score([]float32{1}) {
		t.Error("a few pages changed a forest")
	}
	r, task := doubtful(400)
	for i, e := range r.examples {
		switch i % 4 {
		case 0:
			e.Truth[0] = Truth(bayes.Body)
		case 1:
			e.Truth[0] = NotBody
		case 2:
			e.MadeUp = []uint8{1}
		case 3:
			e.finely = false
		}
	}
	if n := r.pagesWith(task.value, r.finely(r.byWords())); n != 0 {
		t.Errorf("%d pages count", n)
	}
}
