package classifier

import (
	"context"
	"math"
	"testing"

	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/feature"
)

func TestUnsurePage(t *testing.T) {
	cases := []struct {
		name   string
		labels []Label
		body   []float32 // probability of each block of 100 words
		sure   float64
		want   bool
	}{
		{"a clear text", []Label{Body, Navigation}, []float32{0.99, 0.01}, 0.98, false},
		{"a text in doubt", []Label{Body, Navigation}, []float32{0.6, 0.3}, 0.69, true},
		{"clearly no text", []Label{Navigation, Navigation}, []float32{0.05, 0.02}, 0, false},
		{"perhaps a text", []Label{Navigation, Navigation}, []float32{0.14, 0.12}, 0, true},
		{"an empty page", nil, nil, 0, false},
	}
	for _, c := range cases {
		p := &page{labels: c.labels, roles: make([]block.Role, len(c.labels)), sure: c.sure, feats: &feature.Page{}}
		for _, v := range c.body {
			p.judged.P = append(p.judged.P, [NumLabels]float32{Body: v, Navigation: 1 - v})
			p.feats.WordsN = append(p.feats.WordsN, 100)
		}
		if got := p.isUnsure(); got != c.want {
			t.Errorf("%s: unsure %v", c.name, got)
		}
	}
}

func TestUnsureShare(t *testing.T) {
	p := &page{feats: &feature.Page{WordsN: []float32{30, 10, 0}}}
	if got := p.unsureShare([]Block{{}, {Unsure: true}, {Unsure: true}}); math.Abs(got-0.25) > 1e-9 {
		t.Errorf("share %v, want a quarter", got)
	}
	if got := (&page{feats: &feature.Page{}}).unsureShare(nil); got != 0 {
		t.Errorf("share %v of an empty page", got)
	}
}

// furniture is pages that have no main content.
var furniture = []struct{ name, page string }{
	{"empty", ""},
	{"a menu", "<title>Orrin Press</title><nav><a href=/>Home</a> <a href=/news>News</a> <a href=/tides>Tides</a> <a href=/contact>Contact</a></nav>"},
	{"menu and footer", "<title>Orrin Press</title><header><ul class=menu><li><a href=/>Home</a><li><a href=/news>News</a><li><a href=/shop>Shop</a></ul></header><footer><p>© 2019 Orrin Press. All rights reserved.</p><a href=/privacy>Privacy policy</a> <a href=/imprint>Imprint</a></footer>"},
	{"menu and search", "<nav><a href=/>Start</a> <a href=/termine>Termine</a> <a href=/verein>Verein</a></nav><form action=/suche><input name=q placeholder=Suche><button>Suchen</button></form><div class=footer><a href=/impressum>Impressum</a> <a href=/datenschutz>Datenschutz</a></div>"},
	{"a headline alone", "<title>The ferry - Orrin Press</title><nav><a href=/>Home</a> <a href=/news>News</a></nav><h1>The ferry</h1>"},
	{"signs alone", "<div class=content><p>★★★★★</p><p>•••</p></div>"},
	{"a cookie notice", "<title>Orrin Press</title><nav><a href=/>Home</a> <a href=/news>News</a></nav><div class=cookie-banner><p>We use cookies.</p><button>OK</button></div>"},
	{"French menu", "<title>Le Quai</title><ul id=nav><li><a href=/>Accueil</a><li><a href=/actu>Actualités</a><li><a href=/contact>Contact</a></ul><footer><a href=/mentions>Mentions légales</a></footer>"},
	{"Chinese menu", "<title>港口日报</title><div class=nav><a href=/>首页</a> <a href=/news>新闻</a> <a href=/sport>体育</a> <a href=/about>关于我们</a></div><div class=footer>版权所有 © 港口日报</div>"},
}

// TestNoMainContent: such a page answers with no text, rather than with its
// menu, and says so.
func TestNoMainContent(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range furniture {
		for _, o := range []Options{{}, {Preset: Precision}, {Preset: Recall}, {WithTitle: true, WithCaptions: true, Format: Markdown}} {
			r, err := c.Classify(context.Background(), Document{HTML: []byte(f.page)}, o)
			if err != nil {
				t.Fatal(err)
			}
			if r.Text != "" || r.Verdict != NoMainContent || len(r.Reasons) == 0 || r.Unsure {
				t.Errorf("%s with %+v: %v %q, unsure %v, text %q", f.name, o, r.Verdict, r.Reasons, r.Unsure, r.Text)
			}
		}
	}
}
