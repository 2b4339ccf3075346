package bayes

import "math"

// Forest is boosted regression trees: the pool that weighs the views and
// facts. All trees are complete binary trees of the same depth, so that a walk
// is a fixed number of comparisons.
//
// Friedman, "Greedy function approximation: a gradient boosting machine", 2001.
type Forest struct {
	Depth  int
	Inputs int     // length of the input vector
	Bias   float32 // score before the first tree
	// Nodes of tree t are at [t*(1<<Depth-1), …), the root first, the children
	// of node i at 2i+1 and 2i+2. An input greater than Cut goes right.
	Input []uint16
	Cut   []float32
	Leaf  []float32 // 1<<Depth a tree
	cuts  []int32   // Cut as keys that compare as integers
	// Mean is the expected score at each node, root to last inner level, for
	// explanations. Same layout as Cut. Empty where not kept.
	Mean []float32
}

// Trees is the number of trees.
func (f *Forest) Trees() int { return len(f.Leaf) >> f.Depth }

// Score is the sum of the trees' leaves for one input vector: a log-odds.
func (f *Forest) Score(x []float32) float32 {
	return f.score(appendKeys(make([]int32, 0, len(x)), x))
}

// score is the sum of all trees' leaves over the inputs' keys.
func (f *Forest) score(keys []int32) float32 {
	return f.walk(f.Bias, keys, 0, f.Trees())
}

// A label whose score falls below hopelessScore (1 %) after some of its trees
// is not looked into further: that is most labels of most blocks.
const (
	hopelessStep  = 12
	hopelessScore = -4.6
)

// scoreUnlessHopeless is score, cut short where there is no hope.
func (f *Forest) scoreUnlessHopeless(keys []int32) float32 {
	s := f.Bias
	for t, n := 0, f.Trees(); t < n; t += hopelessStep {
		s = f.walk(s, keys, t, min(n, t+hopelessStep))
		if s < hopelessScore {
			break
		}
	}
	return s
}

// walk adds the leaves of trees from … to−1 to s. Which way a walk turns
// cannot be foreseen, so the comparison is arithmetic and not a branch.
func (f *Forest) walk(s float32, keys []int32, from, to int) float32 {
	inner, leaves := 1<<f.Depth-1, 1<<f.Depth
	for t := from; t < to; t++ {
		in, cut := f.Input[t*inner:(t+1)*inner], f.cuts[t*inner:(t+1)*inner]
		i := 0
		for i < inner {
			right := int(uint64(int64(cut[i])-int64(keys[in[i]])) >> 63)
			i = 2*i + 1 + right
		}
		s += f.Leaf[t*leaves+i-inner]
	}
	return s
}

// orderKey maps floats to integers in the same order; both zeros are one.
func orderKey(v float32) int32 {
	i := int32(math.Float32bits(v + 0))
	return i ^ i>>31&math.MaxInt32
}

func appendKeys(keys []int32, x []float32) []int32 {
	for _, v := range x {
		keys = append(keys, orderKey(v))
	}
	return keys
}

// index makes the forest ready to score; it is called once it is complete.
func (f *Forest) index() *Forest {
	f.cuts = appendKeys(make([]int32, 0, len(f.Cut)), f.Cut)
	return f
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
