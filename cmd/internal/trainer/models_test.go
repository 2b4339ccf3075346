package trainer_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/grpc/codes"

	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

func (r running) promote(t *testing.T, version string) *pb.PromoteVersionResponse {
	t.Helper()
	out, err := r.models.PromoteVersion(t.Context(), &pb.PromoteVersionRequest{Version: version})
	check(t, err)
	return out
}

// answers names the version that answers.
func (r running) answers(t *testing.T) string {
	t.Helper()
	out, err := r.filter.Classify(t.Context(), &pb.ClassifyRequest{Page: &pb.Page{Content: &pb.Page_HtmlString{HtmlString: "<p>One.<p>Two."}}})
	check(t, err)
	return out.GetModel()
}

func TestVersions(t *testing.T) {
	path := t.TempDir()
	r := start(t, path, nil, false)
	r.add(t, ownPages(t, 10)...)
	builtIn := r.answers(t)
	one, _ := r.train(t, &pb.TrainRequest{Name: "one", Trees: 2, WithoutBase: true})
	two, _ := r.train(t, &pb.TrainRequest{Name: "two", Trees: 3, WithoutBase: true})
	idOne, idTwo := one.GetVersion().GetId(), two.GetVersion().GetId()
	ctx := t.Context()

	if p := r.promote(t, "one"); p.GetFormer() != builtIn || !p.GetVersion().GetActive() || r.answers(t) != idOne {
		t.Errorf("promoted %v", p)
	}
	if p := r.promote(t, idTwo); p.GetFormer() != idOne || r.answers(t) != idTwo {
		t.Errorf("promoted %v", p)
	}
	_, err := r.models.RollBack(ctx, &pb.RollBackRequest{Active: idOne})
	fails(t, err, codes.Aborted, "CONFLICT")
	for _, want := range []string{idOne, builtIn} {
		back, err := r.models.RollBack(ctx, &pb.RollBackRequest{})
		check(t, err)
		if back.GetVersion().GetId() != want || r.answers(t) != want {
			t.Errorf("rolled back to %v, want %s", back, want)
		}
	}
	_, err = r.models.RollBack(ctx, &pb.RollBackRequest{})
	fails(t, err, codes.InvalidArgument, "INVALID_REQUEST")

	r.promote(t, "two")
	list, err := r.models.ListVersions(ctx, &pb.ListVersionsRequest{})
	check(t, err)
	if v := list.GetVersions(); len(v) != 3 || !v[0].GetBuiltIn() || v[1].GetId() != idOne || !v[2].GetActive() || v[2].GetReport() != nil {
		t.Errorf("list %v", list)
	}
	for name, want := range map[string]string{"active": idTwo, "tw": idTwo, builtIn: builtIn} {
		got, err := r.models.GetVersion(ctx, &pb.GetVersionRequest{Version: name})
		check(t, err)
		if got.GetVersion().GetId() != want || len(got.GetVersion().GetNotes()) == 0 {
			t.Errorf("%s: %v", name, got)
		}
	}
	for version, want := range map[string]codes.Code{"none": codes.NotFound, "": codes.InvalidArgument, "active": codes.FailedPrecondition, "two": codes.FailedPrecondition, builtIn: codes.InvalidArgument} {
		_, err := r.models.DeleteVersion(ctx, &pb.DeleteVersionRequest{Version: version})
		fails(t, err, want, map[codes.Code]string{codes.NotFound: "NOT_FOUND", codes.InvalidArgument: "INVALID_REQUEST", codes.FailedPrecondition: "VERSION_ACTIVE"}[want])
	}
	gone, err := r.models.DeleteVersion(ctx, &pb.DeleteVersionRequest{Version: "one"})
	check(t, err)
	if gone.GetVersion() != idOne {
		t.Errorf("deleted %v", gone)
	}
	_, err = r.models.PromoteVersion(ctx, &pb.PromoteVersionRequest{Version: idOne})
	fails(t, err, codes.NotFound, "NOT_FOUND")
}

