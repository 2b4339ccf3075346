package bayes

import (
	"math/rand/v2"
	"testing"
)

// randomForest is a forest that no one has grown, over inputs in [0, 1).
func randomForest(trees, depth, inputs int, rng *rand.Rand) *Forest {
	f := &Forest{Depth: depth, Inputs: inputs, Bias: -0.5}
	for range trees * (1<<depth - 1) {
		f.Input = append(f.Input, uint16(rng.IntN(inputs)))
		f.Cut = append(f.Cut, float32(rng.IntN(8))/8)
	}
	for range trees << depth {
		f.Leaf = append(f.Leaf, rng.Float32()-0.6)
	}
	return f.index()
}

func randomRows(n, inputs int, rng *rand.Rand) [][]float32 {
	rows := make([][]float32, n)
	for i := range rows {
		for range inputs {
			rows[i] = append(rows[i], float32(rng.IntN(16))/8-0.5) // many equal a cut
		}
	}
	return rows
}

// plainScore walks a forest as its definition says.
func plainScore(f *Forest, x []float32, step int) float32 {
	inner, leaves, s := 1<<f.Depth-1, 1<<f.Depth, f.Bias
	for t := range f.Trees() {
		if step > 0 && t > 0 && t%step == 0 && s < hopelessScore {
			break
		}
		i := 0
		for i < inner {
			next := 2*i + 1
			if x[f.Input[t*inner+i]] > f.Cut[t*inner+i] {
				next++
			}
			i = next
		}
		s += f.Leaf[t*leaves+i-inner]
	}
	return s
}

// TestLot holds that rows scored together have the scores that each has alone,
// whatever their number.
func TestLot(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, depth := range []int{1, 3, 5, maxDepth} {
		f := randomForest(50, depth, 209, rng)
		for n := range lotRows + 1 {
			var l lot
			rows := randomRows(n, 209, rng)
			l.load(rows, f.Inputs)
			for _, step := range []int{0, hopelessStep} {
				for i, got := range l.score(f, step) {
					if want := plainScore(f, rows[i], step); got != want {
						t.Fatalf("depth %d, step %d: row %d of %d has the score %v, want %v", depth, step, i, n, got, want)
					}
				}
			}
		}
	}
}

// BenchmarkForest scores the blocks of a page.
func BenchmarkForest(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	const trees, depth, blocks = 160, 5, 288
	f := randomForest(trees, depth, 209, rng)
	rows := randomRows(blocks, 209, rng)
	var l lot
	for b.Loop() {
		for from := 0; from < blocks; from += lotRows {
			l.load(rows[from:from+lotRows], f.Inputs)
			l.score(f, 0)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(trees*blocks), "ns/tree")
}
