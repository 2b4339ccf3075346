package server

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"

	"github.com/pagesieve/pagesieve/classifier"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

const jsonPath = "/pagesieve.v1.FilterService/Classify"

// webServer is a server's HTTP side and its log.
func webServer(t testing.TB, c Config) (*Server, *lockedBuffer) {
	t.Helper()
	log := &lockedBuffer{}
	c.Log = slog.New(slog.NewTextHandler(log, nil))
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.stop)
	return s, log
}

// post sends a body and gives back the answer.
func (s *Server) post(path, contentType, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	rec := httptest.NewRecorder()
	s.web.Handler.ServeHTTP(rec, r)
	return rec
}

func TestWebJSON(t *testing.T) {
	s, log := webServer(t, Config{Classify: fake})
	for _, body := range []string{
		`{"page": {"id": "1", "text": "hello"}}`,
		`{"page": {"id": "1", "html_string": "hello"}, "options": {"format": "TEXT_FORMAT_MARKDOWN"}}`,
		`{"page": {"id": "1", "html": "` + base64.StdEncoding.EncodeToString([]byte("hello")) + `", "contentType": "text/html"}}`,
	} {
		rec := s.post(jsonPath, "application/json; charset=utf-8", body)
		var resp pb.ClassifyResponse
		if err := protojson.Unmarshal(rec.Body.Bytes(), &resp); err != nil || rec.Code != http.StatusOK {
			t.Errorf("%s: code %d, error %v, body %s", body, rec.Code, err, rec.Body)
		}
		if resp.GetId() != "1" || resp.GetText() != "hello" || len(resp.GetBlocks()) != 1 {
			t.Errorf("%s: got %s", body, rec.Body)
		}
		if !strings.Contains(rec.Body.String(), `"page_kind":"PAGE_KIND_ARTICLE"`) {
			t.Errorf("names are not those of the .proto file, or spaced: %s", rec.Body)
		}
	}
	if n := strings.Count(log.String(), "method="+jsonPath+" code=OK"); n != 3 {
		t.Errorf("%d calls in the log, want 3:\n%s", n, log)
	}
}

func TestWebRaw(t *testing.T) {
	var got classifier.Document
	var opts classifier.Options
	s, _ := webServer(t, Config{Classify: func(_ context.Context, doc classifier.Document, o classifier.Options) (*classifier.Result, error) {
		got, opts = doc, o
		return &classifier.Result{Text: "clean"}, nil
	}})
	const curl = "application/x-www-form-urlencoded"
	for _, c := range []struct {
		query, contentType, body string
		doc                      classifier.Document
		preset                   classifier.Preset
		format                   classifier.TextFormat
		labels                   int
		evidence                 bool
	}{
		{"", curl, "<p>a=b&c", classifier.Document{HTML: []byte("<p>a=b&c")}, 0, 0, 0, false},
		{"", "text/html; charset=latin1", "\xe9", classifier.Document{HTML: []byte("\xe9"), ContentType: "text/html; charset=latin1"}, 0, 0, 0, false},
		{"", "text/plain", "\xe9", classifier.Document{Text: []byte("\xe9"), ContentType: "text/plain"}, 0, 0, 0, false},
		{"?url=http%3A%2F%2Fa.example&format=markdown&preset=recall&evidence&labels=body,comment", "", "",
			classifier.Document{HTML: []byte{}, URL: "http://a.example"}, classifier.Recall, classifier.Markdown, 2, true},
		{"?evidence=0&with_title=1&omit_blocks=true&preset=PRECISION&id=%ff", "", "x", classifier.Document{HTML: []byte("x")}, classifier.Precision, 0, 0, false},
	} {
		rec := s.post("/v1/classify"+c.query, c.contentType, c.body)
		if rec.Code != http.StatusOK || !strings.Contains(rec.Body.String(), `"text":"clean"`) {
			t.Errorf("%s: code %d: %s", c.query, rec.Code, rec.Body)
		}
		if !bytes.Equal(got.HTML, c.doc.HTML) || !bytes.Equal(got.Text, c.doc.Text) || (got.HTML == nil) != (c.doc.HTML == nil) ||
			got.URL != c.doc.URL || got.ContentType != c.doc.ContentType {
			t.Errorf("%s %s: got %q, want %q", c.query, c.contentType, got, c.doc)
		}
		if opts.Preset != c.preset || opts.Format != c.format || len(opts.Labels) != c.labels || opts.Evidence != c.evidence {
			t.Errorf("%s: got %+v", c.query, opts)
		}
	}
}

