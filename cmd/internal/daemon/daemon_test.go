package daemon

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"google.golang.org/grpc/health/grpc_health_v1"

	"github.com/pagesieve/pagesieve/cmd/internal/client"
	"github.com/pagesieve/pagesieve/cmd/internal/trainer"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
	"github.com/pagesieve/pagesieve/training/store/dir"
)

func TestMain(m *testing.M) {
	if slices.Equal(os.Args[1:], []string{trainer.ChildArg}) { // a training of one of the tests
		os.Exit(Run(context.Background(), os.Args[1:], os.Stdout, os.Stderr, Options{}))
	}
	goleak.VerifyTestMain(m)
}

// TestRun starts the program on free ports, calls it both ways, and stops it.
func TestRun(t *testing.T) {
	p := launch(t, "--log-format", "json", "--admin", "127.0.0.1:0")
	callGRPC(t, p.addrs["grpc"])
	callHTTP(t, p.addrs["http"])
	for path, want := range map[string]string{"/readyz": "ok", "/metrics": `pagesieve_verdicts_total{verdict="`} {
		if body := get(t, "http://"+p.addrs["admin"]+path); !strings.Contains(body, want) {
			t.Errorf("%s: no %q in %s", path, want, body)
		}
	}
	p.end(t)
}

// program is a running pagesieved.
type program struct {
	addrs map[string]string // by protocol
	stop  context.CancelFunc
	exit  chan int
	log   *lines
}

// lines is a log that can be read while it is written.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lines) add(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text.WriteString(line + "\n")
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// launch runs the program on free ports until the test ends.
func launch(t testing.TB, args ...string) *program {
	t.Helper()
	return launchWith(t, Options{}, args...)
}

func launchWith(t testing.TB, o Options, args ...string) *program {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	p := &program{addrs: map[string]string{}, stop: stop, exit: make(chan int, 1), log: &lines{}}
	log, stderr := io.Pipe()
	args = append([]string{"--listen", "127.0.0.1:0", "--http", "127.0.0.1:0"}, append(args, "--log-format", "json")...)
	go func() {
		p.exit <- Run(ctx, args, io.Discard, stderr, o)
		_ = stderr.Close()
	}()
	want := 2
	if slices.Contains(args, "--admin") {
		want = 3
	}
	scan := bufio.NewScanner(log)
	for len(p.addrs) < want && scan.Scan() {
		p.log.add(scan.Text())
		var line struct{ Msg, Protocol, Addr string }
		if json.Unmarshal(scan.Bytes(), &line) == nil && line.Msg == "listening" {
			p.addrs[line.Protocol] = line.Addr
		}
	}
	if len(p.addrs) < want {
		t.Fatalf("it never listened on all addresses:\n%s", p.log)
	}
	go func() { // so that it is not held
		for scan.Scan() {
			p.log.add(scan.Text())
		}
	}()
	t.Cleanup(func() { p.end(t) })
	return p
}

