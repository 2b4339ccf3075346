package augment

import "strings"

// textSpots finds where a line can be put into plain text: before it, after
// it, and at its blank lines or, where it has hardly any, at its line breaks.
func textSpots(page string) spotsByPlace {
	spots := spotsByPlace{}
	spots.add(PlaceTextStart, 0, "")
	spots.add(PlaceTextEnd, len(page), "")
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
	between := blank
	if len(blank) < 3 {
		between = breaks
	}
	for _, at := range between {
		spots.add(PlaceTextMiddle, at, "")
	}
	return spots
}

// setText lays a piece out as lines and pads it off the text around it.
func (g *generator) setText(c *cut, page string, p piece) {
	c.body = g.lines(p)
	c.after = "\n"
	if !g.chance(4) {
		c.after = "\n\n"
	}
	if c.at == len(page) {
		c.before, c.after = strings.Repeat("\n", 1+g.rng.IntN(3)), "\n"
		if strings.HasSuffix(page, "\n") {
			c.before = c.before[1:]
		}
	}
	if c.at == 0 || page[c.at-1] == '\n' {
		return
	}
	if c.before == "" {
		c.before = "\n"
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