func TestWebErrors(t *testing.T) {
	s, log := webServer(t, Config{Classify: fake, MaxPageBytes: 100, MaxDeadline: 10 * time.Millisecond})
	const html, jsonType = "text/html", "application/json"
	for _, c := range []struct {
		path, contentType, body string
		http                    int
		code                    codes.Code
		text                    string
	}{
		{"/v1/classify", html, "binary", 400, codes.InvalidArgument, "page is not text"},
		{"/v1/classify", html, strings.Repeat("x", 101), 413, codes.InvalidArgument, "page too large"},
		{"/v1/classify", html, "unknown", 500, codes.Internal, "internal error"},
		{"/v1/classify", html, "panic", 500, codes.Internal, "internal error"},
		{"/v1/classify", html, "forever", 504, codes.DeadlineExceeded, "deadline exceeded"},
		{"/v1/classify", "image/png", "x", 400, codes.InvalidArgument, "want text/html or text/plain"},
		{"/v1/classify?preset=fast", html, "x", 400, codes.InvalidArgument, "want balanced, precision, recall"},
		{"/v1/classify?labels=body,foo", html, "x", 400, codes.InvalidArgument, `unknown value "foo": want body, navigation`},
		{"/v1/classify?evidence=maybe", html, "x", 400, codes.InvalidArgument, "not true or false"},
		{"/v1/classify?colour=red", html, "x", 400, codes.InvalidArgument, `query "colour": unknown: want id, url`},
		{"/v1/classify?a=%zz", html, "x", 400, codes.InvalidArgument, "query: "},
		{jsonPath, "text/plain", "{}", 400, codes.InvalidArgument, "want application/json"},
		{jsonPath, jsonType, "{}", 400, codes.InvalidArgument, "page.content: missing"},
		{jsonPath, jsonType, `{"page": {"html": "<p>confidential"}}`, 400, codes.InvalidArgument, "html_string"},
		{jsonPath, jsonType, `{"page": {"text": "` + strings.Repeat("x", 101) + `"}}`, 413, codes.InvalidArgument, "page too large"},
		{jsonPath, jsonType, `{"page": {"text": "` + strings.Repeat("x", 2<<20) + `"}}`, 413, codes.InvalidArgument, "page too large"},
		{jsonPath, jsonType, `{"page": {"text": "unknown"}}`, 500, codes.Internal, "internal error"},
		{"/v2/classify", html, "x", 404, codes.NotFound, "no such call: POST /v2/classify"},
		{"/", html, "x", 404, codes.NotFound, "no such call"},
	} {
		rec := s.post(c.path, c.contentType, c.body)
		var got struct {
			Code    codes.Code
			Message string
			Details []map[string]any
		}
		if err := json.Unmarshal(rec.Body.Bytes(), &got); err != nil {
			t.Errorf("%s %.50q: %v in %s", c.path, c.body, err, rec.Body)
		}
		if rec.Code != c.http || got.Code != c.code || !strings.Contains(got.Message+rec.Body.String(), c.text) || len(got.Details) == 0 {
			t.Errorf("%s %.50q: HTTP %d, want %d, and %q: %s", c.path, c.body, rec.Code, c.http, c.text, rec.Body)
		}
	}
	if strings.Contains(log.String(), "confidential") {
		t.Errorf("page text in the log:\n%s", log)
	}
}

func TestWebRefusesCompressedBodies(t *testing.T) {
	s, _ := webServer(t, Config{Classify: fake})
	r := httptest.NewRequest(http.MethodPost, "/v1/classify", strings.NewReader("x"))
	r.Header.Set("Content-Encoding", "gzip")
	rec := httptest.NewRecorder()
	s.web.Handler.ServeHTTP(rec, r)
	if rec.Code != http.StatusBadRequest || !strings.Contains(rec.Body.String(), "compressed") {
		t.Errorf("code %d: %s", rec.Code, rec.Body)
	}
}

func TestWebHealth(t *testing.T) {
	s, _ := webServer(t, Config{Classify: fake})
	code := func(path string) int {
		rec := httptest.NewRecorder()
		s.web.Handler.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
		return rec.Code
	}
	if code("/healthz") != 200 || code("/readyz") != 200 || code("/v1/classify") != 404 {
		t.Error("a running server is not healthy, ready and without GET calls")
	}
	s.drain()
	if code("/healthz") != 200 || code("/readyz") != 503 {
		t.Error("a stopping server is not healthy and unready")
	}
}

func TestHTTPCodes(t *testing.T) {
	for code, want := range map[codes.Code]int{
		codes.OK: 200, codes.InvalidArgument: 400, codes.Unauthenticated: 401, codes.PermissionDenied: 403,
		codes.NotFound: 404, codes.ResourceExhausted: 429, codes.Canceled: 499, codes.Internal: 500, codes.Unknown: 500,
		codes.Unimplemented: 501, codes.Unavailable: 503, codes.DeadlineExceeded: 504,
	} {
		if got := httpCode(status.New(code, "")); got != want {
			t.Errorf("%v: got %d, want %d", code, got, want)
		}
	}
}
