package bayes

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// checkers is a task that no sum of single inputs solves: the label is whether
// two inputs have the same sign.
func checkers(n int) (data, target, weight []float32) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range n {
		a, b, noise := rng.Float32()*2-1, rng.Float32()*2-1, rng.Float32()
		data = append(data, a, b, noise)
		label := float32(0)
		if a*b > 0 {
			label = 1
		}
		target, weight = append(target, label), append(weight, 1)
	}
	return data, target, weight
}

func boostCheckers(workers int) (*Forest, []float32, []float32) {
	data, target, weight := checkers(4000)
	m := NewMatrix(data, 3, workers)
	return Boost(m, target, weight, BoostOptions{Trees: 40, Depth: 4, Rate: 0.2, Lambda: 1, MinWeight: 5, Rows: 0.5, Columns: 1, Seed: 1, Workers: workers}), data, target
}

func TestBoostLearnsAnInteraction(t *testing.T) {
	f, data, target := boostCheckers(2)
	wrong := 0
	for i, y := range target {
		if (f.Score(data[3*i:3*i+3]) > 0) != (y == 1) {
			wrong++
		}
	}
	if share := float64(wrong) / float64(len(target)); share > 0.03 {
		t.Errorf("%.3f of the rows wrong", share)
	}
}

func TestBoostIsTheSameOnAnyNumberOfWorkers(t *testing.T) {
	one, _, _ := boostCheckers(1)
	four, _, _ := boostCheckers(4)
	if !slices.Equal(one.Leaf, four.Leaf) || !slices.Equal(one.Cut, four.Cut) || !slices.Equal(one.Input, four.Input) {
		t.Error("forests differ")
	}
}

// TestExplainAddsUp: what the inputs moved, together with the trees' mean
// scores, is the score.
func TestExplainAddsUp(t *testing.T) {
	f, data, _ := boostCheckers(2)
	inner := 1<<f.Depth - 1
	mean := float64(f.Bias)
	for tree := range f.Trees() {
		mean += float64(f.Mean[tree*inner])
	}
	for i := 0; i < 300; i += 3 {
		x, moved := data[i:i+3], make([]float32, 3)
		f.Explain(x, moved)
		sum := mean
		for _, v := range moved {
			sum += float64(v)
		}
		if math.Abs(sum-float64(f.Score(x))) > 1e-3 {
			t.Fatalf("explained %v, score %v", sum, f.Score(x))
		}
		if math.Abs(float64(moved[2])) > 1 {
			t.Errorf("the noise moved the score by %v", moved[2])
		}
	}
}

func TestThresholdMaximisesExpectedF(t *testing.T) {
	p := []float64{0.9, 0.8, 0.4, 0.1}
	w := []float64{100, 100, 100, 100}
	d := Decision{Beta: 1, Floor: 0, Ceiling: 1}
	// Keeping 2: of 32 quantiles 3 want 400 words, 10 300, 13 200, 3 100 and 3
	// none: (3·2/3 + 10·0.8 + 13·1 + 3·2/3 + 0)/32 = 0.78125.
	threshold, expected := d.Threshold(p, w)
	if want := 0.78125; threshold != 0.8 || math.Abs(expected-want) > 1e-9 {
		t.Errorf("threshold %v, expected F %v, want %v", threshold, expected, want)
	}
	// A long list at 0.4 beside a sure text is wanted whole or not at all.
	if threshold, _ := d.Threshold([]float64{0.95, 0.4}, []float64{200, 800}); threshold != 0.95 {
		t.Errorf("threshold %v keeps what is probably a list of something else", threshold)
	}
	if low, _ := (Decision{Beta: 2, Floor: 0, Ceiling: 1}).Threshold(p, w); low >= threshold {
		t.Errorf("weighing recall gave threshold %v", low)
	}
	if none, f := d.Threshold(nil, nil); f != 0 || none < 0 {
		t.Errorf("no blocks: %v, %v", none, f)
	}
}

// TestApplyCalibrates: scores become A·score + B, and what Explain tells of
// them grows with them.
func TestApplyCalibrates(t *testing.T) {
	f, data, _ := boostCheckers(2)
	x, c := data[:3], Calibration{A: 0.5, B: -1}
	before, moved := f.Score(x), make([]float32, 3)
	f.Explain(x, moved)
	f.Apply(c)
	if got, want := float64(f.Score(x)), c.Apply(float64(before)); math.Abs(got-want) > 1e-4 {
		t.Errorf("score %v, want %v", got, want)
	}
	now := make([]float32, 3)
	f.Explain(x, now)
	for i := range now {
		if math.Abs(float64(now[i]-moved[i]/2)) > 1e-4 {
			t.Errorf("input %d moved the score by %v, want half of %v", i, now[i], moved[i])
		}
	}
}

// TestFloor: on an article the floor is higher, from even odds on in full, and
// less so the fewer words are wanted; a word or two are wanted from even odds on.
func TestFloor(t *testing.T) {
	d := Decision{Beta: 1, Floor: 0.2, Ceiling: 0.5, Article: 0.4}
	for _, c := range []struct{ p, words, floor float64 }{
		{0, 1000, 0.2}, {0.25, 1000, 0.4}, {0.5, 1000, 0.6}, {1, 1000, 0.6}, {1, fullLength / 2, 0.4}, {0, fewWords, 0.2}, {0, fewWords - 0.5, 0.5}, {1, 0, 0.5},
	} {
		got := d.For(HTML, c.p, c.words)
		if math.Abs(got.Floor-c.floor) > 1e-9 || got.Ceiling < got.Floor {
			t.Errorf("article %v, %v words: %+v, want a floor of %v", c.p, c.words, got, c.floor)
		}
	}
}
