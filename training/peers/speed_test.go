package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"testing"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/training"
)

func filled(t testing.TB, files ...string) *store {
	t.Helper()
	s, err := newStore()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.close(); err != nil {
			t.Error(err)
		}
	})
	if err := s.fill(context.Background(), readAll(files)); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestRace holds that every contender gets every page once a round, HTML or
// text as it wants, and that failures are counted.
func TestRace(t *testing.T) {
	s := filled(t, ownFile(t, ownPage("1"), ownPage("2"), ownPage("3")))
	if len(s.sets) != 2 || len(s.sets[0].pages) != 3 || len(s.sets[1].pages) != 3 {
		t.Fatalf("sets %+v", s.sets)
	}
	seen := map[string]int{}
	see := func(name string, text bool, err error) contender {
		return contender{name, text, func(_ context.Context, page []byte, url string) error {
			seen[fmt.Sprint(name, " ", url, " ", page[0] == '<')]++
			return err
		}}
	}
	r := race{store: s, rounds: 2, done: func(string, int) {}, contenders: []contender{see("a", false, nil), see("b", true, errors.New("no"))}}
	got, err := r.run(t.Context(), s.sets[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"a https://harbour.example/2 true", "b https://harbour.example/3 false"} {
		if seen[want] != 2 { // page 1 is seen once more, before the clock starts
			t.Errorf("%s: %d times, want 2; all: %v", want, seen[want], seen)
		}
	}
	if got[0].Failed != 0 || got[1].Failed != 3 || got[0].Ratio != 1 {
		t.Errorf("timings %+v", got)
	}
}

func TestChunksAndThin(t *testing.T) {
	s := set{}
	for range 10 {
		s.pages = append(s.pages, stored{html: extent{n: chunkBytes / 3}})
	}
	n := 0
	for _, c := range s.chunks() {
		n += len(c)
	}
	if n != 10 || len(s.chunks()) != 3 {
		t.Errorf("%d pages in %d chunks", n, len(s.chunks()))
	}
	if got := len(s.thin(4).pages); got != 4 {
		t.Errorf("thinned to %d", got)
	}
	if m := median([]int{3, 1, 2}, func(i int) float64 { return float64(i) }); m != 2 {
		t.Errorf("median %v", m)
	}
}

// TestContenders holds that all of them answer on a plain page: what fails
// early would look fast.
func TestContenders(t *testing.T) {
	c, err := classifier.Default()
	if err != nil {
		t.Fatal(err)
	}
	p := ownPage("1")
	for _, c := range contenders(c) {
		page := p.HTML
		if c.text {
			page = *p.MainText
		}
		if err := c.run(t.Context(), []byte(page), p.URL); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

var benchData = flag.String("data", "", "labelled pages for the benchmarks (default pages of the tests)")

// benchPages is how many pages of a file a benchmark takes, evenly spread.
const benchPages = 100

// BenchmarkContenders times one pass over the pages for each contender; ns/page
// and MB/s are what to compare.
func BenchmarkContenders(b *testing.B) {
	file := *benchData
	if file == "" {
		var own []training.LabeledPage
		for i := range 5 {
			own = append(own, ownPage(fmt.Sprint(i)))
		}
		file = ownFile(b, own...)
	}
	s := filled(b, file)
	pages := s.sets[0].thin(benchPages).pages
	c, err := classifier.Default()
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range contenders(c) {
		b.Run("contender="+c.name, func(b *testing.B) { benchmark(b, s, c, pages) })
	}
}

func benchmark(b *testing.B, s *store, c contender, pages []stored) {
	input, size := make([][]byte, len(pages)), 0
	for i, p := range pages {
		where := p.html
		if c.text {
			where = p.text
		}
		var err error
		if input[i], err = s.read(where); err != nil {
			b.Fatal(err)
		}
		size += where.n
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for i, p := range pages {
			_ = c.run(b.Context(), input[i], p.url) // some peers find nothing on some pages
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(pages)), "ns/page")
}
