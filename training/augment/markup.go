package augment

import (
	"fmt"
	"html"
	"strings"
)

// html lays a piece out as markup for a spot.
func (g *generator) html(p piece, sp spot) string {
	var body string
	switch {
	case p.honest:
		body = g.honestHTML(p)
	case sp.place == PlaceComment:
		return g.commentHTML(p, sp.model)
	default:
		body = g.spamHTML(p, sp)
	}
	if sp.place == PlaceHidden {
		body = g.hide(body)
	}
	return pick(g.rng, []string{"", "\n", "\n"}) + body
}

// spamHTML wraps a piece as intruders do: bare, in a box of any name, or
// dressed like the paragraph before it.
func (g *generator) spamHTML(p piece, sp spot) string {
	body := g.entriesHTML(p)
	if p.heading != "" {
		tag := pick(g.rng, []string{"h2", "h3", "h4", "b", "strong", "p"})
		body = element(tag, "", html.EscapeString(p.heading)) + body
	}
	if sp.model != "" && !g.chance(3) && !strings.Contains(body, "<ul") && !strings.Contains(body, "<p") && !strings.Contains(body, "<h") {
		return sp.model + body + "</p>"
	}
	switch g.rng.IntN(9) {
	case 0:
		return body
	case 1:
		return element("p", "", body)
	case 2:
		return element("center", "", body)
	case 3:
		return "<table><tr><td>" + body + "</td></tr></table>"
	case 4:
		return element("div", ` class="`+g.syllables(2)+`"`, body)
	case 5:
		return element("div", ` class="`+pick(g.rng, boxNames)+`"`, body)
	case 6:
		return element("div", ` id="`+g.syllables(3)+`"`, body)
	case 7:
		return element("span", "", body)
	}
	return element("div", "", body)
}

// boxNames are classes that intruders and honest lists share, so that a name
// alone says nothing.
var boxNames = []string{
	"links", "widget", "footer-links", "textwidget", "textwidget custom-html-widget", "box", "block", "list", "content-box",
	"widget widget_text", "wp-block-group", "module", "tags", "extra", "partners", "row", "col-md-12", "entry-links", "bottom",
}

// entriesHTML sets the entries one after the other as the separator says.
func (g *generator) entriesHTML(p piece) string {
	style := g.linkStyle()
	parts := make([]string, len(p.entries))
	for i, e := range p.entries {
		parts[i] = runsHTML(e.runs, style)
		if e.hasComment {
			parts[i] = g.authorHTML(e, style) + parts[i]
		}
	}
	if p.sep != "\n" {
		joined := strings.Join(parts, strings.ReplaceAll(html.EscapeString(p.sep), " » ", " &raquo; "))
		if g.chance(3) {
			joined += html.EscapeString(p.sep)
		}
		return joined
	}
	if len(parts) == 1 {
		return parts[0]
	}
	switch g.rng.IntN(5) {
	case 0:
		return "<ul>\n<li>" + strings.Join(parts, "</li>\n<li>") + "</li>\n</ul>"
	case 1:
		return "<div>" + strings.Join(parts, "</div>\n<div>") + "</div>"
	case 2:
		return "<p>" + strings.Join(parts, "</p>\n<p>") + "</p>"
	case 3:
		return "<ul><li>" + strings.Join(parts, "<li>") + "</ul>"
	}
	return strings.Join(parts, "<br>\n")
}

func (g *generator) authorHTML(e entry, style string) string {
	name := runsHTML([]run{e.author}, style)
	switch g.rng.IntN(4) {
	case 0:
		return element("b", "", name) + ": "
	case 1:
		return name + "<br>" + e.date + "<br>"
	case 2:
		return element("p", "", element("cite", "", name)+" says: "+e.date)
	}
	return element("strong", "", name) + " <small>" + e.date + "</small> "
}

// commentHTML makes the piece one of the page's own comments, in a copy of
// another comment's element.
func (g *generator) commentHTML(p piece, model string) string {
	tag := strings.ToLower(strings.FieldsFunc(model[1:], func(r rune) bool { return r == ' ' || r == '>' || r == '\n' || r == '\t' || r == '/' })[0])
	style := pick(g.rng, []string{` rel="nofollow"`, ` rel="external nofollow" class="url"`, ` rel="ugc external nofollow"`, ""})
	var b strings.Builder
	for _, e := range p.entries {
		b.WriteString("\n" + withoutID(model))
		switch g.rng.IntN(3) {
		case 0:
			b.WriteString(`<div class="comment-author vcard"><cite class="fn">` + runsHTML([]run{e.author}, style) + `</cite></div><div class="comment-meta">` + e.date + `</div>`)
		case 1:
			b.WriteString(`<p class="comment-author">` + runsHTML([]run{e.author}, style) + ` <span class="date">` + e.date + `</span></p>`)
		default:
			b.WriteString(g.authorHTML(e, style))
		}
		b.WriteString(element("p", "", runsHTML(e.runs, style)) + "</" + tag + ">")
	}
	return b.String()
}

