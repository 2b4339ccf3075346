//go:build unix && !linux

package trainer

import "syscall"

// yield lowers the priority of this process, all its threads. Where that is
// forbidden it goes on as it is.
func yield(bool) { _ = syscall.Setpriority(syscall.PRIO_PGRP, 0, niceness) }

const canIdle = false
