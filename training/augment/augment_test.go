package augment_test

import (
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/training/augment"
)

// blogPage has a spot for every place.
const blogPage = `<!DOCTYPE html>
<html lang="en"><head><title>A page</title><style>p{color:red}</style></head>
<body class="single"><header><nav><ul><li><a href="/">Home</a></li></ul></nav></header>
<main><article><h1>On bridges</h1>
<p class="lead">The old bridge was closed on Monday for the third time this year.</p>
<p>Engineers found <b>cracks</b> in two of its nine piers &amp; asked for money.</p>
<p>The council will vote in May, and nobody expects a quick answer.</p>
</article>
<ol class="commentlist"><li id="comment-1" class="comment even"><cite>Ann</cite><p>I walk it daily.</p></li></ol>
</main><aside id="sidebar"><h3>Archive</h3></aside>
<footer><p>Made by us</p></footer>
<script>if (a < b) { document.write("</p>") }</script>
</body>
</html>
`

const textPage = "On bridges\n\nThe old bridge was closed.\n\nEngineers found cracks.\n\nThe council will vote.\n"

func TestSpamIsDeterministic(t *testing.T) {
	for seed := range uint64(50) {
		a, inA := augment.Spam(blogPage, false, seed, augment.Options{})
		b, inB := augment.Spam(blogPage, false, seed, augment.Options{})
		if a != b || fmt.Sprint(inA) != fmt.Sprint(inB) {
			t.Fatalf("seed %d gives two different pages", seed)
		}
	}
	a, _ := augment.Spam(blogPage, false, 1, augment.Options{})
	b, _ := augment.Spam(blogPage, false, 2, augment.Options{})
	if a == b {
		t.Error("two seeds give the same page")
	}
}

// cutOut removes the injected ranges.
func cutOut(page string, injected []augment.Injected) string {
	var b strings.Builder
	done := 0
	for _, in := range injected {
		b.WriteString(page[done:in.Start])
		done = in.End
	}
	return b.String() + page[done:]
}

func TestRangesCoverWhatWasPutIn(t *testing.T) {
	for seed := range uint64(300) {
		out, injected := augment.Spam(blogPage, false, seed, augment.Options{Draw: augment.All})
		if got := cutOut(out, injected); got != blogPage {
			t.Fatalf("seed %d: without the injected ranges the page is\n%s", seed, got)
		}
		out, injected = augment.Spam(textPage, true, seed, augment.Options{Draw: augment.All})
		got := strings.Join(strings.Fields(cutOut(out, injected)), " ")
		if want := strings.Join(strings.Fields(textPage), " "); got != want {
			t.Fatalf("seed %d: without the injected ranges the text is\n%s", seed, got)
		}
		for _, in := range injected {
			if strings.TrimSpace(out[in.Start:in.End]) == "" {
				t.Fatalf("seed %d: empty piece %+v", seed, in)
			}
		}
	}
}

// tokens are the page's tokens as written.
func tokens(page string) []string {
	var out []string
	z := html.NewTokenizer(strings.NewReader(page))
	for z.Next() != html.ErrorToken {
		if raw := string(z.Raw()); strings.TrimSpace(raw) != "" {
			out = append(out, raw)
		}
	}
	return out
}

func TestTokensOfThePageStay(t *testing.T) {
	for seed := range uint64(300) {
		out, _ := augment.Spam(blogPage, false, seed, augment.Options{Draw: augment.All, Spam: 3, Honest: 3})
		rest := tokens(out)
		for _, want := range tokens(blogPage) {
			for len(rest) > 0 && strings.TrimSpace(rest[0]) != strings.TrimSpace(want) {
				rest = rest[1:]
			}
			if len(rest) == 0 {
				t.Fatalf("seed %d: %q is gone from\n%s", seed, want, out)
			}
		}
	}
}

func TestEveryKindPlaceShapeAndLanguageOccurs(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(4000) {
		page, text := blogPage, seed%3 == 0
		if text {
			page = textPage
		}
		_, injected := augment.Spam(page, text, seed, augment.Options{Draw: augment.All})
		for _, in := range injected {
			for _, name := range []string{in.Kind, in.Place, in.Shape, "language " + in.Language} {
				seen[name]++
			}
		}
	}
	spam, honest := augment.Embedded().Kinds()
	shapes := []string{"list", "sentences", "prose", "comment", "names", "sitemap", "trackback", "menu", "select", "teasers", "notice"}
	for _, names := range [][]string{spam, honest, augment.Places(), shapes} {
		for _, name := range names {
			if seen[name] == 0 {
				t.Errorf("%s never occurs", name)
			}
		}
	}
	for _, lang := range augment.Embedded().Languages() {
		if seen["language "+lang] == 0 {
			t.Errorf("language %s never occurs", lang)
		}
	}
}

