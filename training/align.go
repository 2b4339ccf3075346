package training

import (
	"cmp"
	"container/heap"
	"slices"
)

// alignment says, for each block, how much of it stands in a reference text
// and where.
type alignment struct {
	Share  float64 // of the block's words that were found
	Claim  float64 // of them, found in words that no other block took
	Places []int32 // per word of the block: its place in the reference, -1 for none
}

const (
	anchor     = 3  // words that must agree for a place to be found
	longBlock  = 5  // words from which on a second copy is told from a chance match
	maxPlaces  = 64 // places of one anchor that are looked at
	enough     = 0.6
	maxReach   = 4000    // words ahead that a short block is looked for
	maxMatched = 1 << 22 // words compared in all, so that hostile repetition ends
)

// aligner finds the blocks of a page in a reference text by greedy string
// tiling (Wise 1993): the longest run of words that both share is taken first,
// wherever it stands and over however many blocks it goes. So the items of a
// list are found as the list, and not in the menu that names one of them.
// What is left over is then looked for between what stands around it. Words
// that a reader sees count more than those in hidden copies and script data.
type aligner struct {
	blocks [][]uint64
	first  []int    // first word of each block; one more than blocks
	page   []uint64 // all words
	ref    []uint64
	place  []int32 // per word of the page: its place in the reference, -1 for none
	found  []bool  // per word of the page: it is part of some run, taken or not
	taken  []bool  // per word of the reference
	rank   []int32 // per word of the page: what a run that starts there counts a word
}

// run is a run of words that page and reference share.
type run struct{ page, ref, n int32 }

// align finds every block in the reference; rank is what each block's words
// count where several blocks have the same text.
func align(blocks [][]uint64, rank []int32, ref []uint64) []alignment {
	a := &aligner{blocks: blocks, ref: ref, first: []int{0}, taken: make([]bool, len(ref))}
	for i, b := range blocks {
		a.page = append(a.page, b...)
		for range b {
			a.rank = append(a.rank, rank[i])
		}
		a.first = append(a.first, len(a.page))
	}
	a.found = make([]bool, len(a.page))
	a.place = make([]int32, len(a.page))
	for i := range a.place {
		a.place[i] = -1
	}
	a.tile(a.runs())
	a.alignShort()
	return a.result()
}

// runs finds all runs of anchor words or more that cannot be made longer.
func (a *aligner) runs() []run {
	index := make(map[uint64][]int32, len(a.ref))
	for i, h := range shingles(a.ref, anchor) {
		if p := index[h]; len(p) < maxPlaces {
			index[h] = append(p, int32(i))
		}
	}
	var out []run
	matched := 0
	for i, h := range shingles(a.page, anchor) {
		for _, at := range index[h] {
			j := int(at)
			if i > 0 && j > 0 && a.page[i-1] == a.ref[j-1] || matched > maxMatched {
				continue // part of the run that began before
			}
			n := 0
			for i+n < len(a.page) && j+n < len(a.ref) && a.page[i+n] == a.ref[j+n] {
				a.found[i+n] = true
				n++
			}
			matched += n
			out = append(out, run{int32(i), int32(j), int32(n)})
		}
	}
	return out
}

// tile takes the runs, the longest first; of a run that is taken in part the
// longest free part has its turn later. Of equal runs the first on the page
// goes first.
func (a *aligner) tile(runs []run) {
	q := &queue{rank: a.rank, runs: runs}
	heap.Init(q)
	for len(q.runs) > 0 {
		r := q.runs[0]
		free := a.freePart(r)
		if free.n == r.n {
			a.take(r)
		}
		if free.n == r.n || free.n < anchor {
			heap.Pop(q)
			continue
		}
		q.runs[0] = free
		heap.Fix(q, 0)
	}
}

// queue orders runs by what they count.
type queue struct {
	rank []int32
	runs []run
}

func (q *queue) worth(r run) int64 { return int64(q.rank[r.page]) * int64(r.n) }
func (q *queue) Len() int          { return len(q.runs) }
func (q *queue) Swap(i, j int)     { q.runs[i], q.runs[j] = q.runs[j], q.runs[i] }
func (q *queue) Push(any)          {} // runs never come back longer
func (q *queue) Less(i, j int) bool {
	x, y := q.runs[i], q.runs[j]
	return cmp.Or(cmp.Compare(q.worth(y), q.worth(x)), cmp.Compare(x.page, y.page), cmp.Compare(x.ref, y.ref)) < 0
}

func (q *queue) Pop() any {
	last := q.runs[len(q.runs)-1]
	q.runs = q.runs[:len(q.runs)-1]
	return last
}

// freePart is the longest part of a run that nothing has taken yet.
func (a *aligner) freePart(r run) run {
	best := run{}
	start := int32(0)
	for k := int32(0); k <= r.n; k++ {
		if k < r.n && a.place[r.page+k] < 0 && !a.taken[r.ref+k] {
			continue
		}
		if k-start > best.n {
			best = run{r.page + start, r.ref + start, k - start}
		}
		start = k + 1
	}
	return best
}

func (a *aligner) take(r run) {
	for k := range r.n {
		a.place[r.page+k], a.taken[r.ref+k] = r.ref+k, true
	}
}

// alignShort places the blocks of few words that were not found between the
// found blocks before and after them.
func (a *aligner) alignShort() {
	after := a.nextPlaces()
	cursor := 0
	for i, b := range a.blocks {
		places := a.place[a.first[i]:a.first[i+1]]
		if covered(places) >= enough*float64(len(b)) && len(b) > 0 {
			cursor = int(slices.Max(places)) + 1
			continue
		}
		if len(b) == 0 || len(b) >= 2*longBlock {
			continue
		}
		limit := min(after[i]+len(b)+2, len(a.ref), cursor+maxReach)
		if at := a.exact(b, max(0, cursor-2), limit); at >= 0 {
			for k := range b {
				a.taken[at+k], a.found[a.first[i]+k] = true, true
				places[k] = int32(at + k)
			}
			cursor = at + len(b)
		}
	}
}

// covered is how many of the words have a place.
func covered(places []int32) float64 {
	n := 0
	for _, p := range places {
		if p >= 0 {
			n++
		}
	}
	return float64(n)
}

// nextPlaces is, for each block, where the next found block starts.
func (a *aligner) nextPlaces() []int {
	next := make([]int, len(a.blocks))
	at := len(a.ref)
	for i := len(a.blocks) - 1; i >= 0; i-- {
		next[i] = at
		places := a.place[a.first[i]:a.first[i+1]]
		if n := covered(places); n > 0 && n >= enough*float64(len(places)) {
			for _, p := range places {
				if p >= 0 {
					at = int(p)
					break
				}
			}
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

func (a *aligner) result() []alignment {
	out := make([]alignment, len(a.blocks))
	for i, b := range a.blocks {
		from, to := a.first[i], a.first[i+1]
		out[i].Places = a.place[from:to:to]
		if len(b) == 0 {
			continue
		}
		found := 0
		for _, f := range a.found[from:to] {
			if f {
				found++
			}
		}
		out[i].Share = float64(found) / float64(len(b))
		out[i].Claim = covered(out[i].Places) / float64(len(b))
	}
	return out
}
