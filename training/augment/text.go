package augment

import "strings"

// textSpots finds where a line can be put into plain text: before it, after
// it, and at its blank lines or, where it has hardly any, at its line breaks.
// The model of a spot is what the page sets between its paragraphs.
func textSpots(page string) spotsByPlace {
	var blank, breaks []int
	at := 0
	for line := range strings.Lines(page) {
		at += len(line)
		if at == len(page) {
			break
		}
		if strings.TrimSpace(line) == "" {
			blank = append(blank, at)
		} else {
			breaks = append(breaks, at)
		}
	}
	between, gap := blank, "\n\n"
	if len(blank) < 3 && len(breaks) > 3 {
		between, gap = breaks, "\n"
	}
	spots := spotsByPlace{}
	spots.add(PlaceTextStart, 0, gap)
	spots.add(PlaceTextEnd, len(page), gap)
	for _, at := range between {
		spots.add(PlaceTextMiddle, at, gap)
	}
	return spots
}

// setText lays a piece out as lines and sets it off the text around it; a
// list may follow right under the line before.
func (g *generator) setText(c *cut, page string, p piece, gap string) {
	c.body = g.lines(p)
	before := page[:c.at]
	if p.shape == ShapeList && p.sep != "\n" && p.sep != " " && g.chance(6) {
		c.before = "\n"
	} else if strings.TrimSpace(before) != "" {
		c.before = gap + strings.Repeat("\n", g.rng.IntN(2))
	}
	for c.before != "" && strings.HasSuffix(before, "\n") {
		before, c.before = before[:len(before)-1], c.before[1:]
	}
	c.after = "\n"
	if c.at < len(page) {
		c.after = gap
	}
}

func (g *generator) lines(p piece) string {
	var b strings.Builder
	if p.heading != "" {
		b.WriteString(p.heading + pick(g.rng, []string{"\n", "\n", ":\n", "\n\n"}))
	}
	written := g.rng.IntN(3) // how an address stands in text
	for i, e := range p.entries {
		if i > 0 {
			b.WriteString(p.sep)
		}
		if e.hasComment {
			b.WriteString(e.author.text + pick(g.rng, []string{"\n", " says:\n", ": ", " — "}))
			if g.chance(2) {
				b.WriteString(e.date + "\n")
			}
		}
		for _, r := range e.runs {
			b.WriteString(textLink(r, written))
		}
	}
	if p.shape == ShapeList && p.sep != "\n" && g.chance(3) {
		b.WriteString(strings.TrimRight(p.sep, " "))
	}
	return strings.TrimSpace(b.String())
}

// textLink is a keyword in plain text; its address may stand beside it, bare
// or in the code of forums.
func textLink(r run, written int) string {
	switch {
	case r.href == "":
		return r.text
	case written == 0:
		return r.text + " " + r.href
	case written == 1:
		return "[url=" + r.href + "]" + r.text + "[/url]"
	}
	return r.text + " (" + r.href + ")"
}
