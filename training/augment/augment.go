package augment

import (
	"hash/fnv"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/pagesieve/pagesieve/classifier/bayes"
)

// Options choose what is put into a page. The zero value draws from all that
// is not held out.
type Options struct {
	// URL of the page; honest links in it get its host. May be empty.
	URL string
	// Draw says whether what is held out is drawn.
	Draw Draw
	// HoldOut names the kinds and languages that are held out, in place of
	// those that the lists name; empty leaves it to the lists.
	HoldOut []string
	// Kinds, Languages, Places and Shapes narrow the draw; empty means any.
	// Kinds names spam and honest kinds alike. A page without a spot of the
	// places asked for is left as it is.
	Kinds, Languages, Places, Shapes []string
	// Spam is how many pieces of spam are put in: 0 draws one or two,
	// negative means none.
	Spam int
	// Honest is how many hard negatives are put in: 0 draws up to two,
	// negative means none.
	Honest int
	// Hosts are used for foreign links, spam and honest alike, instead of
	// made-up ones: give hosts that real pages link to where a model could
	// learn from the host's name.
	Hosts []string
	// Lists replaces the embedded lists.
	Lists *Lists
}

// Draw is which of the kinds and languages are drawn from.
type Draw uint8

// The draws.
const (
	Training Draw = iota // what is not held out
	HeldOut              // what is held out alone, for measuring
	All                  // everything: for a final model
)

// String is the draw's name in flags.
func (d Draw) String() string { return [...]string{"training", "held-out", "all"}[min(d, All)] }

// Possible says whether any spam or look-alike is left to draw.
func (o Options) Possible() bool {
	g := newGenerator(0, false, o)
	open := func(kinds []*kind) bool {
		return slices.ContainsFunc(kinds, func(k *kind) bool { return len(g.languages(k)) > 0 })
	}
	return o.Spam >= 0 && open(g.lists.spam) || o.Honest >= 0 && open(g.lists.honest)
}

// Injected is one piece that was put into a page.
type Injected struct {
	Start, End int         // byte range in the page as given back, markup included
	Label      bayes.Label // LinkSpam, or Navigation for a hard negative
	Kind       string      // the list it came from, such as "pharma" or "blogroll"
	Language   string      // BCP 47, of the piece and not of the page
	Place      string      // one of the Place constants
	Shape      string      // one of the Shape constants
	Linked     bool        // holds links; they are stripped otherwise
}

// Spam puts spam and hard negatives into a page, HTML or plain text. Nothing
// of the page is changed or lost; the pieces stand between its tags, never
// within one, and are given in page order. It takes time linear in the
// page's length.
func Spam(page string, text bool, seed uint64, opts Options) (out string, injected []Injected) {
	g := newGenerator(seed, text, opts)
	spots := g.wanted(g.findSpots(page))
	if spots.empty() {
		return page, nil
	}
	var cuts []cut
	for range g.count(opts.Spam, 1, 2) {
		cuts = g.add(cuts, page, spots, bayes.LinkSpam)
	}
	for range g.count(opts.Honest, 0, 2) {
		cuts = g.add(cuts, page, spots, bayes.Navigation)
	}
	return splice(page, cuts)
}

// Seed mixes a run's seed with a page's ID, so that every page of a set draws
// its own spam and the order of pages does not matter.
func Seed(seed uint64, pageID string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(pageID))
	return h.Sum64() ^ seed*0x9e3779b97f4a7c15
}

// Share is a seed as a number from 0 to 1, by which a share of a set's pages is
// drawn.
func Share(seed uint64) float64 { return float64(seed>>11) / (1 << 53) }

// Variant is a page with spam put into it.
type Variant struct {
	Page     string
	Injected []Injected
}

// Variants gives n variants of a page, each with other pieces in other places.
func Variants(page string, text bool, seed uint64, n int, opts Options) iter.Seq[Variant] {
	return func(yield func(Variant) bool) {
		for i := range n {
			out, injected := Spam(page, text, seed+uint64(i)*0xbf58476d1ce4e5b9, opts)
			if !yield(Variant{out, injected}) {
				return
			}
		}
	}
}

// generator is one draw over one page.
type generator struct {
	rng   *rand.Rand
	opts  Options
	lists *Lists
	text  bool
	own   string   // host of the page, made up where it is not known
	drawn []string // languages of the spam put in so far
}

func newGenerator(seed uint64, text bool, opts Options) *generator {
	g := &generator{rng: rand.New(rand.NewPCG(seed, 0x5eed)), opts: opts, lists: opts.Lists, text: text}
	if g.lists == nil {
		g.lists = Embedded()
	}
	if g.own = hostOf(opts.URL); g.own == "" {
		g.own = "www.site.example"
	}
	return g
}

// count is the number wanted, or one drawn from lo…hi for 0.
func (g *generator) count(want, lo, hi int) int {
	if want == 0 {
		return lo + g.rng.IntN(hi-lo+1)
	}
	return max(want, 0)
}

// cut is one piece and where it goes.
type cut struct {
	at                  int
	before, body, after string // before and after pad the piece and do not count as it
	in                  Injected
}

// add draws a place and a piece for it.
func (g *generator) add(cuts []cut, page string, spots spotsByPlace, label bayes.Label) []cut {
	sp, ok := g.pickSpot(spots, label)
	if !ok {
		return cuts
	}
	var p piece
	if label == bayes.LinkSpam {
		p, ok = g.spamPiece(sp.place)
		g.drawn = append(g.drawn, p.language)
	} else {
		p, ok = g.honestPiece()
	}
	if !ok {
		return cuts
	}
	c := cut{at: sp.at, in: Injected{Label: label, Kind: p.kind, Language: p.language, Place: sp.place, Shape: p.shape, Linked: p.linked()}}
	if g.text {
		g.setText(&c, page, p, sp.model)
	} else {
		c.body = g.html(p, sp)
		if !isBlock(c.body) && !standsAlone(page, sp.at) {
			c.body = element("div", "", c.body)
		}
	}
	return append(cuts, c)
}

// splice puts the cuts into the page in one pass.
func splice(page string, cuts []cut) (string, []Injected) {
	slices.SortStableFunc(cuts, func(a, b cut) int { return a.at - b.at })
	var b strings.Builder
	injected := make([]Injected, 0, len(cuts))
	done := 0
	for _, c := range cuts {
		b.WriteString(page[done:c.at])
		done = c.at
		b.WriteString(c.before)
		c.in.Start = b.Len()
		b.WriteString(c.body)
		c.in.End = b.Len()
		b.WriteString(c.after)
		injected = append(injected, c.in)
	}
	b.WriteString(page[done:])
	return b.String(), injected
}

// pick draws one of a slice that is not empty.
func pick[T any](rng *rand.Rand, from []T) T { return from[rng.IntN(len(from))] }

// chance is true in one of n draws.
func (g *generator) chance(n int) bool { return g.rng.IntN(n) == 0 }
