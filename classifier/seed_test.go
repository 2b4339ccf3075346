package classifier

import (
	"context"
	"fmt"
	"html"
	"strings"
	"testing"
)

// The page the project began with, in other words: a menu line, a news
// article, a comment form, and a trailing list of brands with nothing to do
// with it.
var (
	seedMenu     = "Main Menu"
	seedHeadline = "Harbour towns agree to share the cost of a sea wall if the levy passes"
	seedCaption  = "The mayors of Estwick, left, and Port Hallam, right, are seen on the old pier on Monday after the talks about the wall. (Dana Orwell/Coast Press)"
	seedArticle  = []string{
		"After nearly six years of storms and arguments, the three harbour towns have been given a set of firm promises — backed by the county and the port authority — that they can take into the vote on the levy.",
		"The agreement, signed by all three mayors, names the share that each town would pay to keep the sea out, should the levy pass in the spring.",
		"“This is about laying the foundations on which the wall will stand,” said the mayor of Estwick, who added that the hardest work is yet to come.",
		"As part of the promises signed on Monday, the county has pledged to survey the seabed and to lend the towns two dredgers.",
		"Going into the meeting, the port's director was asked whether the harbour had the money to keep its side of the bargain.",
		"“Do we have the, the reserves, to use your word? Well, we have been building them,” she said. “We are going to go on building them over the next five years.”",
		"Reaching the agreement had been a struggle, as the councils were distracted by the closing of the ferry line and by a quarrel about the fish market.",
		"Residents will need to be told plainly what the plan means for their rates, said a lecturer in coastal engineering at the county college.",
		"“The public has to understand that its councils are making a commitment to spend this money for thirty years,” he said.",
	}
	seedForm   = []string{"Leave a Reply", "Your email address will not be published. Required fields are marked *"}
	seedBrands = strings.Fields("Calderon_Boots Merrin_Shoes Brightwell_Sandals Tarvo_Trainers Olbeck_Boots Nordhaven_Shoes Pellam_Heels Quista_Sneakers Ravello_Boots Sunder_Clogs Tamsin_Slippers Ullman_Loafers Vanta_Running_Shoes Wexley_Boots Yarrow_Sandals Zephra_Shoes Arden_Wellies Bramwell_Brogues Corvane_Boots Delphine_Flats Eastman_Shoes Farrow_Boots Gilda_Pumps Hestia_Wedges Ingram_Shoes Jasper_Boots Kestrel_Trainers Lowell_Shoes Maddox_Boots Norwell_Sandals Ossian_Shoes Perrin_Boots Quill_Mules Roswell_Shoes Sable_Boots Tolland_Shoes Umber_Sandals Verity_Heels Walden_Boots Xenia_Shoes Yardley_Boots Zinnia_Flats Ashby_Shoes")
)

func brands(sep string, item func(string) string) string {
	var out []string
	for _, b := range seedBrands {
		out = append(out, item(strings.ReplaceAll(b, "_", " ")))
	}
	return strings.Join(out, sep)
}

func plainItem(s string) string { return s }

func linkItem(s string) string {
	slug := strings.ToLower(strings.ReplaceAll(s, " ", "-"))
	return fmt.Sprintf(`<a href="http://www.%s.example/">%s</a>`, slug, s)
}

func wrap(tag string, texts ...string) string {
	var b strings.Builder
	for _, t := range texts {
		fmt.Fprintf(&b, "<%s>%s</%s>\n", tag, html.EscapeString(t), tag)
	}
	return b.String()
}

func seedLines() []string {
	lines := append([]string{seedMenu, seedHeadline, seedCaption}, seedArticle...)
	lines = append(lines, seedForm...)
	return append(lines, brands(" | ", plainItem))
}

// seedBlog is the page as a blog's theme would have it, with a list in the
// article's own container and one in the footer.
func seedBlog(inArticle, inFooter string) string {
	return `<!doctype html><html lang="en"><head><title>` + seedHeadline + ` - Coast Press</title></head>
<body class="single single-post"><div id="page" class="site"><header class="site-header"><nav class="main-navigation">
<button class="menu-toggle">` + seedMenu + `</button><ul class="menu"><li><a href="/">Home</a></li><li><a href="/about/">About</a></li></ul></nav></header>
<div id="content" class="site-content"><article class="post hentry"><header class="entry-header"><h1 class="entry-title">` + seedHeadline + `</h1></header>
<div class="entry-content"><figure class="wp-caption"><img src="pier.jpg" alt=""><figcaption>` + seedCaption + `</figcaption></figure>
` + wrap("p", seedArticle...) + inArticle + `</div></article>
<div id="comments" class="comments-area"><div id="respond" class="comment-respond"><h3 class="comment-reply-title">` + seedForm[0] + `</h3>
<form action="/wp-comments-post.php" method="post" class="comment-form"><p class="comment-notes">` + seedForm[1] + `</p>
<textarea name="comment"></textarea><input name="author"><input name="email"><input type="submit" value="Post Comment"></form></div></div></div>
<footer class="site-footer">` + inFooter + `<p>Proudly powered by the harbour's own press</p></footer></div></body></html>`
}

func seedForms() map[string]Document {
	lines := seedLines()
	links := "<p>" + brands(" | ", linkItem) + "</p>"
	return map[string]Document{
		"plain text":                {Text: []byte(strings.Join(lines, "\n\n"))},
		"blog, list in the footer":  {HTML: []byte(seedBlog("", links))},
		"blog, list in the article": {HTML: []byte(seedBlog(links, ""))},
		"bare tags":                 {HTML: []byte("<html><body>" + wrap("p", lines...) + "</body></html>")},
		"flat run of divs":          {HTML: []byte("<html><body>" + wrap("div", lines...) + "</body></html>")},
		"all in pre":                {HTML: []byte("<html><body><pre>" + html.EscapeString(strings.Join(lines, "\n\n")) + "</pre></body></html>")},
	}
}

func TestSeedPage(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for name, doc := range seedForms() {
		t.Run(name, func(t *testing.T) {
			r, err := c.Classify(context.Background(), doc, Options{})
			if err != nil {
				t.Fatal(err)
			}
			checkSeedText(t, r.Text)
			checkSeedLabels(t, r)
		})
	}
}

func checkSeedText(t *testing.T, text string) {
	t.Helper()
	for _, s := range seedArticle {
		if !strings.Contains(text, s) {
			t.Errorf("not in the text: %.50q", s)
		}
	}
	for _, s := range append([]string{"Calderon", "Ashby", "Sandals", "Reply", "email address", "Main Menu"}, seedForm...) {
		if strings.Contains(text, s) {
			t.Errorf("in the text: %q", s)
		}
	}
}

func checkSeedLabels(t *testing.T, r *Result) {
	t.Helper()
	want := map[string]Label{seedMenu: Navigation, seedHeadline: Body, seedForm[0]: CommentForm, seedForm[1]: CommentForm}
	for i := range r.Blocks {
		b := &r.Blocks[i]
		w, ok := want[b.Text]
		if strings.Contains(b.Text, "Calderon") || strings.Contains(b.Text, "Ashby") {
			w, ok = LinkSpam, true
		}
		if ok && b.Label != w {
			t.Errorf("%.40q is %v with %.2f, want %v", b.Text, b.Label, b.Probabilities, w)
		}
		delete(want, b.Text)
	}
	for text := range want {
		t.Errorf("no block %q", text)
	}
	if r.Verdict != SpamInjected {
		t.Errorf("verdict %v", r.Verdict)
	}
}
