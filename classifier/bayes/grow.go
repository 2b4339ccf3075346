package bayes

import "math"

// grow adds one tree, level by level.
func (b *booster) grow(rng *random) {
	s := &b.sample
	s.pick(b, rng)
	s.pickColumns(b, rng)
	depth := b.o.Depth
	inner, leaves := 1<<depth-1, 1<<depth
	input, cut, mean := make([]uint16, inner), make([]float32, inner), make([]float32, inner)
	splitBin := make([]int, inner)
	sums := make([]gh, 2*leaves-1)
	sums[0] = s.total()
	for level := range depth {
		first, count := 1<<level-1, 1<<level
		best := b.bestSplits(level, sums[first:first+count])
		for n := range count {
			s := best[n]
			at := first + n
			input[at], splitBin[at] = uint16(s.column), s.bin
			mean[at] = b.leafValue(sums[at])
			if s.gain <= 0 { // a node that does not pay to split: everything goes left
				input[at], cut[at], splitBin[at] = 0, float32(math.MaxFloat32), maxBins
				sums[2*at+1], sums[2*at+2] = sums[at], 0
				continue
			}
			cut[at] = b.m.Cuts[s.column][s.bin]
			sums[2*at+1], sums[2*at+2] = s.left, sums[at]-s.left
		}
		s.part(input[first:], splitBin[first:], count)
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

func (b *booster) leafValue(sum gh) float32 {
	g, h := b.sample.unpack(sum)
	return float32(-g / (h + b.o.Lambda) * b.o.Rate)
}

type split struct {
	gain        float64
	column, bin int
	left        gh
}

// bestSplits finds the best cut of each of the level's nodes. Groups of columns
// are shared among workers; ties go to the lower column, whatever the workers.
func (b *booster) bestSplits(level int, sums []gh) []split {
	columns := b.sample.columns
	perColumn := make([][]split, len(columns))
	groups := (len(columns) + abreast - 1) / abreast
	Parallel(groups, b.o.Workers, func(g int) {
		b.groupSplits(g, level, sums, perColumn[g*abreast:min((g+1)*abreast, len(columns))])
	})
	best := make([]split, len(sums))
	for _, candidates := range perColumn {
		for n, c := range candidates {
			if c.gain > best[n].gain {
				best[n] = c
			}
		}
	}
	return best
}

// groupSplits fills out with the best cuts of the columns of a group.
func (b *booster) groupSplits(g, level int, sums []gh, out [][]split) {
	hist := b.sample.histograms(g, level, &b.bins)
	for k := range out {
		out[k] = make([]split, len(sums))
		column := b.sample.columns[g*abreast+k]
		for n := range sums {
			out[k][n] = b.bestCut(column, &hist[n][k], sums[n])
		}
	}
}

func (b *booster) bestCut(column int, hist *histogram, total gh) split {
	best := split{column: column}
	g, h := b.sample.unpack(total)
	lambda := b.o.Lambda
	base := g * g / (h + lambda)
	var left gh
	for bin := range len(b.m.Cuts[column]) {
		left += hist[bin]
		lg, lh := b.sample.unpack(left)
		rg, rh := g-lg, h-lh
		if lh < b.minHess || rh < b.minHess {
			continue
		}
		if gain := lg*lg/(lh+lambda) + rg*rg/(rh+lambda) - base; gain > best.gain {
			best.gain, best.bin, best.left = gain, bin, left
		}
	}
	return best
}

// update adds the tree to the score of every row, picked or not.
func (b *booster) update(input []uint16, splitBin []int, leaf []float32) {
	turns := b.bins.turns(b.o.Depth, input, splitBin)
	const chunk = 256 * vectorRows
	Parallel((len(b.score)+chunk-1)/chunk, b.o.Workers, func(c int) {
		from, to := c*chunk, min((c+1)*chunk, len(b.score))
		if turns == nil {
			for i := from; i < to; i++ {
				b.score[i] += leaf[b.bins.walk(i, input, splitBin)]
			}
			return
		}
		scores := b.score[:b.bins.stride]
		for i := from; i < to; i += vectorRows {
			growTrees(&turns[0], &leaf[0], 1, &b.bins.all[i], &scores[i])
		}
	})
}
