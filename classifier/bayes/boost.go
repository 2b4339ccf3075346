package bayes

import (
	"math"
	"math/rand/v2"
)

// BoostOptions guide Boost.
type BoostOptions struct {
	Trees     int
	Depth     int
	Rate      float64 // learning rate
	Lambda    float64 // L2 penalty on leaf values
	MinWeight float64 // least sum of hessians in a leaf, in undecided rows of mean weight; less where rows are few
	MaxRows   int     // rows that the forest sees at most, drawn in proportion to their weight; 0 means all
	Rows      float64 // share of those rows that each tree sees, drawn in proportion to their loss
	LeastRows int     // rows that each tree sees at least, where there are as many
	Even      bool    // draw a tree's rows evenly instead
	Columns   float64 // share of the inputs that each tree sees
	Seed      uint64
	Workers   int
	Progress  func(tree int)
}

// Boost fits a forest to 0/1 targets by the logistic loss, with one weight a
// row; a row of weight 0 is left out. Soft targets between 0 and 1 work too.
// The same rows give the same forest on any number of workers.
func Boost(m *Matrix, target, weight []float32, o BoostOptions) *Forest {
	b := newBooster(m, target, weight, o)
	for t := range o.Trees {
		b.grow(&random{*rand.NewPCG(o.Seed, uint64(t))})
		if o.Progress != nil {
			o.Progress(t)
		}
	}
	return b.forest.index()
}

// booster holds the rows that were drawn for a forest, and their scores so far.
type booster struct {
	m         *Matrix
	o         BoostOptions
	rows      []int32   // of the matrix, those that were drawn
	bins      columnar  // of the drawn rows
	target    []float32 // of each drawn row
	rowWeight []float32
	score     []float32
	forest    Forest
	minHess   float64
	sample    sample
	sigmoid   *sigmoid
}

func newBooster(m *Matrix, target, weight []float32, o BoostOptions) *booster {
	b := &booster{m: m, o: o, sigmoid: newSigmoid()}
	var pos, all float64
	n := 0
	for r, w := range weight {
		if w > 0 {
			n++
			pos += float64(w) * float64(target[r])
			all += float64(w)
		}
	}
	b.draw(target, weight, all, n)
	b.bins = b.m.drawn(b.rows, o.Workers)
	share := min(max(pos/max(all, 1e-9), 1e-4), 1-1e-4)
	b.forest = Forest{Depth: o.Depth, Inputs: len(m.Cuts), Bias: float32(math.Log(share / (1 - share)))}
	b.score = make([]float32, len(b.rows), b.bins.stride)
	for i := range b.score {
		b.score[i] = b.forest.Bias
	}
	least := min(o.MinWeight, max(6, float64(len(b.rows))/175)) // few pages must be able to teach too
	b.minHess = least * all / max(float64(len(b.rows)), 1) * 0.25
	return b
}

// draw chooses the forest's rows: all that have weight, or about MaxRows of
// them, each with a chance in proportion to its weight, which evens out the
// weights of those drawn.
func (b *booster) draw(target, weight []float32, all float64, n int) {
	rng := &random{*rand.NewPCG(b.o.Seed, 0xd5a3)}
	every := b.o.MaxRows == 0 || n <= b.o.MaxRows
	for r, w := range weight {
		if w <= 0 {
			continue
		}
		chance := 1.0
		if !every {
			chance = min(1, float64(w)/all*float64(b.o.MaxRows))
		}
		if every || rng.Float64() < chance {
			b.rows = append(b.rows, int32(r))
			b.target = append(b.target, target[r])
			b.rowWeight = append(b.rowWeight, float32(float64(w)/chance))
		}
	}
}

// random is rand.Rand's Float64 of a PCG, without a call through an interface
// for each number: there is one for each row and tree.
type random struct{ rand.PCG }

func (r *random) Float64() float64 { return float64(r.Uint64()<<11>>11) / (1 << 53) }
