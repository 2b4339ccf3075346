package block

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// checkTokens holds the scanner to the tokens that x/net's tokenizer finds. raw
// says whether scripts and the like are read as such.
func checkTokens(t *testing.T, page string, raw bool) {
	t.Helper()
	want := html.NewTokenizer(strings.NewReader(page))
	got := scanner{text: page}
	for at := 0; ; {
		kind := want.Next()
		if kind == html.ErrorToken {
			if k := got.next(); k != endOfPage || got.hi != len(page) {
				t.Fatalf("token %d at %d, want the page's end", k, got.lo)
			}
			return
		}
		end := at + len(want.Raw())
		if k := got.next(); k != kindOf(kind) || got.lo != at || got.hi != end {
			t.Fatalf("token %d at [%d, %d), want %s at [%d, %d): %.60q", k, got.lo, got.hi, kind, at, end, page[at:end])
		}
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken || kind == html.EndTagToken {
			checkTag(t, page[at:end], &got, want.Token())
			if !raw {
				got.raw = tagOther
				want.NextIsNotRawText()
			}
		}
		at = end
	}
}

func kindOf(t html.TokenType) token {
	switch t {
	case html.TextToken:
		return textToken
	case html.StartTagToken, html.SelfClosingTagToken:
		return startToken
	case html.EndTagToken:
		return endToken
	}
	return otherToken
}

func checkTag(t *testing.T, raw string, got *scanner, want html.Token) {
	t.Helper()
	if want.Type != html.EndTagToken && got.selfClosing != (want.Type == html.SelfClosingTagToken) {
		t.Fatalf("%.60q closes itself: %v", raw, got.selfClosing)
	}
	if strings.ContainsAny(raw, "\x00\r") { // which the tokenizer replaces
		return
	}
	if got.name() != want.Data && !(want.Data == "image" && got.tag == tagImg) {
		t.Fatalf("%.60q has the name %q, want %q", raw, got.name(), want.Data)
	}
	for _, a := range want.Attr {
		if name := attrNamedBy(a.Key); name != attrOther && (!got.attrs.has(name) || got.attrs.get(name) != a.Val) {
			t.Fatalf("%.60q has %s=%q, want %q", raw, a.Key, got.attrs.get(name), a.Val)
		}
	}
	for _, a := range got.attrs.list {
		if !hasAttr(want.Attr, a.name) {
			t.Fatalf("%.60q has attribute %d=%q, which is none of its own", raw, a.name, a.value)
		}
	}
}

func attrNamedBy(name string) attrName {
	h := uint32(0)
	for i := range len(name) {
		h = nameHash(h, name[i])
	}
	return attrNames.find(h, name)
}

func hasAttr(list []html.Attribute, name attrName) bool {
	for _, a := range list {
		if attrNamedBy(a.Key) == name {
			return true
		}
	}
	return false
}

// oddPages are pages on whose tokens readers differ.
var oddPages = []string{
	"", "<", "a<", "</", "a</", "<!", "<!-", "<!--", "<!-->x", "<!--->x", "<!---->x", "<!--a--!>x", "<!--a--!-->x", "<!--a--!-x>y-->z", "<!--a-- >b-->c",
	"<!>x", "<!->x", "<!doctype html>x", "<!DOCTYPE", "<?xml?>x", "<?>x", "</>x", "</ >x", "</1>x", "<1>x", "<a", "<a ", "<a b", "<a b=", "<a b='", "<a b='>", "x<a b=c",
	"<![CDATA[a>b]]>c", "<a/>", "<a/b>", "<a b=/>", "<a b=c/>", "<a b=c b=d/>", "<a B=c b=d/ >", "<a b=1 c=2 b=x/>", "<a b = c>", "<a =b =/>", "<a / = />", "<a b / = c>",
	`<a href=x>`, `<A HREF='x y' B = "c&amp;d" e/>`, `<a/b=c/d>`, `<a =b c==d>`, `<p class a id=2 ID=3>`, `<a href=/x/>`, "<a\nid\t=\r\nc>", `<a href="c"class='e'f>`, `<a id=>`,
	"<title>a</b></title >b", "<title></title>", "<title>a", "<title/>a</title>b", "<TITLE>a</tItLe/>b", "<title>a</titlex>b</title", "<textarea><</textarea>", "<textarea></</textarea>",
	"<plaintext>a</plaintext>", "<plaintext>", "<xmp><a></xmp>", "<noscript><p>a</noscript>", "<iframe><a></iframe>", "<style>a>b{}</style>",
	"<script></script>x", "<script>a<b</script>x", "<script><!--a</script>x", "<script><!--a--></script>x", "<script><!--<script></script>--></script>x", "<script><!--<script>a</script></script>x",
	"<script><!--<script>a--></script>x", "<script><!--<scriptx></script>x", "<script><!--<a></script>x", "<script><!--<1<script></script>x", "<script><!-->a<script></script>x", "<script><!--->a</script>",
	"<script><!--<script/</script/--></script>", "<script><!-<script></script>", "<script><!--<SCRIPT >-->x<!--</script>", "<script><!--</scrip</script>", "<script><!--<", "<script><!--</", "<script><!--<script",
	"<script><!--<script>-<a>--></script>y", "<script><!---<a></script>", "<script><!--a<-->b</script>", "<ı>", "<a ıd=x İD=y>", "<image src=x><IMAGE>", "<br/ >", "<svg viewBox=x/>",
}

func TestTokens(t *testing.T) {
	pages := oddPages
	files, err := filepath.Glob("testdata/*.html")
	if err != nil || len(files) < 30 {
		t.Fatalf("%d pages: %v", len(files), err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, string(b))
	}
	for _, s := range shapes() {
		pages = append(pages, s.page(100))
	}
	for _, page := range pages {
		checkTokens(t, page, true)
		checkTokens(t, page, false)
		for i := range min(len(page), 300) { // cut anywhere
			checkTokens(t, page[:i], true)
		}
	}
}

// TestTokensOfPages does the same for the pages in the file PAGES: one JSON
// object a line, the page in its field html.
func TestTokensOfPages(t *testing.T) {
	name := os.Getenv("PAGES")
	if name == "" {
		t.Skip("PAGES names no file")
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	d := json.NewDecoder(bufio.NewReader(f))
	n := 0
	for ; ; n++ {
		var page struct{ HTML string }
		if err := d.Decode(&page); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		checkTokens(t, page.HTML, true)
		checkTokens(t, page.HTML, false)
	}
	t.Logf("%d pages", n)
}

// FuzzTokens checks that the scanner finds the tokens and attributes that
// x/net's tokenizer does.
func FuzzTokens(f *testing.F) {
	for _, page := range oddPages {
		f.Add(page, true)
	}
	f.Fuzz(func(t *testing.T, page string, raw bool) { checkTokens(t, page, raw) })
}
