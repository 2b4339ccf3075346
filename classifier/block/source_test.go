package block

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

func tagsOf(t *testing.T, src string) string {
	t.Helper()
	p, err := HTML(context.Background(), []byte(src), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for tag := range p.Tags(0, len(src)) {
		if tag.Start < 0 || tag.End > len(src) || tag.Start >= tag.End || src[tag.Start] != '<' {
			t.Fatalf("%.60q: range %d–%d", src, tag.Start, tag.End)
		}
		one := tag.Name
		for k, v := range tag.Attrs() {
			one += fmt.Sprintf(" %s=%s", k, v)
		}
		if tag.Inner != "" {
			one += " {" + tag.Inner + "}"
		}
		out = append(out, one)
	}
	return strings.Join(out, "; ")
}

func TestTags(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{`<p>a<!-- <b>no</b> --><I Class="x > y" id=z>b</I>`, "p; i class=x > y id=z"},
		{`<script src="/a.js"></script><script>if (a<b) d("<div>")</script><em>`, `script src=/a.js; script {if (a<b) d("<div>")}; em`},
		{`<style>a<b{}</style><time datetime="2014-01-05T10:00:00Z">x`, "style; time datetime=2014-01-05T10:00:00Z"},
		{`a < b <3 </p><!><!doctype html><br/>`, "br"},
		{`<a href="?x&amp;y">`, "a href=?x&y"},
		{`<noscript><img alt=1></noscript>`, "noscript; img alt=1"},
		{`<p title="unclosed`, "p title=unclosed"},
		{`<!-- unclosed <p>`, ""},
		{`<script>unclosed <p>`, "script {unclosed <p>}"},
		{`<`, ""},
	} {
		if got := tagsOf(t, c.src); got != c.want {
			t.Errorf("%q: got %q, want %q", c.src, got, c.want)
		}
	}
}
