package training

import (
	"context"
	"fmt"
	"runtime"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/bayes"
)

// Score is how well a text matches the wanted one, by words (each as often as
// it occurs) and by 4-word shingles.
type Score struct {
	F1, Precision, Recall float64
	Shingle               float64 // F1 by shingles of four words
}

// Compare scores a text against the wanted one. Two empty texts match.
func Compare(got, want string) Score {
	g, w := words(got), words(want)
	s := Score{}
	s.Precision, s.Recall, s.F1 = prf(len(g), len(w), overlap(g, w))
	gs, ws := shingles(g, 4), shingles(w, 4)
	_, _, s.Shingle = prf(len(gs), len(ws), overlap(gs, ws))
	return s
}

// prf is precision, recall and F1 of counts.
func prf(got, want, both int) (p, r, f float64) {
	if got == 0 && want == 0 {
		return 1, 1, 1
	}
	if both == 0 {
		return 0, 0, 0
	}
	p, r = float64(both)/float64(got), float64(both)/float64(want)
	return p, r, 2 * p * r / (p + r)
}

// PageScore is one page's measurement.
type PageScore struct {
	ID, Source, Kind, Language string
	Format                     string // html, or text
	HasText                    bool   // the wanted text is known
	Score
	Oracle      float64 // F1 of the text made of exactly the body blocks
	With        [2]int  // must-have snippets: found, of
	Without     [2]int  // must-not snippets: found, of
	Confusion   Confusion
	Bins        Bins
	Presets     []Score   // by preset, the most precise first, if asked for
	Mistakes    []Mistake // blocks with the wrong label, where evidence was asked for
	HasSpam     bool      // a block is known to be link spam
	SpamAccused []Accused // blocks called link_spam that are not known to be
	Trials      []Trial   // what was found of spam put into the page, if asked for
	OneComment  bool      // the page is one comment, honest or spam …
	CalledSpam  bool      // … and most of it is called link_spam
	Verdict     string
	Quality     float64 // what the answer expects its F1 to be
	Unsure      bool    // the answer says so of itself
	Error       string
}

// Accused is a block called link_spam.
type Accused struct {
	Text        string
	Start       int
	Probability float64
}

// Confusion counts words by true label (row) and given label (column).
type Confusion [bayes.NumLabels][bayes.NumLabels]float64

// Bins count, per label and tenth of probability, the words, the sum of
// probabilities and the words that bear the label.
type Bins [bayes.NumLabels][10]struct{ Words, P, Hits float64 }

// Evaluate measures one page with a classifier.
func Evaluate(ctx context.Context, c *classifier.Classifier, e *Example, o classifier.Options) PageScore {
	s := PageScore{ID: e.ID, Source: e.Source, Kind: e.Page.PageKind, Language: e.Page.Language, Format: [...]string{"html", "text", "html"}[e.Format]}
	s.HasText = e.Page.MainText != nil
	r, err := c.Classify(ctx, document(e.Page), o)
	if err != nil {
		s.Error = err.Error()
		return s
	}
	s.Verdict, s.Quality, s.Unsure = r.Verdict.String(), r.Quality, r.Unsure
	if s.HasText {
		s.Score = Compare(r.Text, *e.Page.MainText)
		s.Oracle = Compare(e.bodyText(), *e.Page.MainText).F1
	}
	s.With, s.Without = snippets(r.Text, e.Page.With), snippets(r.Text, e.Page.Without)
	s.countLabels(r, e)
	if o.Evidence && s.Error == "" {
		s.Mistakes = mistakes(r, e, s.groups()[min(1, len(s.groups())-1)])
	}
	s.HasSpam = e.hasSpam()
	s.OneComment = e.Page.OneComment()
	s.CalledSpam = s.OneComment && calledSpam(r)
	if s.Trials, err = e.tryAll(ctx, c, o); err != nil && s.Error == "" {
		s.Error = "with spam: " + err.Error()
	}
	if s.Presets, err = e.tryPresets(ctx, c, o); err != nil && s.Error == "" {
		s.Error = err.Error()
	}
	return s
}

// EvaluateAll measures many pages and hands each score to done, in no order.
func EvaluateAll(ctx context.Context, c *classifier.Classifier, pages []*Example, o classifier.Options, done func(i int, s PageScore)) {
	bayes.Parallel(len(pages), runtime.GOMAXPROCS(0), func(i int) {
		if ctx.Err() == nil {
			done(i, Evaluate(ctx, c, pages[i], o))
		}
	})
}

func document(p LabeledPage) classifier.Document {
	d := classifier.Document{URL: p.URL}
	if p.HTML != "" {
		d.HTML, d.ContentType = []byte(p.HTML), "text/html; charset=utf-8"
	} else {
		d.Text = []byte(p.Text)
	}
	return d
}

// bodyText is the text of the blocks known to be body, without the headline.
func (e *Example) bodyText() string {
	var out []byte
	for i, t := range e.Truth {
		if t.IsBody() && i != e.Features.Headline() {
			out = append(append(out, e.Features.Source.Blocks[i].Text...), '\n')
		}
	}
	return string(out)
}

// countLabels compares labels block by block; the page was split alike for the
// example and for the answer.
func (s *PageScore) countLabels(r *classifier.Result, e *Example) {
	if len(r.Blocks) != len(e.Truth) {
		s.Error = fmt.Sprintf("split into %d blocks, then %d", len(e.Truth), len(r.Blocks))
		return
	}
	for i := range r.Blocks {
		b, truth, w := &r.Blocks[i], e.Truth[i], float64(e.Features.WordsN[i])
		if b.Label == bayes.LinkSpam && truth != Truth(bayes.LinkSpam) {
			s.SpamAccused = append(s.SpamAccused, Accused{b.Text, b.Start, b.Probability()})
		}
		if truth == NotBody || truth < bayes.NumLabels && !e.finely {
			s.Bins.add(int(bayes.Body), b.Probabilities[bayes.Body], w, truth.IsBody())
		} else if truth < bayes.NumLabels {
			s.Confusion[truth][b.Label] += w
			for l, p := range b.Probabilities {
				s.Bins.add(l, p, w, truth == Truth(l))
			}
		}
	}
}

func (b *Bins) add(label int, p, w float64, hit bool) {
	bin := &b[label][min(int(p*10), 9)]
	bin.Words += w
	bin.P += w * p
	if hit {
		bin.Hits += w
	}
}

// snippets counts how many of the snippets stand in the text, by their words.
func snippets(text string, list []string) [2]int {
	if len(list) == 0 {
		return [2]int{}
	}
	have := words(text)
	n := [2]int{0, len(list)}
	for _, s := range list {
		if contains(have, words(s)) {
			n[0]++
		}
	}
	return n
}

func contains(have, want []uint64) bool {
	for i := 0; i+len(want) <= len(have); i++ {
		k := 0
		for k < len(want) && have[i+k] == want[k] {
			k++
		}
		if k == len(want) {
			return true
		}
	}
	return false
}
