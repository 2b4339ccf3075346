package daemon

import (
	"context"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"
)

func TestGoalOf(t *testing.T) {
	for _, c := range []struct {
		live    uint64
		percent int
		limit   int64 // in MiB
	}{
		{0, 4000, 50}, {1 << 20, 3900, 50}, {16 << 20, 150, 50}, {32 << 20, 50, 60}, {100 << 20, 50, 187}, {1 << 40, 50, 15 << 17},
	} {
		if percent, limit := goalOf(c.live); percent != c.percent || limit>>20 != c.limit {
			t.Errorf("goalOf(%d) = %d, %d MiB, want %d, %d MiB", c.live, percent, limit>>20, c.percent, c.limit)
		}
	}
	if _, limit := goalOf(math.MaxUint64); limit < 0 {
		t.Errorf("a limit of %d", limit)
	}
}

// TestHoldHeap holds that the heap's goal stays where it is while what is live
// goes up and down.
func TestHoldHeap(t *testing.T) {
	if os.Getenv("GOGC") != "" {
		t.Skip("GOGC is set")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(leastPercent))
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(-1))
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	holdHeap(ctx)
	goal := []metrics.Sample{{Name: "/gc/heap/goal:bytes"}}
	for _, live := range []int{1 << 20, 20 << 20, 5 << 20} {
		held := make([]byte, live)
		steadyAt := func() bool {
			runtime.GC()
			metrics.Read(goal)
			got := float64(goal[0].Value.Uint64())
			return got > 0.8*steady && got < 1.2*steady
		}
		for deadline := time.Now().Add(10 * time.Second); !steadyAt(); time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("with %d bytes live the goal is %d, want about %d", live, goal[0].Value.Uint64(), steady)
			}
		}
		runtime.KeepAlive(held)
	}
}
