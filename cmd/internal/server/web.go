package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/cmd/internal/wire"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// web is the HTTP side: every unary method of FilterService as a POST of
// JSON, through the same interceptor as gRPC.
type web struct{ *filter }

func newWeb(f *filter) http.Handler {
	w := web{f}
	mux := http.NewServeMux()
	desc := pb.FilterService_ServiceDesc
	for _, method := range desc.Methods {
		mux.Handle("POST /"+desc.ServiceName+"/"+method.MethodName, w.method(method))
	}
	mux.HandleFunc("POST /v1/classify", w.raw)
	mux.HandleFunc("GET /healthz", healthy)
	mux.HandleFunc("GET /readyz", readiness(w.draining))
	mux.HandleFunc("/", w.nothing)
	return mux
}

// nothing answers for all other paths.
func (w web) nothing(rw http.ResponseWriter, r *http.Request) {
	w.fail(rw, fmt.Errorf("%w: %s %.100s", errNoCall, r.Method, r.URL.Path))
}

// method is the handler for one unary method: JSON in, JSON out.
func (w web) method(desc grpc.MethodDesc) http.Handler {
	name := "/" + pb.FilterService_ServiceDesc.ServiceName + "/" + desc.MethodName
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		decode := func(message any) error { return w.decode(rw, r, message.(proto.Message)) }
		w.call(rw, r, name, func(ctx context.Context) (any, error) {
			return desc.Handler(w.filter, ctx, decode, w.observe.unary)
		})
	})
}

// call admits a request, runs a handler that goes through the interceptor
// itself, and writes what it answers. A request that is refused or cannot be
// decoded never comes to the interceptor and is told of here, without the
// error, which may quote it.
func (w web) call(rw http.ResponseWriter, r *http.Request, name string, handler func(context.Context) (any, error)) {
	start := time.Now()
	ctx := withRecord(r.Context())
	leave, err := w.gate.admit(ctx, webArrival(r, name), false)
	if err != nil {
		w.observe.call(ctx, name, statusOf(err), err, start, true, slog.String("peer", r.RemoteAddr))
		w.fail(rw, err)
		return
	}
	defer leave()
	resp, err := handler(ctx)
	var bad *badBody
	if errors.As(err, &bad) {
		w.observe.call(ctx, name, statusOf(bad.error), nil, start, true)
		err = bad.error
	}
	if err != nil {
		w.fail(rw, err)
		return
	}
	w.write(rw, http.StatusOK, resp.(proto.Message))
}

// webArrival is what a request shows of itself.
func webArrival(r *http.Request, method string) arrival {
	return arrival{method: method, authorization: strings.Join(r.Header.Values("Authorization"), ","), addr: r.RemoteAddr, conn: r.TLS}
}

// badBody marks an error in reading or decoding a request.
type badBody struct{ error }

// jsonLimit is how long a JSON body may be: base64 makes 4 bytes of 3.
func (w web) jsonLimit() int { return w.maxBytes/3*4 + envelope }

// decode reads a JSON body into the message.
func (w web) decode(rw http.ResponseWriter, r *http.Request, into proto.Message) error {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		return &badBody{&wire.FieldError{Field: "Content-Type", Why: "want application/json; send a page as it is to /v1/classify"}}
	}
	body, err := w.body(rw, r, w.jsonLimit())
	if err != nil {
		return err
	}
	if err := protojson.Unmarshal(body, into); err != nil {
		return &badBody{&wire.FieldError{Field: "body", Why: fmt.Sprintf("%.300s (html and text_bytes are base64; html_string and text are strings)", err)}}
	}
	return nil
}

// body is the request's whole body, of at most limit bytes.
func (w web) body(rw http.ResponseWriter, r *http.Request, limit int) ([]byte, error) {
	if enc := r.Header.Get("Content-Encoding"); enc != "" && enc != "identity" {
		return nil, &badBody{&wire.FieldError{Field: "Content-Encoding", Why: "compressed bodies are not read: send it plain"}}
	}
	var buf bytes.Buffer
	if r.ContentLength > 0 {
		buf.Grow(int(min(r.ContentLength, int64(limit), 1<<20)) + bytes.MinRead)
	}
	_, err := buf.ReadFrom(http.MaxBytesReader(rw, r.Body, int64(limit)))
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		return nil, &badBody{fmt.Errorf("reading the request: %w: over %d bytes", block.ErrTooLarge, limit)}
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, &badBody{fmt.Errorf("reading the request: %w", errSlow)}
	case r.Context().Err() != nil:
		return nil, &badBody{r.Context().Err()}
	case err != nil:
		return nil, &badBody{&wire.FieldError{Field: "body", Why: "it ended too early"}}
	}
	return buf.Bytes(), nil
}

// fail writes an error as a google.rpc.Status in JSON.
func (w web) fail(rw http.ResponseWriter, err error) {
	s := statusOf(err)
	switch s.Code() {
	case codes.Unauthenticated:
		rw.Header().Set("WWW-Authenticate", "Bearer")
	case codes.ResourceExhausted:
		rw.Header().Set("Retry-After", strconv.Itoa(int(retryAfter.Seconds())))
	}
	w.write(rw, httpCode(s), s.Proto())
}

// write writes a message as JSON with the names of the .proto file. Its own
// spacing is taken out, for protojson varies that on purpose, and the same
// page shall give the same bytes.
func (w web) write(rw http.ResponseWriter, code int, m proto.Message) {
	data, err := protojson.MarshalOptions{UseProtoNames: true, EmitDefaultValues: true}.Marshal(m)
	var out bytes.Buffer
	if err == nil {
		err = json.Compact(&out, data)
	}
	if err != nil { // nothing that we send is known to get here
		w.observe.log.Error("encoding an answer", "error", err)
		http.Error(rw, fmt.Sprintf(`{"code":%d,"message":"internal error"}`, codes.Internal), http.StatusInternalServerError)
		return
	}
	out.WriteByte('\n')
	rw.Header().Set("Content-Type", "application/json")
	rw.Header().Set("X-Content-Type-Options", "nosniff")
	rw.WriteHeader(code)
	_, _ = io.Copy(rw, &out) // the client has gone if this fails
}
