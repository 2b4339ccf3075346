package daemon

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// target is a server under attack, with everything that guards it.
type target struct {
	*program
	*authority
}

// strict are limits that a test can wait for.
var strict = []string{
	"--max-page-bytes", "1000000", "--receive-time", "500ms", "--max-deadline", "1s", "--stream-idle", "1s",
	"--max-calls", "400", "--max-client-calls", "300",
}

func newTarget(t *testing.T, more ...string) *target {
	t.Helper()
	a := newAuthority(t)
	_, flags := a.guarded(t)
	return &target{launch(t, slices.Concat(flags, strict, more)...), a}
}

func (v *target) rpc(t *testing.T) (context.Context, pb.FilterServiceClient) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+goodToken), dial(t, v.addrs["grpc"], v.client(t, nil, nil))
}

// outcome is a status code and the server's reason, if it gave one.
func outcome(err error) string {
	s := status.Convert(err)
	for _, d := range s.Details() {
		if info, ok := d.(*errdetails.ErrorInfo); ok {
			return s.Code().String() + " " + info.GetReason()
		}
	}
	return s.Code().String()
}

func htmlPage(text string) *pb.ClassifyRequest {
	return &pb.ClassifyRequest{Page: &pb.Page{Content: &pb.Page_HtmlString{HtmlString: text}}}
}

// call makes one unary call.
func (v *target) call(req *pb.ClassifyRequest) func(*testing.T) string {
	return func(t *testing.T) string {
		ctx, c := v.rpc(t)
		_, err := c.Classify(ctx, req)
		return outcome(err)
	}
}

// token calls with another authorization header, or none.
func (v *target) token(header ...string) func(*testing.T) string {
	return func(t *testing.T) string {
		_, c := v.rpc(t)
		ctx := t.Context()
		for _, h := range header {
			ctx = metadata.AppendToOutgoingContext(ctx, "authorization", h)
		}
		_, err := c.Classify(ctx, htmlPage("x"))
		return outcome(err)
	}
}

// tls connects with another configuration of TLS, sends nothing, and reads
// what the server says to that.
func (v *target) tls(c func(*testing.T) *tls.Config) func(*testing.T) string {
	return func(t *testing.T) string {
		config := c(t)
		config.NextProtos = []string{"h2"}
		conn, err := tls.Dial("tcp", v.addrs["grpc"], config)
		if err != nil {
			return err.Error()
		}
		defer conn.Close()
		if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
			t.Fatal(err)
		}
		_, err = io.Copy(io.Discard, conn)
		return fmt.Sprint(err)
	}
}

