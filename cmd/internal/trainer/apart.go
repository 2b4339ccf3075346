package trainer

import (
	"bufio"
	"cmp"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"time"

	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	spb "google.golang.org/genproto/googleapis/rpc/status"

	"github.com/pagesieve/pagesieve/cmd/internal/models"
	"github.com/pagesieve/pagesieve/training/retrain"
	"github.com/pagesieve/pagesieve/training/store"
)

// ChildArg is the argument with which a program runs Child and nothing else.
const ChildArg = "training-process"

// order is what the child is told first; the pages follow, one by one.
type order struct {
	Job   Job
	Pages int
}

// news is what the child tells: its progress, and at last one of the others.
type news struct {
	Progress *retrain.Progress
	Result   *Result
	Starved  bool
	Status   []byte // an error, as the message google.rpc.Status
}

// ErrStarved: a Job that was to be idle got hardly any time.
var ErrStarved = errors.New("others left no time to train")

// Apart is a Run in a process of its own: this program again, with ChildArg. It
// has a low priority, or the lowest, so that those who are served feel little of it;
// its memory is gone when it ends, and if it runs out of memory, the server
// goes on.
func Apart(log *slog.Logger) Run {
	return func(ctx context.Context, job Job, pages []store.Page, report func(retrain.Progress)) (*Result, error) {
		running, kill := context.WithCancel(ctx)
		defer kill()
		cmd := exec.CommandContext(running, program(), ChildArg)
		cmd.Args[0] = os.Args[0] // as it is known to those who look at processes
		cmd.WaitDelay = 10 * time.Second
		if job.Options.Workers > 0 { // else its collection of garbage takes all cores
			cmd.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(job.Options.Workers))
		}
		ownGroup(cmd)
		words := &lastWords{}
		cmd.Stderr = words
		in, err := cmd.StdinPipe()
		if err != nil {
			return nil, err
		}
		out, err := cmd.StdoutPipe()
		if err != nil {
			return nil, err
		}
		if err := cmd.Start(); err != nil {
			return nil, fmt.Errorf("starting the process that trains: %w", err)
		}
		sent := make(chan struct{})
		go func() {
			defer close(sent)
			send(in, job, pages) // where it fails, the child has ended, which is seen below
		}()
		result, err := listen(out, report)
		if err != nil {
			kill()
		}
		_ = in.Close()
		<-sent
		ended := cmd.Wait()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if errors.Is(err, ErrStarved) {
			log.Info("a training found too little idle time, and begins anew with a low priority")
		}
		if errors.Is(err, models.ErrLost) {
			log.Error("the process that trains ended", "error", ended, "stderr", words.String())
		}
		return result, err
	}
}

// program is the file of this program, the one that runs even if another has taken
// its place.
func program() string {
	const running = "/proc/self/exe"
	if _, err := os.Stat(running); err == nil {
		return running
	}
	path, err := os.Executable()
	return cmp.Or(path, fmt.Sprint("the program's own file: ", err))
}

func send(to io.Writer, job Job, pages []store.Page) {
	buffered := bufio.NewWriterSize(to, 1<<20)
	encoder := gob.NewEncoder(buffered)
	err := encoder.Encode(order{job, len(pages)})
	for i := range pages {
		if err != nil {
			return
		}
		err = encoder.Encode(pages[i])
		pages[i].Data = nil
	}
	if err == nil {
		_ = buffered.Flush()
	}
}

// listen reads news until the last.
func listen(from io.Reader, report func(retrain.Progress)) (*Result, error) {
	decoder := gob.NewDecoder(from)
	for {
		var n news
		if err := decoder.Decode(&n); err != nil {
			return nil, fmt.Errorf("train: %w", models.ErrLost)
		}
		switch {
		case n.Progress != nil:
			report(*n.Progress)
		case n.Result != nil:
			return n.Result, nil
		case n.Starved:
			return nil, ErrStarved
		default:
			s := &spb.Status{}
			if err := proto.Unmarshal(n.Status, s); err != nil {
				return nil, fmt.Errorf("train: %w: %w", models.ErrLost, err)
			}
			return nil, status.ErrorProto(s)
		}
	}
}

// lastWords keeps the beginning of what is written, where a panic says what it is.
type lastWords struct{ text []byte }

func (w *lastWords) Write(p []byte) (int, error) {
	w.text = append(w.text, p[:min(len(p), 4<<10-len(w.text))]...)
	return len(p), nil
}

func (w *lastWords) String() string { return string(w.text) }

// Child does one Job that Apart sends and answers it. It ends when its input does,
// that is with the process that started it at the latest.
func Child(in io.Reader, out io.Writer) error {
	decoder := gob.NewDecoder(bufio.NewReaderSize(in, 1<<20))
	var o order
	if err := decoder.Decode(&o); err != nil {
		return fmt.Errorf("reading what to train: %w", err)
	}
	yield(o.Job.Idle)
	pages := make([]store.Page, o.Pages)
	for i := range pages {
		if err := decoder.Decode(&pages[i]); err != nil {
			return fmt.Errorf("reading page %d: %w", i, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ended := make(chan error, 3)
	go func() {
		_ = decoder.Decode(new(order)) // nothing more comes, but its end
		ended <- io.ErrUnexpectedEOF
	}()
	to := &teller{to: gob.NewEncoder(out)}
	if o.Job.Idle {
		go func() {
			if starve(ctx, starvedFor, spent) {
				ended <- to.tell(news{Starved: true})
			}
		}()
	}
	go func() { ended <- answer(ctx, o.Job, pages, to) }()
	return <-ended // and with it the process: a step of the training may last
}

// teller tells news, each in one piece.
type teller struct {
	mu sync.Mutex
	to *gob.Encoder
}

func (t *teller) tell(n news) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.to.Encode(n)
}

// A Job that is to be idle starves where in so long it has less than such a share
// of one processor, which a low priority would give it even where all are wanted.
const (
	starvedFor   = 10 * time.Second
	starvedShare = 0.08
)

// starve returns when this process has starved over a window of time, or ctx has
// ended. spent is the process's processor time.
func starve(ctx context.Context, window time.Duration, spent func() time.Duration) bool {
	const looks = 10 // in a window
	var before [looks]time.Duration
	tick := time.NewTicker(window / looks)
	defer tick.Stop()
	for i := 0; ; i++ {
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
		}
		now := spent()
		if i >= looks && (now-before[i%looks]).Seconds() < starvedShare*window.Seconds() {
			return true
		}
		before[i%looks] = now
	}
}

// answer does the job and tells of it.
func answer(ctx context.Context, job Job, pages []store.Page, to *teller) error {
	var told time.Time
	tells := make(chan struct{}, 1) // holds one while somebody does
	result, err := Here(ctx, job, pages, func(p retrain.Progress) {
		select {
		case tells <- struct{}{}:
			if time.Since(told) > tellEvery/2 {
				told = time.Now()
				_ = to.tell(news{Progress: &p})
			}
			<-tells
		default:
		}
	})
	if err != nil {
		text, _ := proto.Marshal(status.Convert(models.Status(err)).Proto())
		return to.tell(news{Status: text})
	}
	return to.tell(news{Result: result})
}
