package batch

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/block"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// echo is a classifier that answers with the page itself as one block.
func echo(_ context.Context, doc classifier.Document, _ classifier.Options) (*classifier.Result, error) {
	text := string(doc.HTML) + string(doc.Text)
	switch {
	case text == "binary":
		return nil, fmt.Errorf("split page: %w", block.ErrBinary)
	case text == "panic":
		panic("bad page")
	case text == "nothing":
		return nil, nil
	}
	r := &classifier.Result{Text: text, Model: "echo", Quality: 1}
	r.Blocks = []classifier.Block{{Text: text, End: len(text), Label: bayes.Body, Probabilities: [bayes.NumLabels]float64{1}}}
	return r, nil
}

func filter(t *testing.T, in string, opts Options) (string, Stats) {
	t.Helper()
	if opts.Classify == nil {
		opts.Classify = echo
	}
	var out bytes.Buffer
	stats, err := Filter(t.Context(), strings.NewReader(in), &out, opts)
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), stats
}

func TestContract(t *testing.T) {
	result := &classifier.Result{
		Text: "<b> & é\xff", Model: "m1", Quality: 0.123456789, Verdict: classifier.SpamInjected, Kind: classifier.Forum, Unsure: true,
		Metadata: classifier.Metadata{Title: "T", Language: "en", Author: "left out"},
		Blocks: []classifier.Block{
			{Text: "one", Start: 3, End: 6, Label: classifier.LinkSpam, Probabilities: [5]float64{4: 0.75}, Unsure: true},
			{Text: "two", Start: 6, End: 9, Role: block.RoleHeading, Probabilities: [5]float64{0: 1}},
		},
	}
	var asked classifier.Options
	opts := Options{
		Page: classifier.Options{Preset: classifier.Recall},
		Classify: func(_ context.Context, _ classifier.Document, o classifier.Options) (*classifier.Result, error) {
			asked = o
			return result, nil
		},
	}
	got, _ := filter(t, `{"id":"p","html":"x"}`, opts)
	want := `{"id":"p","text":"<b> & é` + `\ufffd` + `","title":"T","language":"en","page_kind":"forum","verdict":"spam_injected","quality":0.123457,"unsure":true,"blocks":[` +
		`{"text":"one","label":"link_spam","probability":0.75,"unsure":true,"start":3,"end":6},` +
		`{"text":"two","label":"body","role":"heading","probability":1,"start":6,"end":9}],"model":"m1"}` + "\n"
	if got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	if asked.Preset != classifier.Recall {
		t.Error("the page options did not reach the classifier")
	}
	*result = classifier.Result{}
	got, _ = filter(t, `{"html":"x"}`, opts)
	if want := `{"id":"","text":"","page_kind":"article","verdict":"ok","quality":0,"blocks":[],"model":""}` + "\n"; got != want {
		t.Errorf("got  %swant %s", got, want)
	}
}

func TestBadPagesDoNotEndTheRun(t *testing.T) {
	in := "\ufeff" + strings.Join([]string{
		`{"id":"a","html":"fine"}`,
		``,
		` ` + "\r",
		`{"id":"b","html":`,
		`no JSON`,
		`{"id":5,"html":"binary"}`,
		`{"id":"c","html":"panic"}`,
		`{"id":"d","text":"nothing"}`,
		`{"id":"e"}`,
		`{"id":"f","html":"` + strings.Repeat("long ", 100) + `"}`,
		`{"id":"g","text":"last, without a line feed"}`,
	}, "\n")
	got, stats := filter(t, in, Options{MaxLine: 200})
	var lines []string
	for text := range strings.Lines(got) {
		var a struct {
			ID    any
			Text  string
			Error Error
		}
		if err := json.Unmarshal([]byte(text), &a); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.TrimSpace(fmt.Sprint(a.ID, " ", a.Text, a.Error.Code, " ", a.Error.Message)))
	}
	want := []string{
		"a fine",
		"b invalid_argument line 4: not a page: JSON ends too early",
		"invalid_argument line 5: not a page: JSON has 'n' at byte 0 where an object is due",
		"5 invalid_argument split page: page is not text",
		"c internal line 7: classify: panic: bad page",
		"d internal classify: no result",
		"e invalid_argument line 9: not a page: neither html nor text is given",
		"f invalid_argument line 10: longer than 200 bytes: page too large",
		"g last, without a line feed",
	}
	if got, want := strings.Join(lines, "\n"), strings.Join(want, "\n"); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if stats != (Stats{Pages: 9, Failed: 7}) {
		t.Errorf("stats %+v", stats)
	}
}

