package soak

import (
	"context"
	"slices"
	"testing"
	"time"
)

// sample is what a server held at one time, in bytes.
type sample struct {
	phase          phase
	heap, resident float64
}

// watch takes samples until ctx ends.
func (r *run) watch(ctx context.Context, t *testing.T, p *process, every time.Duration) (held []sample) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return held
		case <-tick.C:
		}
		now, _ := p.resident()
		held = append(held, sample{r.now(), p.heap(t), now})
	}
}

// reportMemory compares the first with the second half of the time after the
// promotion, about the second and the last third of all: what a training needs,
// and that there is one model more from then on, is no leak.
func reportMemory(t *testing.T, p *process, held []sample, length time.Duration) {
	var by [phases][]sample
	for _, s := range held {
		by[s.phase] = append(by[s.phase], s)
	}
	n := len(by[changed]) / 2
	parts := [...][]sample{by[calm], by[trains], by[changed][:n], by[changed][n:]}
	const mib = 1 << 20
	// The least of the live heap: the rest is pages under way. Of what is resident
	// the median, for it goes up and down with the collections.
	var heap, resident [len(parts)]float64
	for i, part := range parts {
		heap[i], resident[i] = least(part)/mib, middle(part)/mib
	}
	_, most := p.resident()
	t.Logf("live heap, MiB: %.1f at first, %.1f after the promotion, %.1f at last", heap[0], heap[2], heap[3])
	t.Logf("resident, MiB: %.1f at first, %.1f while it trains, %.1f after the promotion, %.1f at last; peak %.1f", resident[0], resident[1], resident[2], resident[3], most/mib)
	if length <= short {
		return
	}
	for name, v := range map[string][len(parts)]float64{"live heap": heap, "resident memory": resident} {
		if v[2] == 0 || v[3] > growth(length)*v[2] {
			t.Errorf("%s goes from %.1f to %.1f MiB: at most %.0f %% more is right in a run of this length", name, v[2], v[3], 100*(growth(length)-1))
		}
	}
}

// growth is by how much the end may be above the middle: a twentieth in a long
// run. In a short one pages under way, of up to some MB, and the memory
// that is kept for the next page still make a difference; it can only show a
// leak that doubles what is held.
func growth(length time.Duration) float64 {
	if length < long {
		return 1.5
	}
	return 1.05
}

func least(s []sample) float64 {
	if len(s) == 0 {
		return 0
	}
	return slices.MinFunc(s, func(a, b sample) int { return int(a.heap - b.heap) }).heap
}

func middle(s []sample) float64 {
	if len(s) == 0 {
		return 0
	}
	var all []float64
	for _, x := range s {
		all = append(all, x.resident)
	}
	slices.Sort(all)
	return all[len(all)/2]
}
