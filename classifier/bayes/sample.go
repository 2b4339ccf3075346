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
	place   []int     // of an input among the columns
	picked  []int32   // rows of the forest
	bins    [][]uint8 // [column][picked row]: side by side, or each would be fetched with many that are not picked
	rows    []int32   // indices of picked rows, those of a node together, ascending in it
	sums    []gh      // of each of them
	ends    []int     // where in rows each node of the level ends
	g, h    float64   // what a step of the sums is worth
	losses  []loss    // of every row of the forest
	gs, hs  []float64 // of the picked rows, before they are scaled
	// Histograms of the level and of the one above: [column][node].
	here, above [][]histogram
	spareRows   []int32
	spareSums   []gh
}

// loss is a row's gradient and hessian at its score, and the norm of both, in
// proportion to which the row is picked.
type loss struct{ g, h, norm float32 }

// pick chooses the rows of a tree: those whose loss says most, or evenly where
// every norm is 1. Each is picked with a chance in proportion to the norm of its
// gradient and hessian, at most 1, and counts for as many as it stands for,
// which of all ways to pick as many rows gives the sums of least variance.
//
// Ibragimov and Gusev, "Minimal variance sampling in stochastic gradient
// boosting", 2019.
func (s *sample) pick(b *booster, rng *rand.Rand) {
	s.weigh(b)
	full := s.certain(max(b.o.Rows*float64(len(s.losses)), float64(b.o.LeastRows)))
	s.picked, s.gs, s.hs = s.picked[:0], s.gs[:0], s.hs[:0]
	var g, h float64
	for i, l := range s.losses {
		count := 1.0
		if l.norm < full {
			chance := float64(l.norm / full)
			if rng.Float64() >= chance {
				continue
			}
			count = 1 / chance
		}
		gi, hi := count*float64(l.g), count*float64(l.h)
		s.picked, s.gs, s.hs = append(s.picked, int32(i)), append(s.gs, gi), append(s.hs, hi)
		g, h = g+math.Abs(gi), h+hi
	}
	n := float64(len(s.picked)) // what rounding may add
	s.g, s.h = max(g, 1e-9)/(math.MaxInt32-n), max(h, 1e-9)/(math.MaxUint32-n)
	s.rows = slices.Grow(s.rows[:0], len(s.picked))[:len(s.picked)]
	s.sums = slices.Grow(s.sums[:0], len(s.picked))[:len(s.picked)]
	for i := range s.sums {
		s.rows[i], s.sums[i] = int32(i), pack(s.gs[i]/s.g, s.hs[i]/s.h)
	}
	s.ends = append(s.ends[:0], len(s.rows))
}

// weigh finds the loss of every row.
func (s *sample) weigh(b *booster) {
	s.losses = slices.Grow(s.losses[:0], len(b.score))[:len(b.score)]
	const chunk = 8192
	Parallel((len(b.score)+chunk-1)/chunk, b.o.Workers, func(c int) {
		for i := c * chunk; i < min((c+1)*chunk, len(b.score)); i++ {
			p := b.sigmoid.at(b.score[i])
			w := b.rowWeight[i]
			g, h := w*(p-b.target[i]), w*max(p*(1-p), 1e-6)
			s.losses[i] = loss{g, h, 1}
			if !b.o.Even {
				s.losses[i].norm = float32(math.Sqrt(float64(g*g + h*h)))
			}
		}
	})
}

// certain is the norm from which on rows are picked for certain, so that about
// n are picked in all; 0 where there are no more.
func (s *sample) certain(n float64) float32 {
	if n >= float64(len(s.losses)) {
		return 0
	}
	at := float32(math.MaxFloat32)
	for { // fewer are certain at first than in the end
		sum, left := 0.0, n
		for _, l := range s.losses {
			if l.norm >= at {
				left--
			} else {
				sum += float64(l.norm)
			}
		}
		next := float32(sum / max(left, 1))
		if !(next < at*0.999) {
			return at
		}
		at = next
	}
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
	s.place = slices.Grow(s.place[:0], len(b.bins))[:len(b.bins)]
	for c := range b.bins {
		if len(b.m.Cuts[c]) > 0 && (b.o.Columns >= 1 || rng.Float64() < b.o.Columns) {
			s.place[c] = len(s.columns)
			s.columns = append(s.columns, c)
		}
	}
	deepest := 1 << max(b.o.Depth-1, 0)
	for len(s.here) < len(s.columns) {
		s.here, s.above = append(s.here, make([]histogram, deepest)), append(s.above, make([]histogram, deepest))
		s.bins = append(s.bins, nil)
	}
}

// histograms gives one of the columns' histograms, by node of the level. all is
// the bins of every row.
func (s *sample) histograms(i, level int, all []uint8) []histogram {
	here, above := s.here[i], s.above[i]
	if level == 0 {
		s.gather(i, all)
		s.fill(&here[0], s.bins[i], 0, len(s.rows))
		return here[:1]
	}
	bins := s.bins[i]
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

// gather brings the bins of the picked rows of a column together.
func (s *sample) gather(i int, all []uint8) {
	bins := slices.Grow(s.bins[i][:0], len(s.picked))[:len(s.picked)]
	for k, r := range s.picked {
		bins[k] = all[r]
	}
	s.bins[i] = bins
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
func (s *sample) part(input []uint16, splitBin []int, nodes int) {
	ends := make([]int, 0, 2*nodes)
	start := 0
	for n, end := range s.ends {
		if splitBin[n] == maxBins { // all of them go left, and no input says so
			ends, start = append(ends, end, end), end
			continue
		}
		bins, cut := s.bins[s.place[input[n]]], splitBin[n]
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
