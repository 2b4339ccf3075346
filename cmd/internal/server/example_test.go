package server_test

import (
	"context"
	"fmt"
	"log"
	"net"

	"google.golang.org/grpc"
	"google.golang.org/grpc/test/bufconn"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/cmd/internal/client"
	"github.com/pagesieve/pagesieve/cmd/internal/server"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// A call over a connection in memory. Against a pagesieved it is
// client.Dial("localhost:8420") and the rest is the same.
func Example_classify() {
	listener := bufconn.Listen(1 << 20)
	srv, err := server.New(server.Config{Classify: classify})
	if err != nil {
		log.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error)
	go func() { served <- srv.Serve(ctx, listener, nil) }()
	defer func() { stop(); <-served }()

	conn, err := client.Dial("passthrough:///memory", grpc.WithContextDialer(
		func(ctx context.Context, _ string) (net.Conn, error) { return listener.DialContext(ctx) }))
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()

	resp, err := pb.NewFilterServiceClient(conn).Classify(ctx, &pb.ClassifyRequest{
		Page: &pb.Page{Id: "1", Content: &pb.Page_Text{Text: "A page."}},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, b := range resp.GetBlocks() {
		fmt.Println(b.GetStart(), b.GetEnd(), b.GetLabel(), b.GetText())
	}
	// Output: 0 7 LABEL_BODY A page.
}

// classify stands in for the method of a classifier.Classifier.
func classify(_ context.Context, doc classifier.Document, _ classifier.Options) (*classifier.Result, error) {
	return &classifier.Result{Blocks: []classifier.Block{{Text: string(doc.Text), End: len(doc.Text), Label: classifier.Body}}}, nil
}
