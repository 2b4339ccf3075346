package classifier

import (
	"bytes"
	"context"
	"errors"
	"math"
	"testing"
)

// countdown is a context that ends when it has been looked at so many times.
type countdown struct {
	context.Context
	left, looks int
}

func (c *countdown) Err() error {
	c.looks++
	if c.left--; c.left < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

// TestDeadlineAnywhere holds that a page is given up wherever its time is over:
// from the first look at the context on to the last, and there are many in
// every stage: reading its charset, splitting, finding evidence, answering.
func TestDeadlineAnywhere(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	doc := Document{HTML: bytes.Repeat([]byte("<p>caf\xe9 and <a href=/x>more</a> words"), 3<<10)}
	all := &countdown{Context: t.Context(), left: math.MaxInt}
	if _, err := c.Classify(all, doc, Options{}); err != nil {
		t.Fatal(err)
	}
	if all.looks < 60 {
		t.Errorf("it looks %d times", all.looks)
	}
	for left := 0; left < all.looks; left += 1 + left/8 {
		ctx := &countdown{Context: t.Context(), left: left}
		if r, err := c.Classify(ctx, doc, Options{}); !errors.Is(err, context.DeadlineExceeded) || r != nil {
			t.Errorf("with %d looks left: %v", left, err)
		}
		if over := ctx.looks - left; over > 6 {
			t.Errorf("with %d looks left it went on for %d", left, over)
		}
	}
	if _, err := c.Classify(t.Context(), doc, Options{}); err != nil {
		t.Errorf("and then: %v", err)
	}
}

// TestDeadlineInsideSplitting holds that a long page is given up soon after
// its time is over, wherever that happens: splitting looks at the context at
// least once for each 64 KiB of tags or lines.
func TestDeadlineInsideSplitting(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	const size = 1 << 20
	fill := func(s string) []byte { return bytes.Repeat([]byte(s), size/len(s)) }
	for name, doc := range map[string]Document{
		"paragraphs":   {HTML: fill("<p>some words of a page, and some more of them, for it is a long paragraph of which there are not too many")},
		"nested":       {HTML: fill("<div><b>a")},
		"links":        {HTML: fill("<a href=http://a.example/x>word</a> ")},
		"tables":       {HTML: fill("<table><tr><td>x")},
		"windows-1252": {HTML: fill("<p>caf\xe9 \x93x\x94 and some more words, for it is a long paragraph too")},
		"lines":        {Text: fill("some words of a page\n")},
	} {
		looks := -1
		for _, left := range []int{1, 8, size / (64 << 10)} {
			ctx := &countdown{Context: t.Context(), left: left}
			if _, err := c.Classify(ctx, doc, Options{}); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s: with %d looks left: %v", name, left, err)
			}
			if over := ctx.looks - left; over > 3 {
				t.Errorf("%s: went on for %d looks", name, over)
			}
			looks = ctx.looks
		}
		if looks < size/(64<<10) {
			t.Errorf("%s: looked %d times", name, looks)
		}
	}
}