// raw sends a body as gRPC without a client of gRPC in between.
func (v *target) raw(t *testing.T, body io.Reader, header map[string]string) string {
	t.Helper()
	tr := &http.Transport{TLSClientConfig: v.client(t, nil, nil), Protocols: new(http.Protocols)}
	tr.Protocols.SetHTTP2(true)
	defer tr.CloseIdleConnections()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://"+v.addrs["grpc"]+pb.FilterService_Classify_FullMethodName, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/grpc")
	r.Header.Set("Te", "trailers")
	r.Header.Set("Authorization", "Bearer "+goodToken)
	for name, value := range header {
		r.Header.Set(name, value)
	}
	resp, err := tr.RoundTrip(r)
	if err != nil {
		return err.Error()
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	code := resp.Trailer.Get("Grpc-Status") + resp.Header.Get("Grpc-Status")
	var c codes.Code
	if err := c.UnmarshalJSON([]byte(code)); err != nil {
		return err.Error()
	}
	return c.String()
}

// slowly sends the beginning of a body and then nothing, until the server has
// had enough.
func slowly(beginning string) io.Reader {
	return io.MultiReader(strings.NewReader(beginning), pause{})
}

type pause struct{}

func (pause) Read(p []byte) (int, error) {
	time.Sleep(50 * time.Millisecond)
	return copy(p, " "), nil
}

// frame is a message as gRPC frames it.
func frame(compressed byte, message []byte) []byte {
	head := []byte{compressed, 0, 0, 0, 0}
	binary.BigEndian.PutUint32(head[1:], uint32(len(message)))
	return append(head, message...)
}

// bomb is 20 MB of zeros, compressed.
func bomb(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	chunk := make([]byte, 1<<20)
	for range 20 {
		if _, err := z.Write(chunk); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// web is an HTTP request to the public address; the outcome is the code.
func (v *target) web(path string, body func(*testing.T) io.Reader, header ...string) func(*testing.T) string {
	return func(t *testing.T) (got string) {
		for range 5 { // a machine that is busy may not get through the handshake in time
			if got = v.once(t, path, body, header); got != "connection closed" {
				break
			}
		}
		return got
	}
}

func (v *target) once(t *testing.T, path string, body func(*testing.T) io.Reader, header []string) string {
	tr := &http.Transport{TLSClientConfig: v.client(t, nil, nil)}
	defer tr.CloseIdleConnections()
	method := http.MethodGet
	var b io.Reader
	if body != nil {
		method, b = http.MethodPost, body(t)
	}
	r, err := http.NewRequestWithContext(t.Context(), method, "https://"+v.addrs["http"]+path, b)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	resp, err := tr.RoundTrip(r)
	if err != nil {
		return "connection closed"
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	return fmt.Sprint(resp.StatusCode)
}

// stream opens a stream, sends that many pages, and reads answers or not.
func (v *target) stream(pages int, read bool) func(*testing.T) string {
	return func(t *testing.T) string {
		ctx, c := v.rpc(t)
		s, err := c.ClassifyStream(ctx, grpc.WaitForReady(true)) // a loaded machine may need a second handshake
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			for range pages {
				if s.Send(&pb.ClassifyStreamRequest{Request: htmlPage(strings.Repeat("<p>some words of a page ", 300))}) != nil {
					return
				}
			}
		}()
		if !read {
			time.Sleep(2500 * time.Millisecond) // longer than a stream may take nothing
		}
		for {
			if _, err := s.Recv(); err != nil {
				return outcome(err)
			}
		}
	}
}

// halfOpen connects and never says anything.
func (v *target) halfOpen(protocol string) func(*testing.T) string {
	return func(t *testing.T) string {
		conn, err := net.Dial("tcp", v.addrs[protocol])
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if err := conn.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
			t.Fatal(err)
		}
		_, err = io.Copy(io.Discard, conn)
		if os.IsTimeout(err) {
			return "left open"
		}
		return "connection closed"
	}
}

// flood opens 10,000 streams over 40 connections and counts how they fare.
func (v *target) flood(t *testing.T) string {
	const streams = 250
	connections := 40
	if testing.Short() { // the race detector is slow with so many
		connections = 4
	}
	ctx, cancel := context.WithCancel(metadata.AppendToOutgoingContext(t.Context(), "authorization", "Bearer "+goodToken))
	defer cancel()
	results := make(chan string, connections*streams)
	for range connections {
		c := dial(t, v.addrs["grpc"], v.client(t, nil, nil))
		_ = classify(t, c, otherToken) // has it connect, one after the other
		for range streams {
			go func() {
				s, err := c.ClassifyStream(ctx)
				if err == nil {
					_ = s.Send(&pb.ClassifyStreamRequest{Request: htmlPage("<p>x")})
					_, err = s.Recv()
				}
				results <- outcome(err)
			}()
		}
	}
	count := map[string]int{}
	for range connections * streams {
		count[<-results]++
	}
	ok, busy := count["OK"], count["ResourceExhausted BUSY"]
	if ok != 300 || busy != connections*streams-300 {
		return fmt.Sprint(count)
	}
	return "as many as may, the rest BUSY"
}

// reset opens calls and gives them up at once.
func (v *target) reset(t *testing.T) string {
	ctx, c := v.rpc(t)
	for range 3000 {
		ctx, cancel := context.WithCancel(ctx)
		if _, err := c.ClassifyStream(ctx); err != nil && status.Code(err) != codes.Canceled {
			cancel()
			return outcome(err)
		}
		cancel()
	}
	return "nothing"
}

// TestAttempts holds what comes of each attempt on the server, and that it
// goes on serving others afterwards.
func TestAttempts(t *testing.T) {
	v := newTarget(t)
	patient := newTarget(t, "--receive-time", "1m", "--stream-idle", "5m") // with so many, each has to wait
	expired := func(t *testing.T) *tls.Config {
		cert, key := v.sign(t, "robot.example", 8, time.Now().Add(-time.Second))
		return v.client(t, cert, key)
	}
	foreign := func(t *testing.T) *tls.Config {
		cert, key := newAuthority(t).sign(t, "robot.example", 9, time.Now().Add(time.Hour))
		return v.client(t, cert, key)
	}
	old := func(t *testing.T) *tls.Config {
		c := v.client(t, nil, nil)
		c.MinVersion, c.MaxVersion = tls.VersionTLS11, tls.VersionTLS11
		return c
	}
	text := func(s string) func(*testing.T) io.Reader {
		return func(*testing.T) io.Reader { return strings.NewReader(s) }
	}
	bearer := []string{"Authorization", "Bearer " + goodToken}
	for _, c := range []struct {
		name    string
		attempt func(*testing.T) string
		want    string
	}{
		{"no token", v.token(), "Unauthenticated UNAUTHENTICATED"},
		{"wrong token", v.token("Bearer " + otherToken), "Unauthenticated UNAUTHENTICATED"},
		{"token of another scheme", v.token("Basic " + goodToken), "Unauthenticated UNAUTHENTICATED"},
		{"a wrong token behind the right one", v.token("Bearer "+goodToken, "Bearer "+otherToken), "Unauthenticated UNAUTHENTICATED"},
		{"endless token", v.token("Bearer " + strings.Repeat("x", 20<<10)), "Unauthenticated UNAUTHENTICATED"},
		{"expired certificate", v.tls(expired), "remote error: tls: expired certificate"},
		{"certificate of another authority", v.tls(foreign), "remote error: tls: unknown certificate authority"},
		{"TLS 1.1", v.tls(old), "remote error: tls: protocol version not supported"},
		{"no TLS", v.plain, "EOF"},
		{"page over the limit", v.call(htmlPage(strings.Repeat("x", 1_000_001))), "InvalidArgument PAGE_TOO_LARGE"},
		{"message over the limit", v.call(htmlPage(strings.Repeat("x", 3_000_000))), "ResourceExhausted"},
		{"message that claims 4 GB", func(t *testing.T) string {
			return v.raw(t, slowly("\x00\xff\xff\xff\xff"), nil)
		}, "ResourceExhausted"},
		{"headers over the limit", func(t *testing.T) string {
			if got := v.raw(t, strings.NewReader(""), map[string]string{"X-Long": strings.Repeat("x", 200<<10)}); got == "OK" {
				return got
			}
			return "refused" // by the client itself, once it has heard of the limit
		}, "refused"},
		{"binary page", v.call(&pb.ClassifyRequest{Page: &pb.Page{Content: &pb.Page_Html{Html: bomb(t)}}}), "InvalidArgument PAGE_NOT_TEXT"},
		{"zip bomb as a message", func(t *testing.T) string {
			return v.raw(t, bytes.NewReader(frame(1, bomb(t))), map[string]string{"Grpc-Encoding": "gzip"})
		}, "Unimplemented"},
		{"message that is no request", func(t *testing.T) string {
			return v.raw(t, strings.NewReader(string(frame(0, []byte("\xff\xff\xff")))), nil)
		}, "Internal"},
		{"slow sender", func(t *testing.T) string { return v.raw(t, slowly("\x00\x00\x00\xff\xff"), nil) }, "DeadlineExceeded"},
		{"idle stream", v.stream(1, true), "DeadlineExceeded"},
		{"stream whose answers nobody reads", v.stream(1000, false), "DeadlineExceeded"},
		{"half-open connection, gRPC", v.halfOpen("grpc"), "connection closed"},
		{"half-open connection, HTTP", v.halfOpen("http"), "connection closed"},
		{"calls given up at once", v.reset, "nothing"},
		{"10,000 streams", patient.flood, "as many as may, the rest BUSY"},
		{"HTTP, no token", v.web("/v1/classify", text("x")), "401"},
		{"HTTP, page over the limit", v.web("/v1/classify", text(strings.Repeat("x", 1_000_001)), bearer...), "413"},
		{"HTTP, zip bomb", v.web("/v1/classify", func(t *testing.T) io.Reader { return bytes.NewReader(bomb(t)) }, append(bearer, "Content-Encoding", "gzip")...), "400"},
		{"HTTP, slow sender", v.web("/v1/classify", func(*testing.T) io.Reader { return slowly("<p>") }, bearer...), "408"},
		{"HTTP, headers over the limit", v.web("/healthz", nil, "X-Long", strings.Repeat("x", 200<<10)), "431"},
		{"HTTP, JSON in endless depth", v.web("/pagesieve.v1.FilterService/Classify", text(strings.Repeat(`{"page":`, 100_000)), append(bearer, "Content-Type", "application/json")...), "400"},
		{"profiles on the public address", v.web("/debug/pprof/heap", nil, bearer...), "404"},
		{"metrics on the public address", v.web("/metrics", nil, bearer...), "404"},
		{"path out of the tree", v.web("/../../etc/passwd", nil, bearer...), "307"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := c.attempt(t)
			if early := strings.TrimSuffix(got, " STREAM_IDLE"); got != c.want && early != c.want { // gRPC may or may not tell before we do
				t.Errorf("got %s, want %s", got, c.want)
			}
			_, honest := v.rpc(t)
			eventually(t, "an honest call is served", func() bool { return classify(t, honest, goodToken) == codes.OK })
		})
	}
	if log := v.log.String(); strings.Contains(log, goodToken) || strings.Contains(log, "level\":\"ERROR") {
		t.Errorf("a token or an error in the log:\n%.5000s", log)
	}
}

// plain speaks HTTP/2 without TLS to a server that has it.
func (v *target) plain(t *testing.T) string {
	conn, err := net.Dial("tcp", v.addrs["grpc"])
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, http2.ClientPreface); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(conn); err != nil && !errors.Is(err, syscall.ECONNRESET) {
		return err.Error()
	}
	return "EOF"
}

