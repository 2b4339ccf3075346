package bayes

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

// BoostOptions guide Boost.
type BoostOptions struct {
	Trees     int
	Depth     int
	Rate      float64 // learning rate
	Lambda    float64 // L2 penalty on leaf values
	MinWeight float64 // least sum of hessians in a leaf, in undecided rows of mean weight; less where rows are few
	MaxRows   int     // rows that the forest sees at most, drawn in proportion to their weight; 0 means all
	Rows      float64 // share of those rows that each tree sees
	Columns   float64 // share of the inputs that each tree sees
	Seed      uint64
	Workers   int
	Progress  func(tree int)
}

// maxBins is how many steps an input is cut into for training.
const maxBins = 64

// Matrix is the training inputs, binned: column by column, one byte a row.
type Matrix struct {
	Rows int
	Bins [][]uint8   // [input][row]
	Cuts [][]float32 // [input] upper bounds of all bins but the last, ascending
}

// NewMatrix bins rows of inputs (row-major, width inputs each) by quantiles.
func NewMatrix(data []float32, width, workers int) *Matrix {
	rows := len(data) / max(width, 1)
	m := &Matrix{Rows: rows, Bins: make([][]uint8, width), Cuts: make([][]float32, width)}
	Parallel(width, workers, func(c int) {
		m.Cuts[c] = quantileCuts(data, width, c)
		bins := make([]uint8, rows)
		for r := range rows {
			bins[r] = binOf(m.Cuts[c], data[r*width+c])
		}
		m.Bins[c] = bins
	})
	return m
}

// quantileCuts finds cut points that share the rows out evenly; a value that
// many rows share has a bin of its own.
func quantileCuts(data []float32, width, c int) []float32 {
	rows := len(data) / width
	step := max(1, rows/40000)
	sample := make([]float32, 0, rows/step+1)
	for r := 0; r < rows; r += step {
		sample = append(sample, data[r*width+c])
	}
	slices.Sort(sample)
	var cuts []float32
	want := max(1, len(sample)/maxBins)
	run := 0
	for i := 1; i < len(sample); i++ {
		run++
		if sample[i] == sample[i-1] || run < want {
			continue
		}
		cuts = append(cuts, sample[i-1]+(sample[i]-sample[i-1])/2)
		run = 0
	}
	if len(cuts) > maxBins-1 {
		cuts = cuts[:maxBins-1]
	}
	return cuts
}

func binOf(cuts []float32, v float32) uint8 {
	lo, hi := 0, len(cuts)
	for lo < hi {
		mid := (lo + hi) / 2
		if v > cuts[mid] {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return uint8(lo)
}

// Boost fits a forest to 0/1 targets by the logistic loss, with one weight a
// row; a row of weight 0 is left out. Soft targets between 0 and 1 work too.
// The same rows give the same forest on any number of workers.
func Boost(m *Matrix, target, weight []float32, o BoostOptions) *Forest {
	b := newBooster(m, target, weight, o)
	for t := range o.Trees {
		b.grow(rand.New(rand.NewPCG(o.Seed, uint64(t))))
		if o.Progress != nil {
			o.Progress(t)
		}
	}
	return b.forest.index()
}

type booster struct {
	m            *Matrix
	o            BoostOptions
	target       []float32
	score        []float32
	rows         []int32   // rows that are looked at
	rowWeight    []float32 // of each of them
	forest       Forest
	picked       []int32
	gp, hp       []float32 // of the picked rows, close together
	np           []uint8
	minHess      float64
	columnBuffer []int
}

func newBooster(m *Matrix, target, weight []float32, o BoostOptions) *booster {
	b := &booster{m: m, o: o, target: target}
	var pos, all float64
	n := 0
	for r, w := range weight {
		if w > 0 {
			n++
			pos += float64(w) * float64(target[r])
			all += float64(w)
		}
	}
	b.draw(weight, all, n)
	share := min(max(pos/max(all, 1e-9), 1e-4), 1-1e-4)
	b.forest = Forest{Depth: o.Depth, Inputs: len(m.Bins), Bias: float32(math.Log(share / (1 - share)))}
	b.score = make([]float32, len(b.rows))
	for i := range b.score {
		b.score[i] = b.forest.Bias
	}
	least := min(o.MinWeight, max(2, float64(len(b.rows))/500)) // few pages must be able to teach too
	b.minHess = least * all / max(float64(len(b.rows)), 1) * 0.25
	return b
}

// draw chooses the forest's rows: all that have weight, or about MaxRows of
// them, each with a chance in proportion to its weight, which evens out the
// weights of those drawn.
func (b *booster) draw(weight []float32, all float64, n int) {
	rng := rand.New(rand.NewPCG(b.o.Seed, 0xd5a3))
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
			b.rowWeight = append(b.rowWeight, float32(float64(w)/chance))
		}
	}
}

