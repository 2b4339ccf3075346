// Client labels the pages named on its command line, over one stream.
//
//	go run ./cmd/examples/go -addr localhost:8420 page.html …
//
// With -ca it speaks TLS and trusts that authority, and with a token in the
// variable PAGESIEVE_TOKEN it says who calls. In a module of your own, take
// the generated package proto/pagesieve/v1 alone.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// serviceConfig tries a page again where the server was away or busy.
const serviceConfig = `{"methodConfig": [{
  "name": [{"service": "pagesieve.v1.FilterService", "method": "Classify"}],
  "timeout": "30s",
  "retryPolicy": {"maxAttempts": 4, "initialBackoff": "0.1s", "maxBackoff": "2s", "backoffMultiplier": 2,
    "retryableStatusCodes": ["UNAVAILABLE", "RESOURCE_EXHAUSTED"]}
}]}`

func main() {
	addr := flag.String("addr", "localhost:8420", "the server's gRPC `address`")
	ca := flag.String("ca", "", "`file` with the authority of the server's certificate; empty for no TLS")
	flag.Parse()
	if err := run(context.Background(), *addr, *ca, flag.Args(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "client:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, addr, ca string, files []string, out io.Writer) error {
	creds := insecure.NewCredentials()
	if ca != "" {
		var err error
		if creds, err = credentials.NewClientTLSFromFile(ca, ""); err != nil {
			return err
		}
	}
	conn, err := grpc.NewClient(addr, grpc.WithTransportCredentials(creds), grpc.WithDefaultServiceConfig(serviceConfig))
	if err != nil {
		return err
	}
	defer conn.Close()
	if token := os.Getenv("PAGESIEVE_TOKEN"); token != "" {
		ctx = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+token)
	}
	return classify(ctx, pb.NewFilterServiceClient(conn), files, out)
}

// classify sends all pages while it reads the answers, which come in order.
func classify(ctx context.Context, c pb.FilterServiceClient, files []string, out io.Writer) error {
	stream, err := c.ClassifyStream(ctx)
	if err != nil {
		return err
	}
	sent := make(chan error, 1)
	go func() { sent <- send(stream, files) }()
	for {
		resp, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return <-sent
		}
		if err != nil {
			return err
		}
		if e := resp.GetError(); e != nil {
			fmt.Fprintf(out, "%s: %s\n", resp.GetId(), e.GetMessage())
			continue
		}
		r := resp.GetResponse()
		fmt.Fprintf(out, "%s: %v, quality %.2f, %d blocks\n%s\n", resp.GetId(), r.GetVerdict(), r.GetQuality(), len(r.GetBlocks()), r.GetText())
	}
}

func send(stream grpc.BidiStreamingClient[pb.ClassifyStreamRequest, pb.ClassifyStreamResponse], files []string) error {
	for _, name := range files {
		html, err := os.ReadFile(name)
		if err != nil {
			return errors.Join(err, stream.CloseSend())
		}
		page := &pb.Page{Id: name, Content: &pb.Page_Html{Html: html}}
		if err := stream.Send(&pb.ClassifyStreamRequest{Request: &pb.ClassifyRequest{Page: page}}); err != nil {
			return nil // Recv tells why
		}
	}
	return stream.CloseSend()
}
