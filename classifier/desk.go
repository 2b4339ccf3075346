package classifier

import (
	"slices"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// desk is memory for choosing a page's blocks.
type desk struct {
	numbers []float64
	labels  []Label
	roles   []block.Role
	kept    []int
}

// float64s is room for n numbers, whatever it holds.
func (d *desk) float64s(n int) []float64 {
	d.numbers = slices.Grow(d.numbers[:0], n)
	return d.numbers[:n]
}

// maxDesk is for how many blocks a room keeps memory to choose among them.
const maxDesk = 1 << 16
