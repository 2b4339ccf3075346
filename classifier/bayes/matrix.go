package bayes

import "slices"

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
