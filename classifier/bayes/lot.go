package bayes

import "math"

// lotRows is how many rows are scored together. Each tree is walked for all of
// them while it is in the nearest cache, and so are their inputs.
const lotRows = 16

// A label whose score falls below hopelessScore (1 %) after some of its trees
// is not looked into further: that is most labels of most blocks.
const (
	hopelessStep  = 12
	hopelessScore = -4.6
)

// row is the inputs of one row, as keys.
type row [maxInputs]int64

// lot is a few rows that are scored together.
type lot struct {
	n      int
	rows   [lotRows]row
	sums   [lotRows]float32
	active [lotRows]uint8 // rows whose sums still grow
}

// load takes the first width inputs of up to lotRows rows.
func (l *lot) load(rows [][]float32, width int) {
	l.n = len(rows)
	for r, x := range rows {
		keys := &l.rows[r]
		for i, v := range x[:min(width, len(keys))] {
			keys[i] = orderKey(v)
		}
	}
}

// orderKey maps floats to whole numbers in the same order; both zeros are one.
// The lowest inputBits are 0, and no difference of two keys overflows.
func orderKey(v float32) int64 {
	i := int32(math.Float32bits(v + 0))
	i ^= i >> 31 & math.MaxInt32
	return (int64(i) - math.MinInt32) << inputBits
}

// score gives every row's sum of leaves. With a step, a sum that is hopeless
// after so many trees, or twice as many and so on, is left as it is then.
func (l *lot) score(f *Forest, step int) []float32 {
	n := f.Trees()
	if step <= 0 {
		step = n
	}
	active := l.active[:0]
	for r := range l.n {
		l.sums[r] = f.Bias
		active = append(active, uint8(r))
	}
	for t := 0; t < n && len(active) > 0; t += step {
		l.grow(f, t, min(n, t+step), active)
		if t+step >= n {
			break
		}
		hopeful := active[:0]
		for _, r := range active {
			if l.sums[r] >= hopelessScore {
				hopeful = append(hopeful, r)
			}
		}
		active = hopeful
	}
	return l.sums[:l.n]
}

// walkers is how many rows go down a tree side by side: each step waits for
// the one before, so the processor would idle with one of them alone.
const walkers = 4

// grow adds the leaves of trees from … to−1 to the sums of the active rows.
func (l *lot) grow(f *Forest, from, to int, active []uint8) {
	leaves := 1 << f.Depth
	for t := from; t < to; t++ {
		nodes, leaf := (*tree)(f.nodes[t*leaves:]), f.Leaf[t*leaves:(t+1)*leaves]
		i := 0
		for ; i+walkers <= len(active); i += walkers {
			a, b, c, d := active[i], active[i+1], active[i+2], active[i+3]
			w, x, y, z := walk4(nodes, f.Depth, &l.rows[a], &l.rows[b], &l.rows[c], &l.rows[d])
			l.sums[a] += leaf[w-leaves]
			l.sums[b] += leaf[x-leaves]
			l.sums[c] += leaf[y-leaves]
			l.sums[d] += leaf[z-leaves]
		}
		for ; i < len(active); i++ {
			r := active[i]
			l.sums[r] += leaf[walk(nodes, f.Depth, &l.rows[r])-leaves]
		}
	}
}

// node is an inner node as a walk reads it: its cut as a key, and in the lowest
// bits of that its input. It is less than the key of a greater input.
type node int64

// inputBits is how many bits the number of an input has, below maxInputs.
const inputBits = 9

func newNode(cut float32, input uint16) node { return node(orderKey(cut) | int64(input)) }

// tree is the inner nodes of one tree from place 1 on, the children of node i
// at 2i and 2i+1. What follows is the next tree's: of this length are all, so
// that no step of a walk has to be checked against it.
type tree [1 << maxDepth]node

// walk goes down one tree and returns the number of the leaf, the first one
// being 1<<depth. Which way a walk turns cannot be foreseen, so the comparison
// is arithmetic and not a branch.
func walk(t *tree, depth int, x *row) int {
	i := 1
	for range depth {
		i = t.next(i, x)
	}
	return i
}

func (t *tree) next(i int, x *row) int {
	i &= len(t) - 1
	n := t[i]
	return 2*i + int(uint64(int64(n)-x[n&(maxInputs-1)])>>63)
}

// walk4 is walk for four rows at once.
func walk4(t *tree, depth int, x0, x1, x2, x3 *row) (a, b, c, d int) {
	a, b, c, d = 1, 1, 1, 1
	for range depth {
		a = t.next(a, x0)
		b = t.next(b, x1)
		c = t.next(c, x2)
		d = t.next(d, x3)
	}
	return a, b, c, d
}
