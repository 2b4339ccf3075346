package daemon

import (
	"context"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// steady is the size in bytes that the heap grows to before garbage is
// collected, however little of it is live. Without it the size would be twice
// what is live, which on a server is mostly pages under way: what is resident
// would go up and down with them, and garbage would be collected several times
// as often. With it and the program itself some 60 MB are resident on two cores;
// three times as much of it saved no time that could be measured.
const steady = 40 << 20

// leastPercent is what the heap may always grow by, which holds where much is
// live: half of Go's default.
const leastPercent = 50

// holdHeap keeps the heap's size steady until ctx ends, and has what a hostile page
// needed above that returned to the system at once. It does nothing where the
// environment says how often to collect. A limit by GOMEMLIMIT holds all the
// same.
func holdHeap(ctx context.Context) {
	if os.Getenv("GOGC") != "" {
		return
	}
	most := debug.SetMemoryLimit(-1)
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	type mark struct{ _ *mark } // with a pointer, so that it is an object of its own
	var collected func(*mark)
	collected = func(m *mark) { // after every collection, by the goroutine of finalizers
		if ctx.Err() != nil {
			debug.SetGCPercent(leastPercent)
			debug.SetMemoryLimit(most)
			return
		}
		metrics.Read(live)
		percent, limit := goalOf(live[0].Value.Uint64())
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(min(limit, most))
		runtime.SetFinalizer(m, collected)
	}
	runtime.SetFinalizer(new(mark), collected)
}

// goalOf is by how much the heap grows from so many live bytes to its goal, and the most that the program holds of the system's memory while no
// more than that is live: a quarter above, for stacks and gaps in the heap.
func goalOf(live uint64) (percent int, limit int64) {
	live = min(live, 1<<50)
	goal := max(steady, live+live*leastPercent/100)
	return int((goal - live) * 100 / max(live, 1<<20)), int64(goal + goal/4)
}
