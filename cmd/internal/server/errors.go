package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/protoadapt"
	"google.golang.org/protobuf/types/known/durationpb"

	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/cmd/internal/wire"
)

// What can go wrong in the server itself.
var (
	errShuttingDown = errors.New("server is shutting down") // ends the streams of a server that stops
	errNoCall       = errors.New("no such call")            // a path or verb of HTTP that means nothing here
)

// panicError is a panic that was caught, with where it happened.
type panicError struct {
	value any
	stack string
}

func (p *panicError) Error() string { return fmt.Sprintf("panic: %v", p.value) }

// maxStack is how much of a panic's stack is kept for the log.
const maxStack = 8 << 10

func newPanic(value any) error {
	stack := debug.Stack()
	return &panicError{value, string(stack[:min(len(stack), maxStack)])}
}

// failure is one line of the table.
type failure struct {
	code   codes.Code
	reason string // of ErrorInfo: for programs
	hint   string // for people: what to do
}

// tell is the table. A page that is too large is INVALID_ARGUMENT and not
// RESOURCE_EXHAUSTED: it fails the same way at any time and on any server
// with these limits, while clients take RESOURCE_EXHAUSTED as "later perhaps"
// and send the page again. (A message beyond gRPC's own limit is out of our
// hands and does come back as RESOURCE_EXHAUSTED.)
func tell(err error) failure {
	var field *wire.FieldError
	switch {
	case errors.As(err, &field):
		return failure{codes.InvalidArgument, "INVALID_REQUEST", "the comments in pagesieve.proto say what each field takes"}
	case errors.Is(err, block.ErrTooLarge):
		return failure{codes.InvalidArgument, reasonTooLarge, "send a part of the page, or raise the limits: max_bytes and max_blocks of the request, --max-page-bytes of the server"}
	case errors.Is(err, block.ErrBinary):
		return failure{codes.InvalidArgument, "PAGE_NOT_TEXT", "send the page's HTML or text, with any gzip taken off"}
	case errors.Is(err, errNoCall):
		return failure{codes.NotFound, "NO_SUCH_CALL", "POST a page to /v1/classify, or JSON to /pagesieve.v1.FilterService/Classify"}
	case errors.Is(err, errWho):
		return failure{codes.Unauthenticated, "UNAUTHENTICATED", "send the header 'authorization: Bearer TOKEN', or call with a client certificate"}
	case errors.Is(err, errForbidden):
		return failure{codes.PermissionDenied, "FORBIDDEN", "ask who runs the server for a role: its file of credentials names them"}
	case errors.Is(err, errBusy):
		return failure{codes.ResourceExhausted, "BUSY", "try again later, with fewer calls at a time"}
	case errors.Is(err, errSlow):
		return failure{codes.DeadlineExceeded, reasonTooSlow, "send the request without pauses"}
	case errors.Is(err, errIdle):
		return failure{codes.DeadlineExceeded, "STREAM_IDLE", "open a new stream when there are pages, and read the answers"}
	case errors.Is(err, errShuttingDown):
		return failure{codes.Unavailable, "SHUTTING_DOWN", "send the pages that have no answer again, to another server or a little later"}
	case errors.Is(err, context.DeadlineExceeded):
		return failure{codes.DeadlineExceeded, "DEADLINE_EXCEEDED", "allow more time in the call, or raise the server's --max-deadline"}
	case errors.Is(err, context.Canceled):
		return failure{codes.Canceled, "CANCELED", ""}
	}
	return failure{codes.Internal, "INTERNAL", "the server's log has the cause"}
}

// These reasons have names because HTTP has codes of its own for them.
const (
	reasonTooLarge = "PAGE_TOO_LARGE"
	reasonTooSlow  = "TOO_SLOW"
)

// statusOf is the status to send for err. An error that is a status already,
// such as one of gRPC's own, stays as it is.
func statusOf(err error) *status.Status {
	if err == nil {
		return status.New(codes.OK, "")
	}
	if own, ok := err.(interface{ GRPCStatus() *status.Status }); ok {
		return own.GRPCStatus()
	}
	f := tell(err)
	message := strings.ToValidUTF8(err.Error(), "\uFFFD")
	if f.code == codes.Internal {
		message = "internal error" // the cause is for the log, not for the network
	}
	info := &errdetails.ErrorInfo{Reason: f.reason, Domain: "pagesieve"}
	if f.hint != "" {
		info.Metadata = map[string]string{"hint": f.hint}
	}
	details := []protoadapt.MessageV1{info}
	var field *wire.FieldError
	if errors.As(err, &field) {
		details = append(details, &errdetails.BadRequest{FieldViolations: []*errdetails.BadRequest_FieldViolation{
			{Field: field.Field, Description: field.Why},
		}})
	}
	if errors.Is(err, errBusy) {
		details = append(details, &errdetails.RetryInfo{RetryDelay: durationpb.New(retryAfter)})
	}
	s := status.New(f.code, message)
	if detailed, err := s.WithDetails(details...); err == nil {
		return detailed
	}
	return s
}

// httpCode is the HTTP status code for a gRPC status.
func httpCode(s *status.Status) int {
	for _, d := range s.Details() {
		info, ok := d.(*errdetails.ErrorInfo)
		switch {
		case ok && info.GetReason() == reasonTooLarge:
			return http.StatusRequestEntityTooLarge
		case ok && info.GetReason() == reasonTooSlow:
			return http.StatusRequestTimeout
		}
	}
	switch s.Code() {
	case codes.OK:
		return http.StatusOK
	case codes.InvalidArgument, codes.FailedPrecondition, codes.OutOfRange:
		return http.StatusBadRequest
	case codes.Unauthenticated:
		return http.StatusUnauthorized
	case codes.PermissionDenied:
		return http.StatusForbidden
	case codes.NotFound:
		return http.StatusNotFound
	case codes.ResourceExhausted:
		return http.StatusTooManyRequests
	case codes.Canceled:
		return 499 // client closed the request; net/http has no name for it
	case codes.Unimplemented:
		return http.StatusNotImplemented
	case codes.Unavailable:
		return http.StatusServiceUnavailable
	case codes.DeadlineExceeded:
		return http.StatusGatewayTimeout
	}
	return http.StatusInternalServerError
}
