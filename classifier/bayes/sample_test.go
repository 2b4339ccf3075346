package bayes

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestSigmoidTable(t *testing.T) {
	s := newSigmoid()
	for x := -20.0; x < 20; x += 0.0137 {
		if got, want := float64(s.at(float32(x))), Sigmoid(x); math.Abs(got-want) > 2e-6 {
			t.Fatalf("at %g: got %g, want %g", x, got, want)
		}
	}
}

// TestPick holds that as many rows are picked as asked for, those in doubt
// before those that are sure, and that they stand for all.
func TestPick(t *testing.T) {
	const n, share = 50_000, 0.1
	rng := rand.New(rand.NewPCG(1, 1))
	b := &booster{o: BoostOptions{Rows: share, Workers: 2}, sigmoid: newSigmoid()}
	var g, h float64
	for i := range n {
		score := float32(-6) // sure
		if i%20 == 0 {
			score = float32(rng.NormFloat64())
		}
		p := Sigmoid(float64(score))
		b.score, b.target, b.rowWeight = append(b.score, score), append(b.target, 0), append(b.rowWeight, 2)
		g, h = g+2*p, h+2*p*(1-p)
	}
	var s sample
	s.pick(b, &random{})
	if got := float64(len(s.picked)); math.Abs(got-share*n) > 0.05*share*n {
		t.Errorf("%g rows were picked, want about %g", got, share*n)
	}
	doubt := 0
	for _, r := range s.picked {
		if r%20 == 0 {
			doubt++
		}
	}
	if doubt < n/20*9/10 {
		t.Errorf("%d of the %d rows in doubt were picked", doubt, n/20)
	}
	if gotG, gotH := s.unpack(s.total()); math.Abs(gotG-g) > 0.02*g || math.Abs(gotH-h) > 0.02*h {
		t.Errorf("the sums of what was picked are %g and %g, of all rows %g and %g", gotG, gotH, g, h)
	}

	b.o.Rows = 1
	if s.pick(b, &random{}); len(s.picked) != n {
		t.Errorf("%d rows were picked of %d, want all", len(s.picked), n)
	}
}