// TestBadModels holds that a model file that is none ends the program with a
// word, whatever is wrong with it.
func TestBadModels(t *testing.T) {
	good, err := os.ReadFile("../../../classifier/default.model")
	if err != nil {
		t.Fatal(err)
	}
	cut := func(n int) []byte { return good[:n] }
	flip := func(at int) []byte {
		bad := bytes.Clone(good)
		bad[at] ^= 0x40
		return bad
	}
	path := filepath.Join(t.TempDir(), "bad.model")
	for name, data := range map[string][]byte{
		"empty":             {},
		"one byte":          cut(1),
		"half a header":     cut(10),
		"half":              cut(len(good) / 2),
		"all but a byte":    cut(len(good) - 1),
		"a byte too many":   append(bytes.Clone(good), 0),
		"a bit in the head": flip(6),
		"a bit in the body": flip(len(good) / 2),
		"a bit at the end":  flip(len(good) - 1),
		"gob":               []byte("\x37\xff\x81\x03\x01\x01\x0aClassifier\x01\xff\x82\x00\x01\x05"),
		"gzip":              bomb(t),
		"ones":              bytes.Repeat([]byte{0xff}, 1<<16),
		"HTML":              []byte("<!doctype html><p>not found"),
	} {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		var stdout, stderr bytes.Buffer
		code := Run(t.Context(), []string{"--model", path, "--version"}, &stdout, &stderr, Options{})
		if code != 1 || !strings.HasPrefix(stderr.String(), "pagesieved: reading the model ") || !strings.Contains(stderr.String(), "\nhint: ") {
			t.Errorf("%s: exit code %d, %q", name, code, stderr.String())
		}
		if errors.Is(t.Context().Err(), context.Canceled) {
			t.Fatal("too slow")
		}
	}
}
