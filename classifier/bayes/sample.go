package bayes

import (
	"math"
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

// abreast is how many columns are summed up at a time: each row, its sums and
// its bins are fetched once for all of them, and no addition waits for the one
// before, as rows that follow each other often fall into the same bin.
const abreast = 8

// histograms is those of a group of columns.
type histograms [abreast]histogram

// sample is the rows and inputs that one tree sees.
type sample struct {
	columns []int
	place   []int      // of an input among the columns
	picked  []int32    // rows of the forest
	bins    [][]uint64 // [group of columns][picked row]: one column's in each byte
	rows    []int32    // indices of picked rows, those of a node together, ascending in it
	sums    []gh       // of each of them
	ends    []int      // where in rows each node of the level ends
	g, h    float64    // what a step of the sums is worth
	norms   []float32  // of every row's loss, where some are picked rather than others
	gs, hs  []float64  // of the picked rows, before they are scaled
	// Histograms of the level and of the one above: [group][node].
	here, above [][]histograms
	spareRows   []int32
	spareSums   []gh
}

// loss is a row's gradient and hessian at its score.
type loss struct{ g, h float32 }

// pick chooses the rows of a tree: those whose loss says most, or evenly where
// every norm is 1. Each is picked with a chance in proportion to the norm of its
// gradient and hessian, at most 1, and counts for as many as it stands for,
// which of all ways to pick as many rows gives the sums of least variance.
//
// Ibragimov and Gusev, "Minimal variance sampling in stochastic gradient
// boosting", 2019.
func (s *sample) pick(b *booster, rng *random) {
	var full float32
	n := max(b.o.Rows*float64(len(b.score)), float64(b.o.LeastRows))
	if b.o.Even {
		full = evenly(n, len(b.score))
	} else {
		s.weigh(b)
		full = s.certain(n)
	}
	s.picked, s.gs, s.hs = s.picked[:0], s.gs[:0], s.hs[:0]
	var g, h float64
	for i := range b.score {
		norm := float32(1)
		if !b.o.Even {
			norm = s.norms[i]
		}
		count := 1.0
		if norm < full {
			chance := float64(norm / full)
			if rng.Float64() >= chance {
				continue
			}
			count = 1 / chance
		}
		l := b.loss(i) // again, which is less than to fetch it
		gi, hi := count*float64(l.g), count*float64(l.h)
		s.picked, s.gs, s.hs = append(s.picked, int32(i)), append(s.gs, gi), append(s.hs, hi)
		g, h = g+math.Abs(gi), h+hi
	}
	rounding := float64(len(s.picked)) // what it may add
	s.g, s.h = max(g, 1e-9)/(math.MaxInt32-rounding), max(h, 1e-9)/(math.MaxUint32-rounding)
	s.rows = slices.Grow(s.rows[:0], len(s.picked))[:len(s.picked)]
	s.sums = slices.Grow(s.sums[:0], len(s.picked))[:len(s.picked)]
	for i := range s.sums {
		s.rows[i], s.sums[i] = int32(i), pack(s.gs[i]/s.g, s.hs[i]/s.h)
	}
	s.ends = append(s.ends[:0], len(s.rows))
}

// loss is that of a row at its score.
func (b *booster) loss(i int) loss {
	p, w := b.sigmoid.at(b.score[i]), b.rowWeight[i]
	return loss{w * (p - b.target[i]), w * max(p*(1-p), 1e-6)}
}

// weigh finds the norm of every row's loss, in proportion to which it is picked.
func (s *sample) weigh(b *booster) {
	s.norms = slices.Grow(s.norms[:0], len(b.score))[:len(b.score)]
	const chunk = 8192
	Parallel((len(b.score)+chunk-1)/chunk, b.o.Workers, func(c int) {
		for i := c * chunk; i < min((c+1)*chunk, len(b.score)); i++ {
			l := b.loss(i)
			s.norms[i] = float32(math.Sqrt(float64(l.g*l.g + l.h*l.h)))
		}
	})
}

// evenly is what certain gives where the norms of all rows are 1.
func evenly(n float64, rows int) float32 {
	if n >= float64(rows) {
		return 0
	}
	return float32(float64(rows) / max(n, 1))
}

// certain is the norm from which on rows are picked for certain, so that about
// n are picked in all; 0 where there are no more.
func (s *sample) certain(n float64) float32 {
	if n >= float64(len(s.norms)) {
		return 0
	}
	at := float32(math.MaxFloat32)
	for { // fewer are certain at first than in the end
		sum, left := 0.0, n
		for _, norm := range s.norms {
			if norm >= at {
				left--
			} else {
				sum += float64(norm)
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

func (s *sample) pickColumns(b *booster, rng *random) {
	s.columns = s.columns[:0]
	inputs := len(b.m.Cuts)
	s.place = slices.Grow(s.place[:0], inputs)[:inputs]
	for c, cuts := range b.m.Cuts {
		if len(cuts) > 0 && (b.o.Columns >= 1 || rng.Float64() < b.o.Columns) {
			s.place[c] = len(s.columns)
			s.columns = append(s.columns, c)
		}
	}
	deepest := 1 << max(b.o.Depth-1, 0)
	for len(s.here)*abreast < len(s.columns) {
		s.here, s.above = append(s.here, make([]histograms, deepest)), append(s.above, make([]histograms, deepest))
		s.bins = append(s.bins, nil)
	}
}

// histograms gives those of a group of columns, by node of the level. all is the
// bins of every row.
func (s *sample) histograms(g, level int, all *columnar) []histograms {
	here, above := s.here[g], s.above[g]
	if level == 0 {
		s.gather(g, all)
		s.fill(&here[0], s.bins[g], 0, len(s.rows))
		return here[:1]
	}
	bins := s.bins[g]
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
		for k := range above[n] {
			for bin, sum := range above[n][k] {
				many[k][bin] = sum - few[k][bin]
			}
		}
		start = end
	}
	return here[:1<<level]
}

// gather brings the bins of the picked rows of a group together: or each would
// be fetched with many that are not picked. Where the columns do not fill the
// group the last stands for those that are missing.
func (s *sample) gather(g int, all *columnar) {
	var c [abreast][]uint8
	for k := range c {
		c[k] = all.column(s.columns[min(g*abreast+k, len(s.columns)-1)])
	}
	c0, c1, c2, c3, c4, c5, c6, c7 := c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]
	bins := slices.Grow(s.bins[g][:0], len(s.picked))[:len(s.picked)]
	for k, r := range s.picked {
		low := uint32(c0[r]) | uint32(c1[r])<<8 | uint32(c2[r])<<16 | uint32(c3[r])<<24
		high := uint32(c4[r]) | uint32(c5[r])<<8 | uint32(c6[r])<<16 | uint32(c7[r])<<24
		bins[k] = uint64(low) | uint64(high)<<32
	}
	s.bins[g] = bins
}

// fill sums the rows from start to end by bin.
func (s *sample) fill(hist *histograms, bins []uint64, start, end int) {
	*hist = histograms{}
	rows, sums := s.rows[start:end], s.sums[start:end]
	for i, sum := range sums {
		b := bins[rows[i]]
		hist[0][b%maxBins] += sum
		hist[1][b>>8%maxBins] += sum
		hist[2][b>>16%maxBins] += sum
		hist[3][b>>24%maxBins] += sum
		hist[4][b>>32%maxBins] += sum
		hist[5][b>>40%maxBins] += sum
		hist[6][b>>48%maxBins] += sum
		hist[7][b>>56%maxBins] += sum
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
		place, cut := s.place[input[n]], uint64(splitBin[n])
		bins, shift := s.bins[place/abreast], 8*(place%abreast)
		at := start
		s.spareRows, s.spareSums = s.spareRows[:0], s.spareSums[:0]
		for i := start; i < end; i++ {
			if r := s.rows[i]; bins[r]>>shift&0xff > cut {
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