// TestPromoteDropsNothing: calls that run while versions change are all
// answered, each by one version.
func TestPromoteDropsNothing(t *testing.T) {
	r := start(t, t.TempDir(), nil, false)
	r.add(t, ownPages(t, 10)...)
	known := map[string]bool{r.answers(t): true}
	for _, name := range []string{"one", "two"} {
		out, _ := r.train(t, &pb.TrainRequest{Name: name, Trees: 2})
		known[out.GetVersion().GetId()] = true
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var group sync.WaitGroup
	var answered atomic.Int64
	for range 3 {
		group.Go(func() {
			for ctx.Err() == nil {
				out, err := r.filter.Classify(t.Context(), &pb.ClassifyRequest{Page: &pb.Page{Content: &pb.Page_HtmlString{HtmlString: "<p>One thing or another.<p>Two."}}})
				if err != nil || !known[out.GetModel()] {
					t.Errorf("model %q, error %v", out.GetModel(), err)
					return
				}
				answered.Add(1)
			}
		})
	}
	for i := range 40 {
		r.promote(t, []string{"one", "two", "default-"}[i%3])
		time.Sleep(2 * time.Millisecond)
	}
	stop()
	group.Wait()
	t.Logf("%d calls answered while 40 versions were promoted", answered.Load())
	if answered.Load() < 40 {
		t.Error("too few calls to tell")
	}
}

// TestReplica: another server on the same store takes a new version within
// seconds, and keeps the one that it has where the new one is damaged.
func TestReplica(t *testing.T) {
	path := t.TempDir()
	w := start(t, path, nil, false)
	w.add(t, ownPages(t, 10)...)
	r := start(t, path, nil, true)
	builtIn := r.answers(t)
	ctx, stop := context.WithCancel(t.Context())
	var following sync.WaitGroup
	following.Go(func() { r.active.Follow(ctx, 20*time.Millisecond) })
	defer following.Wait()
	defer stop()
	becomes := func(want string) {
		t.Helper()
		for begun := time.Now(); r.answers(t) != want; time.Sleep(5 * time.Millisecond) {
			if time.Since(begun) > 5*time.Second {
				t.Fatalf("the replica answers with %s, want %s", r.answers(t), want)
			}
		}
	}
	one, _ := w.train(t, &pb.TrainRequest{Name: "one", Trees: 2, WithoutBase: true})
	two, _ := w.train(t, &pb.TrainRequest{Name: "two", Trees: 3, WithoutBase: true})
	w.promote(t, "one")
	becomes(one.GetVersion().GetId())
	_, err := r.models.PromoteVersion(t.Context(), &pb.PromoteVersionRequest{Version: "two"})
	fails(t, err, codes.FailedPrecondition, "READ_ONLY")

	w.promote(t, "two")
	becomes(two.GetVersion().GetId())
	three, _ := w.train(t, &pb.TrainRequest{Name: "three", Trees: 4, WithoutBase: true})
	w.promote(t, "three")
	becomes(three.GetVersion().GetId())
	w.promote(t, "default-") // so that neither has three in memory, as the former one
	becomes(builtIn)
	w.promote(t, "one")
	becomes(one.GetVersion().GetId())
	damage(t, path, three.GetVersion().GetSha256())
	_, err = w.models.PromoteVersion(t.Context(), &pb.PromoteVersionRequest{Version: "three"})
	fails(t, err, codes.DataLoss, "STORE_DAMAGED")
	check(t, w.store.Promote(t.Context(), three.GetVersion().GetId())) // as if it had been sound
	if err := r.active.Sync(t.Context()); err == nil && r.answers(t) != one.GetVersion().GetId() {
		t.Error("a damaged model was taken")
	}
	time.Sleep(60 * time.Millisecond) // it looks again, and again leaves it
	becomes(one.GetVersion().GetId())
	w.promote(t, "two")
	becomes(two.GetVersion().GetId())
}

// TestStartsWithDamagedVersion: where the active version cannot be read when a
// server starts, the one before answers, and the server can be told what to do.
func TestStartsWithDamagedVersion(t *testing.T) {
	path := t.TempDir()
	var one, two *pb.TrainResult
	t.Run("before", func(t *testing.T) {
		w := start(t, path, nil, false)
		w.add(t, ownPages(t, 10)...)
		one, _ = w.train(t, &pb.TrainRequest{Name: "one", Trees: 2, WithoutBase: true})
		two, _ = w.train(t, &pb.TrainRequest{Name: "two", Trees: 2, WithoutBase: true})
		w.promote(t, "one")
		w.promote(t, "two")
	})
	damage(t, path, two.GetVersion().GetSha256())
	r := start(t, path, nil, false)
	if got := r.answers(t); got != one.GetVersion().GetId() {
		t.Errorf("%s answers", got)
	}
	if _, err := r.models.RollBack(t.Context(), &pb.RollBackRequest{}); err != nil {
		t.Error(err)
	}
	check(t, r.active.Sync(t.Context()))
	if got := r.answers(t); got != one.GetVersion().GetId() {
		t.Errorf("%s answers after rolling back", got)
	}
	_, err := r.models.DeleteVersion(t.Context(), &pb.DeleteVersionRequest{Version: "two"})
	check(t, err)
}

// damage changes a byte in the middle of a model's file.
func damage(t *testing.T, path, sum string) {
	t.Helper()
	name := filepath.Join(path, "models", sum+".model")
	data, err := os.ReadFile(name)
	check(t, err)
	data[len(data)/2] ^= 1
	check(t, os.WriteFile(name, data, 0o600))
}

func (r running) export(t *testing.T, version string) []byte {
	t.Helper()
	stream, err := r.models.ExportVersion(t.Context(), &pb.ExportVersionRequest{Version: version})
	check(t, err)
	var data []byte
	for {
		m, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return data
		}
		check(t, err)
		data = append(data, m.GetData()...)
	}
}

