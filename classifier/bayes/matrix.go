package bayes

import "slices"

// maxBins is how many steps an input is cut into for training.
const maxBins = 64

// Matrix is the training inputs, binned: column by column, one byte a row.
type Matrix struct {
	Rows int
	Cuts [][]float32 // [input] upper bounds of all bins but the last, ascending
	bins columnar
}

// NewMatrix bins rows of inputs (row-major, width inputs each) by quantiles.
func NewMatrix(data []float32, width, workers int) *Matrix {
	m := &Matrix{Rows: len(data) / max(width, 1)}
	m.Widen(data, width, width, workers)
	return m
}

// Widen bins further inputs, up to width of them in all, of the same rows; data
// is row-major, stride inputs a row.
func (m *Matrix) Widen(data []float32, stride, width, workers int) {
	from := len(m.Cuts)
	m.Cuts = append(m.Cuts, make([][]float32, width-from)...)
	if m.bins.all == nil {
		m.bins = newColumnar(m.Rows, stride)
	}
	Parallel(width-from, workers, func(c int) {
		m.Cuts[from+c] = quantileCuts(data, stride, from+c)
	})
	if hasVectors() {
		m.rank(data, stride, from, workers)
		return
	}
	const chunk = 256 // rows whose inputs stay in the nearest caches
	Parallel((m.Rows+chunk-1)/chunk, workers, func(k int) {
		for c := from; c < width; c++ {
			cuts, bins := m.Cuts[c], m.bins.column(c)
			for r := k * chunk; r < min((k+1)*chunk, m.Rows); r++ {
				bins[r] = binOf(cuts, data[r*stride+c])
			}
		}
	})
}

// rank finds the bins of the columns from the given one on, of many rows at
// once.
func (m *Matrix) rank(data []float32, stride, from, workers int) {
	var at ranks
	for c, cuts := range m.Cuts[from:] {
		if len(cuts) > 0 {
			at.add(from+c, cuts)
		}
	}
	if len(at.inputs) == 0 {
		return
	}
	const chunk = 64 * vectorRows
	Parallel((m.Rows+chunk-1)/chunk, workers, func(k int) {
		l, rows := &vectorLot{}, make([][]float32, 0, vectorRows)
		for first := k * chunk; first < min((k+1)*chunk, m.Rows); first += vectorRows {
			rows = rows[:0]
			for r := first; r < min(first+vectorRows, m.Rows); r++ {
				rows = append(rows, data[r*stride:(r+1)*stride])
			}
			l.load(&at, rows)
			for i, c := range at.inputs {
				copy(m.bins.column(int(c))[first:], l.columns[i][:])
			}
		}
	})
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
