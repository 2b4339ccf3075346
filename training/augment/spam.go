package augment

import (
	"slices"
	"strings"
)

// spamPiece draws what is put in at a place.
func (g *generator) spamPiece(place string) (piece, bool) {
	v, ok := g.voice()
	if !ok {
		return piece{}, false
	}
	shape, ok := g.shape(place)
	if !ok {
		return piece{}, false
	}
	p := piece{kind: v.kind.name, language: v.lang, shape: shape, sep: "\n"}
	switch shape {
	case ShapeList:
		g.list(&p, v)
	case ShapeSitemap:
		g.sitemap(&p, v)
	case ShapeSentences:
		p.entries = []entry{{runs: g.sentences(v, 1+g.rng.IntN(4))}}
	case ShapeProse:
		p.entries = []entry{{runs: g.sentences(v, 4+g.rng.IntN(5))}}
	case ShapeComment:
		p.entries = []entry{g.comment(v, g.chance(3))}
	case ShapeNames:
		for range 1 + g.rng.IntN(4) {
			p.entries = append(p.entries, g.comment(v, true))
		}
	case ShapeTrackback:
		p.entries = []entry{g.trackback(v)}
	}
	g.link(&p)
	return p, true
}

// voice draws a kind of spam and one of its languages; English, which most
// spam is in, three times as often as another.
func (g *generator) voice() (voice, bool) {
	k, ok := g.kind(g.lists.spam)
	if !ok {
		return voice{}, false
	}
	languages := g.languages(k)
	lang := pick(g.rng, languages)
	if i := g.rng.IntN(len(languages) + 2); i >= len(languages) && slices.Contains(languages, "en") {
		lang = "en"
	}
	return voice{k, lang, k.sections[lang]}, true
}

// kind draws one of those that have a language left open.
func (g *generator) kind(kinds []*kind) (*kind, bool) {
	var open []*kind
	for _, k := range kinds {
		if len(g.languages(k)) > 0 {
			open = append(open, k)
		}
	}
	if len(open) == 0 {
		return nil, false
	}
	return pick(g.rng, open), true
}

// languages are those of a kind that the options leave open.
func (g *generator) languages(k *kind) []string {
	if len(g.opts.Kinds) > 0 && !slices.Contains(g.opts.Kinds, k.name) {
		return nil
	}
	var out []string
	for _, lang := range k.languages {
		if (g.opts.Draw == All || g.held(k, lang) == (g.opts.Draw == HeldOut)) && (len(g.opts.Languages) == 0 || slices.Contains(g.opts.Languages, lang)) {
			out = append(out, lang)
		}
	}
	return out
}

// held says whether a kind in a language is kept for measuring.
func (g *generator) held(k *kind, lang string) bool {
	if len(g.opts.HoldOut) > 0 {
		return slices.Contains(g.opts.HoldOut, k.name) || slices.Contains(g.opts.HoldOut, lang)
	}
	return k.heldOut || g.lists.heldOut[lang]
}

// shape draws a shape that suits the place; among a page's comments only
// comments are put.
func (g *generator) shape(place string) (string, bool) {
	open := spamShapes
	if place == PlaceComment {
		open = []string{ShapeComment, ShapeComment, ShapeNames, ShapeTrackback}
	}
	if len(g.opts.Shapes) > 0 {
		open = slices.DeleteFunc(slices.Clone(open), func(s string) bool { return !slices.Contains(g.opts.Shapes, s) })
	}
	if len(open) == 0 {
		return "", false
	}
	return pick(g.rng, open), true
}

// size is a list's length: mostly short, sometimes long.
func (g *generator) size() int {
	switch g.rng.IntN(4) {
	case 0:
		return 5 + g.rng.IntN(6)
	case 1:
		return 30 + g.rng.IntN(31)
	}
	return 8 + g.rng.IntN(23)
}

var separators = []string{" | ", " | ", ", ", " · ", " / ", " - ", " ", "\n", "\n", "; ", " • ", " » "}

func (g *generator) list(p *piece, v voice) {
	p.sep = pick(g.rng, separators)
	form := g.letterCase()
	for _, item := range g.items(v, g.size()) {
		p.entries = append(p.entries, entry{runs: []run{{text: form(item), keyword: true}}})
	}
	if g.chance(4) {
		p.heading = g.spamHeading(v)
	}
}

// items are n keywords with few repeats. One list in six sells a second kind
// of goods too, as links that are bought by the dozen do.
func (g *generator) items(v voice, n int) []string {
	voices := []voice{v}
	if other, ok := g.voice(); ok && g.chance(6) {
		voices = append(voices, other)
	}
	seen := map[string]bool{}
	var out []string
	for tries := 3 * n; tries > 0 && len(out) < n; tries-- {
		item := g.item(pick(g.rng, voices))
		if !seen[item] || g.chance(12) {
			out = append(out, item)
		}
		seen[item] = true
	}
	return out
}

func (g *generator) spamHeading(v voice) string {
	if len(v.headings) > 0 && g.chance(2) {
		return g.fill(v, pick(g.rng, v.headings))
	}
	return titled(g.item(v))
}

// letterCase draws how a list's items are written.
func (g *generator) letterCase() func(string) string {
	switch g.rng.IntN(6) {
	case 0:
		return strings.ToLower
	case 1:
		return strings.ToUpper
	case 2, 3:
		return titled
	}
	return func(s string) string { return s }
}

func (g *generator) sitemap(p *piece, v voice) {
	for _, item := range g.items(v, 15+g.rng.IntN(46)) {
		p.entries = append(p.entries, entry{runs: []run{{text: strings.ToLower(item), keyword: true}}})
	}
}

// sentences are from the kind's own templates and, for a third, from those
// that suit any goods.
func (g *generator) sentences(v voice, n int) []run {
	var out []run
	for i := range n {
		from := v.sentences
		if common := g.lists.common.sections[v.lang]; common != nil && len(common.sentences) > 0 && (len(from) == 0 || g.chance(3)) {
			from = common.sentences
		}
		if len(from) == 0 {
			from = []string{"{item}, {item}, {item}."}
		}
		if i > 0 && !unspaced(v.lang) {
			appendText(&out, " ")
		}
		for _, r := range g.expand(v, pick(g.rng, from)) {
			if r.keyword {
				out = append(out, r)
			} else {
				appendText(&out, r.text)
			}
		}
	}
	return out
}

// unspaced tells the languages that set no space between sentences.
func unspaced(lang string) bool { return lang == "zh" || lang == "ja" || lang == "th" }

// link gives the keywords addresses, or leaves them stripped: all to one
// host, or each to its own.
func (g *generator) link(p *piece) {
	mode := g.rng.IntN(10)
	if mode < 3 || g.text && mode < 8 {
		return
	}
	one := mode < 6 || mode == 9
	host, style := g.foreignHost(p.kind), g.rng.IntN(pathStyles)
	links := 0
	for i := range p.entries {
		e := &p.entries[i]
		if e.hasComment {
			e.author.href = g.address(host, e.author.text, style)
		}
		for j := range e.runs {
			r := &e.runs[j]
			if !r.keyword || links >= p.mostLinks() {
				continue
			}
			if !one {
				host, style = g.foreignHost(p.kind), g.rng.IntN(pathStyles)
			}
			r.href = g.address(host, r.text, style)
			links++
		}
	}
}

func (p *piece) mostLinks() int {
	switch p.shape {
	case ShapeProse:
		return 3
	case ShapeComment:
		return 2
	}
	return 1000
}
