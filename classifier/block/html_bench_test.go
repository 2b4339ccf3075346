package block

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkHTML splits a page with the mix of a news site: scripts and styles,
// menus, an article, a list of related stories, comments and their form.
func BenchmarkHTML(b *testing.B) {
	page := []byte(newsPage(40))
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := HTML(b.Context(), page, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func newsPage(n int) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><html lang=en><head><title>A page</title><style>")
	for i := range n {
		fmt.Fprintf(&b, ".c%d .menu-item > a{color:#123456;padding:0 %dpx}\n.x%d{display:none}", i, i, i)
	}
	b.WriteString("</style><script>")
	b.WriteString(strings.Repeat("(function(){var a=document.createElement('script');a.async=true;})();\n", 4*n))
	b.WriteString("</script></head><body><nav><ul>")
	for i := range n {
		fmt.Fprintf(&b, `<li class="menu-item menu-item-%d"><a class="menu-link" href="https://example.org/section/%d" data-id="%d">Section %d</a></li>`, i, i, i, i)
	}
	b.WriteString("</ul></nav><main><article><h1>A headline</h1>")
	for range n {
		b.WriteString(`<p>Some text of an article, with <a href="https://example.org/a">a link</a>, <b>bold</b> &amp; plain words, and then some more of them.</p>` + "\n")
	}
	b.WriteString("</article>")
	for i := range n {
		fmt.Fprintf(&b, `<div class="card x%d"><a href="/%d"><img src="/%d.jpg" alt="A picture"><h3>Story %d</h3></a><span class="meta">by somebody</span></div>`, i, i, i, i)
	}
	b.WriteString(`</main><form action=/c><textarea name=comment></textarea><input name=author><button>Post</button></form></body></html>`)
	return b.String()
}
