package soak

import (
	"context"
	"slices"
	"testing"
	"time"
)

// sample is what a server held at one time, in bytes.
type sample struct {
	at             time.Duration
	phase          phase
	heap, resident float64
}

// watch takes samples until ctx ends.
func (r *run) watch(ctx context.Context, t *testing.T, p *process, every time.Duration) (held []sample) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for start := time.Now(); ; {
		select {
		case <-ctx.Done():
			return held
		case <-tick.C:
		}
		now, _ := p.resident()
		held = append(held, sample{time.Since(start), r.now(), p.heap(t), now})
	}
}

// reportMemory compares the last third with the second, from the promotion on:
// what a training needs, and that there is one model more from then on, is no
// leak.
func reportMemory(t *testing.T, p *process, held []sample, length time.Duration) {
	var parts [3][]sample // first third, rest of the second, last
	var busy []sample
	for _, s := range held {
		switch {
		case s.phase == calm:
			parts[0] = append(parts[0], s)
		case s.phase == trains:
			busy = append(busy, s)
		case s.at < length*2/3:
			parts[1] = append(parts[1], s)
		default:
			parts[2] = append(parts[2], s)
		}
	}
	_, most := p.resident()
	const mib = 1 << 20
	// The least of the live heap: the rest is pages under way. Of what is resident
	// the median, for it goes up and down with the collections.
	var heap, resident [3]float64
	for i, part := range parts {
		heap[i], resident[i] = least(part), middle(part)
	}
	t.Logf("live heap, MiB: %.1f before, %.1f in the second third after the promotion, %.1f in the last", heap[0]/mib, heap[1]/mib, heap[2]/mib)
	t.Logf("resident, MiB: %.1f before, %.1f while it trains, %.1f in the second third after the promotion, %.1f in the last; peak %.1f",
		resident[0]/mib, middle(busy)/mib, resident[1]/mib, resident[2]/mib, most/mib)
	if length <= short {
		return
	}
	if len(parts[1]) == 0 || len(parts[2]) == 0 {
		t.Error("the training took the second third up: nothing to compare the last with")
		return
	}
	for name, v := range map[string][3]float64{"live heap": heap, "resident memory": resident} {
		if v[2] > growth(length)*v[1] {
			t.Errorf("%s grows by %.1f %%: at most %.0f %% is right for a run of this length", name, 100*(v[2]/v[1]-1), 100*(growth(length)-1))
		}
	}
}

// growth is by how much the last third may be above the second: a twentieth in
// a long run. In a short one pages under way, of up to some MB, and the memory
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
