package classifier

import (
	"context"
	"strings"
	"testing"

	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/feature"
)

// Some texts are never called link spam, and a few words only where it is all
// but certain.
func TestSpamFloor(t *testing.T) {
	for name, c := range map[string]struct {
		page string
		want []float64 // of its blocks
	}{
		"lorem ipsum":     {"<p>Lorem ipsum dolor sit amet, consectetur adipiscing elit.</p>", []float64{2}},
		"one word":        {"<p>" + strings.Repeat("word ", 30) + "</p>", []float64{2}},
		"sizes":           {`<p>11.5" / 29 cm</p>`, []float64{2}},
		"ids":             {"<p>S 19aea247-2e76-4905-9b83-15a5a5664cfa G 661bd3c3-576f-4713-baee-9dc0dd7c3568</p>", []float64{2}},
		"an address":      {"<p>https://ab.example/?c=313454548839369&d=207230212795137.1073741825.100005244783212</p>", []float64{shortSpamFloor}},
		"signs":           {"<p>• • •</p>", []float64{2}},
		"two words":       {"<p>cheap boots</p>", []float64{loneSpamFloor}},
		"eight words":     {"<p>cheap boots and shoes for men and women</p>", []float64{shortSpamFloor}},
		"a list of pairs": {"<ul><li>cheap boots</li><li>boots outlet</li><li>shoes sale</li></ul>", []float64{shortSpamFloor, shortSpamFloor, shortSpamFloor}},
		"many words":      {"<p>cheap boots, cheap shoes, boots outlet, shoes outlet, boots sale, shoes sale, boots for men, shoes for men, boots for women, shoes for women</p>", []float64{spamFloor}},
	} {
		page, err := block.HTML(context.Background(), []byte(c.page), block.Options{})
		if err != nil {
			t.Fatal(err)
		}
		f := feature.Extract(page, "https://example.com/")
		if len(page.Blocks) != len(c.want) {
			t.Errorf("%s: %d blocks, want %d", name, len(page.Blocks), len(c.want))
			continue
		}
		for i, want := range c.want {
			if got := SpamFloor(f, i); got != want {
				t.Errorf("%s: block %d: %v, want %v", name, i, got, want)
			}
		}
	}
}
