package soak

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// killTimes is the variable that says how often TestKill kills; few where it is not
// set.
const killTimes = "PAGESIEVE_KILLS"

// TestKill kills a server again and again while it is given pages to store and
// to delete, trains, and promotes. What it has acknowledged is there each time
// that it starts again, and what it had not is there whole or not at all.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes some seconds, and more with the race detector")
	}
	kills := 3
	if v := os.Getenv(killTimes); v != "" {
		var err error
		if kills, err = strconv.Atoi(v); err != nil {
			t.Fatal(err)
		}
	}
	store := t.TempDir()
	l := &ledger{pages: map[string]*fate{}, versions: map[string]string{}, rng: rand.New(rand.NewPCG(9, 9))}
	for i := range 16 {
		l.pages[fmt.Sprintf("page/%02d", i)] = &fate{}
	}
	var starts []time.Duration
	for k := range kills + 1 {
		p := launch(t, store)
		starts = append(starts, p.ready)
		l.audit(t, p, k == kills)
		if t.Failed() {
			t.Fatalf("after kill %d", k)
		}
		if k < kills {
			l.work(t, p, k)
		}
	}
	slices.Sort(starts)
	median := starts[len(starts)/2] // the slowest tells of the machine's other work
	t.Logf("%d kills; acknowledged: %d changes of pages, %d versions, %d promotions; done and not acknowledged: %d; ready to answer in %v, the slowest in %v",
		kills, l.changes, len(l.versions), l.promotions, l.unsaid, median.Round(time.Millisecond), starts[len(starts)-1].Round(time.Millisecond))
	if median > time.Second {
		t.Errorf("a start takes %v", median)
	}
	if l.changes < kills || l.promotions == 0 {
		t.Error("it hardly did anything")
	}
}

// fate is what may be stored under an id: the last that was acknowledged, or
// what was sent after it. nil is no page.
type fate struct {
	acknowledged *pb.LabeledPage
	sent         []*pb.LabeledPage
}

// ledger is what a store has to hold.
type ledger struct {
	mu       sync.Mutex
	rng      *rand.Rand
	n        int
	pages    map[string]*fate
	versions map[string]string // those acknowledged: id to SHA-256
	active   string            // the last promotion acknowledged; "" before the first
	asked    string            // a later one that was not; "" for none

	changes, promotions, unsaid int
}

func (l *ledger) random(n int) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.rng.IntN(n)
}

// page is a page to store, unlike all before.
func (l *ledger) page() *pb.LabeledPage {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n++
	i := l.rng.IntN(len(l.pages))
	html, text := article(l.rng, 3<<10+l.rng.IntN(60<<10))
	text += fmt.Sprintf("variant %d\n", l.n)
	p := &pb.LabeledPage{
		Id: fmt.Sprintf("page/%02d", i), Url: fmt.Sprintf("https://site-%d.example/", i),
		Content: &pb.LabeledPage_Html{Html: string(html)}, MainText: &text,
	}
	l.pages[p.Id].sent = append(l.pages[p.Id].sent, p)
	return p
}

// work has a server do everything at once, and kills it at one of three times: soon,
// when a training is about to be stored, or between promotions.
func (l *ledger) work(t *testing.T, p *process, k int) {
	ctx, cancel := context.WithCancel(t.Context())
	nearlyTrained, promoted := make(chan struct{}), make(chan struct{})
	var workers sync.WaitGroup
	workers.Go(func() { l.add(ctx, t, p) })
	workers.Go(func() {
		l.train(ctx, t, p, sync.OnceFunc(func() { close(nearlyTrained) }), sync.OnceFunc(func() { close(promoted) }))
	})
	enough := time.After(10 * time.Second) // on a machine that is busy otherwise
	switch k % 3 {
	case 0:
		time.Sleep(time.Duration(l.random(400)) * time.Millisecond)
	case 1:
		wait(nearlyTrained, enough)
		time.Sleep(time.Duration(l.random(150)) * time.Millisecond)
	case 2:
		wait(promoted, enough)
		time.Sleep(time.Duration(l.random(40_000)) * time.Microsecond)
	}
	p.kill(t)
	cancel()
	workers.Wait()
	if log := p.log.String(); strings.Contains(log, `"level":"ERROR"`) {
		t.Errorf("errors in the log:\n%.2000s", log)
	}
}

func wait(until <-chan struct{}, enough <-chan time.Time) {
	select {
	case <-until:
	case <-enough:
	}
}

// add stores pages, and now and then deletes one, until it fails.
func (l *ledger) add(ctx context.Context, t *testing.T, p *process) {
	o := p.operator(t)
	for {
		stream, err := o.training.AddPages(ctx)
		if err != nil {
			return
		}
		const some = 8
		sent := make(chan []*pb.LabeledPage, 1)
		go func() {
			var pages []*pb.LabeledPage
			for range some {
				page := l.page()
				pages = append(pages, page)
				if stream.Send(&pb.AddPagesRequest{Page: page}) != nil {
					break
				}
			}
			_ = stream.CloseSend()
			sent <- pages
		}()
		var answers []*pb.AddPagesResponse
		var ended error
		for ended == nil {
			var a *pb.AddPagesResponse
			if a, ended = stream.Recv(); ended == nil {
				answers = append(answers, a)
			}
		}
		l.acknowledge(t, <-sent, answers)
		if !errors.Is(ended, io.EOF) || !l.forget(ctx, o) {
			return
		}
	}
}

