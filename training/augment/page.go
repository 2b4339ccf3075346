package augment

import (
	"html"
	"strings"

	"github.com/pagesieve/pagesieve/classifier/bayes"
)

// Doorway makes a whole page that is nothing but spam: a column of search
// phrases, or keyword prose under a heading. All of its body is one injected
// piece of link_spam.
func Doorway(seed uint64, text bool, opts Options) (page string, injected []Injected) {
	g := newGenerator(seed, text, opts)
	v, ok := g.voice()
	if !ok {
		return "", nil
	}
	p := piece{kind: v.kind.name, language: v.lang, shape: ShapeSitemap, sep: "\n", heading: titled(g.item(v))}
	if g.chance(2) {
		g.sitemap(&p, v)
	} else {
		p.shape = ShapeProse
		for range 2 + g.rng.IntN(5) {
			p.entries = append(p.entries, entry{runs: g.sentences(v, 3+g.rng.IntN(5))})
		}
	}
	g.link(&p)
	c := cut{in: Injected{Label: bayes.LinkSpam, Kind: p.kind, Language: p.language, Place: PlaceBodyEnd, Shape: p.shape, Linked: p.linked()}}
	if text {
		c.in.Place = PlaceTextStart
		c.body = g.lines(p)
		return splice("", []cut{c})
	}
	head := "<!DOCTYPE html>\n<html lang=\"" + v.lang + "\">\n<head><meta charset=\"utf-8\"><title>" + html.EscapeString(p.heading) + "</title></head>\n<body>\n"
	c.at = len(head)
	c.body = strings.TrimSpace(g.spamHTML(p, spot{}))
	return splice(head+"\n</body>\n</html>\n", []cut{c})
}