func TestHeldOutStaysApart(t *testing.T) {
	kinds, languages := augment.Embedded().HeldOut()
	if len(kinds) != 9 || len(languages) != 5 {
		t.Fatalf("held out are kinds %v, languages %v", kinds, languages)
	}
	held := map[string]bool{}
	for _, name := range append(kinds, languages...) {
		held[name] = true
	}
	for seed := range uint64(1000) {
		for _, draw := range []augment.Draw{augment.Training, augment.HeldOut} {
			_, injected := augment.Spam(blogPage, false, seed, augment.Options{Draw: draw})
			for _, in := range injected {
				if (held[in.Kind] || held[in.Language]) != (draw == augment.HeldOut) {
					t.Fatalf("%s gives %+v", draw, in)
				}
			}
		}
	}
}

func TestLabels(t *testing.T) {
	spam, _ := augment.Embedded().Kinds()
	isSpam := map[string]bool{}
	for _, k := range spam {
		isSpam[k] = true
	}
	for seed := range uint64(500) {
		_, injected := augment.Spam(blogPage, false, seed, augment.Options{})
		for _, in := range injected {
			if want := map[bool]bayes.Label{true: bayes.LinkSpam, false: bayes.Navigation}[isSpam[in.Kind]]; in.Label != want {
				t.Fatalf("%s is labelled %s", in.Kind, in.Label)
			}
		}
	}
}

// Pages that break the rules get their spam somewhere, and lose nothing.
func TestBrokenPages(t *testing.T) {
	pages := map[string]string{
		"empty":                   "",
		"no tags":                 "just words",
		"open script":             "<p>One</p><p>Two</p><script>var a = '",
		"open comment":            "<p>One</p><p>Two</p><!-- never closed",
		"html in an open comment": "<p>One</p><p>Two</p><!-- <script> </body></html>",
		"cut in a tag":            "<p>One</p><p>Two</p><a href=\"x",
		"end tags only":           "</div></p></body></html></div>",
		"deep":                    strings.Repeat("<div>", 5000) + "<p>One</p><p>Two</p>",
		"misnested":               "<div><p>One</b></p><table><tr><td><p>Two</p><p>Three</p></tr></div></table>",
		"open textarea":           "<body><p>One</p><textarea>",
		"only a comment":          "<!-- x -->",
	}
	for name, page := range pages {
		for seed := range uint64(15) {
			out, injected := augment.Spam(page, false, seed, augment.Options{})
			if cutOut(out, injected) != page {
				t.Errorf("%s, seed %d: page changed", name, seed)
			}
			if swallowed(out, injected) {
				t.Errorf("%s, seed %d: spam lost in a script or comment", name, seed)
			}
		}
	}
}

// swallowed says whether no piece's start is where a token starts.
func swallowed(page string, injected []augment.Injected) bool {
	starts := map[int]bool{len(page): true}
	z := html.NewTokenizer(strings.NewReader(page))
	at, raw := 0, false
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		if kind == html.TextToken && !raw {
			for i := range len(z.Raw()) {
				starts[at+i] = true
			}
		}
		starts[at] = starts[at] || kind != html.TextToken
		at += len(z.Raw())
		name, _ := z.TagName()
		raw = kind == html.StartTagToken && (string(name) == "script" || string(name) == "style" || string(name) == "textarea")
	}
	for _, in := range injected {
		if !starts[in.Start] {
			return true
		}
	}
	return false
}

func TestOptionsNarrow(t *testing.T) {
	opts := augment.Options{Kinds: []string{"pharma"}, Languages: []string{"de"}, Places: []string{"sidebar"}, Shapes: []string{"list"}, Spam: 2, Honest: -1, Hosts: []string{"a.example"}}
	for seed := range uint64(30) {
		out, injected := augment.Spam(blogPage, false, seed, opts)
		if len(injected) != 2 {
			t.Fatalf("%d pieces, want 2", len(injected))
		}
		for _, in := range injected {
			if in.Kind != "pharma" || in.Language != "de" || in.Place != "sidebar" || in.Shape != "list" {
				t.Errorf("got %+v", in)
			}
			if piece := out[in.Start:in.End]; in.Linked && !strings.Contains(piece, "a.example") {
				t.Errorf("foreign hosts in %s", piece)
			}
		}
	}
	if _, injected := augment.Spam(textPage, true, 1, augment.Options{Spam: -1, Honest: -1}); len(injected) != 0 {
		t.Errorf("nothing asked for, got %v", injected)
	}
}

