package bayes

import (
	"math/rand/v2"
	"testing"
)

// TestWiden holds that a row's bins are how many of the cuts it is above, for
// inputs that are added later too, and that one value has no cut.
func TestWiden(t *testing.T) {
	const n, width = 1000, 7
	rng := rand.New(rand.NewPCG(7, 8))
	data := make([]float32, n*width)
	for i := range data {
		switch i % width {
		case 2:
			data[i] = 4
		case 3:
			data[i] = float32(rng.IntN(5)) // values that many share
		default:
			data[i] = float32(rng.NormFloat64())
		}
	}
	m := &Matrix{Rows: n}
	m.Widen(data, width, 4, 2)
	m.Widen(data, width, width, 2)
	if len(m.Cuts[2]) != 0 || len(m.Cuts[3]) != 4 || len(m.Cuts[6]) < maxBins/2 {
		t.Errorf("cuts: %d of one value, %d of five, %d of many", len(m.Cuts[2]), len(m.Cuts[3]), len(m.Cuts[6]))
	}
	for c := range width {
		bins := m.bins.column(c)
		for r := range n {
			if want := binOf(m.Cuts[c], data[r*width+c]); bins[r] != want {
				t.Fatalf("input %d, row %d: bin %d, want %d", c, r, bins[r], want)
			}
		}
	}
}
