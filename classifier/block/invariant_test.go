package block

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// checkPage checks what holds for every page of HTML.
func checkPage(t *testing.T, p *Page) {
	t.Helper()
	for i, e := range p.Elements {
		if e.Parent < -1 || int(e.Parent) >= i {
			t.Fatalf("element %d has parent %d", i, e.Parent)
		}
		if e.Parent >= 0 && e.Depth != p.Elements[e.Parent].Depth+1 || e.Parent < 0 && e.Depth != 0 {
			t.Fatalf("element %d has depth %d", i, e.Depth)
		}
		if e.Tag == "" || e.Nth < 1 || e.Start < 0 || int(e.Start) > len(p.Source) {
			t.Fatalf("element %d: %+v", i, e)
		}
	}
	last := 0
	for i := range p.Blocks {
		checkBlock(t, p, i)
		if b := &p.Blocks[i]; b.Origin != OriginData {
			if b.Start < last {
				t.Fatalf("block %d starts at %d, before %d", i, b.Start, last)
			}
			last = b.Start
		}
	}
	for i, img := range p.Images {
		if img.Before < 0 || img.Before > len(p.Blocks) || int(img.Element) >= len(p.Elements) || img.Start > len(p.Source) {
			t.Fatalf("image %d: %+v", i, img)
		}
	}
	for i, f := range p.Forms {
		if f.Start < 0 || f.End < f.Start || f.End > len(p.Source) || int(f.Element) >= len(p.Elements) {
			t.Fatalf("form %d: %+v", i, f)
		}
	}
}

func checkBlock(t *testing.T, p *Page, i int) {
	t.Helper()
	b := &p.Blocks[i]
	if b.Start < 0 || b.End < b.Start || b.End > len(p.Source) {
		t.Fatalf("block %d is at %d:%d of %d", i, b.Start, b.End, len(p.Source))
	}
	if b.Text == "" || !utf8.ValidString(b.Text) {
		t.Fatalf("block %d has the text %q", i, b.Text)
	}
	if int(b.Element) >= len(p.Elements) || int(b.Box) >= len(p.Elements) || int(b.Form) >= len(p.Forms) {
		t.Fatalf("block %d: element %d, box %d, form %d", i, b.Element, b.Box, b.Form)
	}
	if (b.Element < 0 || b.Box < 0) != (b.Origin == OriginData) {
		t.Fatalf("block %d of origin %d: element %d, box %d", i, b.Origin, b.Element, b.Box)
	}
	if b.LinkLen < 0 || b.LinkLen > len(b.Text) {
		t.Fatalf("block %d has %d bytes of links in %d", i, b.LinkLen, len(b.Text))
	}
	last := 0
	for _, m := range b.Marks {
		if m.Start < last || m.End <= m.Start || m.End > len(b.Text) || !utf8.ValidString(b.Text[m.Start:m.End]) {
			t.Fatalf("block %d has the mark %+v after %d in %d bytes", i, m, last, len(b.Text))
		}
		last = m.Start
	}
}

// checkRanges checks that a block's range in a page of UTF-8 holds the block's
// text and nothing else that is text.
func checkRanges(t *testing.T, p *Page) {
	t.Helper()
	if p.Charset != "utf-8" {
		return
	}
	for i, b := range p.Blocks {
		raw := string(p.Source[b.Start:b.End])
		switch {
		case b.Origin == OriginData, strings.Contains(raw, "<s"): // scripts and the like stand between
			continue
		case p.Elements[b.Element].Tag == "xmp", p.Elements[b.Element].Tag == "plaintext":
			if raw != b.Text {
				t.Errorf("block %d: the source holds %q, the block %q", i, raw, b.Text)
			}
			continue
		}
		if got, want := squeeze(plainText(raw, nil)), squeeze(b.Text); got != want {
			t.Errorf("block %d: the source holds %q, the block %q", i, got, want)
		}
	}
}

// squeeze drops white space and joiners, which do not count.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if c, ok := windows1252(r); ok {
			return c
		}
		if isWhite(r) || r == 0x200c || r == 0x200d {
			return -1
		}
		return r
	}, s)
}

// FuzzHTML checks that no page makes the splitter panic or break a promise.
func FuzzHTML(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.html")
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	for _, shape := range shapes() {
		f.Add([]byte(shape.page(20)))
	}
	for _, s := range []string{
		"", "x", "<", "</", "<p", "<p a=", "<!--", "<!", "&", "&#", "&#x110000;", "<a href=x><p>a</a>b<td>c", "\xff\xfe<\x00p\x00>\x00x\x00",
		"<pre>\n \n  x\r\ny</pre>", "<svg><title/><p>x", "<math><mi>x</mi><annotation>y</annotation></math>z", "<table><form><tr><td>x</form></table>y",
		"<script type=application/ld+json>{\"@graph\":[{\"headline\":\"a\\u00e9\\ud83d\\ude00\"", "<style>.a{display:none}.b .a>c{", "<noscript><iframe></noscript>x",
		"<b><p>x</b>y<i>z</p>w</i>", "<a>x<table><td><a href=q>y</table>z", "<script/><div/>x", "<select><option>a<p>b</select>c",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		page, err := HTML(t.Context(), src, Options{})
		if err != nil {
			return
		}
		checkPage(t, page)
		for i := range page.Blocks {
			page.Path(page.Blocks[i].Element)
		}
	})
}
