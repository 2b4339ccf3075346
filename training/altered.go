package training

import (
	"context"
	"math"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/feature"
	"github.com/pagesieve/pagesieve/training/augment"
)

// leastArticles is how many articles it takes before altered copies of them
// teach: of few pages the model learns what content looks like first.
const leastArticles = 200

// enoughArticles says whether there are so many.
func enoughArticles(pages []LabeledPage) bool {
	n := 0
	for i := range pages {
		if pages[i].PageKind == classifier.Article.String() {
			n++
		}
	}
	return n >= leastArticles
}

// altered are copies of an article that differ in where its content ends: cut
// short, or with another page's content after it, or both. Their text twins are
// among them. They teach the pools alone. As many of them have spam put in as
// of the pages themselves, or to have none would tell an altered page.
func altered(ctx context.Context, clean, teach *Example, donors []donor, o CorpusOptions) []*Example {
	if clean.Kind != int(classifier.Article) || clean.Page.HTML == "" {
		return nil
	}
	drawn := func(salt uint64) bool { return augment.Share(augment.Seed(o.Seed+salt, clean.ID)) < o.Altered }
	var out []*Example
	add := func(e *Example) {
		if e == nil || ctx.Err() != nil {
			return
		}
		if both, err := withTwin(ctx, e, o.Twins); err == nil {
			out = append(out, both...)
		}
	}
	if drawn(3) {
		add(shortened(teach, augment.Seed(o.Seed+4, clean.ID)))
	}
	if drawn(5) {
		add(follower(ctx, clean, donors, o))
	}
	return out
}

// follower is the example of a page with another's content after its own; of
// every second, the own content is cut short too.
func follower(ctx context.Context, clean *Example, donors []donor, o CorpusOptions) *Example {
	seed := augment.Seed(o.Seed+6, clean.ID)
	p, host := followed(ctx, clean, donors, seed)
	if host == "" {
		return nil
	}
	f, err := spammedOrNot(ctx, p, seed, o)
	if err != nil {
		return nil
	}
	f.Twin, f.Donor = true, host
	f.weigh()
	if seed%2 == 0 {
		if short := shortened(f, seed+1); short != nil {
			return short
		}
	}
	return f
}

// spammedOrNot is a page's example, with spam put in as often as o says.
func spammedOrNot(ctx context.Context, p LabeledPage, seed uint64, o CorpusOptions) (*Example, error) {
	if augment.Share(augment.Seed(seed, p.ID)) >= o.Spam {
		return NewExample(ctx, p)
	}
	return spammedThere(ctx, p, seed, augmentOptions(p, o))
}

// Bounds of a shortened body, in words.
const (
	leastShort = 30  // that it keeps
	leastWhole = 120 // that a page must have to be shortened
)

// shortened is the page as if its main content ended after a few paragraphs,
// with all that stands around it as it is; nil where it is short already.
// Labelled pages are mostly long reads. On the web a few lines of news before
// screens of teasers are as common, and a model that has seen little of it
// takes the teasers for the rest of the text.
func shortened(e *Example, seed uint64) *Example {
	whole := 0.0
	for i, t := range e.Truth {
		if t.IsBody() {
			whole += float64(e.Features.WordsN[i])
		}
	}
	if whole < leastWhole {
		return nil
	}
	keep := leastShort * math.Pow(0.6*whole/leastShort, augment.Share(seed))
	s := &Example{ID: e.ID, URL: e.URL, Host: e.Host, Source: e.Source, Kind: e.Kind, Fold: e.Fold, Twin: true, Short: true, Donor: e.Donor, Page: e.Page}
	p := *e.Features.Source
	p.Blocks, p.Images = nil, append(p.Images[:0:0], p.Images...)
	image, kept := 0, 0.0
	for i, t := range e.Truth {
		for ; image < len(p.Images) && p.Images[image].Before <= i; image++ {
			p.Images[image].Before = len(p.Blocks)
		}
		if t.IsBody() && i != e.Features.Headline() {
			if kept >= keep {
				continue
			}
			kept += float64(e.Features.WordsN[i])
		}
		p.Blocks = append(p.Blocks, e.Features.Source.Blocks[i])
		s.Truth, s.Guess = append(s.Truth, t), append(s.Guess, e.Guess[i])
		if e.MadeUp != nil {
			s.MadeUp = append(s.MadeUp, e.MadeUp[i])
		}
	}
	for ; image < len(p.Images); image++ {
		p.Images[image].Before = len(p.Blocks)
	}
	s.Features = feature.Extract(&p, e.URL)
	s.Format = s.Features.Format()
	s.weigh()
	return s
}
