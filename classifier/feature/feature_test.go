package feature

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/block"
)

const samplePage = `<html lang=en><head><title>Rain over the harbour - Harbour Post</title>
<meta property="og:title" content="Rain over the harbour"></head><body>
<nav class="mainMenu top_bar"><ul><li><a href="/news">News</a><li><a href="/sport">Sport</a></ul></nav>
<article id=story><h1>Rain over the harbour</h1>
<p>The rain that fell on the harbour last night, heavier than any since the war, has closed both piers.
<p>Nobody was hurt, the harbour master said; but “the boats will stay in until Sunday, or longer.”
<p>More rain is on its way, and the town council asks everyone to keep away from the piers.</article>
<div id=respond><h3>Leave a Reply</h3><form action="/wp-comments-post.php" method=post>
<label>Name <input name=author></label><textarea name=comment></textarea><button>Post Comment</button></form></div>
<div class=footer><a href="https://shoes.example/buy">Cheap Boots</a> | <a href="https://bags.example/">Bags Outlet</a></div>
</body></html>`

func sample(t *testing.T) *Page {
	t.Helper()
	return readPage(t, samplePage, "https://www.harbour.example/rain")
}

func readPage(t *testing.T, html, url string) *Page {
	t.Helper()
	p, err := block.HTML(context.Background(), []byte(html), block.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return Extract(p, url)
}

func TestNamesAreComplete(t *testing.T) {
	if len(factNames) != int(FactKind)+1 || len(secondNames) != NumSecond {
		t.Errorf("%d fact names for %d facts, %d for %d of the second pass", len(factNames), int(FactKind)+1, len(secondNames), NumSecond)
	}
	for k := range NumInputs2 {
		if InputName(k) == "" {
			t.Errorf("input %d has no name", k)
		}
	}
}

// TestNamedTokensAreTheCountedOnes: what evidence names is what the model
// counts.
func TestNamedTokensAreTheCountedOnes(t *testing.T) {
	f := sample(t)
	for i := range f.Source.Blocks {
		for v := range View(NumViews) {
			counted, named := map[uint64]bool{}, map[uint64]bool{}
			f.EachToken(v, i, func(h uint64) { counted[h] = true })
			f.Named(v, i, func(h uint64, text string) {
				if !counted[h] {
					t.Errorf("%v of block %d: %q is named but not counted", v, i, text)
				}
				named[h] = true
			})
			if all := v == Words || v == Phrases || v == Paths || v == Ancestors; all && len(named) < len(counted) {
				t.Errorf("%v of block %d: %d of %d tokens have names", v, i, len(named), len(counted))
			}
		}
	}
}

func TestHeadlineIsFound(t *testing.T) {
	f := sample(t)
	if h := f.Headline(); h < 0 || f.Source.Blocks[h].Text != "Rain over the harbour" || f.Source.Blocks[h].Level != 1 {
		t.Errorf("headline %d", h)
	}
}

func TestFacts(t *testing.T) {
	f := sample(t)
	find := func(text string) []float32 {
		for i := range f.Source.Blocks {
			if b := &f.Source.Blocks[i]; len(b.Text) >= len(text) && b.Text[:len(text)] == text {
				return f.FactsOf(i)
			}
		}
		t.Fatalf("no block %q", text)
		return nil
	}
	for _, x := range f.Facts {
		if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
			t.Fatal("a fact is not finite")
		}
	}
	first, menu, spam := find("The rain"), find("News"), find("Cheap")
	cases := []struct {
		name string
		got  float32
		want float32
	}{
		{"the article is in the best container", first[FactInBest], 1},
		{"the menu is not", menu[FactInBest], 0},
		{"the menu entry is all link", menu[FactLinkDensity], 1},
		{"its link is the site's own", menu[FactOwnLinks], 1},
		{"the list's links go elsewhere", spam[FactForeignLinks], 1},
		{"to two hosts", spam[FactForeignHosts], 2},
		{"the paragraph ends like a sentence", first[FactEndsSentence], 1},
		{"the list shares no word with the prose", spam[FactInProse], 0},
	}
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
}

func TestExtractIsDeterministic(t *testing.T) {
	a, b := sample(t), sample(t)
	if !slices.Equal(a.Facts, b.Facts) || !slices.Equal(a.Kind, b.Kind) {
		t.Error("two readings of one page differ")
	}
}

func TestSecondFactsOfCertainty(t *testing.T) {
	f := sample(t)
	n := len(f.Source.Blocks)
	p := make([]float32, n*bayes.NumLabels)
	for i := range n {
		l := bayes.Navigation
		if f.FactsOf(i)[FactInBest] == 1 {
			l = bayes.Body
		}
		p[i*bayes.NumLabels+int(l)] = 1
	}
	s := f.Second(p)
	for i := range n {
		in := f.FactsOf(i)[FactInBest] == 1
		if got := s[i*NumSecond+int(SecondInCore)] == 1; got != in {
			t.Errorf("block %d %q: in the core %v, want %v", i, f.Source.Blocks[i].Text, got, in)
		}
	}
}

func TestScanWords(t *testing.T) {
	cases := []struct {
		text  string
		words int
		want  float64
	}{
		{"Hello, world!", 2, 2},
		{"don't stop", 2, 2},
		{"", 0, 0},
		{"天気予報です", 5, 3}, // five pairs, six characters
		{"Ärger über Öl", 3, 3},
	}
	for _, c := range cases {
		n := 0
		st := scanWords(c.text, func(_ uint64, start, end int) {
			n++
			if start >= end || end > len(c.text) {
				t.Errorf("%q: range %d–%d", c.text, start, end)
			}
		})
		if n != c.words || st.Words != c.want {
			t.Errorf("%q: %d words, %v by length; want %d, %v", c.text, n, st.Words, c.words, c.want)
		}
	}
	upper := scanWords("HELLO There", func(uint64, int, int) {})
	if upper.Upper != 6 || upper.UpperWords != 2 || !upper.StartsUpper {
		t.Errorf("%+v", upper)
	}
}

func TestLinkTargets(t *testing.T) {
	l := &layout{host: "blog.site.co.uk"}
	cases := []struct {
		href string
		want targetKind
	}{
		{"/a", targetOwn}, {"a.html", targetOwn}, {"?p=1", targetOwn}, {"#top", targetFragment}, {"", targetFragment},
		{"https://site.co.uk/x", targetOwn}, {"//shop.site.co.uk", targetOwn}, {"https://other.co.uk/", targetForeign},
		{"mailto:a@b.example", targetOther}, {"javascript:void(0)", targetOther}, {"HTTPS://Other.example:8080/", targetForeign},
	}
	for _, c := range cases {
		if got, _ := l.target(c.href); got != c.want {
			t.Errorf("%q: %v, want %v", c.href, got, c.want)
		}
	}
}
