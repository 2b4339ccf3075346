package trainer

import (
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

// yield lowers the priority of this process below that of the one that started
// it, and has its threads not interrupt others when they wake up. On Linux both
// are each thread's own, and pass on to those that it starts: this ends when
// all have it. Where that is forbidden it goes on as it is.
func yield() {
	own, err := unix.SchedGetAttr(0, 0)
	if err != nil || own.Policy == unix.SCHED_IDLE { // the lowest of all
		return
	}
	nice := min(own.Nice+niceness, 19)
	for changed := true; changed; {
		changed = false
		tasks, err := os.ReadDir("/proc/self/task")
		if err != nil {
			return
		}
		for _, t := range tasks {
			id, _ := strconv.Atoi(t.Name())
			now, err := unix.SchedGetAttr(id, 0)
			if err != nil || now.Policy == unix.SCHED_BATCH && now.Nice == nice {
				continue // it has ended, or it is done
			}
			if unix.SchedSetAttr(id, &unix.SchedAttr{Policy: unix.SCHED_BATCH, Nice: nice}, 0) != nil {
				return
			}
			changed = true
		}
	}
}
