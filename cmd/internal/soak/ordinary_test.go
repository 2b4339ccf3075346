package soak

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
)

// ordinary is a page of 50 KB as sites serve them: scripts, styles and class
// names are most of it, menus and teasers stand around the article. Its figures
// are near the medians of the pages of 42 to 58 KiB in the set WCXB dev: 148
// blocks with 9 KB of text and 170 bytes of path each, and an answer of 57 KB.
func ordinary(r *rand.Rand) []byte {
	vocabulary := strings.Fields(words)
	say := func(n int) string {
		said := make([]string, n)
		for i := range said {
			said[i] = vocabulary[r.IntN(len(vocabulary))]
		}
		return strings.Join(said, " ")
	}
	const where = `<div id="page-wrapper" class="site-wrapper layout--wide"><div class="site-content site-content--default"><div class="container container--%s grid-row"><div class="grid-column column-%d"><section class="section section--plain">`
	var b bytes.Buffer
	script := func(size int) {
		b.WriteString("<script>")
		for end := b.Len() + size; b.Len() < end; {
			fmt.Fprintf(&b, `window.settings["key_%d"]={"enabled":%t,"value":"%x"};`, r.IntN(1000), r.IntN(2) == 0, r.Uint64())
		}
		b.WriteString("</script>\n")
	}
	list := func(kind string, n, length int) {
		fmt.Fprintf(&b, where+`<ul class="menu menu--%s list-unstyled">`, kind, n, kind)
		for i := range n {
			fmt.Fprintf(&b, `<li class="menu-item menu-item--%s"><a class="menu-link" href="/%s/%d">%s</a></li>`+"\n", kind, kind, i, say(length))
		}
		b.WriteString("</ul></section></div></div></div></div>")
	}
	fmt.Fprintf(&b, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>%s</title><style>`, say(8))
	for i := range 60 {
		fmt.Fprintf(&b, ".layout-%d .title--%d{margin:0 %dpx;color:#3%d3}\n", i, i, i, i%9)
	}
	b.WriteString("</style>")
	script(6 << 10)
	b.WriteString(`</head><body class="page page--article">`)
	list("header", 35, 2)
	fmt.Fprintf(&b, `<main>`+where+`<article class="article article--long"><h1 class="article__title">%s</h1>`, "main", 8, say(9))
	for range 22 {
		fmt.Fprintf(&b, `<div class="article__section"><p class="article__text">%s <a href="https://other.example/%d">%s</a> %s.</p></div>`+"\n", say(40), r.IntN(99), say(2), say(25))
	}
	b.WriteString("</article></section></div></div></div></div></main>")
	for i := range 12 {
		fmt.Fprintf(&b, where+`<div class="teaser teaser--small"><a href="/news/%d"><img src="/img/%x.jpg" alt=""><h3 class="teaser__title">%s</h3></a><p class="teaser__date">%d May</p></section></div></div></div></div></div>`+"\n",
			"teasers", i, i, r.Uint64(), say(8), i+1)
	}
	list("footer", 50, 2)
	script(50<<10 - b.Len())
	b.WriteString("</body></html>")
	return b.Bytes()
}
