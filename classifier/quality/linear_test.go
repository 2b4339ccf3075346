//go:build unix

package quality

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// cpu is the time that this process has had of its processors: unlike the
// clock's, it does not grow when others keep the machine busy.
func cpu(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestLinear holds that eight times the text takes nothing like 64 times the
// time.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	for _, unit := range []string{"a b c d e f g h i j k l m n\n", "no no ", "x\n\n", "...#", "j l t p u c "} {
		took := func(n int) time.Duration {
			text := strings.Repeat(unit, n)
			best := time.Hour
			for range 3 {
				start := cpu(t)
				Measure(text, "en")
				best = min(best, cpu(t)-start)
			}
			return best
		}
		if one, eight := took(2000), took(16000); eight > 30*one+20*time.Millisecond {
			t.Errorf("%q: %v for 2,000, %v for 16,000", unit, one, eight)
		}
	}
}
