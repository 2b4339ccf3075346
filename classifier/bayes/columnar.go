package bayes

import "math"

// columnar is the bins of some rows, column by column, each of which begins
// stride bytes after the last. After any row there is room for as many more as
// are scored at a time.
type columnar struct {
	stride int
	all    []uint8
}

func (c *columnar) column(input int) []uint8 { return c.all[input*c.stride:][:c.stride] }

// newColumnar has room for as many columns in all.
func newColumnar(rows, columns int) columnar {
	stride := (rows + vectorRows - 1) / vectorRows * vectorRows
	return columnar{stride, make([]uint8, columns*stride+vectorRows)}
}

// drawn brings the bins of some rows together: every tree reads them.
func (m *Matrix) drawn(rows []int32, workers int) columnar {
	out := newColumnar(len(rows), len(m.Cuts))
	Parallel(len(m.Cuts), workers, func(c int) {
		from, bins := m.bins.column(c), out.column(c)
		for i, r := range rows {
			bins[i] = from[r]
		}
	})
	return out
}

// walk goes down a tree with one row: right where its bin in a node's input is
// above the node's. It gives the number of the leaf.
func (c *columnar) walk(row int, input []uint16, bins []int) int {
	at := 0
	for at < len(input) {
		next := 2*at + 1
		if int(c.all[int(input[at])*c.stride+row]) > bins[at] {
			next++
		}
		at = next
	}
	return at - len(input)
}

// turns is a tree for processors that walk it with many rows at once; nil where
// this one does not, or the tree is of another kind.
func (c *columnar) turns(depth int, input []uint16, bins []int) []turn {
	if !hasVectors() || depth != vectorDepth || len(c.all) > math.MaxUint32 {
		return nil
	}
	return appendTurns(make([]turn, 0, vectorTurns), 0, func(i int) turn {
		return turn{uint32(int(input[i]) * c.stride), uint32(bins[i] + 1)}
	})
}
