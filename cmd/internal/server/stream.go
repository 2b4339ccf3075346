package server

import (
	"context"
	"errors"
	"io"
	"time"

	"google.golang.org/grpc"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// drainQuiet is how long a stream may bring nothing, while the server stops,
// before it is ended. A stream that brings pages is served on, as long as the
// server's grace lasts.
const drainQuiet = 250 * time.Millisecond

// slot is where the answer to one page will be put.
type slot chan *pb.ClassifyStreamResponse

// classifyStream is one running ClassifyStream.
//
// receive takes pages from the network and starts a worker on each; the
// handler itself sends what lies in the slots, in the order of arrival. When
// the client reads slowly, Send blocks, then the queue of slots is full, then
// nothing is received, then HTTP/2 flow control holds the client: no stream
// has more than some pages in memory.
type classifyStream struct {
	*filter
	grpc.BidiStreamingServer[pb.ClassifyStreamRequest, pb.ClassifyStreamResponse]
	slots  chan slot     // in order of arrival; closed when no page will follow
	places chan struct{} // one for each page being classified
	end    error         // why no page will follow; set before slots is closed
}

// ClassifyStream answers for each page sent, in order.
func (f *filter) ClassifyStream(rpc grpc.BidiStreamingServer[pb.ClassifyStreamRequest, pb.ClassifyStreamResponse]) error {
	ctx, cancel := context.WithCancel(rpc.Context())
	s := &classifyStream{
		filter:              f,
		BidiStreamingServer: rpc,
		slots:               make(chan slot, 2*f.workers),
		places:              make(chan struct{}, f.workers),
	}
	go s.receive(ctx) // ends at the latest when this method returns, which ends Recv
	err := s.sendAll(ctx)
	cancel()
	for range f.workers { // having every place means that no worker is left
		s.places <- struct{}{}
	}
	return err
}

// receive starts a worker on each page, until no page follows.
func (s *classifyStream) receive(ctx context.Context) {
	defer close(s.slots)
	for {
		req, err := s.Recv()
		if err != nil {
			s.end = err
			return
		}
		answer := make(slot, 1)
		if !offer(ctx, s.slots, answer) || !offer(ctx, s.places, struct{}{}) {
			s.end = ctx.Err()
			return
		}
		go func() {
			defer func() { <-s.places }()
			answer <- s.page(ctx, req)
		}()
	}
}

// offer sends v unless ctx ends first.
func offer[T any](ctx context.Context, to chan<- T, v T) bool {
	select {
	case to <- v:
		return true
	case <-ctx.Done():
		return false
	}
}

// page is the answer for one page of the stream.
func (s *classifyStream) page(ctx context.Context, req *pb.ClassifyStreamRequest) *pb.ClassifyStreamResponse {
	out := &pb.ClassifyStreamResponse{Id: req.GetRequest().GetPage().GetId()}
	resp, err := s.answer(ctx, req.GetRequest(), true)
	if err != nil {
		status := statusOf(err)
		s.observe.page(ctx, req.GetRequest(), status, err)
		out.Outcome = &pb.ClassifyStreamResponse_Error{Error: status.Proto()}
		return out
	}
	out.Outcome = &pb.ClassifyStreamResponse_Response{Response: resp}
	return out
}

// sendAll sends the answers in order, until no page follows or the server
// stops.
func (s *classifyStream) sendAll(ctx context.Context) error {
	stopping := s.draining.Done()
	var quiet <-chan time.Time
	for {
		select {
		case answer, more := <-s.slots:
			if !more {
				if errors.Is(s.end, io.EOF) {
					return nil
				}
				return s.end
			}
			if err := s.sendOne(ctx, answer); err != nil {
				return err
			}
			if stopping == nil {
				quiet = time.After(drainQuiet)
			}
		case <-stopping:
			stopping, quiet = nil, time.After(drainQuiet)
		case <-quiet:
			return errShuttingDown
		}
	}
}

func (s *classifyStream) sendOne(ctx context.Context, answer slot) error {
	select {
	case resp := <-answer:
		return s.Send(resp)
	case <-ctx.Done(): // the client has gone
		return ctx.Err()
	}
}