// grow adds one tree.
func (b *booster) grow(rng *rand.Rand) {
	b.pick(rng)
	columns := b.pickColumns(rng)
	depth := b.o.Depth
	inner, leaves := 1<<depth-1, 1<<depth
	input, cut, mean := make([]uint16, inner), make([]float32, inner), make([]float32, inner)
	splitBin := make([]int, inner)
	sums := make([]gh, 2*leaves-1)
	b.totals(&sums[0])
	for level := range depth {
		first, count := 1<<level-1, 1<<level
		best := b.bestSplits(columns, count, sums[first:first+count])
		for n := range count {
			s := best[n]
			at := first + n
			input[at], splitBin[at] = uint16(s.column), s.bin
			mean[at] = b.leafValue(sums[at])
			if s.gain <= 0 { // a node that does not pay to split: everything goes left
				input[at], cut[at], splitBin[at] = 0, float32(math.MaxFloat32), maxBins
				sums[2*at+1], sums[2*at+2] = sums[at], gh{}
				continue
			}
			cut[at] = b.m.Cuts[s.column][s.bin]
			sums[2*at+1], sums[2*at+2] = s.left, s.right
		}
		b.route(first, input, splitBin)
	}
	leaf := make([]float32, leaves)
	for l := range leaves {
		leaf[l] = b.leafValue(sums[inner+l])
	}
	b.forest.Input = append(b.forest.Input, input...)
	b.forest.Cut = append(b.forest.Cut, cut...)
	b.forest.Mean = append(b.forest.Mean, mean...)
	b.forest.Leaf = append(b.forest.Leaf, leaf...)
	b.update(input, splitBin, leaf)
}

type gh struct{ g, h float64 }

func (b *booster) leafValue(s gh) float32 {
	return float32(-s.g / (s.h + b.o.Lambda) * b.o.Rate)
}

// pick chooses the rows of this tree and their gradients.
func (b *booster) pick(rng *rand.Rand) {
	b.picked, b.gp, b.hp = b.picked[:0], b.gp[:0], b.hp[:0]
	for i, r := range b.rows {
		if b.o.Rows < 1 && rng.Float64() >= b.o.Rows {
			continue
		}
		p := 1 / (1 + math.Exp(-float64(b.score[i])))
		w := float64(b.rowWeight[i])
		b.picked = append(b.picked, r)
		b.gp = append(b.gp, float32(w*(p-float64(b.target[r]))))
		b.hp = append(b.hp, float32(w*max(p*(1-p), 1e-6)))
	}
	b.np = slices.Grow(b.np[:0], len(b.picked))[:len(b.picked)]
	clear(b.np)
}

func (b *booster) pickColumns(rng *rand.Rand) []int {
	b.columnBuffer = b.columnBuffer[:0]
	for c := range b.m.Bins {
		if len(b.m.Cuts[c]) > 0 && (b.o.Columns >= 1 || rng.Float64() < b.o.Columns) {
			b.columnBuffer = append(b.columnBuffer, c)
		}
	}
	return b.columnBuffer
}

func (b *booster) totals(s *gh) {
	for i := range b.picked {
		s.g += float64(b.gp[i])
		s.h += float64(b.hp[i])
	}
}

type split struct {
	gain        float64
	column, bin int
	left, right gh
}

// bestSplits finds the best cut of each of the level's nodes. Columns are
// shared among workers; ties go to the lower column, whatever the workers.
func (b *booster) bestSplits(columns []int, nodes int, sums []gh) []split {
	perColumn := make([][]split, len(columns))
	Parallel(len(columns), b.o.Workers, func(i int) {
		perColumn[i] = b.columnSplits(columns[i], nodes, sums)
	})
	best := make([]split, nodes)
	for _, candidates := range perColumn {
		for n, c := range candidates {
			if c.gain > best[n].gain {
				best[n] = c
			}
		}
	}
	return best
}

func (b *booster) columnSplits(column, nodes int, sums []gh) []split {
	hist := make([][2]float32, nodes*maxBins)
	bins := b.m.Bins[column]
	for i, r := range b.picked {
		h := &hist[int(b.np[i])*maxBins+int(bins[r])]
		h[0] += b.gp[i]
		h[1] += b.hp[i]
	}
	out := make([]split, nodes)
	for n := range nodes {
		out[n] = b.bestCut(column, hist[n*maxBins:(n+1)*maxBins], sums[n])
	}
	return out
}

func (b *booster) bestCut(column int, hist [][2]float32, total gh) split {
	best := split{column: column}
	score := func(s gh) float64 { return s.g * s.g / (s.h + b.o.Lambda) }
	base := score(total)
	var left gh
	for bin := range len(b.m.Cuts[column]) {
		left.g += float64(hist[bin][0])
		left.h += float64(hist[bin][1])
		right := gh{total.g - left.g, total.h - left.h}
		if left.h < b.minHess || right.h < b.minHess {
			continue
		}
		if gain := score(left) + score(right) - base; gain > best.gain {
			best.gain, best.bin, best.left, best.right = gain, bin, left, right
		}
	}
	return best
}

// route moves the picked rows one level down.
func (b *booster) route(first int, input []uint16, splitBin []int) {
	for i, r := range b.picked {
		at := first + int(b.np[i])
		n := b.np[i] * 2
		if int(b.m.Bins[input[at]][r]) > splitBin[at] {
			n++
		}
		b.np[i] = n
	}
}

// update adds the tree to the score of every row, picked or not.
func (b *booster) update(input []uint16, splitBin []int, leaf []float32) {
	const chunk = 8192
	Parallel((len(b.rows)+chunk-1)/chunk, b.o.Workers, func(c int) {
		for i := c * chunk; i < min((c+1)*chunk, len(b.rows)); i++ {
			r, at := b.rows[i], 0
			for at < len(input) {
				next := 2*at + 1
				if int(b.m.Bins[input[at]][r]) > splitBin[at] {
					next++
				}
				at = next
			}
			b.score[i] += leaf[at-len(input)]
		}
	})
}

// Parallel calls f(0…n-1) on several workers.
func Parallel(n, workers int, f func(int)) {
	if workers <= 1 || n <= 1 {
		for i := range n {
			f(i)
		}
		return
	}
	var wg sync.WaitGroup
	next := make(chan int, n)
	for i := range n {
		next <- i
	}
	close(next)
	for range min(workers, n) {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	wg.Wait()
}
