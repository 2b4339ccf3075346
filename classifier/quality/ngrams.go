package quality

// grams finds n-grams of words that return. The hash of a gram comes from
// those of the text up to its ends, as Karp and Rabin have it, so that its
// length does not matter.
type grams struct {
	words  []word
	all    int      // characters in words
	hash   []uint64 // of the first i words
	length []int32  // characters of the first i words
	table  []cell
	round  int32 // of use of the table
}

// cell is one gram in the table.
type cell struct {
	hash         uint64
	round, count int32
}

// base is that of the rolling hash: any large odd number.
const base = 0x9e3779b97f4a7c15

func newGrams(words []word, chars int) *grams {
	g := &grams{words: words, all: chars, hash: make([]uint64, len(words)+1), length: make([]int32, len(words)+1)}
	for i, w := range words {
		g.hash[i+1] = g.hash[i]*base + w.hash
		g.length[i+1] = g.length[i] + w.chars
	}
	size := 16
	for size < 2*len(words) {
		size *= 2
	}
	g.table = make([]cell, size)
	return g
}

// power is base to the n.
func power(n int) uint64 {
	p := uint64(1)
	for range n {
		p *= base
	}
	return p
}

// at is the cell of the gram of n words from i on; p is base to the n.
func (g *grams) at(i, n int, p uint64) *cell {
	h := mix(g.hash[i+n] - g.hash[i]*p)
	mask := uint64(len(g.table) - 1)
	for k := h & mask; ; k = (k + 1) & mask {
		switch c := &g.table[k]; {
		case c.round != g.round:
			*c = cell{hash: h, round: g.round}
			return c
		case c.hash == h:
			return c
		}
	}
}

// top is the share of characters that the most common gram of n words covers,
// or the longest of those.
func (g *grams) top(n int) float64 {
	g.round++
	p := power(n)
	most, chars := int32(1), 0
	for i := 0; i+n <= len(g.words); i++ {
		c := g.at(i, n, p)
		c.count++
		length := int(g.length[i+n] - g.length[i])
		switch {
		case c.count > most:
			most, chars = c.count, length
		case c.count == most && most > 1:
			chars = max(chars, length)
		}
	}
	if most < 2 {
		return 0
	}
	return min(1, share(int(most)*chars, g.all)) // grams of one word overlap
}

// duplicates is the share of characters in grams of n words that stood
// before. After one it goes on behind it, so that none counts twice.
func (g *grams) duplicates(n int) float64 {
	g.round++
	p := power(n)
	chars := 0
	for i := 0; i+n <= len(g.words); {
		c := g.at(i, n, p)
		if c.count == 0 {
			c.count = 1
			i++
			continue
		}
		chars += int(g.length[i+n] - g.length[i])
		i += n
	}
	return share(chars, g.all)
}
