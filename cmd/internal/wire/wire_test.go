package wire

import (
	"errors"
	"math"
	"math/rand"
	"reflect"
	"strings"
	"testing"
	"testing/quick"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/block"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// anything fills every field of a T, those added after this test was written
// too: a field that the conversion forgets comes back empty and fails.
func anything[T any](t *testing.T, r *rand.Rand) T {
	t.Helper()
	v, ok := quick.Value(reflect.TypeFor[T](), r)
	if !ok {
		t.Fatalf("cannot fill a %T", *new(T))
	}
	return v.Interface().(T)
}

func anyDocument(t *testing.T, r *rand.Rand) classifier.Document {
	doc := anything[classifier.Document](t, r)
	if r.Intn(2) == 0 {
		doc.HTML = nil
		if doc.Text == nil {
			doc.Text = []byte{}
		}
	} else {
		doc.Text = nil
		if doc.HTML == nil {
			doc.HTML = []byte{}
		}
	}
	return doc
}

func anyOptions(t *testing.T, r *rand.Rand) classifier.Options {
	opts := anything[classifier.Options](t, r)
	opts.Preset %= classifier.Preset(numPresets)
	opts.Format %= classifier.TextFormat(numFormats)
	opts.MaxBytes, opts.MaxBlocks = r.Intn(math.MaxInt32), r.Intn(math.MaxInt32)
	for i := range opts.Labels {
		opts.Labels[i] %= classifier.NumLabels
	}
	return opts
}

func anyResult(t *testing.T, r *rand.Rand) *classifier.Result {
	res := anything[classifier.Result](t, r)
	res.Kind %= classifier.NumPageKinds
	res.Verdict %= classifier.NumVerdicts
	for i := range res.Blocks {
		b := &res.Blocks[i]
		b.Label %= classifier.NumLabels
		b.Role %= block.RoleQuote + 1
		b.Hidden %= 1 << numHidden
		b.Start, b.End = r.Intn(math.MaxInt32), r.Intn(math.MaxInt32)
	}
	for i := range res.CommentForms {
		f := &res.CommentForms[i]
		f.FirstBlock, f.EndBlock, f.Start, f.End = r.Intn(math.MaxInt32), r.Intn(math.MaxInt32), r.Intn(math.MaxInt32), r.Intn(math.MaxInt32)
	}
	if s := res.Signals; s != nil {
		for _, n := range []*int{&s.Words, &s.StopWords, &s.Sentences, &s.CurlyBrackets, &s.PolicyLines, &s.ScriptLines, &s.WordsOnThePage} {
			*n = r.Intn(math.MaxInt32)
		}
	}
	for i := range res.Comments {
		c := &res.Comments[i]
		c.FirstBlock, c.EndBlock, c.Start, c.End = r.Intn(math.MaxInt32), r.Intn(math.MaxInt32), r.Intn(math.MaxInt32), r.Intn(math.MaxInt32)
		c.Depth = r.Intn(10) - 1
	}
	return &res
}

// Nil and empty lists are the same on the wire.
var emptyIsNil = cmp.FilterValues(func(a, b any) bool {
	x, y := reflect.ValueOf(a), reflect.ValueOf(b)
	return x.Kind() == reflect.Slice && y.Kind() == reflect.Slice && x.Len() == 0 && y.Len() == 0
}, cmp.Comparer(func(a, b any) bool { return true }))

// send is what a message becomes on its way through the network.
func send[M proto.Message](t *testing.T, m, into M) M {
	t.Helper()
	data, err := proto.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	if err := proto.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
	return into
}

func TestRequestRoundTrip(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 500 {
		doc, opts := anyDocument(t, r), anyOptions(t, r)
		gotDoc, gotOpts, err := FromRequest(send(t, Request(doc, opts), &pb.ClassifyRequest{}))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(doc, gotDoc, emptyIsNil); d != "" {
			t.Fatalf("document (-sent +got):\n%s", d)
		}
		if d := cmp.Diff(opts, gotOpts, emptyIsNil); d != "" {
			t.Fatalf("options (-sent +got):\n%s", d)
		}
	}
}

func TestResponseRoundTrip(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 200 {
		want := anyResult(t, r)
		got, err := FromResponse(send(t, Response(want), &pb.ClassifyResponse{}))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got, emptyIsNil); d != "" {
			t.Fatalf("result (-sent +got):\n%s", d)
		}
	}
}