func TestOrder(t *testing.T) {
	var in, want strings.Builder
	for i := range 500 {
		fmt.Fprintf(&in, "{\"id\":%d,\"text\":\"t\"}\n", i)
		fmt.Fprintln(&want, i)
	}
	opts := Options{Workers: 8, Classify: func(ctx context.Context, d classifier.Document, o classifier.Options) (*classifier.Result, error) {
		time.Sleep(rand.N(time.Millisecond))
		return echo(ctx, d, o)
	}}
	out, _ := filter(t, in.String(), opts)
	var got strings.Builder
	for text := range strings.Lines(out) {
		var a struct{ ID int }
		if err := json.Unmarshal([]byte(text), &a); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&got, a.ID)
	}
	if got.String() != want.String() {
		t.Error("the answers are not in the order of the lines")
	}
}

// TestInteractive writes one page at a time and sends the next one only when
// the answer has come.
func TestInteractive(t *testing.T) {
	inR, inW := io.Pipe()
	outR, outW := io.Pipe()
	failed := make(chan error, 1)
	go func() {
		_, err := Filter(t.Context(), inR, outW, Options{Classify: echo, Workers: 4})
		outW.Close()
		failed <- err
	}()
	answers := bufio.NewScanner(outR)
	for i := range 50 {
		fmt.Fprintf(inW, "{\"id\":%d,\"text\":\"t\"}\n{\"id\":", i)
		if !answers.Scan() || !strings.HasPrefix(answers.Text(), fmt.Sprintf(`{"id":%d,`, i)) {
			t.Fatalf("page %d: got %q", i, answers.Text())
		}
		fmt.Fprintf(inW, "\"half\",\"text\":\"t\"}\n")
		if !answers.Scan() {
			t.Fatal("no answer")
		}
	}
	inW.Close()
	if answers.Scan() {
		t.Errorf("an answer too many: %s", answers.Text())
	}
	if err := <-failed; err != nil {
		t.Error(err)
	}
}

// TestCancel ends the context while the third page is at work: the first two
// are written, and what was done after the third is not.
func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	inR, inW := io.Pipe()
	defer inW.Close() // lets the blocked Read go
	var done atomic.Int32
	var out lineCounter
	opts := Options{Workers: 3, Classify: func(ctx context.Context, d classifier.Document, o classifier.Options) (*classifier.Result, error) {
		if string(d.Text) == "stuck" {
			for done.Load() < 4 || out.lines.Load() < 2 {
				runtime.Gosched()
			}
			cancel()
			<-ctx.Done()
			return nil, ctx.Err()
		}
		defer done.Add(1)
		return echo(ctx, d, o)
	}}
	go func() {
		for i, text := range []string{"a", "b", "stuck", "c", "d"} {
			fmt.Fprintf(inW, "{\"id\":%d,\"text\":%q}\n", i, text)
		}
	}()
	stats, err := Filter(ctx, inR, &out, opts)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if stats.Pages != 2 || strings.Count(out.String(), "\n") != 2 {
		t.Errorf("%+v, wrote %s", stats, out.String())
	}
}

// lineCounter tells how many lines were written so far.
type lineCounter struct {
	bytes.Buffer
	lines atomic.Int32
}

func (w *lineCounter) Write(p []byte) (int, error) {
	w.lines.Add(int32(bytes.Count(p, []byte("\n"))))
	return w.Buffer.Write(p)
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestBrokenOutput(t *testing.T) {
	in := strings.Repeat("{\"text\":\"t\"}\n", 10_000)
	_, err := Filter(t.Context(), strings.NewReader(in), brokenWriter{}, Options{Classify: echo})
	if !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("error %v", err)
	}
}

