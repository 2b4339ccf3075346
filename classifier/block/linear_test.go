package block

import (
	"fmt"
	"strings"
	"testing"
)

// shape makes a hostile page of a size.
type shape struct {
	name string
	page func(n int) string
}

func repeat(s string) func(int) string { return func(n int) string { return strings.Repeat(s, n) } }

func shapes() []shape {
	return []shape{
		{"deep divs", repeat("<div>")},
		{"deep divs with text", repeat("<div>x")},
		{"empty tags", repeat("<i></i>")},
		{"one huge block", repeat("some words and then, as it were, more of them. ")},
		{"script", func(n int) string { return "<script>" + strings.Repeat("if(a<b)c();<!--<script>", n) }},
		{"comments", repeat("<!-- a > b -- c -->x")},
		{"bare values", func(n int) string { return "<p" + strings.Repeat(" a=b/", n) + ">" }},
		{"deep inline", repeat("<span>x")},
		{"unclosed links", repeat("<a href=x>y")},
		{"unclosed bold", repeat("<b>x")},
		{"unclosed fonts and paragraphs", repeat("<font color=red><p>x")},
		{"all kinds of bold", repeat("<b><i><u><s><tt><em><big><code><p>x")},
		{"stray end tags", repeat("</div></p></a></b></td></table></foo></svg>")},
		{"end tags that do not fit", func(n int) string {
			return "<p><table><td>" + strings.Repeat("<b>", n) + strings.Repeat("</p>x", n)
		}},
		{"links across boxes", repeat("<a href=x><div>y</a>")},
		{"deep lists", repeat("<ul><li>x")},
		{"list items", repeat("<li>x<b>")},
		{"deep tables", repeat("<table><tr><td>x")},
		{"rows", func(n int) string { return "<table>" + strings.Repeat("<tr><td>x<td>y", n) }},
		{"foreign", repeat("<svg><g><foreignObject><div>x")},
		{"foreign end tags", func(n int) string { return strings.Repeat("<svg><g>", n) + strings.Repeat("</p></g></a>", n) }},
		{"unknown elements", func(n int) string {
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, "<x%d>y", i)
			}
			return b.String()
		}},
		{"attributes", func(n int) string {
			var b strings.Builder
			b.WriteString("<p")
			for i := range n {
				fmt.Fprintf(&b, " a%d=x", i)
			}
			return b.String() + ">" + strings.Repeat("<p b>x", n)
		}},
		{"images in unclosed bold", func(n int) string {
			return "<p>x" + strings.Repeat("<b>", n) + strings.Repeat("<img src=x>", n) + "y" + strings.Repeat("</b>", n)
		}},
		{"times in comments", repeat("<div class=comment><time datetime=x pubdate>y")},
		{"times of nothing", func(n int) string {
			return "<div class='" + strings.Repeat("a ", n) + "'>" + strings.Repeat("<time datetime=' ' pubdate></time>", n)
		}},
		{"forms", repeat("<form><input><div></form><button>x</button>")},
		{"loose controls", repeat("<input><textarea></textarea><p>x")},
		{"noscripts", repeat("<noscript><iframe>x")},
		{"unclosed iframes in a noscript", func(n int) string {
			return "<body>x<noscript>" + strings.Repeat("<iframe>", n) + "</noscript>y"
		}},
		{"rules", func(n int) string {
			return "<style>" + strings.Repeat(".a .b{display:none}", n) + "</style>" + strings.Repeat("<div class=b>x", n)
		}},
		{"nested rules", func(n int) string { return "<style>" + strings.Repeat("@media print{a{", n) }},
		{"quotes in a script", func(n int) string { return "<script>window.x=" + strings.Repeat(`'\'`, n) + strings.Repeat("\"\\`", n) }},
		{"nested data", func(n int) string {
			return `<script type="application/json">` + strings.Repeat(`{"a":[`, n) + `"` + strings.Repeat("long text ", n)
		}},
		{"line breaks", repeat("x<br><br>")},
		{"ampersands", repeat("&&amp&#")},
		{"entities", repeat("&nbsp;&#8203;x")},
		{"preformatted", repeat("<pre>\n\nx <div>y</div>")},
		{"seams", repeat("<span>a</span><span>b</span>")},
	}
}

// TestHTMLLinear counts the work done for hostile pages of a size and of twice
// that: it must not grow much faster.
func TestHTMLLinear(t *testing.T) {
	const n = 6000
	for _, shape := range shapes() {
		t.Run(shape.name, func(t *testing.T) {
			small, large := work(t, shape.page(n)), work(t, shape.page(2*n))
			if 10*large > 22*small+10_000 {
				t.Errorf("%d steps for %d times, %d for twice that", small, n, large)
			}
		})
	}
}

// work is the number of steps that a page takes.
func work(t *testing.T, page string) int {
	t.Helper()
	s, err := split(t.Context(), []byte(page), Options{MaxBlocks: 1 << 30}, &Room{})
	if err != nil {
		t.Fatal(err)
	}
	checkPage(t, s.page)
	return s.steps
}

func TestHTMLDeep(t *testing.T) {
	const n = 400_000 // deeper than maxDepth
	page, err := HTML(t.Context(), []byte(strings.Repeat("<div>", n)+"text"+strings.Repeat("</div>", n)+"<p>after"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkPage(t, page)
	if len(page.Blocks) != 2 || page.Blocks[0].Text != "text" || page.Blocks[1].Text != "after" {
		t.Fatalf("%d blocks", len(page.Blocks))
	}
	if got := page.Path(page.Blocks[1].Element); got != "html/body/p" {
		t.Errorf("the text behind is at %s", got)
	}
}
