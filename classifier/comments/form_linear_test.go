//go:build unix

package comments_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/comments"
)

// TestWordedLinear holds that long runs of blocks labelled as a form, and many
// of them, take no more than their share.
func TestWordedLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	for name, unit := range map[string]string{
		"one run":         `<p>words</p>`,
		"runs and forms":  `<p>Leave a reply</p><form><input name=a>words</form>`,
		"editors":         `<div contenteditable aria-label="words">words</div>`,
		"hints and boxes": `<div class="fb-comments giscus"><textarea name=comment></textarea>words</div>`,
	} {
		took := func(n int) time.Duration {
			p, err := block.HTML(t.Context(), []byte(strings.Repeat(unit, n)), block.Options{})
			if err != nil {
				t.Fatal(err)
			}
			labels := make([]bayes.Label, len(p.Blocks))
			for i := range labels {
				labels[i] = bayes.CommentForm
			}
			best := time.Hour
			for range 2 {
				start := cpu(t)
				comments.Forms(p, labels)
				best = min(best, cpu(t)-start)
			}
			return best
		}
		if one, four := took(6000), took(24000); four > 10*one+20*time.Millisecond {
			t.Errorf("%s: %v for 6,000, %v for 24,000", name, one, four)
		}
	}
}
