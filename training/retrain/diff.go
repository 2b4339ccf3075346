package retrain

import "github.com/pagesieve/pagesieve/classifier"

// Difference is a block that two models label differently.
type Difference struct {
	Text     string
	Start    int // byte range in the page
	End      int
	From, To classifier.Label
	FromP    float64 // probability that the first gives its label
	ToP      float64
}

// Differences compares what two models say of one page, block by block.
func Differences(a, b *classifier.Result) []Difference {
	var out []Difference
	for i := range min(len(a.Blocks), len(b.Blocks)) { // one page is always split alike
		x, y := &a.Blocks[i], &b.Blocks[i]
		if x.Label != y.Label {
			out = append(out, Difference{x.Text, x.Start, x.End, x.Label, y.Label, x.Probability(), y.Probability()})
		}
	}
	return out
}
