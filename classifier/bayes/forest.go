package bayes

import "math"

// Forest is boosted regression trees: the pool that weighs the views and
// facts. All trees are complete binary trees of the same depth, so that a walk
// is a fixed number of comparisons.
//
// Friedman, "Greedy function approximation: a gradient boosting machine", 2001.
type Forest struct {
	Depth  int
	Inputs int     // length of the input vector, at most maxInputs
	Bias   float32 // score before the first tree
	// Nodes of tree t are at [t*(1<<Depth-1), …), the root first, the children
	// of node i at 2i+1 and 2i+2. An input greater than Cut goes right.
	Input []uint16
	Cut   []float32
	Leaf  []float32 // 1<<Depth a tree
	nodes []node    // Input and Cut side by side, as trees
	// Mean is the expected score at each node, root to last inner level, for
	// explanations. Same layout as Cut. Empty where not kept.
	Mean []float32
}

// Trees is the number of trees.
func (f *Forest) Trees() int { return len(f.Leaf) >> f.Depth }

// index makes the forest ready to score; it is called once it is complete.
func (f *Forest) index() *Forest {
	inner, leaves := 1<<f.Depth-1, 1<<f.Depth
	f.nodes = make([]node, len(f.Leaf)+len(tree{}))
	for t := range f.Trees() {
		for i := range inner {
			at := t*inner + i
			f.nodes[t*leaves+1+i] = newNode(f.Cut[at], f.Input[at])
		}
	}
	return f
}

// Shift adds to every score.
func (f *Forest) Shift(by float32) { f.Bias += by }

// Apply makes every score the calibrated one. All that Explain tells follows,
// for it is differences of leaves and means.
func (f *Forest) Apply(c Calibration) {
	f.Bias = float32(c.Apply(float64(f.Bias)))
	for _, values := range [...][]float32{f.Leaf, f.Mean} {
		for i := range values {
			values[i] *= float32(c.A)
		}
	}
}

// Score is the sum of the trees' leaves for one input vector: a log-odds.
func (f *Forest) Score(x []float32) float32 { return f.Scores([][]float32{x})[0] }

// Scores is Score of many.
func (f *Forest) Scores(rows [][]float32) []float32 {
	var l lot
	out := make([]float32, 0, len(rows))
	for from := 0; from < len(rows); from += lotRows {
		l.load(rows[from:min(len(rows), from+lotRows)], f.Inputs)
		out = append(out, l.score(f, 0)...)
	}
	return out
}

// Explain adds to out[i] what input i moved the score by, along the paths that
// x takes: out sums to Score − the forest's mean score (Saabas 2014).
func (f *Forest) Explain(x []float32, out []float32) {
	if len(f.Mean) != len(f.Cut) {
		return
	}
	inner, leaves := 1<<f.Depth-1, 1<<f.Depth
	for t, n := 0, f.Trees(); t < n; t++ {
		i := 0
		for i < inner {
			at := t*inner + i
			next := 2*i + 1
			if x[f.Input[at]] > f.Cut[at] {
				next++
			}
			value := float32(0)
			if next < inner {
				value = f.Mean[t*inner+next]
			} else {
				value = f.Leaf[t*leaves+next-inner]
			}
			out[f.Input[at]] += value - f.Mean[at]
			i = next
		}
	}
}

// Sigmoid is the probability of a log-odds.
func Sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
