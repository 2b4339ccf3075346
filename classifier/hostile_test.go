package classifier

import (
	"bytes"
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/pagesieve/pagesieve/classifier/block"
)

const hostileParagraph = "The ferry leaves at eight, and whoever misses it, the harbour master says, will have to wait until the tide is back. "

func utf16LE(s string) []byte {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// TestBadInput: every page gets a clear answer or a clear error.
func TestBadInput(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	article := "<h1>Ferry</h1>" + strings.Repeat("<p>"+hostileParagraph+"</p>", 5)
	cases := []struct {
		name string
		doc  Document
		want error  // nil: an answer
		text string // that must be in it
	}{
		{"empty HTML", Document{HTML: []byte{}}, nil, ""},
		{"empty text", Document{}, nil, ""},
		{"white space", Document{HTML: []byte(" \n\t ")}, nil, ""},
		{"PNG", Document{HTML: []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")}, block.ErrBinary, ""},
		{"PDF as text", Document{Text: []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")}, block.ErrBinary, ""},
		{"gzip", Document{HTML: []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03")}, block.ErrBinary, ""},
		{"50 MB", Document{HTML: bytes.Repeat([]byte("<p>word "), 50<<20/8)}, block.ErrTooLarge, ""},
		{"200,000 nested divs", Document{HTML: []byte(strings.Repeat("<div>", 200_000) + article)}, nil, "The ferry leaves at eight"},
		{"invalid UTF-8", Document{HTML: []byte("<meta charset=utf-8>" + article + "<p>bad \xff\xfe\xc3 bytes")}, nil, "The ferry leaves at eight"},
		{"NUL bytes", Document{HTML: []byte(strings.ReplaceAll(article, "<p>", "<p>\x00"))}, nil, "ferry leaves at eight"},
		{"UTF-16", Document{HTML: utf16LE(article)}, nil, "The ferry leaves at eight"},
		{"UTF-16 text", Document{Text: utf16LE(strings.Repeat(hostileParagraph+"\n\n", 4))}, nil, "The ferry leaves at eight"},
		{"nothing but tags", Document{HTML: []byte(strings.Repeat("<b><i></b><p></i>", 10_000))}, nil, ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			r, err := c.Classify(context.Background(), tc.doc, Options{})
			if !errors.Is(err, tc.want) || (err == nil) != (tc.want == nil) {
				t.Fatalf("error %v, want %v", err, tc.want)
			}
			if err == nil {
				checkAnswer(t, tc.doc, r, tc.text)
			}
		})
	}
}

func checkAnswer(t *testing.T, doc Document, r *Result, text string) {
	t.Helper()
	if !strings.Contains(r.Text, text) {
		t.Errorf("text %.80q, want %q in it", r.Text, text)
	}
	if text == "" && r.Verdict != NoMainContent {
		t.Errorf("verdict %v", r.Verdict)
	}
	size := max(len(doc.HTML), len(doc.Text))
	for _, b := range r.Blocks {
		sum := 0.0
		for _, p := range b.Probabilities {
			sum += p
		}
		if b.Start < 0 || b.Start > b.End || b.End > size || sum < 0.999 || sum > 1.001 || !utf8.ValidString(b.Text) {
			t.Fatalf("block %+v", b)
		}
	}
}

// TestDeepPathsAreBounded: a page of nothing but nested elements must not have
// answers of its length squared.
func TestDeepPathsAreBounded(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	size := func(levels int) int {
		r, err := c.Classify(context.Background(), Document{HTML: []byte(strings.Repeat("<div class=deep>some words<p>and more</p>", levels))}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, b := range r.Blocks {
			n += len(b.Path) + len(b.Text)
		}
		return n
	}
	if one, two := size(1500), size(3000); two > one*22/10 {
		t.Errorf("paths and texts of %d bytes at 1,500 levels, %d at 3,000", one, two)
	}
}

func TestContextEndsTheWork(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := c.Classify(ctx, Document{HTML: []byte("<p>x")}, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestAnswersAreDeterministic(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	doc := Document{HTML: []byte(seedBlog("", "<p>"+brands(" | ", linkItem)+"</p>"))}
	first, err := c.Classify(context.Background(), doc, Options{Evidence: true, Format: Markdown})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		again, err := c.Classify(context.Background(), doc, Options{Evidence: true, Format: Markdown})
		if err != nil {
			t.Fatal(err)
		}
		if again.Text != first.Text || len(again.Blocks) != len(first.Blocks) {
			t.Fatal("two answers differ")
		}
		for i := range first.Blocks {
			if again.Blocks[i].Probabilities != first.Blocks[i].Probabilities || len(again.Blocks[i].Evidence) != len(first.Blocks[i].Evidence) {
				t.Fatalf("block %d differs", i)
			}
		}
	}
}

// TestEvidenceIsGiven: every block with words has reasons, the strongest first.
func TestEvidenceIsGiven(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	r, err := c.Classify(context.Background(), Document{HTML: []byte(seedBlog("", ""))}, Options{Evidence: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range r.Blocks {
		if len(b.Evidence) == 0 || len(b.Evidence) > maxEvidence {
			t.Errorf("%.40q has %d reasons", b.Text, len(b.Evidence))
		}
	}
}

// TestMemoryIsLinear holds the memory that a classification asks for to the
// page's length: twice the page, at most 2.2 times as much. Memory is counted
// in bytes, so that the test does not hang on how busy a machine is.
func TestMemoryIsLinear(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	repeat := func(s string) func(int) string { return func(n int) string { return strings.Repeat(s, n) } }
	for name, page := range map[string]func(n int) string{
		"deep nesting":   repeat("<div class=deep>"),
		"empty tags":     repeat("<i></i>"),
		"one huge block": repeat("some words and then, as it were, more of them. "),
		"links":          repeat("<a href=https://other.example/a/b>a link</a> "),
		"attributes":     func(n int) string { return "<p " + strings.Repeat("class=a data-b=c ", n) + ">x" },
		"a style sheet": func(n int) string {
			return "<style>" + strings.Repeat(".a .b{display:none}", n) + "</style><p class=b>x"
		},
		"a script": func(n int) string { return "<script>" + strings.Repeat("if(a<b)c();", n) + "</script><p>x" },
		"forms":    repeat("<form id=f><input name=a><textarea></textarea><button>Send</button></form>"),
		"a long class": func(n int) string {
			return "<body class=" + strings.Repeat("long", n) + ">" + strings.Repeat("<p>x", n)
		},
		"plain paragraph": repeat("<p>a paragraph of some words, with a comma.</p>"),
	} {
		t.Run(name, func(t *testing.T) {
			memory := func(n int) uint64 {
				html := []byte(page(n))
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				fresh := &Classifier{model: c.model} // keeps no memory of the page before
				if _, err := fresh.Classify(t.Context(), Document{HTML: html}, Options{}); err != nil {
					t.Fatal(err)
				}
				runtime.ReadMemStats(&after)
				return after.TotalAlloc - before.TotalAlloc
			}
			memory(100)
			if one, two := memory(4000), memory(8000); two > one*22/10+1<<20 {
				t.Errorf("%d bytes, and for a page twice as long %d", one, two)
			}
		})
	}
}
