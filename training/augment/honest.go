package augment

import (
	"slices"
	"strings"
)

// honestPiece draws a hard negative. Plain text tells nobody whose links they
// were, so that a kind which only its links make honest stays out of it.
func (g *generator) honestPiece() (piece, bool) {
	kinds := g.lists.honest
	if g.text {
		kinds = slices.DeleteFunc(slices.Clone(kinds), func(k *kind) bool { return k.menu })
	}
	v, ok := g.honestVoice(kinds)
	if !ok {
		return piece{}, false
	}
	p := piece{kind: v.kind.name, language: v.lang, honest: true, foreign: v.kind.foreign}
	if v.kind.notice {
		p.shape, p.sep = ShapeNotice, pick(g.rng, []string{"\n", " "})
		for range 1 + g.rng.IntN(2) {
			p.entries = append(p.entries, entry{runs: g.expand(v, pick(g.rng, v.sentences))})
		}
	} else {
		g.honestList(&p, v)
	}
	g.honestLinks(&p, v.kind)
	return p, len(p.entries) > 0
}

// honestVoice draws a kind and one of its languages, each alike: what a
// language has of spam it needs of honest pieces too. On every other page that
// got spam it speaks the spam's language, which then tells nothing.
func (g *generator) honestVoice(kinds []*kind) (voice, bool) {
	if len(g.drawn) > 0 && g.chance(2) {
		lang := pick(g.rng, g.drawn)
		same := slices.DeleteFunc(slices.Clone(kinds), func(k *kind) bool { return !slices.Contains(g.languages(k), lang) })
		if len(same) > 0 {
			k := pick(g.rng, same)
			return voice{k, lang, k.sections[lang]}, true
		}
	}
	k, ok := g.kind(kinds)
	if !ok {
		return voice{}, false
	}
	lang := pick(g.rng, g.languages(k))
	return voice{k, lang, k.sections[lang]}, true
}

func (g *generator) honestList(p *piece, v voice) {
	p.shape = g.honestShape(v)
	p.sep = pick(g.rng, []string{"\n", "\n", "\n", "\n", " | ", ", ", " · ", " ", " / "})
	n := 4 + g.rng.IntN(9)
	if g.chance(3) {
		n += g.rng.IntN(30)
	}
	g.honestEntries(p, v, n)
	// In text the heading is what makes a list of names honest.
	if len(v.headings) > 0 && (g.text || !g.chance(4)) {
		p.heading = g.fill(v, pick(g.rng, v.headings))
	}
}

func (g *generator) honestShape(v voice) string {
	switch {
	case len(v.sentences) > 0 && g.chance(2):
		return ShapeTeasers
	case g.chance(8):
		return ShapeSelect
	}
	return ShapeMenu
}

// honestEntries are the kind's items without repeats; a site does not name
// the same thing twice in a row.
func (g *generator) honestEntries(p *piece, v voice, n int) {
	if p.shape == ShapeTeasers {
		p.sep, n = "\n", min(n, 8)
	}
	seen := map[string]bool{}
	for range n {
		item := g.item(v)
		if seen[item] {
			continue
		}
		seen[item] = true
		e := entry{runs: []run{{text: item, keyword: true}}}
		if p.shape == ShapeTeasers {
			e.runs = append(e.runs, run{text: "\n" + g.fill(v, pick(g.rng, v.sentences))})
		}
		p.entries = append(p.entries, e)
	}
	if g.chance(2) {
		slices.SortFunc(p.entries, func(a, b entry) int { return strings.Compare(a.runs[0].text, b.runs[0].text) })
	}
}

// honestLinks leads an own menu about the site, and partners to their hosts.
func (g *generator) honestLinks(p *piece, k *kind) {
	if g.text || p.shape == ShapeSelect || !k.own && !k.foreign || !k.menu && g.chance(6) {
		return
	}
	style, absolute := 2+g.rng.IntN(pathStyles-2), g.chance(3)
	base := "/" + pick(g.rng, []string{"", "", k.name + "/", "c/", "category/", "shop/", "tag/", "en/"})
	base = strings.ReplaceAll(base, "_", "-")
	for i := range p.entries {
		for j := range p.entries[i].runs {
			r := &p.entries[i].runs[j]
			switch {
			case !r.keyword:
			case k.foreign:
				r.href = g.address(g.foreignHost(k.name), r.text, g.rng.IntN(pathStyles))
			default:
				r.href = g.ownAddress(base, r.text, style, absolute)
			}
		}
	}
}
