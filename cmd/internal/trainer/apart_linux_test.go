package trainer

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestYield holds that all threads of a process that yields have the lower
// priority, or the lowest, those that come later too. It looks at processes of
// its own.
func TestYield(t *testing.T) {
	const child = "PAGESIEVE_TEST_YIELD"
	if os.Getenv(child) != "" {
		locked, end := make(chan bool), make(chan bool)
		defer close(end)
		lock := func() { runtime.LockOSThread(); locked <- true; <-end }
		for range 3 { // goroutines with threads of their own
			go lock()
			<-locked
		}
		yield(os.Getenv(child) == "idle")
		for range 3 {
			go lock()
			<-locked
		}
		tasks, err := os.ReadDir("/proc/self/task")
		if err != nil {
			t.Fatal(err)
		}
		for _, task := range tasks {
			id, _ := strconv.Atoi(task.Name())
			a, err := unix.SchedGetAttr(id, 0)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Printf("thread: policy %d nice %d\n", a.Policy, a.Nice)
		}
		return
	}
	own, err := unix.SchedGetAttr(0, 0)
	if err != nil || own.Policy == unix.SCHED_IDLE {
		t.Skipf("priorities cannot be lowered here: %v", err)
	}
	for how, want := range map[string]string{
		"lower": fmt.Sprintf("thread: policy %d nice %d\n", unix.SCHED_BATCH, min(own.Nice+niceness, 19)),
		"idle":  fmt.Sprintf("thread: policy %d ", unix.SCHED_IDLE),
	} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestYield$")
		cmd.Env = append(os.Environ(), child+"="+how)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if n := strings.Count(string(out), "thread: "); n < 7 || strings.Count(string(out), want) != n {
			t.Errorf("%s: got\n%swant of each thread %s", how, out, want)
		}
	}
}
