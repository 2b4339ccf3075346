package augment

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// run is a stretch of a piece's text. Keywords are what spam wants to rank;
// they may become links.
type run struct {
	text    string
	keyword bool
	href    string
}

// voice is a kind in one language: what templates are filled from.
type voice struct {
	kind *kind
	lang string
	*section
}

// maxNesting ends templates that name each other in a circle.
const maxNesting = 6

// cutHole splits a template at its first braces, which may hold others.
func cutHole(template string) (before, hole, after string, ok bool) {
	open := strings.IndexByte(template, '{')
	if open < 0 {
		return template, "", "", false
	}
	depth := 0
	for i := open; i < len(template); i++ {
		switch template[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return template[:open], template[open+1 : i], template[i+1:], true
			}
		}
	}
	return template, "", "", false
}

// choices splits a|b at the bars that stand in no inner braces.
func choices(hole string) []string {
	var out []string
	depth, start := 0, 0
	for i := range len(hole) {
		switch hole[i] {
		case '{':
			depth++
		case '}':
			depth--
		case '|':
			if depth == 0 {
				out = append(out, hole[start:i])
				start = i + 1
			}
		}
	}
	return append(out, hole[start:])
}

// holes are the names in a template's braces, those of choices included.
func holes(template string) []string {
	var out []string
	for {
		_, hole, after, ok := cutHole(template)
		if !ok {
			return out
		}
		if c := choices(hole); len(c) > 1 {
			for _, t := range c {
				out = append(out, holes(t)...)
			}
		} else {
			out = append(out, hole)
		}
		template = after
	}
}

// isBuiltIn tells the holes that code fills and no pool.
func isBuiltIn(name string) bool {
	switch name {
	case "item", "brand", "n", "nn", "hex", "year", "price", "host", "name":
		return true
	}
	return false
}

// expand fills a template: {a|b} is one of them, {item} a keyword of the
// voice, {brand} a made-up brand, and other names are pools.
func (g *generator) expand(v voice, template string) []run {
	var out []run
	g.expandInto(&out, v, template, 0)
	return out
}

func (g *generator) expandInto(out *[]run, v voice, template string, depth int) {
	for template != "" {
		text, hole, rest, ok := cutHole(template)
		appendText(out, text)
		if !ok || depth > maxNesting {
			return
		}
		template = rest
		switch c := choices(hole); {
		case len(c) > 1:
			g.expandInto(out, v, pick(g.rng, c), depth+1)
		case hole == "item":
			*out = append(*out, run{text: g.item(v), keyword: true})
		case isBuiltIn(hole):
			appendText(out, g.builtIn(v, hole))
		default:
			if p := g.lists.pool(v.kind, v.lang, hole); len(p) > 0 {
				g.expandInto(out, v, pick(g.rng, p), depth+1)
			}
		}
	}
}

// appendText adds plain text, joined to plain text before it.
func appendText(out *[]run, text string) {
	if text == "" {
		return
	}
	if n := len(*out); n > 0 && !(*out)[n-1].keyword {
		(*out)[n-1].text += text
		return
	}
	*out = append(*out, run{text: text})
}

// fill is expand as plain text.
func (g *generator) fill(v voice, template string) string {
	return plain(g.expand(v, template))
}

func plain(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.text)
	}
	return b.String()
}

// item is one keyword of the voice.
func (g *generator) item(v voice) string {
	return strings.TrimSpace(g.fill(v, pick(g.rng, v.items)))
}

func (g *generator) builtIn(v voice, name string) string {
	switch name {
	case "brand":
		return g.brand(v.lang)
	case "n":
		return strconv.Itoa(2 + g.rng.IntN(8))
	case "nn":
		return strconv.Itoa(10 + g.rng.IntN(90))
	case "hex":
		return strconv.FormatUint(g.rng.Uint64()>>(16*(1+g.rng.IntN(3))), 16)
	case "year":
		return strconv.Itoa(2010 + g.rng.IntN(18))
	case "price":
		return strconv.Itoa(9+g.rng.IntN(290)) + pick(g.rng, []string{"", ".99", ".00", ".95"})
	case "host":
		return g.foreignHost(v.kind.name)
	}
	return g.personName(v)
}

// personName is a made-up first name, often with a second.
func (g *generator) personName(v voice) string {
	first := g.lists.pool(v.kind, v.lang, "first")
	if len(first) == 0 {
		return titled(g.syllables(2))
	}
	name := pick(g.rng, first)
	if last := g.lists.pool(v.kind, v.lang, "last"); len(last) > 0 && g.chance(2) {
		name += " " + pick(g.rng, last)
	}
	return name
}

// titled upper-cases the first letter of each word.
func titled(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		r, size := utf8.DecodeRuneInString(w)
		words[i] = string(unicode.ToTitle(r)) + w[size:]
	}
	return strings.Join(words, " ")
}