func TestEmptyPageStaysHTML(t *testing.T) {
	doc, _, err := FromRequest(send(t, Request(classifier.Document{HTML: []byte{}}, classifier.Options{}), &pb.ClassifyRequest{}))
	if err != nil || doc.HTML == nil {
		t.Errorf("HTML is nil or failed: %v", err)
	}
}

func TestContentKinds(t *testing.T) {
	for _, c := range []struct {
		page *pb.Page
		want classifier.Document
	}{
		{&pb.Page{Content: &pb.Page_Html{Html: []byte("\xff<p>")}}, classifier.Document{HTML: []byte("\xff<p>")}},
		{&pb.Page{Content: &pb.Page_HtmlString{HtmlString: "<p>"}}, classifier.Document{HTML: []byte("<p>")}},
		{&pb.Page{Content: &pb.Page_Text{Text: "a"}}, classifier.Document{Text: []byte("a")}},
		{&pb.Page{Content: &pb.Page_TextBytes{TextBytes: []byte("\xe9")}}, classifier.Document{Text: []byte("\xe9")}},
	} {
		got, _, err := FromRequest(&pb.ClassifyRequest{Page: c.page})
		if d := cmp.Diff(c.want, got); err != nil || d != "" {
			t.Errorf("%v: error %v, (-want +got):\n%s", c.page, err, d)
		}
	}
}

// A proto3 string that is not UTF-8 would make the whole answer unsendable.
func TestBrokenUTF8IsMended(t *testing.T) {
	bad := "a\xffb"
	res := &classifier.Result{
		Text: bad, Charset: bad, Model: bad, Reasons: []string{bad},
		Metadata: classifier.Metadata{Title: bad, Author: bad, Date: bad, SiteName: bad, Language: bad, Description: bad, Canonical: bad},
		Blocks:   []classifier.Block{{Text: bad, Path: bad, Reasons: []string{bad}, Evidence: []classifier.Evidence{{View: bad, Token: bad}}}},
	}
	got, err := FromResponse(send(t, Response(res), &pb.ClassifyResponse{}))
	if err != nil {
		t.Fatal(err)
	}
	if want := "a\uFFFDb"; got.Text != want || got.Blocks[0].Evidence[0].Token != want {
		t.Errorf("got %q and %q, want %q", got.Text, got.Blocks[0].Evidence[0].Token, want)
	}
	send(t, Request(classifier.Document{Text: []byte(bad), URL: bad, ContentType: bad}, classifier.Options{}), &pb.ClassifyRequest{})
}

func TestBadRequests(t *testing.T) {
	page := &pb.Page{Content: &pb.Page_Text{Text: "a"}}
	for _, c := range []struct {
		field string
		req   *pb.ClassifyRequest
	}{
		{"page.content", nil},
		{"page.content", &pb.ClassifyRequest{}},
		{"page.content", &pb.ClassifyRequest{Page: &pb.Page{Id: "1"}}},
		{"options.preset", &pb.ClassifyRequest{Page: page, Options: &pb.ClassifyOptions{Preset: 99}}},
		{"options.preset", &pb.ClassifyRequest{Page: page, Options: &pb.ClassifyOptions{Preset: -1}}},
		{"options.format", &pb.ClassifyRequest{Page: page, Options: &pb.ClassifyOptions{Format: 99}}},
		{"options.labels[1]", &pb.ClassifyRequest{Page: page, Options: &pb.ClassifyOptions{Labels: []pb.Label{1, 0}}}},
		{"options.max_bytes", &pb.ClassifyRequest{Page: page, Options: &pb.ClassifyOptions{MaxBytes: -1}}},
		{"options.max_blocks", &pb.ClassifyRequest{Page: page, Options: &pb.ClassifyOptions{MaxBlocks: -1}}},
	} {
		_, _, err := FromRequest(c.req)
		var field *FieldError
		if !errors.As(err, &field) || field.Field != c.field {
			t.Errorf("%v: got error %v, want one of field %s", c.req, err, c.field)
		}
	}
}

