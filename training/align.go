package training

import "slices"

// alignment says, for each block, how much of it stands in a reference text
// and where.
type alignment struct {
	Share  float64 // of the block's words that were found
	Claim  float64 // of them, found in words that no earlier block had taken
	At     int     // first word found in the reference, -1 for none
	Places []int32 // per word of the block: its place in the reference, -1 for none
}

const (
	anchor     = 3  // words that must agree for a place to be found
	longBlock  = 5  // words from which on a block is looked for anywhere
	maxPlaces  = 64 // places of one anchor that are looked at
	enoughLong = 0.6
	maxReach   = 4000 // words ahead that a short block is looked for
)

// aligner finds blocks in a reference text. Long blocks are looked for
// anywhere, in order where there is a choice; short ones only in what the long
// ones around them left over.
type aligner struct {
	ref    []uint64
	index  map[uint64][]int32 // anchor → places
	taken  []bool
	blocks [][]uint64
	out    []alignment
}

// align finds every block in the reference.
func align(blocks [][]uint64, ref []uint64) []alignment {
	a := &aligner{ref: ref, index: make(map[uint64][]int32, len(ref)), taken: make([]bool, len(ref)), blocks: blocks}
	for i, h := range shingles(ref, anchor) {
		if p := a.index[h]; len(p) < maxPlaces {
			a.index[h] = append(p, int32(i))
		}
	}
	a.out = make([]alignment, len(blocks))
	for i := range a.out {
		a.out[i].At = -1
	}
	a.alignLong()
	a.alignShort()
	return a.out
}

func (a *aligner) alignLong() {
	cursor := 0
	for i, b := range a.blocks {
		if len(b) < longBlock {
			continue
		}
		found := a.match(b, cursor)
		a.out[i] = found
		if found.Share < enoughLong || found.Claim < enoughLong*found.Share {
			continue
		}
		for _, p := range found.Places {
			if p >= 0 {
				a.taken[p] = true
				cursor = int(p) + 1
			}
		}
	}
}

// match walks a block's words along the reference, anchor by anchor; each
// time it takes the place nearest after the last one, free ones first.
func (a *aligner) match(b []uint64, cursor int) alignment {
	out := alignment{At: -1, Places: make([]int32, len(b))}
	for i := range out.Places {
		out.Places[i] = -1
	}
	grams := shingles(b, anchor)
	found, free := 0, 0
	for i := 0; i < len(grams); {
		at := a.nearest(a.index[grams[i]], cursor)
		if at < 0 {
			i++
			continue
		}
		if out.At < 0 {
			out.At = at
		}
		k := 0
		for i+k < len(b) && at+k < len(a.ref) && b[i+k] == a.ref[at+k] {
			out.Places[i+k] = int32(at + k)
			if !a.taken[at+k] {
				free++
			}
			found++
			k++
		}
		i, cursor = i+max(k, 1), at+k
	}
	out.Share, out.Claim = float64(found)/float64(len(b)), float64(free)/float64(len(b))
	return out
}

func (a *aligner) nearest(places []int32, cursor int) int {
	best, cost := -1, 1<<40
	for _, p := range places {
		c := int(p) - cursor
		if c < 0 {
			c = -2 * c
		}
		if a.taken[p] {
			c += 1 << 30
		}
		if c < cost {
			best, cost = int(p), c
		}
	}
	return best
}

// alignShort places the short blocks, and the long ones not yet found, between
// the found blocks before and after them.
func (a *aligner) alignShort() {
	after := a.nextPlaces()
	cursor := 0
	for i, b := range a.blocks {
		o := &a.out[i]
		if o.Share >= enoughLong {
			if o.Claim >= enoughLong*o.Share {
				cursor = int(slices.Max(o.Places)) + 1
			}
			continue
		}
		if len(b) == 0 || len(b) >= 2*longBlock {
			continue
		}
		limit := min(after[i]+len(b)+2, len(a.ref), cursor+maxReach)
		if at := a.exact(b, max(0, cursor-2), limit); at >= 0 {
			o.Places = make([]int32, len(b))
			for k := range b {
				a.taken[at+k] = true
				o.Places[k] = int32(at + k)
			}
			o.At, o.Share, o.Claim = at, 1, 1
			cursor = at + len(b)
		}
	}
}

// nextPlaces is, for each block, where the next found long block starts.
func (a *aligner) nextPlaces() []int {
	next := make([]int, len(a.blocks))
	at := len(a.ref)
	for i := len(a.blocks) - 1; i >= 0; i-- {
		next[i] = at
		if o := &a.out[i]; o.Share >= enoughLong && o.Claim >= enoughLong*o.Share {
			at = o.At
		}
	}
	return next
}

// exact finds b in the free words of ref[from:to], -1 if it is not there.
func (a *aligner) exact(b []uint64, from, to int) int {
	for at := from; at+len(b) <= to; at++ {
		k := 0
		for k < len(b) && a.ref[at+k] == b[k] && !a.taken[at+k] {
			k++
		}
		if k == len(b) {
			return at
		}
	}
	return -1
}
