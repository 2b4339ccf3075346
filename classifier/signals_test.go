package classifier

import (
	"context"
	"math"
	"strings"
	"testing"
)

// TestSignals holds that signals are of the body alone, whatever text was
// asked for, and that the shares add up.
func TestSignals(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	doc := Document{HTML: []byte(seedBlog("", "<p>"+brands(" | ", linkItem)+"</p>"))}
	plain, err := c.Classify(context.Background(), doc, Options{Signals: true})
	if err != nil {
		t.Fatal(err)
	}
	other, err := c.Classify(context.Background(), doc, Options{Signals: true, Format: Markdown, WithTitle: true, Labels: []Label{LinkSpam}})
	if err != nil {
		t.Fatal(err)
	}
	s := plain.Signals
	if *s != *other.Signals {
		t.Errorf("signals %+v, and of another form %+v", s, other.Signals)
	}
	if n := len(strings.Fields(plain.Text)); s.Words != n || s.StopWords < 5 || s.TerminalLines < 0.9 {
		t.Errorf("%d words in the text, signals %+v", n, s)
	}
	if sum := s.BodyShare + s.Boilerplate + s.CommentShare + s.SpamShare; math.Abs(sum-1) > 1e-6 || s.SpamShare < 0.1 || s.LinkShare < 0.1 {
		t.Errorf("shares add up to %v: %+v", sum, s)
	}
	if r, err := c.Classify(context.Background(), doc, Options{}); err != nil || r.Signals != nil {
		t.Errorf("signals without being asked for, or %v", err)
	}
}
