// Package client connects to a running pagesieved, for the programs of this
// repository: how often to try again, how large an answer may be, and what to
// tell people when it fails.
package client

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/pagesieve/pagesieve/cmd/internal/wire"
)

// MaxMessage is the longest message sent or taken, in bytes. It is far above
// the server's own limit on pages, which is the one that should decide.
const MaxMessage = 512 << 20

// What of an answer may be under way before it is read, and what is read or written at a
// time, in bytes: a usual page, and its answer, go at once.
const (
	window = 1 << 20
	buffer = 64 << 10
)

// serviceConfig tries Classify again where no server answered, and where one
// was busy, after the time that it asks for. The stream is not tried again: its
// caller knows which pages have their answers.
const serviceConfig = `{
  "methodConfig": [{
    "name": [{"service": "pagesieve.v1.FilterService", "method": "Classify"}],
    "retryPolicy": {
      "maxAttempts": 4,
      "initialBackoff": "0.1s",
      "maxBackoff": "2s",
      "backoffMultiplier": 2,
      "retryableStatusCodes": ["UNAVAILABLE", "RESOURCE_EXHAUSTED"]
    }
  }],
  "retryThrottling": {"maxTokens": 10, "tokenRatio": 0.1}
}`

// Dial prepares a connection to the pagesieved at addr, host:port or
// unix:/path, with what the environment says of TLS and of who calls, under
// the names in guard.go. It does not wait for the server: one that is not there shows
// in the first call. The caller closes the connection. Options come after
// those set here and win over them.
func Dial(addr string, opts ...grpc.DialOption) (*grpc.ClientConn, error) {
	if err := checkAddr(addr); err != nil {
		return nil, fmt.Errorf("connecting to pagesieved: %w", err)
	}
	guard, err := newGuard(os.LookupEnv)
	if err != nil {
		return nil, fmt.Errorf("connecting to pagesieved: %w", err)
	}
	conn, err := grpc.NewClient(addr, append([]grpc.DialOption{
		guard.transport(),
		grpc.WithPerRPCCredentials(guard),
		grpc.WithDefaultServiceConfig(serviceConfig),
		grpc.WithInitialWindowSize(window), // answers are read as they come: no need to wait for each other
		grpc.WithInitialConnWindowSize(4 * window),
		grpc.WithReadBufferSize(buffer),
		grpc.WithWriteBufferSize(buffer),
		grpc.WithDefaultCallOptions(
			grpc.ForceCodecV2(wire.Codec()),
			grpc.MaxCallRecvMsgSize(MaxMessage),
			grpc.MaxCallSendMsgSize(MaxMessage),
			grpc.MaxRetryRPCBufferSize(MaxMessage), // else a page over 256 KiB is never tried again
		),
	}, opts...)...)
	if err != nil {
		return nil, fmt.Errorf("connecting to pagesieved at %s: %w", addr, err)
	}
	return conn, nil
}

// checkAddr catches the slips that would otherwise fail late and darkly.
func checkAddr(addr string) error {
	switch {
	case addr == "":
		return errors.New("no address given: want host:port")
	case strings.HasPrefix(addr, "http://"), strings.HasPrefix(addr, "https://"):
		return fmt.Errorf("%s is a URL: want host:port of the gRPC listener", addr)
	case !strings.Contains(addr, ":"):
		return fmt.Errorf("%s has no port: want host:port", addr)
	}
	return nil
}

// Message is what went wrong, for people: the server's own words without
// gRPC's frame around them.
func Message(err error) string {
	s, ok := status.FromError(err)
	switch {
	case err == nil:
		return ""
	case errors.Is(err, context.DeadlineExceeded) || ok && s.Code() == codes.DeadlineExceeded:
		return "the server did not answer in time"
	case ok && s.Code() == codes.Unavailable && reason(s) == "":
		return "cannot reach the server: " + cause(s.Message())
	case ok:
		return s.Message()
	}
	return err.Error()
}

// Hint is what to do about it; empty where nothing better is known.
func Hint(err error) string {
	s, ok := status.FromError(err)
	if !ok || err == nil {
		return ""
	}
	for _, d := range s.Details() {
		if info, ok := d.(*errdetails.ErrorInfo); ok && info.GetMetadata()["hint"] != "" {
			return info.GetMetadata()["hint"]
		}
	}
	switch s.Code() {
	case codes.Unavailable:
		return "is it running? start it with: pagesieved --listen 127.0.0.1:8420"
	case codes.Unimplemented:
		return "is it a pagesieved, and as new as this program? --server wants its gRPC address"
	case codes.ResourceExhausted:
		return "the server takes shorter pages: see pagesieved --max-page-bytes"
	}
	return ""
}

// reason is the server's machine-readable reason, empty where the error did
// not come from a pagesieved.
func reason(s *status.Status) string {
	for _, d := range s.Details() {
		if info, ok := d.(*errdetails.ErrorInfo); ok {
			return info.GetReason()
		}
	}
	return ""
}

// cause is the innermost part of gRPC's account of a failed connection.
func cause(message string) string {
	if _, desc, ok := strings.Cut(message, "desc = "); ok {
		message = desc
	}
	return strings.Trim(message, `" `)
}
