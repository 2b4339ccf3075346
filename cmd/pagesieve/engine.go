package main

import (
	"context"
	"fmt"
	"os"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/cmd/internal/client"
	"github.com/pagesieve/pagesieve/cmd/internal/wire"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// classify labels one page, here or on a server.
type classify func(context.Context, classifier.Document, classifier.Options) (*classifier.Result, error)

// local classifies in this process, with the model in the named file, or the
// embedded one if there is no name.
func local(model string) (classify, error) {
	c, err := openModel(model)
	if err != nil {
		return nil, err
	}
	return c.Classify, nil
}

func openModel(name string) (*classifier.Classifier, error) {
	if name == "" {
		return classifier.Default()
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("open model %s: %w", name, cause(err))
	}
	c, err := classifier.New(data)
	if err != nil {
		return nil, hint(fmt.Errorf("open model %s: %w", name, err), "give a file that 'pagesieve train' wrote")
	}
	return c, nil
}

// remote classifies on the server at addr. The second result closes the
// connection.
func remote(addr string) (classify, func() error, error) {
	conn, err := client.Dial(addr)
	if err != nil {
		return nil, nil, usage(err)
	}
	service := pb.NewFilterServiceClient(conn)
	call := func(ctx context.Context, doc classifier.Document, opts classifier.Options) (*classifier.Result, error) {
		answer, err := service.Classify(ctx, wire.Request(doc, opts))
		if err != nil {
			return nil, remoteError{err}
		}
		result, err := wire.FromResponse(answer)
		if err != nil {
			return nil, hint(fmt.Errorf("read the server's answer: %w", err), "the server is newer than this program: update it")
		}
		return result, nil
	}
	return call, conn.Close, nil
}

// A remoteError is a server's, or of the way there, in words for people.
type remoteError struct{ error }

func (r remoteError) Error() string { return client.Message(r.error) }

func (r remoteError) Unwrap() error { return r.error }

// Is makes both ways to run out of time one.
func (r remoteError) Is(target error) bool {
	return target == context.DeadlineExceeded && status.Code(r.error) == codes.DeadlineExceeded
}
