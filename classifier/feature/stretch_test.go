package feature

import (
	"context"
	"strings"
	"testing"

	"github.com/pagesieve/pagesieve/classifier/block"
)

const stretchPage = `<html lang=en><body><div><p>The rain that fell on the harbour last night, heavier than any since the war, has closed both
piers, and the council asks everyone to keep away from them until the boats have been made fast.</p>
<p>Nobody was hurt, the harbour master said, but the boats will stay in until Sunday or longer, and the ferry to the island
will not sail before the wind has turned; more rain is on its way, the weather station warned in the morning.</p>
<p>Those who own a boat in the old basin are asked to come and help, as the pumps there have been without power since
Friday and the water still rises, a hand above the mark of last year.</p></div>
<ul><li><a href="/harbour">The harbour</a><li><a href="/rain">Rain and wind</a><li><a href="/ferry">Ferry to the island</a></ul>
<ul><li><a href="https://a.example/">tanie zegarki szwajcarskie</a><li><a href="https://b.example">zegarki hurtowo</a>
<li><a href="https://c.example/zegarki.html">zegarki wysyłka</a></ul></body></html>`

func stretchFactsOf(t *testing.T, f *Page, text string) []float32 {
	t.Helper()
	for i := range f.Source.Blocks {
		if strings.HasPrefix(f.Source.Blocks[i].Text, text) {
			return f.FactsOf(i)
		}
	}
	t.Fatalf("no block %q", text)
	return nil
}

// TestStretchOfForeignList: each entry of a list knows of the others, and a
// word that only they use counts as foreign to the page.
func TestStretchOfForeignList(t *testing.T) {
	f := readPage(t, stretchPage, "https://www.harbour.example/rain")
	own, foreign := stretchFactsOf(t, f, "Rain and wind"), stretchFactsOf(t, f, "zegarki hurtowo")
	for _, want := range []struct {
		fact         Fact
		own, foreign float32
	}{
		{FactStretch, log2(2), log2(2)},
		{FactStretchWords, log2(9), log2(7)},
		{FactStretchForeign, 0, 1},
		{FactStretchRoot, 0, 2.0 / 3},
		{FactStretchHosts, 0, 3},
		{FactStretchDistinct, 1, 1},
		{FactStretchOutside, 1, 0},
		{FactStretchProse, 1, 0},
		{FactOutside, 1, 0},
	} {
		if a, b := own[want.fact], foreign[want.fact]; a != want.own || b != want.foreign {
			t.Errorf("%s: %v of the site's list and %v of the foreign one, want %v and %v", factName(want.fact), a, b, want.own, want.foreign)
		}
	}
	if a, b := own[FactStretchLetters], foreign[FactStretchLetters]; a < 0.9 || b > 0.6 {
		t.Errorf("letters known: %v of the site's list, %v of the Polish one", a, b)
	}
	if prose := stretchFactsOf(t, f, "Nobody was hurt"); prose[FactStretch] != 0 || prose[FactLetters] < 0.3 {
		t.Errorf("prose is in a list of %v, and %v of its letters are known", prose[FactStretch], prose[FactLetters])
	}
}

// TestLettersNeedProse: on a page without prose nothing tells a foreign
// language.
func TestLettersNeedProse(t *testing.T) {
	p, err := block.Text(context.Background(), []byte("News\n\nSport\n\nWeather\n"), block.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if f := Extract(p, ""); f.FactsOf(0)[FactLetters] != -1 || f.FactsOf(0)[FactStretchLetters] != -1 {
		t.Errorf("letters %v, of the list %v, want -1", f.FactsOf(0)[FactLetters], f.FactsOf(0)[FactStretchLetters])
	}
}

// TestSpamNear: of a list of which the first pass suspects one entry, all
// learn of it, and the page's other blocks do not.
func TestSpamNear(t *testing.T) {
	f := readPage(t, stretchPage, "https://www.harbour.example/rain")
	first := make([]float32, numLabels*len(f.WordsN))
	n := len(f.WordsN)
	first[(n-1)*numLabels+labelSpam] = 0.8
	s := f.Second(first)
	of := func(i int, k SecondFact) float32 { return s[i*NumSecond+int(k)] }
	if of(n-2, SecondStretchMost) != 0.8 || of(n-2, SecondParentSpam) < 0.1 || of(n-2, SecondNearSpam) <= 0 {
		t.Errorf("a neighbour in the list: most %v, parent %v, near %v", of(n-2, SecondStretchMost), of(n-2, SecondParentSpam), of(n-2, SecondNearSpam))
	}
	if of(0, SecondStretchMost) != 0 || of(0, SecondParentSpam) != 0 {
		t.Errorf("prose: most %v, parent %v", of(0, SecondStretchMost), of(0, SecondParentSpam))
	}
}

// TestSignsAreOneScript: of two texts in Chinese few signs are the same, and
// their letters are known all the same; those of another script are not.
func TestSignsAreOneScript(t *testing.T) {
	page := "<html lang=zh><body><p>" + strings.Repeat("昨夜港口下了大雨，城里所有的学校今天都关门了，渡船也停了两天。", 8) +
		"</p><p>再见</p><ul><li>音乐节目</li><li>联系编辑部</li><li>дешёвые часы</li></ul></body></html>"
	f := readPage(t, page, "")
	if own := stretchFactsOf(t, f, "联系编辑部")[FactLetters]; own < 0.9 {
		t.Errorf("%v of the letters of another list in Chinese are known", own)
	}
	if foreign := stretchFactsOf(t, f, "дешёвые часы")[FactLetters]; foreign > 0.1 {
		t.Errorf("%v of the letters of a list in Russian are known", foreign)
	}
}

// TestRepeated: what a list says again and again counts, in one block as over
// several.
func TestRepeated(t *testing.T) {
	for _, c := range []struct {
		name, list, entry string
		least, most       float32
	}{
		{"one block", "<p>bags shop, bags cheap, bags shop, bags cheap, bags shop</p>", "bags shop, bags cheap, bags shop, bags cheap, bags shop", 0.4, 1},
		{"entries", "<ul><li>cheap bags</li><li>cheap bags</li><li>cheap bags</li><li>cheap bags</li></ul>", "cheap bags", 0.7, 0.8},
		{"none", "<p>music, news, letters to the editor, weather, harbour</p>", "music, news, letters to the editor, weather, harbour", 0, 0},
	} {
		if got := stretchFactsOf(t, readPage(t, c.list, ""), c.entry)[FactStretchRepeated]; got < c.least || got > c.most {
			t.Errorf("%s: %v of the words are repeated, want %v to %v", c.name, got, c.least, c.most)
		}
	}
}
