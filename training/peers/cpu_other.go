//go:build !unix

package main

import "time"

// cpuTime is the time of day, where the system does not tell the process's
// own: measure on a machine with nothing else to do.
func cpuTime() time.Duration { return time.Duration(time.Now().UnixNano()) }
