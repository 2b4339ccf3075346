package block

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// FuzzAttrs checks that attrs reads a tag as the tokenizer does.
func FuzzAttrs(f *testing.F) {
	for _, s := range []string{
		`<a href=x>`, `<A HREF='x y' B = "c&amp;d" e/>`, `<a/b=c/d>`, `<a =b c==d>`, `<p a b a=2 A=3>`, `<a href=/x/>`, "<a\nb\t=\r\nc>", `<a b="c"d='e'f>`, `<a b=>`, `<a / = />`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, page string) {
		page = strings.ReplaceAll(strings.ReplaceAll(page, "\x00", ""), "\r", "")
		z := html.NewTokenizer(strings.NewReader(page))
		for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
			if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
				continue
			}
			raw := string(z.Raw())
			token := z.Token()
			name, a := tagName(raw)
			if lower(name) != token.Data {
				t.Errorf("%q has the name %q, want %q", raw, name, token.Data)
			}
			for _, want := range token.Attr {
				if got, ok := a.get(want.Key); !ok || got != want.Val {
					t.Errorf("%q has %s=%q, want %q", raw, want.Key, got, want.Val)
				}
			}
		}
	})
}
