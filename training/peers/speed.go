package main

import (
	"context"
	"runtime"
	"slices"
	"time"
)

// chunkBytes is how much HTML each contender reads in turn before the next
// reads the same.
const chunkBytes = 8 << 20

// work is what a contender used on some pages.
type work struct {
	cpu           time.Duration
	allocs, bytes uint64 // allocations, and their bytes
	input         int64
	failed        int
}

func (w *work) add(o work) {
	w.cpu += o.cpu
	w.allocs += o.allocs
	w.bytes += o.bytes
	w.input += o.input
	w.failed += o.failed
}

// timing is one contender's speed on one set: medians over the rounds.
type timing struct {
	Set     string  `json:"set"`
	Name    string  `json:"name"`
	Pages   int     `json:"pages"`
	Millis  float64 `json:"ms_per_page"`
	MBps    float64 `json:"mb_per_s"` // of its own input: HTML, or text
	Allocs  float64 `json:"allocs_per_page"`
	KB      float64 `json:"kb_per_page"`
	Ratio   float64 `json:"times_pagesieve"` // its time, in times of pagesieve's on the same pages
	Lowest  float64 `json:"times_lowest"`    // over the rounds
	Highest float64 `json:"times_highest"`
	Failed  int     `json:"failed"` // pages without an answer, in one round
}

// race times contenders.
type race struct {
	store      *store
	contenders []contender // the first is what the others are held against
	rounds     int
	done       func(set string, round int)
}

// run times every contender on every page of a set, in rounds. They take turns
// by chunks of pages, beginning with another one each time, so that whatever
// else the machine does meets all alike; one thread does the work, the
// collector's included.
func (r race) run(ctx context.Context, s set) ([]timing, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	total := make([][]work, len(r.contenders)) // by contender and round
	for i := range total {
		total[i] = make([]work, r.rounds)
	}
	chunks := s.chunks()
	for k := range r.contenders { // what is set up at first use is not timed
		if _, err := r.lap(ctx, r.contenders[k], chunks[0][:1]); err != nil {
			return nil, err
		}
	}
	turn := 0
	for round := range r.rounds {
		for _, pages := range chunks {
			for i := range r.contenders {
				k := (turn + i) % len(r.contenders)
				w, err := r.lap(ctx, r.contenders[k], pages)
				if err != nil {
					return nil, err
				}
				total[k][round].add(w)
			}
			turn++
		}
		r.done(s.name, round+1)
	}
	return r.sum(s, total), nil
}

// chunks cuts a set into runs of pages.
func (s set) chunks() [][]stored {
	var out [][]stored
	start, size := 0, 0
	for i, p := range s.pages {
		if size += p.html.n; size >= chunkBytes || i == len(s.pages)-1 {
			out = append(out, s.pages[start:i+1])
			start, size = i+1, 0
		}
	}
	return out
}

// lap times one contender on some pages. The pages are read and the rubbish of
// the one before is collected before the clock starts.
func (r race) lap(ctx context.Context, c contender, pages []stored) (work, error) {
	var w work
	input := make([][]byte, len(pages))
	for i, p := range pages {
		where := p.html
		if c.text {
			where = p.text
		}
		var err error
		if input[i], err = r.store.read(where); err != nil {
			return w, err
		}
		w.input += int64(where.n)
	}
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begun := cpuTime()
	for i, p := range pages {
		if err := c.run(ctx, input[i], p.url); err != nil {
			w.failed++
		}
	}
	w.cpu = cpuTime() - begun
	runtime.ReadMemStats(&after)
	w.allocs, w.bytes = after.Mallocs-before.Mallocs, after.TotalAlloc-before.TotalAlloc
	return w, ctx.Err()
}

func (r race) sum(s set, total [][]work) []timing {
	var out []timing
	n := float64(len(s.pages))
	for k, rounds := range total {
		ratios := make([]float64, len(rounds))
		for i := range rounds {
			ratios[i] = rounds[i].cpu.Seconds() / max(total[0][i].cpu.Seconds(), 1e-9)
		}
		cpu := median(rounds, func(w work) float64 { return w.cpu.Seconds() })
		out = append(out, timing{
			Set: s.name, Name: r.contenders[k].name, Pages: len(s.pages),
			Millis:  1e3 * cpu / n,
			MBps:    float64(rounds[0].input) / 1e6 / max(cpu, 1e-9),
			Allocs:  median(rounds, func(w work) float64 { return float64(w.allocs) }) / n,
			KB:      median(rounds, func(w work) float64 { return float64(w.bytes) }) / 1e3 / n,
			Ratio:   median(ratios, func(x float64) float64 { return x }),
			Lowest:  slices.Min(ratios),
			Highest: slices.Max(ratios),
			Failed:  rounds[0].failed,
		})
	}
	return out
}

// median is the middle of a list's values; the lower one of two.
func median[T any](list []T, of func(T) float64) float64 {
	values := make([]float64, len(list))
	for i, x := range list {
		values[i] = of(x)
	}
	slices.Sort(values)
	return values[(len(values)-1)/2]
}
