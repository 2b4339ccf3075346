package pages

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/pagesieve/pagesieve/classifier/bayes"
)

func all(t *testing.T) []Page {
	t.Helper()
	p, err := All()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// visible is the text that a page's parsed tree shows, found in another way
// than the loader's.
func visible(t *testing.T, page string) string {
	t.Helper()
	doc, err := html.ParseWithOptions(strings.NewReader(page), html.ParseOptionEnableScripting(false))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && !silent(n) {
			b.WriteString(n.Data)
		} else if n.Type == html.ElementNode && !isInline(n.Data) {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func silent(n *html.Node) bool {
	for p := range n.Ancestors() {
		if p.Type == html.ElementNode && isSilent(p.Data) {
			return true
		}
	}
	return false
}

// letters drops white space, about which the two ways may differ.
func letters(s string) string { return strings.Join(strings.Fields(s), "") }

func TestSpansAreThePagesText(t *testing.T) {
	for _, p := range all(t) {
		want := p.Text
		if p.HTML != "" {
			want = visible(t, p.HTML)
		}
		rest := letters(want)
		for _, s := range p.Spans {
			text := letters(s.Text)
			i := strings.Index(rest, text)
			if i < 0 && strings.Contains(p.HTML, "application/ld+json") && !strings.Contains(letters(want), text) {
				continue // stands in the page's data or in its <noscript>
			}
			if i != 0 {
				t.Errorf("%s: want %.50q next, got span %.50q", p.ID, rest, s.Text)
				break
			}
			rest = rest[len(text):]
		}
		if rest != "" {
			t.Errorf("%s: no span for %.60q", p.ID, rest)
		}
	}
}

func TestHeaders(t *testing.T) {
	kinds := []string{"article", "forum", "product", "collection", "listing", "documentation", "service"}
	for _, p := range all(t) {
		if !slices.Contains(kinds, p.PageKind) && p.PageKind != "" {
			t.Errorf("%s: unknown kind %q", p.ID, p.PageKind)
		}
		if p.Language == "" || !strings.HasPrefix(p.URL, "http") {
			t.Errorf("%s: no language or no url", p.ID)
		}
		if (p.HTML == "") == (p.Text == "") {
			t.Errorf("%s: want either HTML or text", p.ID)
		}
	}
}

func TestVariety(t *testing.T) {
	languages, kinds, labels := map[string]int{}, map[string]int{}, map[bayes.Label]int{}
	text := 0
	for _, p := range all(t) {
		languages[p.Language]++
		kinds[p.PageKind]++
		if p.Text != "" {
			text++
		}
		seen := map[bayes.Label]bool{}
		for _, s := range p.Spans {
			seen[s.Label] = true
		}
		for l := range seen {
			labels[l]++
		}
	}
	if n := len(all(t)); n < 30 || text < 6 || len(languages) < 13 || len(kinds) < 7 {
		t.Errorf("%d pages, %d of plain text, languages %v, kinds %v", n, text, languages, kinds)
	}
	for l := range bayes.Label(bayes.NumLabels) {
		if labels[l] < 8 {
			t.Errorf("only %d pages have %s", labels[l], l)
		}
	}
}

func TestParseErrors(t *testing.T) {
	bad := map[string]string{
		"no dashes":     "url: x\n",
		"bad header":    "color: red\n---\nbody| x\n",
		"bad label":     "kind: article\n---\nbodi| x\n",
		"no gutter":     "kind: article\n---\nhello\n",
		"no label":      "kind: article\n---\n    | <p>hello</p>\n",
		"no text label": "format: text\n---\n    | hello\n",
		"two labels":    "kind: article\n---\nbody| <p>hello\nnav | world</p>\n",
	}
	for name, content := range bad {
		if _, err := Parse(name, content); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestParse(t *testing.T) {
	p, err := Parse("x", "kind: article\n---\nbody| <p>One <b>two</b>\nbody| &amp; three</p><p>Four</p>\n    | <script type=\"application/ld+json\">{\nbody|  \"articleBody\": \"Five\\nsix\",\n    | </script>\n")
	if err != nil {
		t.Fatal(err)
	}
	want := []Span{{"One two & three", bayes.Body}, {"Four", bayes.Body}, {"Five six", bayes.Body}}
	if !slices.Equal(p.Spans, want) {
		t.Errorf("got %q", p.Spans)
	}
}
