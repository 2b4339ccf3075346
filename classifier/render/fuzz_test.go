package render

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// FuzzMarkdown makes pages out of any bytes, with marks, levels, rows and
// elements at random, and holds that their Markdown reads back word for word.
func FuzzMarkdown(f *testing.F) {
	for _, seed := range []string{
		"plain *text* with _signs_ ~~and~~ `more`", "- item\n1. two\n# three\n> four\n---\n===",
		"[a](b) ![c](d) [e]: f <g> &amp; \\ | h", "a|b\n-|-\nc|d", "**a*b_c__d```e``f`g",
		"这是**重要。**的 日本語", "http://a.b/c_d_ www.e.f g@h.ij", "foo  \nbar\\\nbaz \\", "# #\n## ##",
	} {
		for n := range byte(12) {
			f.Add(seed, []byte{n, n * 7, n * 31, 3, n * 101, n * 5, 200 - n, n * 13, n, n + 1, n + 2})
		}
	}
	f.Fuzz(func(t *testing.T, text string, form []byte) {
		if !utf8.ValidString(text) || strings.Contains(text, "\uFEFF") {
			t.Skip()
		}
		p, kept := formed(text, form)
		markdown := Markdown(p, kept, nil, Options{Base: "https://example.org/a/", WithLinks: true})
		got, words := readBack(t, markdown)
		if want := wordsOf(p, kept); !slices.Equal(words, want) {
			t.Errorf("words read back differ\n got %q\nwant %q\nMarkdown:\n%s\nHTML:\n%s", words, want, markdown, got)
		}
		if strings.Contains(got, "raw HTML omitted") {
			t.Errorf("raw HTML in\n%s", markdown)
		}
		if plain := strings.Fields(Text(p, kept, nil)); len(plain) < len(wordsOf(p, kept)) {
			t.Errorf("plain text has %d words, blocks have %d", len(plain), len(wordsOf(p, kept)))
		}
	})
}

// formed cuts text at form feeds into blocks and shapes them by form.
func formed(text string, form []byte) (*block.Page, []int) {
	p := &block.Page{Elements: []block.Element{
		{Parent: -1, Tag: "body"}, {Tag: "ul"}, {Parent: 1, Tag: "li"}, {Parent: 2, Tag: "li"}, {Tag: "table"}, {Parent: 4, Tag: "td"}, {Tag: "pre"},
	}}
	next := func() int {
		if len(form) == 0 {
			return 0
		}
		b := form[0]
		form = form[1:]
		return int(b)
	}
	p.Format = block.Format(next() % 2)
	var kept []int
	for i, part := range strings.Split(text, "\f") {
		b := block.Block{Text: part, Role: block.Role(next() % 9), Level: uint8(next()), Box: int32(next()%9) - 1}
		if b.Ordinal = int32(next()) - 20; b.Ordinal > 100 {
			b.Ordinal = 0
		}
		if n := next(); n%3 == 1 {
			b.Row, b.Column, b.Box = int32(1+n/32), int32(1+i%3), 5
		}
		for range next() % 6 {
			start := next()
			b.Marks = append(b.Marks, block.Mark{Kind: block.MarkKind(next() % 4), Start: start, End: start + next(), Href: "x y(z)"})
		}
		p.Blocks = append(p.Blocks, b)
		kept = append(kept, i)
	}
	return p, kept
}
