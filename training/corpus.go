package training

import (
	"context"
	"runtime"
	"strings"
	"sync/atomic"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/training/augment"
)

// CorpusOptions guide Corpus.
type CorpusOptions struct {
	// Spam is the share of the pages that get spam and hard negatives put in
	// before they teach. Pages are always measured clean.
	Spam float64
	// HeldOut keeps the held-out kinds and languages of spam out of training.
	HeldOut bool
	// Twins adds the text of every HTML page as a page of its own.
	Twins bool
	// Flat is the share of the pages that teach once more as a flat run of
	// tags without classes.
	Flat float64
	// Altered is the share of the articles that teach once more with most of
	// their main content cut away, and of those that do with another page's
	// content after theirs; of few articles none.
	Altered float64
	Trial   *TrialOptions // spam to put into the pages that are measured; nil for none
	Presets bool          // measure with every preset
	Seed    uint64
	Workers int // GOMAXPROCS where 0
	Done    func(pages int)
}

// Corpus is labelled pages made ready: to measure on, and to learn from.
type Corpus struct {
	Measure []*Example // as given, and their text twins
	Learn   []*Example // some of them with spam put in
	Failed  []error    // pages that could not be read
}

// NewCorpus splits and labels all pages. Pages that come twice (same id)
// teach once, as the copy that tells more.
func NewCorpus(ctx context.Context, pages []LabeledPage, o CorpusOptions) (*Corpus, error) {
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	made := make([]prepared, len(pages))
	donors := newDonors(pages)
	if !enoughArticles(pages) {
		o.Altered = 0
	}
	var done atomic.Int64
	bayes.Parallel(len(pages), o.Workers, func(i int) {
		if ctx.Err() == nil {
			made[i] = prepare(ctx, pages[i], donors, o)
			if o.Done != nil {
				o.Done(int(done.Add(1)))
			}
		}
	})
	c := &Corpus{}
	for _, m := range made {
		c.Measure = append(c.Measure, m.measure...)
		c.Learn = append(c.Learn, m.learn...)
		if m.err != nil {
			c.Failed = append(c.Failed, m.err)
		}
	}
	c.Learn = distinct(c.Learn)
	return c, ctx.Err()
}

type prepared struct {
	measure, learn []*Example
	err            error
}

func prepare(ctx context.Context, p LabeledPage, donors []donor, o CorpusOptions) (out prepared) {
	clean, err := NewExample(ctx, p)
	if err != nil {
		return prepared{err: err}
	}
	out.measure, err = withTwin(ctx, clean, o.Twins)
	if err != nil {
		return prepared{err: err}
	}
	for _, e := range out.measure {
		e.Trial, e.Presets = o.Trial, o.Presets
	}
	out.learn = out.measure
	seed := augment.Seed(o.Seed, p.ID)
	if p.HTML == "" {
		return out
	}
	teach := clean
	if augment.Share(seed) < o.Spam {
		teach, out.learn, err = taught(ctx, p, clean, seed, o)
	}
	if err == nil && augment.Share(augment.Seed(o.Seed+1, p.ID)) < o.Flat {
		var flat *Example
		flat, err = FlatTwin(ctx, teach)
		out.learn = append(out.learn[:len(out.learn):len(out.learn)], flat)
	}
	if err == nil {
		out.learn = append(out.learn[:len(out.learn):len(out.learn)], altered(ctx, clean, teach, donors, o)...)
	}
	out.err = err
	return out
}

// textSpamShare is the share of the text twins that get their spam as text,
// with the addresses written out: a twin of a spammed page has lost its links.
const textSpamShare = 0.4

// augmentOptions are those by which spam is put into a page.
func augmentOptions(p LabeledPage, o CorpusOptions) augment.Options {
	if o.HeldOut {
		return augment.Options{URL: p.URL, Draw: augment.Training}
	}
	return augment.Options{URL: p.URL, Draw: augment.All}
}

// taught is a page with spam put in, and its text twin.
func taught(ctx context.Context, p LabeledPage, clean *Example, seed uint64, o CorpusOptions) (*Example, []*Example, error) {
	options := augmentOptions(p, o)
	teach, err := spammedThere(ctx, p, seed, options)
	if err != nil || !o.Twins {
		return teach, []*Example{teach}, err
	}
	if augment.Share(augment.Seed(o.Seed+2, p.ID)) >= textSpamShare {
		learn, err := withTwin(ctx, teach, true)
		return teach, learn, err
	}
	twin, err := TextTwin(ctx, clean)
	if err != nil {
		return nil, nil, err
	}
	p.Text, p.HTML = twin.Page.Text, ""
	text, err := Spammed(ctx, p, seed, options)
	if err != nil {
		return nil, nil, err
	}
	text.Twin = true
	return teach, []*Example{teach, text}, nil
}

// spammedThere puts spam among a page's comments if it has any, on every third
// page: few pages have, and they would hardly ever be drawn. On every second
// of the others the spam is in the page's own language, or being foreign would
// be all that it is known by.
func spammedThere(ctx context.Context, p LabeledPage, seed uint64, o augment.Options) (*Example, error) {
	if seed%3 == 0 {
		among := o
		among.Places = []string{augment.PlaceComment}
		if e, err := Spammed(ctx, p, seed, among); err != nil || len(e.Injected) > 0 {
			return e, err
		}
	}
	if lang := languageOf(p); seed%2 == 0 && lang != "" {
		own := o
		own.Languages = []string{lang}
		if e, err := Spammed(ctx, p, seed, own); err != nil || len(e.Injected) > 0 {
			return e, err
		}
	}
	return Spammed(ctx, p, seed, o)
}

// languageOf is the page's language without its region, empty where unknown.
func languageOf(p LabeledPage) string {
	lang, _, _ := strings.Cut(strings.ToLower(p.Language), "-")
	return lang
}

func withTwin(ctx context.Context, e *Example, twin bool) ([]*Example, error) {
	if !twin || e.Format == bayes.Text {
		return []*Example{e}, nil
	}
	t, err := TextTwin(ctx, e)
	return []*Example{e, t}, err
}

// distinct drops pages that come twice, keeping the one that tells more.
func distinct(examples []*Example) []*Example {
	type key struct {
		id          string
		twin, short bool
		donor       string
		format      bayes.Format
	}
	best := map[key]*Example{}
	for _, e := range examples {
		k := key{e.ID, e.Twin, e.Short, e.Donor, e.Format}
		if b := best[k]; b == nil || e.fine() > b.fine() {
			best[k] = e
		}
	}
	var out []*Example
	for _, e := range examples {
		if best[key{e.ID, e.Twin, e.Short, e.Donor, e.Format}] == e {
			out = append(out, e)
		}
	}
	return out
}

// fine is how many blocks have an exact label other than body.
func (e *Example) fine() int {
	n := 0
	for _, t := range e.Truth {
		if t < bayes.NumLabels && !t.IsBody() {
			n++
		}
	}
	return n
}
