//go:build unix

package trainer

import (
	"os/exec"
	"syscall"
	"time"
)

// ownGroup keeps signals of a terminal from the child, and lets yield name all
// of its threads at once.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// niceness is by how much a training's priority is lower than the server's where it
// is not idle. It
// gives it about a tenth of a core that others want too: what
// waits for a page mostly does not notice, and on a server that never rests it still
// comes to its end, which the lowest priority of all would not let it.
const niceness = 10

// spent is the processor time of this process so far.
func spent() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
