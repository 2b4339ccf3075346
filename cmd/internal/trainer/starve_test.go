package trainer

import (
	"context"
	"testing"
	"time"
)

// TestStarve holds that a process starves that has had no time over a window,
// however much before, and that one which has some does not.
func TestStarve(t *testing.T) {
	const window = 50 * time.Millisecond
	looks, begun := 0, time.Now()
	full := func() time.Duration { // until its end draws near
		looks++
		return time.Duration(min(looks, 30)) * window
	}
	if !starve(t.Context(), window, full) || looks < 30+10 {
		t.Errorf("it starved after %d looks, %v", looks, time.Since(begun))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*window)
	defer cancel()
	some := func() time.Duration { return time.Since(begun) / 5 }
	if starve(ctx, window, some) {
		t.Error("it starved with a fifth of a processor")
	}
}
