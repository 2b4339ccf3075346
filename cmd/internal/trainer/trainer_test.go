package trainer_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/cmd/internal/trainer"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
	"github.com/pagesieve/pagesieve/training/retrain"
	"github.com/pagesieve/pagesieve/training/store"
)

// words are what a child writes before it dies, where a test wants it to.
const wordsEnv = "PAGESIEVE_CHILD_WORDS"

func TestMain(m *testing.M) {
	if slices.Equal(os.Args[1:], []string{trainer.ChildArg}) {
		if words := os.Getenv(wordsEnv); words != "" {
			panic(words)
		}
		if trainer.Child(os.Stdin, os.Stdout) != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

func TestPages(t *testing.T) {
	r := start(t, t.TempDir(), nil, false)
	own := ownPages(t, 5)
	bad := &pb.LabeledPage{Id: "bad", Content: &pb.LabeledPage_Html{Html: "<p>without labels"}}
	other := proto.Clone(own[1]).(*pb.LabeledPage)
	other.Content = &pb.LabeledPage_Html{Html: other.GetHtml() + "\n<p>more"}
	answers := r.add(t, own[0], own[1], bad, own[0], other, &pb.LabeledPage{}, own[2], own[3], own[4])
	var got []string
	for _, a := range answers {
		got = append(got, a.GetId()+" "+strings.TrimPrefix(a.GetChange().String(), "PAGE_CHANGE_"))
		if (a.GetError() != nil) != (a.GetChange() == 0) {
			t.Errorf("%v: a change and an error", a)
		}
	}
	want := "user/00 ADDED, user/01 ADDED, bad UNSPECIFIED, user/00 UNCHANGED, user/01 REPLACED,  UNSPECIFIED, user/02 ADDED, user/03 ADDED, user/04 ADDED"
	if strings.Join(got, ", ") != want {
		t.Errorf("got %s", got)
	}
	if e := answers[2].GetError(); e.GetCode() != int32(codes.InvalidArgument) || !strings.Contains(e.GetMessage(), "neither main_text nor spans") {
		t.Errorf("why it was rejected: %v", e)
	}

	ctx := t.Context()
	token, listed := "", []string(nil)
	for {
		list, err := r.ListPages(ctx, &pb.ListPagesRequest{PageSize: 2, PageToken: token})
		check(t, err)
		for _, p := range list.GetPages() {
			listed = append(listed, p.GetId())
		}
		if token = list.GetNextPageToken(); token == "" || list.GetTotalSize() != 5 {
			break
		}
	}
	if fmt.Sprint(listed) != "[user/00 user/01 user/02 user/03 user/04]" {
		t.Errorf("listed %v", listed)
	}
	page, err := r.GetPage(ctx, &pb.GetPageRequest{Id: "user/01"})
	check(t, err)
	if !proto.Equal(page.GetPage(), other) {
		t.Errorf("got another page back")
	}
	gone, err := r.DeletePages(ctx, &pb.DeletePagesRequest{Ids: []string{"user/03", "none"}})
	check(t, err)
	if fmt.Sprint(gone.GetIds()) != "[user/03]" {
		t.Errorf("deleted %v", gone.GetIds())
	}
	_, err = r.GetPage(ctx, &pb.GetPageRequest{Id: "user/03"})
	fails(t, err, codes.NotFound, "NOT_FOUND")
	_, err = r.DeletePages(ctx, &pb.DeletePagesRequest{})
	fails(t, err, codes.InvalidArgument, "INVALID_REQUEST")
	_, err = r.ListPages(ctx, &pb.ListPagesRequest{PageToken: "?"})
	fails(t, err, codes.InvalidArgument, "INVALID_REQUEST")
}

// TestAnswersDoNotWaitForMore: a client that sends one page and waits for its
// answer gets it.
func TestAnswersDoNotWaitForMore(t *testing.T) {
	r := start(t, t.TempDir(), nil, false)
	stream, err := r.AddPages(t.Context())
	check(t, err)
	for _, p := range ownPages(t, 3) {
		check(t, stream.Send(&pb.AddPagesRequest{Page: p}))
		a, err := stream.Recv()
		check(t, err)
		if a.GetId() != p.GetId() || r.store.NumPages() == 0 {
			t.Errorf("answer %v", a)
		}
		if _, err := r.store.Page(t.Context(), p.GetId()); err != nil {
			t.Errorf("it was acknowledged: %v", err)
		}
	}
}

func TestTrain(t *testing.T) {
	r := start(t, t.TempDir(), nil, false)
	r.add(t, ownPages(t, 8)...)
	ctx := t.Context()
	result, progress := r.train(t, &pb.TrainRequest{Name: "mine", Trees: 4})
	v := result.GetVersion()
	if !strings.HasPrefix(v.GetId(), "mine-") || v.GetPages() != 8 || v.GetPagesDigest() == "" || v.GetActive() || result.GetPromoted() || v.GetComparison() != nil {
		t.Errorf("result %v", result)
	}
	if len(progress) == 0 || progress[0].GetPages() != 60 {
		t.Errorf("progress %v", progress)
	}
	again, _ := r.train(t, &pb.TrainRequest{Name: "mine", Trees: 4})
	if again.GetVersion().GetSha256() != v.GetSha256() {
		t.Error("the same pages gave another model")
	}
	eval := func(version string, sent ...*pb.LabeledPage) (*pb.EvaluateResponse, error) {
		stream, err := r.Evaluate(ctx)
		check(t, err)
		check(t, stream.Send(&pb.EvaluateRequest{Version: version}))
		for _, p := range sent {
			check(t, stream.Send(&pb.EvaluateRequest{Page: p}))
		}
		return stream.CloseAndRecv()
	}
	on, err := eval("mine")
	check(t, err)
	if on.GetVersion() != v.GetId() || on.GetReport().GetPages() != 8 || on.GetReport().GetGroups()[0].GetF1() < 0.5 {
		t.Errorf("on the stored pages: %v", on)
	}
	on, err = eval("", ownPages(t, 3)...)
	check(t, err)
	if !strings.HasPrefix(on.GetVersion(), "default-") || on.GetReport().GetPages() != 3 || on.GetReport().GetGroups()[0].GetGroup() != "html sent" {
		t.Errorf("on sent pages: %v", on)
	}
	_, err = eval("none")
	fails(t, err, codes.NotFound, "NOT_FOUND")

	for _, req := range []*pb.TrainRequest{{Name: "a/b"}, {Folds: 99}, {Trees: -1}} {
		stream, err := r.Train(ctx, req)
		check(t, err)
		_, err = stream.Recv()
		fails(t, err, codes.InvalidArgument, "INVALID_REQUEST")
	}
}

// TestTrainBeginsAnew holds that a training to which others leave no time is run
// once more with more of a claim, on the pages of that moment.
func TestTrainBeginsAnew(t *testing.T) {
	var r running
	var runs []bool
	r = startWith(t, t.TempDir(), nil, false, func(ctx context.Context, job trainer.Job, pages []store.Page, report func(retrain.Progress)) (*trainer.Result, error) {
		runs = append(runs, job.Idle)
		if !job.Idle {
			return trainer.Here(ctx, job, pages, report)
		}
		r.add(t, ownPages(t, 9)[8])
		return nil, trainer.ErrStarved
	})
	r.add(t, ownPages(t, 8)...)
	result, _ := r.train(t, &pb.TrainRequest{Trees: 2})
	first, wanted := runs[0], runtime.GOOS == "linux"
	if first != wanted || runs[len(runs)-1] || wanted && (len(runs) != 2 || result.GetVersion().GetPages() != 9) {
		t.Errorf("idle runs %v gave %v", runs, result)
	}
}

func TestTrainingEndsWithItsCall(t *testing.T) {
	r := start(t, t.TempDir(), nil, false)
	r.add(t, ownPages(t, 52)...)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	first, err := r.Train(ctx, &pb.TrainRequest{Folds: 10})
	check(t, err)
	_, err = first.Recv() // it runs
	check(t, err)
	second, err := r.Train(t.Context(), &pb.TrainRequest{})
	check(t, err)
	_, err = second.Recv()
	fails(t, err, codes.FailedPrecondition, "TRAINING_RUNNING")
	cancel()
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		third, err := r.Train(t.Context(), &pb.TrainRequest{WithoutBase: true, Name: "?"})
		check(t, err)
		if _, err = third.Recv(); strings.Contains(err.Error(), "name") {
			break // its turn has come: the first has ended
		}
		if time.Since(begun) > 20*time.Second {
			t.Fatal("the cancelled training goes on")
		}
	}
	if n := len(r.store.Versions()); n != 0 {
		t.Errorf("%d versions of a cancelled training", n)
	}
}

// TestGate: a new version replaces one that it is not worse than, and is kept
// as a candidate where it is, or might be.
func TestGate(t *testing.T) {
	if testing.Short() {
		t.Skip("it trains a dozen models; the other tests train too")
	}
	own := ownPages(t, 36)
	req := &pb.TrainRequest{PromoteIfNotWorse: true, Folds: 2, Trees: 6, WithoutBase: true}
	t.Run("not worse", func(t *testing.T) {
		t.Parallel()
		weak := weakModel(t)
		version, err := classifier.New(weak)
		check(t, err)
		r := start(t, t.TempDir(), weak, false)
		r.add(t, own...)
		result, _ := r.train(t, req)
		v, c := result.GetVersion(), result.GetVersion().GetComparison()
		if !result.GetPromoted() || !v.GetActive() || !c.GetNotWorse() || c.GetActive() != version.ModelVersion() || c.GetSites() < 20 || v.GetReport().GetPages() != 36 {
			t.Errorf("result %v", c)
		}
		if r.active.Version() != v.GetId() {
			t.Errorf("version %s answers", r.active.Version())
		}
		// The same once more is not worse than itself, out of fold.
		result, _ = r.train(t, req)
		if c := result.GetVersion().GetComparison(); !c.GetNotWorse() || c.GetCandidateScore() != c.GetActiveScore() {
			t.Errorf("compared with itself: %v", c)
		}
	})
	t.Run("worse", func(t *testing.T) {
		t.Parallel()
		r := start(t, t.TempDir(), nil, false)
		r.add(t, own...)
		result, _ := r.train(t, req)
		c := result.GetVersion().GetComparison()
		if result.GetPromoted() || result.GetVersion().GetActive() || c.GetNotWorse() || c.GetReason() == "" {
			t.Errorf("result %v", result)
		}
		got, err := r.models.GetVersion(t.Context(), &pb.GetVersionRequest{Version: "trained-"})
		check(t, err)
		if !proto.Equal(got.GetVersion().GetComparison(), c) {
			t.Errorf("the comparison was not kept: %v", got)
		}
	})
	t.Run("too few", func(t *testing.T) {
		t.Parallel()
		r := start(t, t.TempDir(), nil, false)
		r.add(t, own[:4]...)
		result, _ := r.train(t, &pb.TrainRequest{PromoteIfNotWorse: true, Folds: 2, Trees: 2, WithoutBase: true})
		if c := result.GetVersion().GetComparison(); result.GetPromoted() || !strings.Contains(c.GetReason(), "too few") {
			t.Errorf("result %v", c)
		}
	})
}