func TestBrokenInput(t *testing.T) {
	in := io.MultiReader(strings.NewReader("{\"id\":1,\"text\":\"t\"}\n"), brokenReader{})
	var out bytes.Buffer
	stats, err := Filter(t.Context(), in, &out, Options{Classify: echo})
	if !errors.Is(err, io.ErrUnexpectedEOF) || stats.Pages != 1 {
		t.Errorf("%+v, error %v", stats, err)
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestOptionsChecked(t *testing.T) {
	for _, opts := range []Options{{}, {Classify: echo, Workers: -1}, {Classify: echo, MaxLine: -1}} {
		if _, err := Filter(t.Context(), strings.NewReader(""), io.Discard, opts); err == nil {
			t.Errorf("%+v was taken", opts)
		}
	}
}

// TestBoundedMemory holds the first page back while the input goes on without
// end: the reader has to stop.
func TestBoundedMemory(t *testing.T) {
	const pageSize, bound = 1 << 20, 8 << 20
	read := &endless{line: []byte(`{"text":"` + strings.Repeat("x", pageSize) + "\"}\n"), pages: 100}
	opts := Options{Workers: 2, MaxInFlight: bound}
	var most atomic.Int64
	var first atomic.Bool
	opts.Classify = func(ctx context.Context, d classifier.Document, _ classifier.Options) (*classifier.Result, error) {
		if first.CompareAndSwap(false, true) {
			time.Sleep(200 * time.Millisecond)
			most.Store(read.bytes.Load())
		}
		return &classifier.Result{}, nil
	}
	if _, err := Filter(t.Context(), read, io.Discard, opts); err != nil {
		t.Fatal(err)
	}
	if got := most.Load(); got > bound+3*pageSize { // one page waits to be let in, one buffer is ahead
		t.Errorf("%d bytes were read while the first page was held back", got)
	}
}

type endless struct {
	line  []byte
	pages int
	rest  []byte
	bytes atomic.Int64
}

func (e *endless) Read(p []byte) (int, error) {
	if len(e.rest) == 0 {
		if e.pages == 0 {
			return 0, io.EOF
		}
		e.pages--
		e.rest = e.line
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	e.bytes.Add(int64(n))
	return n, nil
}

// TestEndlessLine checks that a line without an end is not kept.
func TestEndlessLine(t *testing.T) {
	line := []byte(`{"id":"big","html":"` + strings.Repeat("x", 1<<20))
	in := io.MultiReader(bytes.NewReader(line), io.LimitReader(&endless{line: line, pages: 1 << 30}, 64<<20), strings.NewReader("\n{\"id\":\"next\",\"text\":\"t\"}\n"))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var out bytes.Buffer
	if _, err := Filter(t.Context(), in, &out, Options{Classify: echo, MaxLine: 2 << 20}); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 24<<20 {
		t.Errorf("allocated %d bytes", used)
	}
	if got := out.String(); !strings.Contains(got, `"id":"big","error":{"code":"invalid_argument"`) || !strings.Contains(got, `"id":"next","text":"t"`) {
		t.Errorf("got %s", got)
	}
}

// BenchmarkAnswer writes an answer of the usual size: 300 blocks.
func BenchmarkAnswer(b *testing.B) {
	r := &classifier.Result{Text: strings.Repeat("Words of the main text, some \"quoted\".\n", 200), Model: "m"}
	for range 300 {
		r.Blocks = append(r.Blocks, classifier.Block{Text: "A block of some words, with a “quote” in it and a bit more text", Start: 123456, End: 123999, Probabilities: [5]float64{0.987654321}})
	}
	b.ReportAllocs()
	for b.Loop() {
		data, err := encode(newAnswer("id", r))
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(len(data)))
	}
}

// BenchmarkFilter runs pages through all but the classifier, on one worker:
// what a page costs beside its classification.
func BenchmarkFilter(b *testing.B) {
	pages := benchmarkLines(b)
	in := append(bytes.Join(pages, []byte("\n")), '\n')
	r := &classifier.Result{Text: strings.Repeat("Words of the main text, some \"quoted\".\n", 200), Blocks: make([]classifier.Block, 300)}
	for i := range r.Blocks {
		r.Blocks[i].Text = "A block of some words, with a “quote” in it and a bit more text"
	}
	opts := Options{Workers: 1, Classify: func(context.Context, classifier.Document, classifier.Options) (*classifier.Result, error) {
		return r, nil
	}}
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		if _, err := Filter(b.Context(), bytes.NewReader(in), io.Discard, opts); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(pages)), "µs/page")
}