// acknowledge notes what was answered, in the order in which it was sent.
func (l *ledger) acknowledge(t *testing.T, sent []*pb.LabeledPage, answers []*pb.AddPagesResponse) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, a := range answers {
		if a.GetError() != nil || a.GetId() != sent[i].GetId() {
			t.Errorf("page %s: answer %v", sent[i].GetId(), a)
			continue
		}
		f := l.pages[a.GetId()]
		f.acknowledged, f.sent = sent[i], f.sent[slices.Index(f.sent, sent[i])+1:]
		l.changes++
	}
}

// forget deletes a page. It reports false where that fails.
func (l *ledger) forget(ctx context.Context, o operator) bool {
	id := fmt.Sprintf("page/%02d", l.random(len(l.pages)))
	f := l.pages[id] // nothing else is sent meanwhile
	f.sent = append(f.sent, nil)
	if _, err := o.training.DeletePages(ctx, &pb.DeletePagesRequest{Ids: []string{id}}); err != nil {
		return false
	}
	f.acknowledged, f.sent = nil, nil
	l.changes++
	return true
}

// train trains and promotes until it fails.
func (l *ledger) train(ctx context.Context, t *testing.T, p *process, nearly, promoted func()) {
	o := p.operator(t)
	for {
		stream, err := o.training.Train(ctx, &pb.TrainRequest{Name: "killed", Trees: 1, WithoutBase: true})
		if err != nil {
			return
		}
		v, err := result(stream, nearly)
		if status.Code(err) == codes.FailedPrecondition { // no pages yet
			continue
		}
		if err != nil {
			return
		}
		l.versions[v.GetId()] = v.GetSha256()
		for range 10 {
			id := v.GetId()
			if l.active == id {
				id = l.other(id)
			}
			l.asked = id
			if o.promote(t, id) != nil {
				return
			}
			l.active, l.asked = id, ""
			l.promotions++
			promoted()
		}
	}
}

// result waits for a training's result and says when it is not far.
func result(stream interface {
	Recv() (*pb.TrainResponse, error)
}, nearly func()) (*pb.Version, error) {
	for {
		m, err := stream.Recv()
		if err != nil {
			return nil, err
		}
		if r := m.GetResult(); r != nil {
			nearly()
			return r.GetVersion(), nil
		}
		if m.GetProgress().GetDone() > 0.7 {
			nearly()
		}
	}
}

// other is a version that was acknowledged, another one if there is any.
func (l *ledger) other(id string) string {
	for v := range l.versions {
		if v != id {
			return v
		}
	}
	return id
}

// audit holds what a server has against the ledger. What it has is from then
// on what it has to have.
func (l *ledger) audit(t *testing.T, p *process, thorough bool) {
	t.Helper()
	o := p.operator(t)
	for id, f := range l.pages {
		var got *pb.LabeledPage
		switch r, err := o.training.GetPage(t.Context(), &pb.GetPageRequest{Id: id}); {
		case err == nil:
			got = r.GetPage()
		case status.Code(err) != codes.NotFound:
			t.Errorf("page %s: %v", id, err)
			continue
		}
		same := func(p *pb.LabeledPage) bool { return p == got || p != nil && got != nil && proto.Equal(p, got) }
		switch {
		case same(f.acknowledged):
		case slices.ContainsFunc(f.sent, same):
			l.unsaid++
		default:
			t.Errorf("page %s is not what was acknowledged, nor what was sent after that", id)
		}
		f.acknowledged, f.sent = got, nil
	}
	l.auditVersions(t, o, thorough)
}

func (l *ledger) auditVersions(t *testing.T, o operator, thorough bool) {
	t.Helper()
	list, err := o.models.ListVersions(t.Context(), &pb.ListVersionsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for i, v := range list.GetVersions() {
		there[v.GetId()] = true
		if v.GetActive() && v.GetId() != l.asked && v.GetId() != l.active && !(v.GetBuiltIn() && l.active == "") {
			t.Errorf("%s is active: want %s, or %s that was not acknowledged", v.GetId(), l.active, l.asked)
		}
		if v.GetActive() && !v.GetBuiltIn() {
			if v.GetId() == l.asked {
				l.unsaid++
			}
			l.active = v.GetId()
		}
		if v.GetBuiltIn() {
			continue
		}
		if _, ok := l.versions[v.GetId()]; !ok {
			l.versions[v.GetId()] = v.GetSha256()
			l.unsaid++
		}
		if thorough || v.GetActive() || i >= len(list.GetVersions())-2 {
			if sum, err := o.digest(t, v.GetId()); err != nil || sum != l.versions[v.GetId()] {
				t.Errorf("version %s: its file has the SHA-256 %s, error %v: want %s", v.GetId(), sum, err, l.versions[v.GetId()])
			}
		}
	}
	l.asked = ""
	for id := range l.versions {
		if !there[id] {
			t.Errorf("version %s was acknowledged and is gone", id)
		}
	}
}

// digest is the SHA-256 of a version's file.
func (o operator) digest(t *testing.T, version string) (string, error) {
	stream, err := o.models.ExportVersion(t.Context(), &pb.ExportVersionRequest{Version: version})
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	for {
		m, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return hex.EncodeToString(sum.Sum(nil)), nil
		}
		if err != nil {
			return "", err
		}
		sum.Write(m.GetData())
	}
}
