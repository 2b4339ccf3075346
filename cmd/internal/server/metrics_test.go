package server

import (
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// value is a figure as Prometheus would read it, 0 where it is not there.
func (m *Metrics) value(t testing.TB, name, labels string) float64 {
	t.Helper()
	rec := httptest.NewRecorder()
	m.Handler().ServeHTTP(rec, httptest.NewRequest("GET", "/metrics", nil))
	for line := range strings.Lines(rec.Body.String()) {
		key, figure, _ := strings.Cut(strings.TrimSpace(line), " ")
		if found, _, _ := strings.Cut(key, "{"); found == name && strings.Contains(key, labels) {
			v, err := strconv.ParseFloat(figure, 64)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
	}
	return 0
}

func TestMetrics(t *testing.T) {
	f := start(t, Config{Classify: fake, MaxPageBytes: 1000})
	for _, text := range []string{"good", "good", "binary", "unknown"} {
		_, _ = f.Classify(t.Context(), textRequest("", text))
	}
	if _, err := f.Classify(t.Context(), textRequest("", strings.Repeat("x", 2<<20))); status.Code(err) != codes.ResourceExhausted {
		t.Error(err)
	}
	stream, err := f.ClassifyStream(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := stream.Send(streamRequest("", "good")); err != nil {
		t.Fatal(err)
	}
	if _, err := stream.Recv(); err != nil {
		t.Fatal(err)
	}
	rec := httptest.NewRecorder()
	f.server.web.Handler.ServeHTTP(rec, httptest.NewRequest("POST", "/v1/classify", strings.NewReader("good")))
	const unary = `method="/pagesieve.v1.FilterService/Classify"`
	for _, c := range []struct {
		name, labels string
		want         float64
	}{
		{"pagesieve_requests_total", `code="OK",` + unary, 3},
		{"pagesieve_requests_total", `code="InvalidArgument",` + unary, 1},
		{"pagesieve_requests_total", `code="Internal",` + unary, 1},
		{"pagesieve_requests_total", `code="ResourceExhausted",` + unary, 4}, // the client tries again, for it cannot tell it from a busy server
		{"pagesieve_request_duration_seconds_count", unary, 9},
		{"pagesieve_pages_total", `code="OK"`, 4},
		{"pagesieve_pages_total", `code="InvalidArgument"`, 1},
		{"pagesieve_page_size_bytes_count", "", 6},
		{"pagesieve_page_duration_seconds_count", "", 4},
		{"pagesieve_blocks_total", `label="body"`, 4},
		{"pagesieve_blocks_total", `label="link_spam"`, 0},
		{"pagesieve_verdicts_total", `verdict="ok"`, 4},
		{"pagesieve_model_info", `model="fake"`, 1},
		{"pagesieve_calls_open", "", 1},
		{"pagesieve_pages_running", "", 0},
	} {
		if got := f.server.metrics.value(t, c.name, c.labels); got != c.want {
			t.Errorf("%s{%s} is %v, want %v", c.name, c.labels, got, c.want)
		}
	}
}

func TestAdmin(t *testing.T) {
	s, _ := webServer(t, Config{Classify: fake})
	for path, want := range map[string]string{
		"/metrics":                       "go_goroutines",
		"/healthz":                       "ok",
		"/readyz":                        "ok",
		"/debug/pprof/goroutine?debug=1": "TestAdmin",
	} {
		rec := httptest.NewRecorder()
		s.Admin().ServeHTTP(rec, httptest.NewRequest("GET", path, nil))
		if rec.Code != 200 || !strings.Contains(rec.Body.String(), want) {
			t.Errorf("%s: code %d: %.200s", path, rec.Code, rec.Body)
		}
		if path == "/metrics" || strings.HasPrefix(path, "/debug") {
			rec := httptest.NewRecorder()
			s.web.Handler.ServeHTTP(rec, httptest.NewRequest("GET", path, nil))
			if rec.Code != 404 {
				t.Errorf("%s on the public address: code %d", path, rec.Code)
			}
		}
	}
}