func TestAnswersOfANewerServer(t *testing.T) {
	answer := func(change func(*pb.ClassifyResponse)) *pb.ClassifyResponse {
		m := Response(&classifier.Result{Blocks: make([]classifier.Block, 2)})
		change(m)
		return m
	}
	for field, m := range map[string]*pb.ClassifyResponse{
		"page_kind":       answer(func(m *pb.ClassifyResponse) { m.PageKind = 99 }),
		"verdict":         answer(func(m *pb.ClassifyResponse) { m.Verdict = 99 }),
		"blocks[1].label": answer(func(m *pb.ClassifyResponse) { m.Blocks[1].Label = 99 }),
	} {
		if _, err := FromResponse(m); err == nil || !strings.HasPrefix(err.Error(), field+": ") {
			t.Errorf("got error %v, want one of field %s", err, field)
		}
	}
	m := answer(func(m *pb.ClassifyResponse) { m.Blocks[0].Role = 99; m.Blocks[0].Hidden = []pb.HiddenReason{1, 99} })
	if r, err := FromResponse(m); err != nil || r.Blocks[0].Role != block.RoleNone || r.Blocks[0].Hidden != 1 {
		t.Errorf("an unknown role or reason for hiding: got %v, error %v", r, err)
	}
}

// TestEnumNames holds that the enums list the same names in the same order as
// the Go constants, for the conversion goes by number.
func TestEnumNames(t *testing.T) {
	check := func(enum, prefix string, names map[int32]string, first int, all []string) {
		if got, want := len(names), len(all)+first; got != want {
			t.Errorf("%s has %d values, want %d", enum, got, want)
		}
		for i, name := range all {
			if got, want := names[int32(i+first)], prefix+strings.ToUpper(name); got != want {
				t.Errorf("%s %d is %s, want %s", enum, i+first, got, want)
			}
		}
	}
	check("Label", "LABEL_", pb.Label_name, 1, names[classifier.Label](classifier.NumLabels))
	check("PageKind", "PAGE_KIND_", pb.PageKind_name, 1, names[classifier.PageKind](classifier.NumPageKinds))
	check("Verdict", "VERDICT_", pb.Verdict_name, 1, names[classifier.Verdict](classifier.NumVerdicts))
	roles := names[block.Role](int(block.RoleQuote) + 1)
	roles[0] = "unspecified"
	check("Role", "ROLE_", pb.Role_name, 0, roles)
	check("Preset", "PRESET_", pb.Preset_name, 1, []string{"balanced", "precision", "recall"})
	check("TextFormat", "TEXT_FORMAT_", pb.TextFormat_name, 1, []string{"plain", "markdown"})
	check("HiddenReason", "HIDDEN_REASON_", pb.HiddenReason_name, 1, []string{"display", "visibility", "opacity",
		"offscreen", "tiny", "attribute", "aria", "color", "style_rule", "clip"})
	if classifier.Balanced != 0 || classifier.Precision != 1 || classifier.Recall != 2 || classifier.PlainText != 0 || classifier.Markdown != 1 {
		t.Error("presets or formats have moved")
	}
	if block.HiddenDisplay != 1 || block.HiddenStyleRule != 1<<8 || block.HiddenClip != 1<<9 {
		t.Error("the reasons for hiding have moved")
	}
}

func names[V interface {
	~uint8
	String() string
}](n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = V(i).String()
	}
	return out
}
