package soak

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health/grpc_health_v1"

	"github.com/pagesieve/pagesieve/cmd/internal/client"
	"github.com/pagesieve/pagesieve/cmd/internal/daemon"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// asProgram is set in the environment where this binary is to be pagesieved.
const asProgram = "PAGESIEVE_SOAK_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		context.AfterFunc(ctx, stop)
		os.Exit(daemon.Run(ctx, os.Args[1:], os.Stdout, os.Stderr, daemon.Options{}))
	}
	os.Exit(m.Run())
}

// process is a running pagesieved.
type process struct {
	cmd   *exec.Cmd
	addrs map[string]string // by protocol
	ready time.Duration     // from its start until it answered
	log   *bytes.Buffer     // complete once it has ended
	ended chan error
}

// launch starts a pagesieved on a store, waits until it answers, and stops it at the
// end of the test if it still runs.
func launch(t testing.TB, store string, args ...string) *process {
	t.Helper()
	args = append([]string{"--listen", "127.0.0.1:0", "--http", "", "--admin", "127.0.0.1:0", "--log-format", "json",
		"--store", store, "--anonymous-role", "admin"}, args...)
	p := &process{cmd: exec.Command(os.Args[0], args...), addrs: map[string]string{}, log: &bytes.Buffer{}, ended: make(chan error, 1)}
	p.cmd.Env = append(os.Environ(), asProgram+"=1")
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(io.TeeReader(stderr, p.log))
	for len(p.addrs) < 2 && lines.Scan() {
		var line struct{ Msg, Protocol, Addr string }
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Msg == "listening" {
			p.addrs[line.Protocol] = line.Addr
		}
	}
	if len(p.addrs) < 2 {
		t.Fatalf("it does not start: %v\n%s", p.cmd.Wait(), p.log)
	}
	go func() {
		for lines.Scan() { // so that it is not held
		}
		p.ended <- p.cmd.Wait()
	}()
	conn := p.dial(t)
	if _, err := grpc_health_v1.NewHealthClient(conn).Check(t.Context(), &grpc_health_v1.HealthCheckRequest{Service: pb.FilterService_ServiceDesc.ServiceName}); err != nil {
		t.Fatal(err)
	}
	p.ready = time.Since(start)
	t.Cleanup(func() { p.stop(t) })
	return p
}

func (p *process) dial(t testing.TB) *grpc.ClientConn { return dial(t, p.addrs["grpc"]) }

func dial(t testing.TB, addr string) *grpc.ClientConn {
	t.Helper()
	conn, err := client.Dial(addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// stop ends it as an operator would, if it still runs.
func (p *process) stop(t testing.TB) {
	t.Helper()
	if p.cmd.Process.Signal(os.Interrupt) != nil {
		return // it has ended
	}
	select {
	case err := <-p.ended:
		if err != nil {
			t.Errorf("it ended with %v:\n%s", err, p.log)
		}
	case <-time.After(time.Minute):
		_ = p.cmd.Process.Kill()
		t.Error("it does not stop")
	}
}

// kill is kill -9.
func (p *process) kill(t testing.TB) {
	t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatalf("it ended before it was killed: %v\n%s", err, p.log)
	}
	<-p.ended
}

// heap is how many bytes are live after a collection, which this asks for.
func (p *process) heap(t testing.TB) float64 {
	t.Helper()
	resp, err := http.Get("http://" + p.addrs["admin"] + "/debug/pprof/heap?gc=1&debug=1")
	if err != nil {
		t.Error(err)
		return 0
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Error(err)
		return 0
	}
	found := regexp.MustCompile(`# HeapAlloc = (\d+)`).FindSubmatch(body)
	if found == nil {
		t.Error("the heap's profile does not tell its size")
		return 0
	}
	n, _ := strconv.ParseFloat(string(found[1]), 64)
	return n
}

// resident is how many bytes of memory the process has, 0 where the system does
// not tell; most is the most that it ever had.
func (p *process) resident() (now, most float64) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, 0
	}
	field := func(name string) float64 {
		_, rest, _ := strings.Cut(string(data), name+":")
		value, _, _ := strings.Cut(rest, " kB")
		n, _ := strconv.ParseFloat(strings.TrimSpace(value), 64)
		return n * 1024
	}
	return field("VmRSS"), field("VmHWM")
}

// spent is the time that the process has had on processors so far, and that of
// the processes that it started and that have ended; 0 where the system does
// not tell.
func (p *process) spent() (own, children time.Duration) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, 0
	}
	_, rest, _ := strings.Cut(string(data), ") ") // after the name
	fields := strings.Fields(rest)
	ticks := func(i int) time.Duration { // hundredths of a second on every Linux
		n, _ := strconv.Atoi(fields[i])
		return time.Duration(n) * 10 * time.Millisecond
	}
	return ticks(11) + ticks(12), ticks(13) + ticks(14)
}

// spentHere is that of the test itself.
func spentHere() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
