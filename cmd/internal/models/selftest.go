package models

import (
	"context"
	"fmt"
	"math"

	"github.com/pagesieve/pagesieve/classifier"
)

// testPage is an article so plain that any model that works finds text in it.
const testPage = `<!DOCTYPE html><html lang="en"><head><title>Low water</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/about">About us</a></li></ul></nav>
<article><h1>Low water</h1>
<p>The river has not been so low in ten years, and the mills along its upper course have stood still since the end of July.</p>
<p>Nobody, the oldest miller says, remembers a summer like this one, and he has seen more of them than he cares to count.</p>
<p>Rain is expected for the second week of the month, but it will take more than a few wet days until the wheels can turn again.</p>
</article>
<footer><a href="/imprint">Imprint</a> <a href="/privacy">Privacy</a></footer></body></html>`

// ready reads a model file, which verifies it, and tries it. Its errors wrap
// bayes.ErrModel or ErrModel.
func ready(ctx context.Context, data []byte) (*classifier.Classifier, error) {
	c, err := classifier.New(data)
	if err != nil {
		return nil, err
	}
	return c, selfTest(ctx, c)
}

// selfTest classifies the built-in page. It is not about how good a model is.
func selfTest(ctx context.Context, c *classifier.Classifier) error {
	r, err := c.Classify(ctx, classifier.Document{HTML: []byte(testPage)}, classifier.Options{})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrModel, err)
	}
	if len(r.Text) == 0 {
		return fmt.Errorf("%w: it finds no text in a plain article", ErrModel)
	}
	for i := range r.Blocks {
		sum := 0.0
		for _, p := range r.Blocks[i].Probabilities {
			sum += p
		}
		if !(math.Abs(sum-1) < 1e-3) { // NaN too
			return fmt.Errorf("%w: the probabilities of a block add up to %v", ErrModel, sum)
		}
	}
	return nil
}
