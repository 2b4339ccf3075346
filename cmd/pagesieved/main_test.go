package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"google.golang.org/grpc/health/grpc_health_v1"

	"github.com/pagesieve/pagesieve/cmd/internal/client"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
	"github.com/pagesieve/pagesieve/training/store/dir"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestRun starts the program on free ports, calls it both ways, and stops it.
func TestRun(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	log, stderr := io.Pipe()
	exit := make(chan int, 1)
	go func() {
		exit <- run(ctx, []string{"--listen", "127.0.0.1:0", "--http", "127.0.0.1:0", "--log-format", "json"}, io.Discard, stderr)
		_ = stderr.Close()
	}()
	addrs := addresses(t, log)
	callGRPC(t, addrs["grpc"])
	callHTTP(t, addrs["http"])
	stop()
	select {
	case code := <-exit:
		if code != 0 {
			t.Errorf("exit code %d", code)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("it does not stop")
	}
}

// TestStore: with a store the services are there, and after a restart what was
// stored is too.
func TestStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store")
	for round := range 2 {
		ctx, stop := context.WithCancel(t.Context())
		log, stderr := io.Pipe()
		exit := make(chan int, 1)
		go func() {
			exit <- run(ctx, []string{"--listen", "127.0.0.1:0", "--http", "127.0.0.1:0", "--log-format", "json", "--store", path}, io.Discard, stderr)
			_ = stderr.Close()
		}()
		conn, err := client.Dial(addresses(t, log)["grpc"])
		if err != nil {
			t.Fatal(err)
		}
		training := pb.NewTrainingServiceClient(conn)
		list, err := training.ListPages(t.Context(), &pb.ListPagesRequest{})
		if err != nil || int(list.GetTotalSize()) != round {
			t.Errorf("round %d: %d pages, error %v", round, list.GetTotalSize(), err)
		}
		addOne(t, training)
		if versions, err := pb.NewModelServiceClient(conn).ListVersions(t.Context(), &pb.ListVersionsRequest{}); err != nil || !versions.GetVersions()[0].GetActive() {
			t.Errorf("versions %v, error %v", versions, err)
		}
		_ = conn.Close()
		stop()
		if code := <-exit; code != 0 {
			t.Errorf("exit code %d", code)
		}
	}
}

func addOne(t *testing.T, training pb.TrainingServiceClient) {
	t.Helper()
	stream, err := training.AddPages(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	wanted := "The ferry leaves at eight, and whoever misses it has to wait for the tide."
	page := &pb.LabeledPage{Id: "1", Content: &pb.LabeledPage_Html{Html: "<p>" + wanted}, MainText: &wanted}
	if err := stream.Send(&pb.AddPagesRequest{Page: page}); err != nil {
		t.Fatal(err)
	}
	if a, err := stream.Recv(); err != nil || a.GetError() != nil {
		t.Errorf("answer %v, error %v", a, err)
	}
	_ = stream.CloseSend()
	if _, err := stream.Recv(); err != io.EOF {
		t.Errorf("the stream ends with %v", err)
	}
}

// addresses reads from the log where the program listens, and goes on reading
// so that it is not held.
func addresses(t *testing.T, log io.Reader) map[string]string {
	t.Helper()
	addrs := map[string]string{}
	lines := bufio.NewScanner(log)
	for len(addrs) < 2 && lines.Scan() {
		var line struct{ Msg, Protocol, Addr string }
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatalf("%v: %s", err, lines.Text())
		}
		if line.Msg == "listening" {
			addrs[line.Protocol] = line.Addr
		}
	}
	if len(addrs) < 2 {
		t.Fatalf("it never listened: %v", addrs)
	}
	go func() { _, _ = io.Copy(io.Discard, log) }()
	return addrs
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
		{"--train-workers -1", 2, "", []string{"0 or more", "\nhint: "}},
		{"--store-follow", 2, "", []string{"wants a --store", "\nhint: "}},
		{"--store /no/such/folder --store-follow", 1, "", []string{"pagesieved: opening the store: ", "not found", "\nhint: the server that writes"}},
		{"--store /dev/null", 1, "", []string{"pagesieved: opening the store: ", "\nhint: "}},
		{"--store " + held.Path(), 1, "", []string{"another process has the store open", "\nhint: stop the other"}},
		{"--listen nonsense", 1, "", []string{"pagesieved: listening on nonsense: ", "\nhint: --listen wants host:port"}},
	} {
		var stdout, stderr bytes.Buffer
		if got := run(t.Context(), strings.Fields(c.args), &stdout, &stderr); got != c.exit {
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
