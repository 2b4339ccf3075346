package bayes

import (
	"math"
	"math/rand/v2"
	"testing"
)

// randomPool is a pool of forests that no one has grown.
func randomPool(depth int, rng *rand.Rand) *Pool {
	f := func(trees int) *Forest { return randomForest(trees, depth, 209, rng) }
	return &Pool{Body: f(50), Form: f(30), Comment: f(24), Spam: f(13), Calibration: Calibration{A: 0.9, B: 0.1}}
}

// TestCuts holds that compiled forests give the very numbers that their
// definition does, whatever the number of rows.
func TestCuts(t *testing.T) {
	if !hasVectors() {
		t.Skip("forests are not compiled for this processor")
	}
	rng := rand.New(rand.NewPCG(1, 2))
	p := randomPool(vectorDepth, rng)
	for i := range 100 { // and the most cuts that are taken, with values far off
		p.Body.Input[i], p.Body.Cut[i] = 7, float32(math.Pow(-1.7, float64(i)))
	}
	p.Spam.Cut[3] = math.MaxFloat32
	c := newCuts(p)
	if c == nil {
		t.Fatal("the pool is not compiled")
	}
	for n := 1; n <= vectorRows; n++ {
		l := &vectorLot{}
		rows := randomRows(n, 209, rng)
		for _, x := range rows {
			x[7], x[8], x[9] = float32(rng.NormFloat64()*1e9), float32(math.Copysign(0, -1)), math.MaxFloat32
		}
		l.load(&c.ranks, rows)
		for k, f := range p.Forests() {
			for _, step := range []int{0, hopelessStep} {
				var sums [vectorRows]float32
				c.forests[k].score(&l.columns[0][0], n, step, &sums)
				for i, got := range sums[:n] {
					if want := plainScore(f, rows[i], step); got != want {
						t.Fatalf("forest %d, step %d: row %d of %d has the score %v, want %v", k, step, i, n, got, want)
					}
				}
			}
		}
	}
}

// TestCutsRefuses holds that pools which the assembly was not made for are
// answered by lots.
func TestCutsRefuses(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	many := randomPool(vectorDepth, rng)
	for i := range maxRank + 1 {
		many.Form.Input[i], many.Form.Cut[i] = 5, float32(i)*1e3
	}
	none := randomPool(vectorDepth, rng)
	none.Spam = &Forest{Depth: vectorDepth, Inputs: 209}
	for name, p := range map[string]*Pool{"too many cuts": many, "other trees": randomPool(4, rng), "no trees": none} {
		if newCuts(p) != nil {
			t.Errorf("a pool with %s is compiled", name)
		}
	}
}

// BenchmarkCuts is BenchmarkForest of compiled forests.
func BenchmarkCuts(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	const trees, blocks = 160, 288
	f := randomForest(trees, vectorDepth, 209, rng)
	c := newCuts(&Pool{Body: f, Form: f, Comment: f, Spam: f})
	if c == nil {
		b.Skip("forests are not compiled for this processor")
	}
	rows := randomRows(blocks, 209, rng)
	l, sums := &vectorLot{}, [vectorRows]float32{}
	for b.Loop() {
		for from := 0; from < blocks; from += vectorRows {
			l.load(&c.ranks, rows[from:from+vectorRows])
			c.forests[0].score(&l.columns[0][0], vectorRows, 0, &sums)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(trees*blocks), "ns/tree")
}
