package trainer

import (
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

// yield lowers the priority of this process: below that of the one that started it,
// as a batch process, whose turn those that wake up still have to await; or, idle,
// below that of all, to run where nobody else would and make way at once. On Linux
// both are each thread's own, and pass on to those that it starts: this ends when all
// have it. Where that is forbidden it goes on as it is.
func yield(idle bool) {
	own, err := unix.SchedGetAttr(0, 0)
	if err != nil || own.Policy == unix.SCHED_IDLE { // the lowest of all
		return
	}
	want := unix.SchedAttr{Policy: unix.SCHED_BATCH, Nice: min(own.Nice+niceness, 19)}
	if idle {
		want = unix.SchedAttr{Policy: unix.SCHED_IDLE}
	}
	for range maxRounds {
		tasks, err := os.ReadDir("/proc/self/task")
		if err != nil {
			return
		}
		changed := false
		for _, t := range tasks {
			id, _ := strconv.Atoi(t.Name())
			now, err := unix.SchedGetAttr(id, 0)
			if err != nil || now.Policy == want.Policy && (idle || now.Nice == want.Nice) {
				continue // it has ended, or it is done
			}
			if unix.SchedSetAttr(id, &want, 0) != nil {
				return
			}
			changed = true
		}
		if !changed {
			return
		}
	}
}

// maxRounds is how often all threads are gone through, where new ones keep
// coming or the system does not keep what it was told.
const maxRounds = 100

// canIdle says whether a process can be made to take only what nobody else
// wants.
const canIdle = true
