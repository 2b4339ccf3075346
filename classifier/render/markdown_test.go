package render

import (
	"strings"
	"testing"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// text is one paragraph in Markdown.
func text(s string, marks ...block.Mark) string {
	p := &block.Page{Blocks: []block.Block{{Text: s, Element: -1, Box: -1, Marks: marks}}}
	return Markdown(p, []int{0}, nil, Options{WithLinks: true})
}

func TestEscape(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"plain text, with signs: 5% (a) [1] #2 +3 -4 =5", "plain text, with signs: 5% (a) [1] #2 +3 -4 =5"},
		{"snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"},
		{"*one star", "*one star"},
		{"*two stars*", `\*two stars\*`},
		{`C:\Users\x`, `C:\Users\x`},
		{`a\*b`, `a\\*b`},
		{"x < y <b>", `x < y \<b>`},
		{"<3@4>, 2<3", `\<3@4>, 2\<3`},
		{"2<3", "2<3"},
		{"&copy; & &copy", `\&copy; & &copy`},
		{"# no heading", `\# no heading`},
		{"#hashtag", "#hashtag"},
		{"1986. A year", `1986\. A year`},
		{"3.5 metres", "3.5 metres"},
		{"- dash", `\- dash`},
		{"-5 degrees", "-5 degrees"},
		{"[a](b)", `[a\](b)`},
		{"[a]: b", `\[a]: b`},
		{"wow![a]", `wow\![a]`},
		{"a\n---", "a\\\n\\---"},
		{"a\n===", "a\\\n\\==="},
		{"a|b\n-|-", "a|b\\\n\\-|-"},
		{" \n spaces \n\n around \n", "spaces\\\naround"},
	} {
		if got := text(c.text); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestMarks(t *testing.T) {
	const s = "one two three"
	strong := func(from, to int) block.Mark { return block.Mark{Kind: block.MarkStrong, Start: from, End: to} }
	em := func(from, to int) block.Mark { return block.Mark{Kind: block.MarkEmphasis, Start: from, End: to} }
	link := func(from, to int, href string) block.Mark { return block.Mark{Start: from, End: to, Href: href} }
	for name, c := range map[string]struct {
		marks []block.Mark
		want  string
	}{
		"space inside":        {[]block.Mark{strong(3, 8)}, "one **two** three"},
		"only space":          {[]block.Mark{strong(3, 4)}, s},
		"nested":              {[]block.Mark{strong(0, 13), em(4, 7)}, "**one _two_ three**"},
		"same kind nested":    {[]block.Mark{strong(0, 13), strong(4, 7)}, "**one two three**"},
		"overlapping":         {[]block.Mark{strong(0, 7), em(4, 13)}, "**one _two_** three"},
		"touching":            {[]block.Mark{strong(0, 2), strong(2, 3)}, "**on**e two three"},
		"within a word":       {[]block.Mark{em(1, 2)}, s},
		"strong in a word":    {[]block.Mark{strong(1, 2)}, "o**n**e two three"},
		"out of range":        {[]block.Mark{strong(-5, 99), em(50, 60), em(9, 2)}, "**one two three**"},
		"unsorted":            {[]block.Mark{em(8, 13), strong(0, 3)}, "**one** two _three_"},
		"link":                {[]block.Mark{link(4, 7, "https://example.org/?a=1&amp;b=(2)")}, `one [two](https://example.org/?a=1\&amp;b=\(2\)) three`},
		"link without target": {[]block.Mark{link(4, 7, "")}, s},
		"relative link":       {[]block.Mark{link(0, 3, "one")}, "[one](one) two three"},
		"dangerous link":      {[]block.Mark{link(4, 7, "JavaScript:x")}, s},
		"hidden danger":       {[]block.Mark{link(4, 7, "\x01 java\nscript:x")}, s},
		"strong link":         {[]block.Mark{strong(4, 7), link(4, 7, "/a")}, "one **[two](/a)** three"},
		"link in code":        {[]block.Mark{{Kind: block.MarkCode, Start: 4, End: 7}, link(4, 7, "/a")}, "one [`two`](/a) three"},
		"unknown kind":        {[]block.Mark{{Kind: 77, Start: 0, End: 5}}, s},
	} {
		if got := text(s, c.marks...); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestAddressAsText(t *testing.T) {
	const s = "https://example.org/a_b_c"
	if got, want := text(s, block.Mark{End: len(s), Href: s}), "<"+s+">"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLinksResolve(t *testing.T) {
	for _, c := range []struct{ base, tag, href, want string }{
		{"https://example.org/a/b?c", "", "../d#e", "https://example.org/d#e"},
		{"https://example.org/a/", "/x/", "y", "https://example.org/x/y"},
		{"https://example.org/a/", "https://cdn.example.com/", "y", "https://cdn.example.com/y"},
		{"https://example.org/a/", "javascript:x", "y", "https://example.org/a/y"},
		{"file:///etc/", "", "y", "y"},
		{"", "", "//example.org/100%", "//example.org/100%25"},
		{"", "", "mailto:a@example.org", "mailto:a@example.org"},
	} {
		l := newLinker(&block.Page{Meta: block.Meta{Base: c.tag}}, Options{Base: c.base, WithLinks: true})
		if got, ok := l.resolve(c.href); !ok || got != c.want {
			t.Errorf("%+v: got %q %v", c, got, ok)
		}
	}
}

func TestRoles(t *testing.T) {
	p := &block.Page{Blocks: []block.Block{{Text: "A", Role: block.RoleHeading, Level: 3}, {Text: "B"}, {Text: " "}, {Text: "C"}}}
	roles := []block.Role{block.RoleTitle, block.RoleByline, block.RoleNone, block.RoleList}
	if got, want := Markdown(p, []int{-1, 0, 1, 2, 3, 9}, roles, Options{}), "# A\n\nB\n\n- C"; got != want {
		t.Errorf("Markdown: got %q, want %q", got, want)
	}
	if got, want := Text(p, []int{0, 1, 2, 3}, roles), "A\n\nB\n\n- C"; got != want {
		t.Errorf("Text: got %q, want %q", got, want)
	}
}

// TestHostile renders pages made to be slow or to grow: with work that grows as
// their square it would not end before the test's own limit.
func TestHostile(t *testing.T) {
	for name, p := range map[string]*block.Page{
		"wide table":   wideTable(),
		"many marks":   manyMarks(),
		"long base":    longBase(),
		"deep element": deepElements(),
		"one sign":     {Blocks: []block.Block{{Text: strings.Repeat("*", 1<<20)}, {Text: strings.Repeat("[", 1<<20)}, {Text: strings.Repeat("&", 1<<20)}, {Text: strings.Repeat("\\ ", 1<<19)}, {Text: strings.Repeat("www.", 1<<18)}}},
	} {
		t.Run(name, func(t *testing.T) {
			size := len(p.Meta.Base)
			for _, b := range p.Blocks {
				size += len(b.Text) + 32
			}
			got := Markdown(p, every(p), nil, Options{Base: "https://example.org/", WithLinks: true, WithImages: true})
			Text(p, every(p), nil)
			if len(got) > 8*size+maxAdded {
				t.Errorf("%d bytes of Markdown from a page of about %d", len(got), size)
			}
		})
	}
}

// wideTable is two rows of 100,000 cells, then 100,000 rows of one cell.
func wideTable() *block.Page {
	p := &block.Page{}
	for i := range int32(200_000) {
		p.Blocks = append(p.Blocks, block.Block{Text: "x", Row: 1 + i/100_000, Column: 1 + i%100_000, Box: -1})
	}
	for i := range int32(100_000) {
		p.Blocks = append(p.Blocks, block.Block{Text: "x", Row: 3 + i, Column: 100_000, Box: -1})
	}
	return p
}

// manyMarks is 300,000 marks that all begin within a block and never end.
func manyMarks() *block.Page {
	b := block.Block{Text: strings.Repeat("ab ", 100_000), Box: -1}
	for i := range 300_000 {
		b.Marks = append(b.Marks, block.Mark{Kind: block.MarkKind(i % 4), Start: i, End: len(b.Text), Href: "x"})
	}
	return &block.Page{Blocks: []block.Block{b}}
}

// longBase is 200,000 links of one byte under a base of 2,000.
func longBase() *block.Page {
	p := &block.Page{Meta: block.Meta{Base: "https://example.org/" + strings.Repeat("b", 1900) + "/"}}
	for range 200_000 {
		p.Blocks = append(p.Blocks, block.Block{Text: "x", Box: -1, Marks: []block.Mark{{End: 1, Href: "y"}}})
	}
	return p
}

// deepElements is 100,000 list items, each inside the one before, each with an
// image.
func deepElements() *block.Page {
	p := &block.Page{}
	for i := range 100_000 {
		p.Elements = append(p.Elements, block.Element{Parent: int32(i) - 1, Tag: "li"})
		p.Blocks = append(p.Blocks, block.Block{Text: "x", Role: block.RoleList, Level: uint8(i), Ordinal: int32(i), Box: int32(i)})
		p.Images = append(p.Images, block.Image{Before: i, Element: int32(i), Src: "p"})
	}
	return p
}