// withoutID drops an id, which must be unique, from a start tag.
func withoutID(tag string) string {
	for _, quote := range []string{`"`, `'`} {
		before, rest, ok := strings.Cut(tag, " id="+quote)
		if !ok {
			continue
		}
		if _, after, ok := strings.Cut(rest, quote); ok {
			return before + after
		}
	}
	return tag
}

// linkStyle draws the attributes that all links of a piece share.
func (g *generator) linkStyle() string {
	return pick(g.rng, []string{
		"", "", "", "", ` target="_blank"`, ` rel="dofollow"`, ` style="color:#333;text-decoration:none"`, ` title=""`,
	})
}

func runsHTML(runs []run, style string) string {
	var b strings.Builder
	for _, r := range runs {
		text := strings.ReplaceAll(html.EscapeString(r.text), "\n", "<br>")
		if r.href == "" {
			b.WriteString(text)
			continue
		}
		fmt.Fprintf(&b, `<a href="%s"%s>%s</a>`, html.EscapeString(r.href), style, text)
	}
	return b.String()
}

func element(tag, attributes, body string) string {
	return "<" + tag + attributes + ">" + body + "</" + tag + ">"
}

// hide wraps markup in one of the ways that keep it from readers and not from
// search engines.
func (g *generator) hide(body string) string {
	name := g.syllables(3)
	px := 1000 + g.rng.IntN(9000)
	switch g.rng.IntN(12) {
	case 0:
		return element("div", ` style="display:none"`, body)
	case 1:
		return element("div", fmt.Sprintf(` style="position:absolute; left:-%dpx"`, px), body)
	case 2:
		return element("div", fmt.Sprintf(` style='position: absolute; top: -%dpx; left: -%dpx;'`, px, px), body)
	case 3:
		return element("div", ` style="font-size:0;line-height:0;color:#fff"`, body)
	case 4:
		return element("div", ` style="height:1px;width:1px;overflow:hidden"`, body)
	case 5:
		return "<style>." + name + "{display:none}</style>" + element("div", ` class="`+name+`"`, body)
	case 6:
		return "<style>#" + name + fmt.Sprintf("{position:fixed;left:-%dpx}</style>", px) + element("div", ` id="`+name+`"`, body)
	case 7:
		return element("div", ` hidden`, body)
	case 8:
		return element("div", ` style="visibility:hidden;height:0"`, body)
	case 9:
		return element("font", ` style='position: absolute;overflow: hidden;height: 0;width: 0'`, body)
	case 10:
		return element("div", ` style="text-indent:-9999px"`, body)
	}
	return element("div", ` id="`+name+`"`, body) + `<script>document.getElementById("` + name + `").style.display="none";</script>`
}

// honestHTML is the markup that site builders give to lists of links.
func (g *generator) honestHTML(p piece) string {
	heading := ""
	if p.heading != "" {
		tag := pick(g.rng, []string{"h2", "h3", "h3", "h4", "h5", "strong", "div", "p"})
		class := pick(g.rng, []string{"", "", ` class="widget-title"`, ` class="title"`, ` class="heading"`})
		heading = element(tag, class, html.EscapeString(p.heading))
	}
	body := g.honestEntriesHTML(p)
	switch g.rng.IntN(6) {
	case 0:
		return element("nav", ` aria-label="`+html.EscapeString(p.heading)+`"`, heading+body)
	case 1:
		return element("section", ` class="`+pick(g.rng, boxNames)+`"`, heading+body)
	case 2:
		return element("div", "", heading+body)
	}
	return element("div", ` class="`+pick(g.rng, boxNames)+`"`, heading+body)
}

func (g *generator) honestEntriesHTML(p piece) string {
	style := ""
	if p.foreign {
		style = pick(g.rng, []string{"", ` rel="noopener"`, ` target="_blank" rel="noopener noreferrer"`, ` rel="sponsored"`, ` target="_blank"`})
	}
	parts := make([]string, len(p.entries))
	for i, e := range p.entries {
		parts[i] = runsHTML(e.runs, style)
	}
	switch {
	case p.shape == ShapeSelect:
		for i, e := range p.entries {
			parts[i] = "<option>" + html.EscapeString(plain(e.runs)) + "</option>"
		}
		return "<select>" + strings.Join(parts, "") + "</select>"
	case p.shape == ShapeTeasers && g.chance(2):
		return "<article>" + strings.Join(parts, "</article>\n<article>") + "</article>"
	case p.shape == ShapeNotice && p.sep == "\n":
		return "<p>" + strings.Join(parts, "</p>\n<p>") + "</p>"
	case p.sep != "\n":
		return element(pick(g.rng, []string{"p", "div", "span"}), "", strings.Join(parts, html.EscapeString(p.sep)))
	case g.chance(5):
		return strings.Join(parts, "<br>\n")
	}
	return "<ul>\n<li>" + strings.Join(parts, "</li>\n<li>") + "</li>\n</ul>"
}
