package bayes

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// fittedForest is a forest, the matrix it was fitted to and the rows that this
// was made of.
func fittedForest(depth int) (f *Forest, m *Matrix, rows [][]float32) {
	const n, width = 3000, 5
	rng := rand.New(rand.NewPCG(3, 4))
	var data, target, weight []float32
	for range n {
		x := make([]float32, width)
		for i := range x {
			x[i] = float32(rng.NormFloat64())
		}
		x[3] = 1 // an input that says nothing
		label := float32(0)
		if x[0]+x[1]*x[2] > 2 { // few, so that most rows are hopeless soon
			label = 1
		}
		rows, data = append(rows, x), append(data, x...)
		target, weight = append(target, label), append(weight, 1)
	}
	m = &Matrix{Rows: n}
	m.Widen(data, width, 2, 1)
	m.Widen(data, width, width, 1)
	o := BoostOptions{Trees: 40, Depth: depth, Rate: 0.2, Lambda: 1, MinWeight: 5, Rows: 0.5, Columns: 0.8, Seed: 1, Workers: 1}
	return Boost(m, target, weight, o), m, rows
}

// TestFitted holds that a row's bins give the very score that its inputs do,
// wherever in the matrix the row is, and for trees that no assembly knows.
func TestFitted(t *testing.T) {
	for _, depth := range []int{4, vectorDepth} {
		f, m, rows := fittedForest(depth)
		on := f.On(m)
		for _, span := range [][2]int{{0, 1}, {1, 40}, {2990, 3000}, {5, 2999}} {
			got := make([]float32, span[1]-span[0])
			if on.Scores(span[0], got); !slices.Equal(got, f.Scores(rows[span[0]:span[1]])) {
				t.Errorf("depth %d: rows %v have other scores by their bins", depth, span)
			}
		}
	}
}

// TestFittedPool holds the same of probabilities, where some rows are given up
// before all trees have spoken.
func TestFittedPool(t *testing.T) {
	for _, depth := range []int{4, vectorDepth} {
		f, m, rows := fittedForest(depth)
		p := &Pool{Body: f, Form: f, Comment: f, Spam: f, Calibration: Calibration{A: 0.9, B: 0.1}}
		got, want := make([][NumLabels]float32, len(rows)), make([][NumLabels]float32, len(rows))
		p.On(m).Probabilities(0, got)
		p.ProbabilitiesOf(rows, want)
		if !slices.Equal(got, want) {
			t.Errorf("depth %d: other probabilities by bins", depth)
		}
	}
}
