package main

import (
	"os"
	"runtime/debug"
)

// Growth of the heap, in per cent, at which garbage is collected where GOGC
// does not say.
const (
	// filter: what a page needs is soon garbage and small beside what is in
	// flight; collecting less often saves a tenth of the work.
	filterGC = 300
	// train and eval: what they hold is large and stays.
	trainGC = 30
)

// tuneGC sets the growth and returns what puts it back.
func tuneGC(percent int) (restore func()) {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	before := debug.SetGCPercent(percent)
	return func() { debug.SetGCPercent(before) }
}