func (r running) load(t *testing.T, data []byte, sum string) (*pb.Version, error) {
	t.Helper()
	stream, err := r.models.ImportVersion(t.Context())
	check(t, err)
	for len(data) > 0 {
		n := min(len(data), 100_000)
		if stream.Send(&pb.ImportVersionRequest{Sha256: sum, Data: data[:n]}) != nil {
			break // the answer says why
		}
		data = data[n:]
	}
	out, err := stream.CloseAndRecv()
	return out.GetVersion(), err
}

func TestExportAndImport(t *testing.T) {
	from, to := start(t, t.TempDir(), nil, false), start(t, t.TempDir(), nil, false)
	from.add(t, ownPages(t, 10)...)
	one, _ := from.train(t, &pb.TrainRequest{Name: "one", Trees: 2, WithoutBase: true})
	id, sum := one.GetVersion().GetId(), one.GetVersion().GetSha256()
	data := from.export(t, "one")
	for range 2 {
		v, err := to.load(t, data, sum)
		check(t, err)
		if v.GetId() != id || v.GetSha256() != sum || !v.GetImported() || v.GetActive() {
			t.Errorf("imported %v", v)
		}
	}
	to.promote(t, id)
	if to.answers(t) != id || !bytes.Equal(to.export(t, "active"), data) {
		t.Error("what was imported is another")
	}
	_, err := to.load(t, data, strings.Repeat("0", 64))
	fails(t, err, codes.InvalidArgument, "INVALID_REQUEST")
	broken := bytes.Clone(data)
	broken[len(broken)/3] ^= 1
	for _, bad := range [][]byte{broken, data[:len(data)/2], []byte("PGSIEVE\n"), nil, make([]byte, 70<<20)} {
		if _, err := to.load(t, bad, ""); err == nil {
			t.Errorf("%d bytes that are no model were imported", len(bad))
		}
	}
	if n := len(to.store.Versions()); n != 1 {
		t.Errorf("%d versions", n)
	}
}

func TestDiffAndShadow(t *testing.T) {
	r := start(t, t.TempDir(), nil, false)
	own := ownPages(t, 20)
	r.add(t, own...)
	r.train(t, &pb.TrainRequest{Name: "one", Trees: 2, WithoutBase: true})
	ctx := t.Context()
	diff := func(max int32) (n int64, summary *pb.DiffSummary) {
		stream, err := r.models.DiffVersions(ctx, &pb.DiffVersionsRequest{To: "one", MaxChanges: max})
		check(t, err)
		for {
			m, err := stream.Recv()
			check(t, err)
			if m.GetSummary() != nil {
				return n, m.GetSummary()
			}
			n++
			if c := m.GetChange(); c.GetText() == "" || c.GetFrom() == c.GetTo() || !strings.HasPrefix(c.GetPageId(), "user/") || c.GetEnd() <= c.GetStart() {
				t.Errorf("change %v", c)
			}
		}
	}
	sent, summary := diff(0)
	var counted int64
	for _, c := range summary.GetChanges() {
		counted += c.GetBlocks()
	}
	if sent == 0 || sent != counted || summary.GetPages() != 20 || summary.GetFailed() != 0 || summary.GetChangedPages() == 0 {
		t.Errorf("%d changes, summary %v", sent, summary)
	}
	if few, s := diff(3); few != 3 || s.GetChangedPages() != summary.GetChangedPages() {
		t.Errorf("%d changes of at most 3, summary %v", few, s)
	}

	_, err := r.models.SetShadow(ctx, &pb.SetShadowRequest{Version: "active", Share: 1})
	fails(t, err, codes.InvalidArgument, "INVALID_REQUEST")
	_, err = r.models.SetShadow(ctx, &pb.SetShadowRequest{Version: "one", Share: 2})
	fails(t, err, codes.InvalidArgument, "INVALID_REQUEST")
	_, err = r.models.SetShadow(ctx, &pb.SetShadowRequest{Version: "one", Share: 0.5})
	check(t, err)
	for _, p := range own {
		_, err := r.filter.Classify(ctx, &pb.ClassifyRequest{Page: &pb.Page{Content: &pb.Page_HtmlString{HtmlString: p.GetHtml() + p.GetText()}}})
		check(t, err)
		time.Sleep(3 * time.Millisecond) // the shadow may drop what comes faster
	}
	var s *pb.GetShadowResponse
	for begun := time.Now(); time.Since(begun) < 5*time.Second; time.Sleep(5 * time.Millisecond) {
		s, err = r.models.GetShadow(ctx, &pb.GetShadowRequest{})
		check(t, err)
		if s.GetPages()+s.GetDropped() == 10 {
			break
		}
	}
	if s.GetPages()+s.GetDropped() != 10 || s.GetPages() < 5 || s.GetFailed() != 0 || s.GetBlocks() == 0 || s.GetChangedPages() == 0 || len(s.GetSamples()) == 0 || s.GetMeanTime().AsDuration() <= 0 {
		t.Errorf("shadow %v", s)
	}
	r.promote(t, "one") // then it would be compared with itself
	s, err = r.models.GetShadow(ctx, &pb.GetShadowRequest{})
	check(t, err)
	if s.GetVersion() != "" {
		t.Errorf("shadow %v", s)
	}
}
