package trainer

import (
	"context"
	"errors"
	"fmt"
	"io"

	"google.golang.org/grpc"
	"google.golang.org/grpc/status"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/cmd/internal/models"
	"github.com/pagesieve/pagesieve/cmd/internal/wire"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
	"github.com/pagesieve/pagesieve/training"
	"github.com/pagesieve/pagesieve/training/retrain"
	"github.com/pagesieve/pagesieve/training/store"
)

// The most that is written at a time.
const (
	batchPages = 64
	batchBytes = 8 << 20
)

type addStream = grpc.BidiStreamingServer[pb.AddPagesRequest, pb.AddPagesResponse]

// received is one page of a stream, or its end.
type received struct {
	page *pb.LabeledPage
	err  error
}

// AddPages stores pages. All that have come while the last were written are
// written together.
func (s *service) AddPages(rpc addStream) error {
	ctx, cancel := context.WithCancel(rpc.Context())
	defer cancel()
	pages := make(chan received, 4) // HTTP/2 flow control holds the client where it is full
	go func() {
		for {
			req, err := rpc.Recv()
			select {
			case pages <- received{req.GetPage(), err}:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	for {
		batch, end := gather(ctx, pages)
		if err := s.addBatch(ctx, batch, rpc.Send); err != nil {
			return models.Status(err)
		}
		if errors.Is(end, io.EOF) {
			return nil
		}
		if end != nil {
			return end
		}
	}
}

// gather waits for a page and takes those that have come too. end is why no
// more will.
func gather(ctx context.Context, pages <-chan received) (batch []*pb.LabeledPage, end error) {
	size := 0
	take := func(r received) bool {
		if end = r.err; end != nil {
			return false
		}
		batch = append(batch, r.page)
		size += len(r.page.GetHtml()) + len(r.page.GetText())
		return len(batch) < batchPages && size < batchBytes
	}
	select {
	case r := <-pages:
		if !take(r) {
			return batch, end
		}
	case <-ctx.Done(): // the end may have found nobody waiting
		return nil, ctx.Err()
	}
	for {
		select {
		case r := <-pages:
			if !take(r) {
				return batch, end
			}
		default:
			return batch, nil
		}
	}
}

// addBatch checks the pages, stores the good ones, and answers for all.
func (s *service) addBatch(ctx context.Context, batch []*pb.LabeledPage, send func(*pb.AddPagesResponse) error) error {
	made := make([]store.Page, len(batch))
	errs := make([]error, len(batch))
	bayes.Parallel(len(batch), s.workers, func(i int) { made[i], errs[i] = check(ctx, batch[i]) })
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var good []store.Page
	for i := range made {
		if errs[i] == nil {
			good = append(good, made[i])
		}
	}
	changes, err := s.store.PutPages(ctx, good)
	if err != nil {
		return err
	}
	for i, page := range batch {
		out := &pb.AddPagesResponse{Id: page.GetId()}
		if errs[i] != nil {
			out.Error = status.Convert(models.Status(errs[i])).Proto()
		} else {
			out.Change, changes = pb.PageChange(changes[0])+1, changes[1:]
		}
		if err := send(out); err != nil {
			return err
		}
	}
	return nil
}

// check makes a stored page of a message, if it can teach. A page that makes
// the splitter panic is a bad page, here in a goroutine of its own.
func check(ctx context.Context, m *pb.LabeledPage) (p store.Page, err error) {
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("%w %.80q: it cannot be split", training.ErrPage, m.GetId())
		}
	}()
	l, err := wire.FromLabeledPage(m)
	if err != nil {
		return p, err
	}
	if err := retrain.Check(ctx, l); err != nil {
		return p, err
	}
	return retrain.Stored(l)
}