// end stops the program and waits for it.
func (p *program) end(t testing.TB) {
	t.Helper()
	p.stop()
	select {
	case code, first := <-p.exit:
		if first {
			close(p.exit)
		}
		if code != 0 {
			t.Errorf("exit code %d:\n%s", code, p.log)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("it does not stop")
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	defer http.DefaultClient.CloseIdleConnections()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func callGRPC(t *testing.T, addr string) {
	t.Helper()
	conn, err := client.Dial(addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := grpc_health_v1.NewHealthClient(conn).Check(t.Context(), &grpc_health_v1.HealthCheckRequest{}); err != nil {
		t.Error(err)
	}
	resp, err := pb.NewFilterServiceClient(conn).Classify(t.Context(), &pb.ClassifyRequest{
		Page: &pb.Page{Id: "1", Content: &pb.Page_HtmlString{HtmlString: "<p>One.<p>Two."}},
	})
	if err != nil || resp.GetId() != "1" || resp.GetModel() == "" {
		t.Errorf("got %v, error %v", resp, err)
	}
}

func callHTTP(t *testing.T, addr string) {
	t.Helper()
	defer http.DefaultClient.CloseIdleConnections()
	resp, err := http.Post("http://"+addr+"/v1/classify", "text/html", strings.NewReader("<p>One.<p>Two."))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != 200 || !bytes.Contains(body, []byte(`"verdict":`)) {
		t.Errorf("code %d, error %v: %s", resp.StatusCode, err, body)
	}
}

func TestUsage(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	held, err := dir.Open(filepath.Join(t.TempDir(), "held"), dir.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	for _, c := range []struct {
		args   string
		exit   int
		stdout string
		stderr []string
	}{
		{"--help", 0, "curl --data-binary @page.html", nil},
		{"--version", 0, "model ", nil},
		{"--bogus", 2, "", []string{"pagesieved: reading flags: ", "-bogus", "\nhint: pagesieved --help"}},
		{"extra", 2, "", []string{`unexpected argument "extra"`, "\nhint: "}},
		{"--log-format xml", 2, "", []string{"want text or json", "\nhint: "}},
		{"--log-level loud", 2, "", []string{"loud", "\nhint: "}},
		{"--max-page-bytes 0", 2, "", []string{"more than 0", "\nhint: "}},
		{"--max-deadline -1s", 2, "", []string{"more than 0", "\nhint: "}},
		{"--model /no/such/file", 1, "", []string{"pagesieved: reading the model: ", "no such file", "\nhint: "}},
		{"--listen " + taken.Addr().String(), 1, "", []string{"pagesieved: listening on 127.0.0.1:", "address already in use", "\nhint: another program"}},
		{"--listen 127.0.0.1:0 --http " + taken.Addr().String(), 1, "", []string{"address already in use", "choose one with --http"}},
		{"--listen 127.0.0.1:0 --http 127.0.0.1:0 --admin " + taken.Addr().String(), 1, "", []string{"address already in use", "choose one with --admin"}},
		{"--workers -1", 2, "", []string{"workers wants 0 or more", "\nhint: "}},
		{"--stream-idle 1s", 2, "", []string{"stream-idle 1s is shorter than max-deadline 30s", "\nhint: "}},
		{"--anonymous-role owner", 2, "", []string{"anonymous-role: unknown role", "\nhint: "}},
		{"--anonymous-role admin --credentials x", 2, "", []string{"wants no credentials", "\nhint: "}},
		{"--tls-cert x", 2, "", []string{"tls-cert and tls-key want each other", "\nhint: "}},
		{"--tls-client-ca x", 2, "", []string{"tls-client-ca wants", "\nhint: "}},
		{"--tls-cert /no/cert --tls-key /no/key", 1, "", []string{"pagesieved: reading the files of TLS: ", "no such file", "\nhint: "}},
		{"--credentials /no/such/file", 1, "", []string{"pagesieved: reading the credentials: ", "no such file", "\nhint: "}},
		{"--config /no/such/file", 1, "", []string{"pagesieved: reading the settings: ", "no such file", "\nhint: "}},
		{"--print-config", 0, "max-calls: 1024 # default", nil},
		{"--train-workers -1", 2, "", []string{"0 or more", "\nhint: "}},
		{"--store-follow", 2, "", []string{"wants a store", "\nhint: "}},
		{"--store /no/such/folder --store-follow", 1, "", []string{"pagesieved: opening the store: ", "not found", "\nhint: the server that writes"}},
		{"--store /dev/null", 1, "", []string{"pagesieved: opening the store: ", "\nhint: "}},
		{"--store " + held.Path(), 1, "", []string{"another process has the store open", "\nhint: stop the other"}},
		{"--listen nonsense", 1, "", []string{"pagesieved: listening on nonsense: ", "\nhint: --listen wants host:port"}},
	} {
		var stdout, stderr bytes.Buffer
		if got := Run(t.Context(), strings.Fields(c.args), &stdout, &stderr, Options{}); got != c.exit {
			t.Errorf("%s: exit code %d, want %d", c.args, got, c.exit)
		}
		if !strings.Contains(stdout.String(), c.stdout) || c.stdout == "" && stdout.Len() > 0 {
			t.Errorf("%s: stdout %q", c.args, &stdout)
		}
		for _, want := range c.stderr {
			if !strings.Contains(stderr.String(), want) {
				t.Errorf("%s: stderr %q, want %q", c.args, &stderr, want)
			}
		}
	}
}
