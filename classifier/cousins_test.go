package classifier

import (
	"context"
	"fmt"
	"html"
	"strings"
	"testing"
)

// cousin is a page of the seed page's family: another language, other goods,
// another place. Every one is tried as a blog's page and as plain text.
type cousin struct {
	name, lang, menu, headline string
	article                    []string
	form                       []string
	spam                       string // one list, items with | between
	spam2                      string
	place                      string // "footer", "first", "middle", "article" (its end), "after" (</html>); of spam2 always "article"
	honest                     string // a list that is the page's own: no spam
}

// knownFailures are cases that the embedded model gets wrong, by name, with
// what it does. They are reported and do not fail; one that passes is too, so
// that it can be taken off. A case that is not named here must pass.
var knownFailures = map[string]string{
	"Russian, watches at the article's end, text":    "the list passes for navigation",
	"Portuguese, jerseys at the article's end, text": "the list passes for navigation",
	"Spanish, loans in the middle, text":             "the list passes for navigation",
	"Japanese, copies in the footer, text":           "the list passes for navigation",
	"Polish, movers in the middle, text":             "the list passes for navigation",
	"Polish, movers in the middle, blog":             "the list is spam with 0.42, navigation with 0.47",
	"French, casinos first, text":                    "the list passes for navigation",
	"Turkish, betting behind the page, text":         "two paragraphs of the article, which quote, are left out",
	"English, an honest brand list, text":            "the shop's own brands, in plain text without links, are called spam",
}

func TestCousins(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range cousins {
		for form, doc := range map[string]Document{"blog": {HTML: []byte(page.html())}, "text": {Text: []byte(page.text())}} {
			name := page.name + ", " + form
			t.Run(name, func(t *testing.T) {
				r, err := c.Classify(context.Background(), doc, Options{})
				if err != nil {
					t.Fatal(err)
				}
				wrong := page.check(r)
				known, isKnown := knownFailures[name]
				switch {
				case isKnown && len(wrong) > 0:
					t.Logf("known failure (%s): %s", known, strings.Join(wrong, "; "))
				case isKnown:
					t.Logf("passes now: take it off knownFailures")
				default:
					for _, w := range wrong {
						t.Error(w)
					}
				}
			})
		}
	}
}

// check lists what is wrong with an answer.
func (p *cousin) check(r *Result) (wrong []string) {
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	for _, para := range p.article {
		if !strings.Contains(r.Text, para) {
			say("not in the text: %.40q", para)
		}
	}
	spammy := p.spam + "|" + p.spam2
	for i := range r.Blocks {
		b := &r.Blocks[i]
		isSpam := false
		for item := range strings.SplitSeq(spammy, "|") {
			isSpam = isSpam || item != "" && strings.Contains(b.Text, item)
		}
		if isSpam != (b.Label == LinkSpam) {
			say("%.40q is %v with %.2f", b.Text, b.Label, b.Probabilities)
		}
	}
	want := OK
	if p.spam != "" {
		want = SpamInjected
	}
	if r.Verdict != want {
		say("verdict %v, want %v", r.Verdict, want)
	}
	return wrong
}

// links is a list as links to hosts of its own.
func (p *cousin) links(list string) string {
	if list == "" {
		return ""
	}
	var out []string
	for i, item := range strings.Split(list, "|") {
		out = append(out, fmt.Sprintf(`<a href="http://www.offer-%s%d.example/">%s</a>`, p.lang, i, html.EscapeString(item)))
	}
	return "<p>" + strings.Join(out, " | ") + "</p>\n"
}

func (p *cousin) html() string {
	at := func(place string) string {
		if p.place == place {
			return p.links(p.spam)
		}
		return ""
	}
	own := ""
	for item := range strings.SplitSeq(p.honest, "|") {
		if item != "" {
			own += fmt.Sprintf(`<li><a href="/brands/%s">%s</a></li>`, strings.ToLower(strings.ReplaceAll(item, " ", "-")), item)
		}
	}
	if own != "" {
		own = `<aside class="widget brands"><ul>` + own + "</ul></aside>"
	}
	half := len(p.article) / 2
	return `<!doctype html><html lang="` + p.lang + `"><head><title>` + p.headline + ` - Coast Press</title></head>
<body class="single single-post"><div id="page" class="site"><header class="site-header"><nav class="main-navigation">
<button class="menu-toggle">` + p.menu + `</button></nav></header>` + at("first") + `
<div id="content" class="site-content"><article class="post hentry"><header class="entry-header"><h1 class="entry-title">` + p.headline + `</h1></header>
<div class="entry-content">` + wrap("p", p.article[:half]...) + at("middle") + wrap("p", p.article[half:]...) + at("article") + p.links(p.spam2) + `</div></article>
<div id="comments" class="comments-area"><div id="respond" class="comment-respond"><h3 class="comment-reply-title">` + p.form[0] + `</h3>
<form action="/wp-comments-post.php" method="post" class="comment-form"><p class="comment-notes">` + p.form[1] + `</p>
<textarea name="comment"></textarea><input name="author"><input name="email"><input type="submit" value="OK"></form></div></div></div>` + own + `
<footer class="site-footer">` + at("footer") + `</footer></div></body></html>` + at("after")
}

func (p *cousin) text() string {
	list := strings.ReplaceAll(p.spam, "|", " | ")
	half := len(p.article) / 2
	var lines []string
	add := func(ok bool, more ...string) {
		if ok {
			lines = append(lines, more...)
		}
	}
	add(true, p.menu)
	add(p.place == "first", list)
	add(true, p.headline)
	add(true, p.article[:half]...)
	add(p.place == "middle", list)
	add(true, p.article[half:]...)
	add(p.place == "article", list)
	add(p.spam2 != "", strings.ReplaceAll(p.spam2, "|", " | "))
	add(true, p.form...)
	add(p.honest != "", strings.ReplaceAll(p.honest, "|", " | "))
	add(p.place == "footer" || p.place == "after", list)
	return strings.Join(lines, "\n\n")
}
