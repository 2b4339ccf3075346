package bayes

import (
	"math"
	"math/rand/v2"
	"slices"
)

// gh is the sums of some rows' gradients, in the upper 32 bits, and of their
// hessians, in the lower: whole numbers, scaled so that the sums of a tree's
// rows just fit. One addition serves both, the order of additions does not
// matter, and the sums of a node's one child are the node's less the other's.
//
// Shi et al., "Quantized training of gradient boosting decision trees", 2022.
type gh int64

func pack(g, h float64) gh { return gh(int64(math.Round(g))<<32 + int64(math.Round(h))) }

// histogram is the sums of a node's rows by the bin of one input.
type histogram [maxBins]gh

// sample is the rows and inputs that one tree sees.
type sample struct {
	columns []int
	rows    []int32   // picked rows, those of a node together, ascending in it
	sums    []gh      // of each of them
	ends    []int     // where in rows each node of the level ends
	g, h    float64   // what a step of the sums is worth
	gs, hs  []float64 // of the picked rows, before they are scaled
	// Histograms of the level and of the one above: [column][node].
	here, above [][]histogram
	spareRows   []int32
	spareSums   []gh
}

// pick chooses the rows of a tree and weighs them by the loss of their scores.
func (s *sample) pick(b *booster, rng *rand.Rand) {
	s.rows, s.gs, s.hs = s.rows[:0], s.gs[:0], s.hs[:0]
	var g, h float64
	for i, score := range b.score {
		if b.o.Rows < 1 && rng.Float64() >= b.o.Rows {
			continue
		}
		p := 1 / (1 + math.Exp(-float64(score)))
		w := float64(b.rowWeight[i])
		s.rows = append(s.rows, int32(i))
		s.gs = append(s.gs, w*(p-float64(b.target[i])))
		s.hs = append(s.hs, w*max(p*(1-p), 1e-6))
		g, h = g+math.Abs(s.gs[len(s.gs)-1]), h+s.hs[len(s.hs)-1]
	}
	n := float64(len(s.rows)) // what rounding may add
	s.g, s.h = max(g, 1e-9)/(math.MaxInt32-n), max(h, 1e-9)/(math.MaxUint32-n)
	s.sums = slices.Grow(s.sums[:0], len(s.rows))[:len(s.rows)]
	for i := range s.sums {
		s.sums[i] = pack(s.gs[i]/s.g, s.hs[i]/s.h)
	}
	s.ends = append(s.ends[:0], len(s.rows))
}

func (s *sample) unpack(sum gh) (g, h float64) {
	return float64(int32(sum>>32)) * s.g, float64(uint32(sum)) * s.h
}

func (s *sample) total() gh {
	var sum gh
	for _, x := range s.sums {
		sum += x
	}
	return sum
}

func (s *sample) pickColumns(b *booster, rng *rand.Rand) {
	s.columns = s.columns[:0]
	for c := range b.bins {
		if len(b.m.Cuts[c]) > 0 && (b.o.Columns >= 1 || rng.Float64() < b.o.Columns) {
			s.columns = append(s.columns, c)
		}
	}
	deepest := 1 << max(b.o.Depth-1, 0)
	for len(s.here) < len(s.columns) {
		s.here, s.above = append(s.here, make([]histogram, deepest)), append(s.above, make([]histogram, deepest))
	}
}

// histograms gives one of the columns' histograms, by node of the level.
func (s *sample) histograms(i, level int, bins []uint8) []histogram {
	here, above := s.here[i], s.above[i]
	if level == 0 {
		s.fill(&here[0], bins, 0, len(s.rows))
		return here[:1]
	}
	start := 0
	for n := range 1 << (level - 1) {
		middle, end := s.ends[2*n], s.ends[2*n+1]
		few, many := &here[2*n], &here[2*n+1]
		if end-middle < middle-start {
			few, many = many, few
			s.fill(few, bins, middle, end)
		} else {
			s.fill(few, bins, start, middle)
		}
		for bin, sum := range above[n] {
			many[bin] = sum - few[bin]
		}
		start = end
	}
	return here[:1<<level]
}

// fill sums the rows from start to end by bin. Two sums take turns: rows that
// follow each other often fall into the same bin, and would wait for each
// other.
func (s *sample) fill(hist *histogram, bins []uint8, start, end int) {
	*hist = histogram{}
	var other histogram
	rows, sums := s.rows[start:end], s.sums[start:end]
	for len(rows) >= 2 && len(sums) >= 2 {
		hist[bins[rows[0]]%maxBins] += sums[0]
		other[bins[rows[1]]%maxBins] += sums[1]
		rows, sums = rows[2:], sums[2:]
	}
	if len(rows) > 0 {
		hist[bins[rows[0]]%maxBins] += sums[0]
	}
	for bin, sum := range other {
		hist[bin] += sum
	}
}

// part moves the rows of each of the level's nodes into its two children.
func (s *sample) part(b *booster, input []uint16, splitBin []int, nodes int) {
	ends := make([]int, 0, 2*nodes)
	start := 0
	for n, end := range s.ends {
		bins, cut := b.bins[input[n]], splitBin[n]
		at := start
		s.spareRows, s.spareSums = s.spareRows[:0], s.spareSums[:0]
		for i := start; i < end; i++ {
			if r := s.rows[i]; int(bins[r]) > cut {
				s.spareRows, s.spareSums = append(s.spareRows, r), append(s.spareSums, s.sums[i])
			} else {
				s.rows[at], s.sums[at] = r, s.sums[i]
				at++
			}
		}
		copy(s.rows[at:end], s.spareRows)
		copy(s.sums[at:end], s.spareSums)
		ends = append(ends, at, end)
		start = end
	}
	s.ends = ends
	s.here, s.above = s.above, s.here
}
