package feature

import (
	"context"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/block"
)

// Room is memory for the evidence of one page after another. Its zero value is
// ready for use; it is for one goroutine at a time.
type Room struct {
	ctx context.Context // of the page at hand; nil for one that has all the time

	page   Page
	layout layout
	second second

	floats      arena[float32]
	hashes      arena[uint64]
	counts      arena[int32]
	stats       arena[textStats]
	links       arena[linkStats]
	repeats     arena[repeats]
	stretches   arena[stretch]
	outside     arena[outside]
	sums        arena[subtree]
	chains      arena[chain]
	doubles     arena[float64]
	meetings    arena[meeting]
	flags       arena[bool]
	rows        arena[[]float32]
	odds        arena[[bayes.NumLabels]float32]
	pairs       arena[[2]float64]
	quads       arena[[4]float64]
	sectionSums arena[bayes.Sum]
	levels      arena[uint8]
	triples     arena[uint16]
	groups      arena[group]
	indexes     arena[index]
	users       arena[users]
	owners      arena[owners]
	wordOdds    arena[wordOdds]

	letterOwners arena[owner]
}

// checkEvery is after how many blocks it is seen whether the time is over.
const checkEvery = 256

// ended reports whether the time for the page is over. What is made of it from
// then on is of no use.
func (r *Room) ended() bool { return r.ctx != nil && r.ctx.Err() != nil }

// endedAt is ended at some of the blocks.
func (r *Room) endedAt(i int) bool { return i%checkEvery == 0 && r.ended() }

// Extract is the function of that name in the room's memory: the Page and what
// is made of it hold until the next call. It and Page.Classify end early with
// ctx, and the caller looks at that before it uses what they gave.
func (r *Room) Extract(ctx context.Context, p *block.Page, url string) *Page {
	r.ctx = ctx
	r.floats.reset()
	r.hashes.reset()
	r.counts.reset()
	r.stats.reset()
	r.links.reset()
	r.repeats.reset()
	r.sums.reset()
	r.stretches.reset()
	r.outside.reset()
	r.chains.reset()
	r.doubles.reset()
	r.meetings.reset()
	r.flags.reset()
	r.rows.reset()
	r.odds.reset()
	r.pairs.reset()
	r.quads.reset()
	r.sectionSums.reset()
	r.levels.reset()
	r.triples.reset()
	r.groups.reset()
	r.indexes.reset()
	r.users.reset()
	r.owners.reset()
	r.wordOdds.reset()
	r.letterOwners.reset()
	return extract(p, url, r)
}

// Clear forgets the page that was read last, so that the room does not keep
// its bytes in memory.
func (r *Room) Clear() {
	r.page, r.layout, r.second = Page{}, layout{}, second{}
}

// maxKept is how many things of a kind a room keeps space for: enough for all
// but monstrous pages.
const maxKept = 1 << 18

// arena hands out pieces of one slice, which grows to what the pages need.
type arena[T any] struct {
	all, free []T
	asked     int // since the last reset
}

// reset takes back all pieces.
func (a *arena[T]) reset() {
	if want := min(a.asked, maxKept); want > len(a.all) {
		a.all = make([]T, want+want/4)
	}
	a.free, a.asked = a.all, 0
}

// take is n zeros.
func (a *arena[T]) take(n int) []T {
	out := a.piece(n)
	clear(out)
	return out
}

// piece is room for n things, whatever it holds.
func (a *arena[T]) piece(n int) []T {
	a.asked += n
	if n > len(a.free) {
		return make([]T, n)
	}
	out := a.free[:n:n]
	a.free = a.free[n:]
	return out
}
