package soak

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"google.golang.org/grpc/codes"

	"github.com/pagesieve/pagesieve/cmd/internal/wire"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
	"github.com/pagesieve/pagesieve/training"
)

// page is one page of the traffic, and the code that it is answered with.
type page struct {
	html []byte
	want codes.Code
}

const words = "the of and to in is was for that with as on by at from it this have not are but they which one their will more when out so up into some time could them other than then now only its also after first many where most through over before such must between both while last under never because against another each those still great old here since again found used work part"

// article is a page of about that many bytes with menu, text, comments and
// footer; text is what of it is the main content.
func article(r *rand.Rand, size int) (html []byte, text string) {
	vocabulary := strings.Fields(words)
	word := func() string { return vocabulary[r.IntN(len(vocabulary))] }
	sentence := func(n int) string {
		said := make([]string, n)
		for i := range said {
			said[i] = word()
		}
		return strings.Join(said, " ") + ". "
	}
	var b bytes.Buffer
	var main strings.Builder
	title := sentence(7)
	fmt.Fprintf(&b, "<!doctype html><html><head><title>%s</title><style>.x{display:none}</style></head><body><header><nav><ul>", sentence(6))
	for i := range 12 {
		fmt.Fprintf(&b, `<li class="menu-item item-%d"><a href="/section/%d">%s</a></li>`, i, i, word())
	}
	fmt.Fprintf(&b, "</ul></nav></header><main><article><h1>%s</h1>", title)
	fmt.Fprintln(&main, title)
	for b.Len() < size*3/4 {
		begin, link, end := sentence(30), word(), sentence(25)
		fmt.Fprintf(&b, `<div class="col"><p class="text body-%d">%s<a href="https://other.example/%d">%s</a> %s</p></div>`+"\n", r.IntN(9), begin, r.IntN(99), link, end)
		fmt.Fprintf(&main, "%s%s %s\n", begin, link, end)
	}
	b.WriteString(`</article><section id="comments">`)
	for b.Len() < size {
		fmt.Fprintf(&b, `<div class="comment"><b>reader %d</b> <time>2 May</time><p>%s</p><a href="#r">Reply</a></div>`+"\n", r.IntN(99), sentence(15))
	}
	b.WriteString(`<form><textarea name="comment"></textarea><input type="submit" value="Post Comment"></form></section></main><footer><a href="/privacy">Privacy</a> <a href="/terms">Terms</a></footer></body></html>`)
	return b.Bytes(), main.String()
}

// labelled are pages to store, of as many sites: our own, or the first of a file
// of labelled pages.
func labelled(t testing.TB, n int, path string) []*pb.LabeledPage {
	t.Helper()
	var pages []*pb.LabeledPage
	if path == "" {
		r := rand.New(rand.NewPCG(5, 6))
		for i := range n {
			html, text := article(r, 10<<10+r.IntN(40<<10))
			pages = append(pages, &pb.LabeledPage{
				Id: fmt.Sprintf("own/%04d", i), Url: fmt.Sprintf("https://site-%d.example/page", i),
				Content: &pb.LabeledPage_Html{Html: string(html)}, MainText: &text,
			})
		}
		return pages
	}
	for p, err := range training.Read(path) {
		if err != nil {
			t.Fatal(err)
		}
		m, err := wire.LabeledPage(p)
		if err != nil {
			t.Fatal(err)
		}
		if pages = append(pages, m); len(pages) == n {
			break
		}
	}
	return pages
}

// hostile are pages that are made to hurt.
func hostile() []page {
	long := func(s string, n int) []byte { return bytes.Repeat([]byte(s), n/len(s)) }
	return []page{
		{long("<div><table><tr><td>", 200<<10), codes.OK},
		{long("<b><i><a href=x>y", 200<<10), codes.OK},
		{append([]byte("<p "), long("a=b ", 200<<10)...), codes.OK},
		{append([]byte("<!--"), long("x", 200<<10)...), codes.OK},
		{append([]byte("<script type=application/ld+json>"), long("[{\"a\":", 100<<10)...), codes.OK},
		{long("&#x41;&notanentity;&amp", 200<<10), codes.OK},
		{append([]byte("<style>"), long(".a .b>.c{display:none}", 200<<10)...), codes.OK},
		{long("\xff\xfe<\x00p\x00>", 100<<10), codes.OK},
		{[]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x00\x00"), codes.InvalidArgument},
		{[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"), codes.InvalidArgument},
		{long("<p>a", 1<<20+1), codes.InvalidArgument}, // over the limit set for the soak
		{nil, codes.OK},
	}
}

// traffic is a set of pages, one in twenty of them hostile.
func traffic(n int) []page {
	r := rand.New(rand.NewPCG(1, 2))
	bad := hostile()
	pages := make([]page, n)
	for i := range pages {
		html, _ := article(r, 10<<10+r.IntN(80<<10))
		pages[i] = page{html, codes.OK}
		if i%20 == 19 {
			pages[i] = bad[i/20%len(bad)]
		}
	}
	return pages
}
