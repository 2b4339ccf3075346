package training

import (
	"context"
	"errors"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/training/augment"
)

// TrialOptions say what spam is put into clean pages to measure how much of
// it is found.
type TrialOptions struct {
	Augment  augment.Options // URL and Spam are set for each page: one piece of spam a trial
	Seed     uint64
	Variants int // trials of each page; 1 where 0
}

// Trial is one piece of link spam put into a page that had none, and what a
// model made of it. All counts are of words.
type Trial struct {
	Spam   augment.Injected
	Words  float64 // of the spam
	Found  float64 // of these, called link_spam
	False  float64 // called link_spam, and not of the spam
	Honest []HonestPiece
}

// HonestPiece is one honest look-alike put into a page beside the spam.
type HonestPiece struct {
	Piece          augment.Injected
	Words, Accused float64 // of its words, those called link_spam
}

// tryAll puts spam into the example's page and has it found. A page that has
// spam of its own is left alone: nobody knows all of it.
func (e *Example) tryAll(ctx context.Context, c *classifier.Classifier, o classifier.Options) (out []Trial, err error) {
	if e.Trial == nil || e.hasSpam() {
		return nil, nil
	}
	page, text := e.Page.HTML, false
	if page == "" {
		page, text = e.Page.Text, true
	}
	opts := e.Trial.Augment
	opts.URL, opts.Spam = e.Page.URL, 1
	seed := augment.Seed(e.Trial.Seed, "trial "+e.ID)
	for v := range augment.Variants(page, text, seed, max(1, e.Trial.Variants), opts) {
		p := LabeledPage{URL: e.Page.URL, HTML: v.Page}
		if text {
			p.HTML, p.Text = "", v.Page
		}
		r, classifyErr := c.Classify(ctx, document(p), o)
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		if classifyErr != nil {
			err = errors.Join(err, classifyErr)
			continue
		}
		if t, ok := newTrial(r, v.Injected); ok {
			out = append(out, t)
		}
	}
	return out, err
}

// hasSpam says whether a block of the page is known to be link spam.
func (e *Example) hasSpam() bool {
	for _, t := range e.Truth {
		if t == Truth(bayes.LinkSpam) {
			return true
		}
	}
	return false
}

// newTrial counts words. Those of a block that spam and page share count for
// both, by its bytes.
func newTrial(r *classifier.Result, injected []augment.Injected) (Trial, bool) {
	t, spam := Trial{}, -1
	honest := make([]HonestPiece, len(injected))
	for k, in := range injected {
		honest[k].Piece = in
		if in.Label == bayes.LinkSpam {
			t.Spam, spam = in, k
		}
	}
	for i := range r.Blocks {
		b := &r.Blocks[i]
		n := float64(len(words(b.Text)))
		outside := n
		for k, in := range injected {
			w := n * within(b, in)
			honest[k].Words += w
			if b.Label == bayes.LinkSpam {
				honest[k].Accused += w
			}
			if k == spam {
				outside -= w
			}
		}
		if b.Label == bayes.LinkSpam {
			t.False += outside
		}
	}
	for k, h := range honest {
		if k == spam {
			t.Words, t.Found = h.Words, h.Accused
		} else if h.Words > 0 {
			t.Honest = append(t.Honest, h)
		}
	}
	return t, t.Words > 0
}

// within is the share of a block's bytes that a piece holds.
func within(b *classifier.Block, in augment.Injected) float64 {
	shared := min(b.End, in.End) - max(b.Start, in.Start)
	return float64(max(0, shared)) / float64(max(1, b.End-b.Start))
}