func TestVariantsDiffer(t *testing.T) {
	seen := map[string]bool{}
	for v := range augment.Variants(blogPage, false, augment.Seed(7, "page"), 20, augment.Options{}) {
		seen[v.Page] = true
	}
	if len(seen) != 20 {
		t.Errorf("%d different variants of 20", len(seen))
	}
}

func TestDoorwayIsAllSpam(t *testing.T) {
	for seed := range uint64(50) {
		page, injected := augment.Doorway(seed, seed%2 == 0, augment.Options{})
		if len(injected) != 1 || injected[0].Label != bayes.LinkSpam {
			t.Fatalf("seed %d: %v", seed, injected)
		}
		if in := injected[0]; in.End-in.Start < 40 || in.End > len(page) {
			t.Errorf("seed %d: range %d–%d of %d", seed, in.Start, in.End, len(page))
		}
	}
}

func TestListsHaveEnough(t *testing.T) {
	l := augment.Embedded()
	spam, honest := l.Kinds()
	if len(spam) < 30 || len(honest) < 35 || len(l.Languages()) < 24 {
		t.Errorf("%d kinds of spam, %d of hard negatives, languages %v", len(spam), len(honest), l.Languages())
	}
}

func TestBadListsAreErrors(t *testing.T) {
	bad := map[string]string{
		"unknown sign": "[en]\n? what",
		"unknown pool": "[en]\n- buy {nothing}",
		"no items":     "[en]\n> {item}",
		"bad header":   "links: sideways\n[en]\n- x",
		"bad pool":     "[en]\n$pool\n- x",
	}
	for name, file := range bad {
		fsys := fstest.MapFS{
			"common.txt":   {Data: []byte("[en]\n- x\n~ {item}")},
			"spam/a.txt":   {Data: []byte(file)},
			"honest/b.txt": {Data: []byte("[en]\n- x")},
		}
		if _, err := augment.Load(fsys); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := augment.Load(os.DirFS("lists")); err != nil {
		t.Error(err)
	}
}

// A piece must not run together with the page's own text in one block.
func TestPiecesStandAlone(t *testing.T) {
	page := "<body>Top <b>menu</b><div id=\"sidebar\">Archive</div><p>One</p>loose<p>Two</p><p>Three</p>tail <i>text</i></body></html>rest"
	inline := map[string]bool{"a": true, "b": true, "i": true, "span": true, "font": true, "strong": true, "small": true, "cite": true, "br": true}
	for seed := range uint64(400) {
		out, injected := augment.Spam(page, false, seed, augment.Options{})
		for _, in := range injected {
			out := out[:in.End] + "\x01" + out[in.End:]
			out = out[:in.Start] + "\x01" + out[in.Start:]
			z := html.NewTokenizer(strings.NewReader(out))
			run := ""
			check := func() {
				parts := strings.Split(run, "\x01")
				for i := range parts[1:] {
					if strings.TrimSpace(parts[i]) != "" && strings.TrimSpace(parts[i+1]) != "" {
						t.Fatalf("seed %d: one block %q in\n%s", seed, run, out)
					}
				}
				run = ""
			}
			for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
				if kind == html.TextToken {
					run += string(z.Raw())
				} else if name, _ := z.TagName(); kind != html.CommentToken && !inline[string(name)] {
					check()
				}
			}
			check()
		}
	}
}

func BenchmarkSpam(b *testing.B) {
	page := strings.Repeat("<div><p>Some words here.</p>", 20000)
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		out, _ := augment.Spam(page, false, 1, augment.Options{})
		io.WriteString(io.Discard, out)
	}
}

func ExampleSpam() {
	page := "<p>Bridges are built of stone.</p><p>Some are not.</p>"
	opts := augment.Options{Kinds: []string{"casino"}, Places: []string{augment.PlaceArticle}, Spam: 1}
	out, injected := augment.Spam(page, false, augment.Seed(1, "bridges"), opts)
	for _, in := range injected {
		fmt.Println(in.Label, in.Kind, in.Place, out[:in.Start])
	}
	// Output: link_spam casino article <p>Bridges are built of stone.</p>
}
