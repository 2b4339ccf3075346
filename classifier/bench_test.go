package classifier

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/feature"
)

// The benchmarks run over pages written below, and over those in the file
// PAGES where it names one: JSON Lines with the page in the field html. One
// operation is one pass over all of them; the figures are per page.

// benchSet is the pages of a set.
type benchSet struct {
	name string
	docs []Document
}

func benchSets(b *testing.B) []benchSet {
	b.Helper()
	sets := []benchSet{{name: "written"}}
	for _, n := range []int{2, 8, 30} {
		sets[0].docs = append(sets[0].docs, Document{HTML: []byte(paperPage(n)), URL: "https://paper.example/2024/ferries"})
	}
	name := os.Getenv("PAGES")
	if name == "" {
		return sets
	}
	f, err := os.Open(name)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	d := json.NewDecoder(bufio.NewReaderSize(f, 1<<20))
	named := benchSet{name: "named"}
	for {
		var p struct{ HTML, URL string }
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return append(sets, named)
		} else if err != nil {
			b.Fatal(err)
		}
		if p.HTML != "" {
			named.docs = append(named.docs, Document{HTML: []byte(p.HTML), URL: p.URL})
		}
	}
}

// paperPage is a page with the mix of a news site: scripts and styles, menus,
// an article, related stories, comments and their form.
func paperPage(n int) string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>New ferries - The Paper</title><style>`)
	for i := range 8 * n {
		fmt.Fprintf(&b, ".c%d .menu-item > a{color:#123456;padding:0 %dpx}\n.x%d:hover{display:none}\n", i, i, i)
	}
	b.WriteString("</style><script>")
	b.WriteString(strings.Repeat("(function(){var a=document.createElement('script');a.async=true;if(a<2)b();})();\n", 40*n))
	b.WriteString(`</script></head><body class="home single"><header class="site-header"><nav id="menu"><ul class="menu">`)
	for i := range 4 * n {
		fmt.Fprintf(&b, "\n<li class=\"menu-item menu-item-%d\"><a class=\"menu-link\" href=\"https://paper.example/section/%d\" data-id=\"%d\">Section %d</a></li>", i, i, i, i)
	}
	b.WriteString(`</ul></nav></header><main id="content"><article class="post"><h1 class="headline">New ferries</h1><p class="byline">By <a href="/staff/1">Somebody</a>, 12 May</p>`)
	for i := range 3 * n {
		fmt.Fprintf(&b, "<p>In the year %d the <a href=\"/places/%d\">harbour</a> had, as its masters wrote, “no fewer than nine” ferries; <b>two</b> of them &amp; their crews are said to have stayed.</p>\n", 1700+i, i)
	}
	b.WriteString(`</article><aside class="related">`)
	for i := range 3 * n {
		fmt.Fprintf(&b, `<div class="card"><a href="/story/%d"><img src="/img/%d.jpg" alt="A picture of it" width="320" height="200"><h3>Story number %d</h3></a><span class="meta">by somebody</span></div>`, i, i, i)
	}
	b.WriteString(`</aside><section id="comments">`)
	for i := range n {
		fmt.Fprintf(&b, `<div class="comment"><span class="author">reader%d</span><p>I have been on that ferry and did not like it at all, thanks for asking.</p></div>`, i)
	}
	b.WriteString(`<form id="commentform" action="/c"><label>Comment</label><textarea name="comment"></textarea><input name="author"><button>Post</button></form></section></main><footer>All rights reserved</footer></body></html>`)
	return b.String()
}

// perPage runs work over all pages again and again and reports its figures.
func perPage(b *testing.B, docs []Document, work func(Document)) {
	b.Helper()
	total := 0
	for _, d := range docs {
		total += len(d.HTML) + len(d.Text)
	}
	var before, after runtime.MemStats
	b.SetBytes(int64(total))
	runtime.ReadMemStats(&before)
	for b.Loop() {
		for _, d := range docs {
			work(d)
		}
	}
	runtime.ReadMemStats(&after)
	pages := float64(b.N * len(docs))
	b.ReportMetric(pages/b.Elapsed().Seconds(), "pages/s")
	b.ReportMetric(b.Elapsed().Seconds()*1e3/pages, "ms/page")
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/pages, "allocs/page")
	b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/pages, "B/page")
}

// BenchmarkPages measures whole pages beside what it costs to parse them.
func BenchmarkPages(b *testing.B) {
	c, err := Default()
	if err != nil {
		b.Fatal(err)
	}
	classify := func(d Document) {
		if _, err := c.Classify(b.Context(), d, Options{}); err != nil {
			b.Fatal(err)
		}
	}
	for _, set := range benchSets(b) {
		docs := set.docs
		texts := make([]Document, len(docs))
		for i, d := range docs {
			p, err := block.HTML(b.Context(), d.HTML, block.Options{})
			if err != nil {
				b.Fatal(err)
			}
			for k := range p.Blocks {
				texts[i].Text = append(append(texts[i].Text, p.Blocks[k].Text...), "\n\n"...)
			}
		}
		b.Run(set.name+"/parse", func(b *testing.B) {
			perPage(b, docs, func(d Document) { html.Parse(bytes.NewReader(d.HTML)) })
		})
		b.Run(set.name+"/tokenize", func(b *testing.B) {
			perPage(b, docs, func(d Document) {
				for z := html.NewTokenizer(bytes.NewReader(d.HTML)); z.Next() != html.ErrorToken; {
				}
			})
		})
		b.Run(set.name+"/classify", func(b *testing.B) { perPage(b, docs, classify) })
		b.Run(set.name+"/text", func(b *testing.B) { perPage(b, texts, classify) })
		b.Run(set.name+"/cores", func(b *testing.B) { // with -cpu 1,2
			var next atomic.Int64
			start := time.Now()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					classify(docs[int(next.Add(1))%len(docs)])
				}
			})
			b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "pages/s")
		})
	}
}

// BenchmarkStages measures one stage after the other.
func BenchmarkStages(b *testing.B) {
	c, err := Default()
	if err != nil {
		b.Fatal(err)
	}
	for _, set := range benchSets(b) {
		docs := set.docs
		pages := make([]*stages, len(docs))
		for i, d := range docs {
			pages[i] = newStages(b, c, d)
		}
		for _, stage := range []struct {
			name string
			run  func(*stages)
		}{
			{"split", func(s *stages) { block.HTML(b.Context(), s.p.doc.HTML, block.Options{}) }},
			{"views", func(s *stages) { feature.Extract(s.p.split, s.p.doc.URL) }},
			{"inputs", func(s *stages) { s.p.feats.Inputs(c.model.Views, s.kinds, feature.NumInputs2) }},
			{"pass one", func(s *stages) { s.pools[0].ProbabilitiesOf(s.rows, s.out) }},
			{"second facts", func(s *stages) { s.p.feats.Second(s.flat) }},
			{"pass two", func(s *stages) { s.pools[1].ProbabilitiesOf(s.unsettled, s.out[:len(s.unsettled)]) }},
			{"select", func(s *stages) { s.p.kept = s.p.kept[:0]; s.p.decide(); s.p.choose() }},
			{"render", func(s *stages) { s.p.render() }},
			{"result", func(s *stages) { s.p.result(c) }},
		} {
			b.Run(set.name+"/"+stage.name, func(b *testing.B) {
				tokens := 0
				b.ReportAllocs()
				for b.Loop() {
					for _, s := range pages {
						stage.run(s)
						tokens += s.tokens
					}
				}
				b.ReportMetric(b.Elapsed().Seconds()*1e3/float64(b.N*len(pages)), "ms/page")
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(tokens), "ns/token")
			})
		}
	}
}

// stages is one page with what each stage is given.
type stages struct {
	p               *page
	kinds           [bayes.NumKinds]float64
	pools           *[2]bayes.Pool
	rows, unsettled [][]float32
	flat            []float32
	out             [][bayes.NumLabels]float32
	tokens          int // of the block views
}

func newStages(b *testing.B, c *Classifier, d Document) *stages {
	b.Helper()
	s := &stages{p: &page{doc: d}}
	if err := s.p.read(b.Context(), &block.Room{}); err != nil {
		b.Fatal(err)
	}
	s.p.feats = feature.Extract(s.p.split, d.URL)
	s.p.judged = s.p.feats.Classify(c.model)
	s.p.decide()
	s.p.choose()
	s.kinds = c.model.Kinds.Scores(s.p.feats.Kind)
	s.pools = &c.model.Pools[s.p.feats.Format()]
	s.out = make([][bayes.NumLabels]float32, len(s.p.labels))
	for i := range s.p.labels {
		s.rows = append(s.rows, s.p.judged.Row(i))
		if s.p.judged.P[i][Navigation] < 0.97 {
			s.unsettled = append(s.unsettled, s.p.judged.Row(i))
		}
		s.flat = append(s.flat, s.p.judged.P[i][:]...)
	}
	for v := range s.p.feats.Tokens {
		s.tokens += len(s.p.feats.Tokens[v].Hash)
	}
	return s
}
