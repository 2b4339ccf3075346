package classifier

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// TestReasons holds that what is said of a block is true of it and is among
// the reasons given.
func TestReasons(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	links := "<p>" + brands(" | ", linkItem) + "</p>"
	for _, tc := range []struct {
		name, block string
		doc         Document
		want        []string
	}{
		{"a list with links", "Calderon Boots", Document{HTML: []byte(seedBlog("", links))}, []string{
			"43 links to 43 hosts, none on the page's subject",
			"a list of 43 short items, and no sentence",
			"none of its 59 words stands in the main content or the title",
		}},
		{"a hidden list", "Calderon Boots", Document{HTML: []byte(seedBlog("", `<div style="position:absolute;left:-9999px">`+links+`</div>`))}, []string{
			"43 links to 43 hosts, none on the page's subject",
			"hidden from readers: placed off the screen",
		}},
		{"behind the page", "Calderon Boots", Document{HTML: []byte(seedBlog("", "") + links)}, []string{
			"43 links to 43 hosts, none on the page's subject",
			"it stands behind the end of the page",
		}},
		{"one host", "Calderon Boots", Document{HTML: []byte(seedBlog("", "<p>"+brands(" | ", func(s string) string {
			return `<a href="http://shop.outlet.example/` + strings.ReplaceAll(s, " ", "-") + `">` + s + "</a>"
		})+"</p>"))}, []string{
			"43 links, all to shop.outlet.example, none on the page's subject",
		}},
		{"plain text", "Calderon Boots", seedForms()["plain text"], []string{
			"a list of 43 short items, and no sentence",
			"none of its 59 words stands in the main content or the title",
			"the word “boots” 12 times in 87 words",
		}},
		{"a comment form", "Your email address", Document{HTML: []byte(seedBlog("", links))}, []string{"it stands in a form with a box for text"}},
		{"a menu", "Home", Document{HTML: []byte(seedBlog("", links))}, []string{"1 link, and hardly a word outside of them", "it stands in a menu"}},
		{"the body", "After nearly six years", Document{HTML: []byte(seedBlog("", links))}, []string{"running text of 38 words"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r, err := c.Classify(context.Background(), tc.doc, Options{Evidence: true})
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(r.Blocks, func(b Block) bool { return strings.HasPrefix(b.Text, tc.block) })
			if i < 0 {
				t.Fatalf("no block %q", tc.block)
			}
			b := r.Blocks[i]
			if len(b.Reasons) > maxReasons {
				t.Errorf("%d reasons", len(b.Reasons))
			}
			for _, want := range tc.want {
				if !slices.Contains(b.Reasons, want) {
					t.Errorf("%v: %q is not among %q", b.Label, want, b.Reasons)
				}
			}
		})
	}
}
