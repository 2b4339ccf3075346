//go:build unix

package trainer

import (
	"os/exec"
	"syscall"
)

// ownGroup keeps signals of a terminal from the child, and lets yield name all
// of its threads at once.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// niceness gives a training about a tenth of a core that others want too: what
// waits for a page mostly does not notice, and on a server that never rests it still
// comes to its end.
const niceness = 10

// yield lowers the priority of this process, all its threads. Where that is
// forbidden it goes on as it is.
func yield() { _ = syscall.Setpriority(syscall.PRIO_PGRP, 0, niceness) }
