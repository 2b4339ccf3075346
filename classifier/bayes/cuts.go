package bayes

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// cuts is the forests of a pool for processors that compare 32 bytes at once
// (AVX2): what takes a fifth to a half of the time of a page takes a sixth of
// that so. Trees cut an input at a few dozen places, so that how many of them
// a number is above says all that any tree asks. These ranks are bytes, those
// of 32 rows side by side, and a tree is walked for all of them by making every
// comparison. Sums are of the same leaves in the same order as those of a lot,
// and so the same to the bit.
type cuts struct {
	ranks
	forests [4]vectorForest
	lots    sync.Pool // of *vectorLot
}

// ranks is where inputs are cut.
type ranks struct {
	inputs []uint16 // those that are cut
	counts []int32  // how often each of them is
	cuts   []float32
}

func (r *ranks) add(input int, at []float32) {
	r.inputs, r.counts, r.cuts = append(r.inputs, uint16(input)), append(r.counts, int32(len(at))), append(r.cuts, at...)
}

// vectorForest is a forest of trees of vectorDepth.
type vectorForest struct {
	bias  float32
	trees int
	turns []turn // vectorTurns a tree, children before their parent
	leaf  []float32
}

// turn is a node: a row whose byte in a column is less than rank goes left. Its
// layout, and the numbers below, are known to the assembly.
type turn struct{ column, rank uint32 }

const (
	vectorRows  = 32
	vectorDepth = 5
	vectorTurns = 1<<vectorDepth - 1
	maxRank     = math.MaxInt8 // cuts that an input may have; those of Boost have less than maxBins
)

// vectorLot is up to vectorRows rows that are scored together.
type vectorLot struct {
	x       [maxInputs][vectorRows]float32
	columns [maxInputs][vectorRows]uint8
}

// newCuts compiles the forests of a pool. It gives nil where the processor
// cannot, or the forests are of another kind.
func newCuts(p *Pool) *cuts {
	if !hasVectors() {
		return nil
	}
	c := &cuts{}
	c.lots.New = func() any { return &vectorLot{} }
	own, ok := cutsOf(p)
	if !ok {
		return nil
	}
	var column [maxInputs]uint32
	for i, at := range own {
		if len(at) > 0 {
			column[i] = uint32(len(c.inputs) * vectorRows)
			c.add(i, at)
		}
	}
	for k, f := range p.Forests() {
		v := &c.forests[k]
		*v = vectorForest{bias: f.Bias, trees: f.Trees(), leaf: f.Leaf, turns: make([]turn, 0, len(f.Cut))}
		for t := range v.trees {
			v.turns = appendTurns(v.turns, 0, func(i int) turn {
				in, at := f.Input[t*vectorTurns+i], f.Cut[t*vectorTurns+i]
				rank, _ := slices.BinarySearch(own[in], at)
				return turn{column[in], uint32(rank + 1)}
			})
		}
	}
	return c
}

// cutsOf is the cuts of every input, ascending. It reports false where they
// are too many, or the trees of another depth.
func cutsOf(p *Pool) (own [maxInputs][]float32, ok bool) {
	for _, f := range p.Forests() {
		if f.Depth != vectorDepth || f.Trees() == 0 {
			return own, false
		}
		for i, at := range f.Cut {
			own[f.Input[i]] = append(own[f.Input[i]], at)
		}
	}
	for i := range own {
		slices.SortFunc(own[i], cmp.Compare)
		if own[i] = slices.Compact(own[i]); len(own[i]) > maxRank {
			return own, false
		}
	}
	return own, true
}

// appendTurns appends the turns of the subtree of a tree's node i, whose own
// turn of tells.
func appendTurns(to []turn, i int, of func(i int) turn) []turn {
	if i >= vectorTurns {
		return to
	}
	to = appendTurns(to, 2*i+1, of)
	to = appendTurns(to, 2*i+2, of)
	return append(to, of(i))
}

// load takes one to vectorRows rows. What the places of others hold is of no
// use.
func (l *vectorLot) load(c *ranks, rows [][]float32) {
	last := len(rows) - 1
	for r := 0; r <= last; r += 4 {
		w, x, y, z := rows[r], rows[min(r+1, last)], rows[min(r+2, last)], rows[min(r+3, last)]
		for k, in := range c.inputs {
			to := (*[4]float32)(l.x[k][r:])
			to[0], to[1], to[2], to[3] = w[in], x[in], y[in], z[in]
		}
	}
	rankColumns(&l.x[0][0], &c.cuts[0], &c.counts[0], len(c.inputs), &l.columns[0][0])
}

// score is lot.score of n rows, whose ranks are in columns.
func (f *vectorForest) score(columns *uint8, n, step int, sums *[vectorRows]float32) {
	if step <= 0 {
		step = f.trees
	}
	active := uint32(math.MaxUint32 >> (vectorRows - n))
	for r := range sums {
		sums[r] = f.bias
	}
	for t := 0; t < f.trees && active != 0; t += step {
		before := *sums
		growTrees(&f.turns[t*vectorTurns], &f.leaf[t<<vectorDepth], min(step, f.trees-t), columns, &sums[0])
		for r := range sums {
			switch {
			case active>>r&1 == 0:
				sums[r] = before[r]
			case sums[r] < hopelessScore:
				active &^= 1 << r
			}
		}
	}
}
