package training

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/feature"
	"github.com/pagesieve/pagesieve/training/augment"
)

// Truth is what is known of a block.
type Truth uint8

// The truths: the five labels, and two that know less.
const (
	Unknown Truth = bayes.NumLabels + iota // teaches nothing
	NotBody                                // one of the other four labels
)

// IsBody says whether the block is known to be body.
func (t Truth) IsBody() bool { return t == Truth(bayes.Body) }

// Example is a labelled page as the trainer sees it.
type Example struct {
	ID, URL, Host string
	Source        string // the data set
	Kind          int    // page kind, -1 where unknown
	Fold          int    // given fold, -1 where none is
	Format        bayes.Format
	Twin          bool   // another example in another form, or
	Short         bool   // … cut short
	Donor         string // host of the page whose content follows, if one does
	Features      *feature.Page
	Truth         []Truth            // per block
	Guess         []Truth            // per block: Truth, with a weak label in place of NotBody where the markup tells
	Weight        []float32          // per block: share of the page in training
	Injected      []augment.Injected // what was put in for training
	MadeUp        []uint8            // per block: a number of the language in which it was put in, 0 for the page's own; nil where none was put in
	Page          LabeledPage
	Trial         *TrialOptions // spam to put in when it is measured; nil for none
	Presets       bool          // it is measured with every preset
	finely        bool          // labelled by spans: all five labels can occur
}

// altered says whether the page's content was cut, or has another's after it.
func (e *Example) altered() bool { return e.Short || e.Donor != "" }

// madeUp says whether block i was put in for training.
func (e *Example) madeUp(i int) bool { return e.MadeUp != nil && e.MadeUp[i] != 0 }

// kindByName finds a page kind.
func kindByName(name string) (int, bool) {
	for k := range classifier.NumPageKinds {
		if classifier.PageKind(k).String() == name {
			return k, true
		}
	}
	return -1, false
}

// NewExample splits a labelled page, reads its features and finds what is
// known of each block.
func NewExample(ctx context.Context, p LabeledPage) (*Example, error) {
	split, err := splitPage(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("%w %q: %w", ErrPage, p.ID, err)
	}
	e := &Example{ID: p.ID, URL: p.URL, Host: hostOf(p), Kind: -1, Fold: -1, Page: p}
	e.Source = p.Source
	if e.Source == "" {
		e.Source, _, _ = strings.Cut(p.ID, "/")
	}
	if k, ok := kindByName(p.PageKind); ok {
		e.Kind = k
	}
	if p.Fold != nil {
		e.Fold = *p.Fold
	}
	e.Features = feature.Extract(split, p.URL)
	e.Format = e.Features.Format()
	e.label(split)
	e.guess(split)
	e.weigh()
	return e, nil
}

func splitPage(ctx context.Context, p LabeledPage) (*block.Page, error) {
	if p.HTML != "" {
		return block.HTML(ctx, []byte(p.HTML), block.Options{ContentType: "text/html; charset=utf-8"})
	}
	return block.Text(ctx, []byte(p.Text), block.Options{ContentType: "text/plain; charset=utf-8"})
}

// label aligns the page's right answer with its blocks.
func (e *Example) label(p *block.Page) {
	e.Truth = make([]Truth, len(p.Blocks))
	texts, rank := make([][]uint64, len(p.Blocks)), make([]int32, len(p.Blocks))
	for i := range p.Blocks {
		texts[i] = words(p.Blocks[i].Text)
		rank[i] = rankOf(&p.Blocks[i])
		e.Truth[i] = Unknown
	}
	switch {
	case len(e.Page.Spans) > 0:
		e.finely = true
		e.labelSpans(texts, rank)
	case e.Page.MainText != nil:
		e.labelMain(p, texts, rank)
	}
}

// rankOf is what a block's words count where others have the same: those that
// a reader sees before a hidden copy, and script data last.
func rankOf(b *block.Block) int32 {
	switch {
	case !shown(b) || b.Origin == block.OriginData:
		return 1
	case b.Hidden != 0:
		return 32
	}
	return 64
}

// labelMain: a block is body where most of it stands in the wanted text.
func (e *Example) labelMain(p *block.Page, texts [][]uint64, rank []int32) {
	headline := e.Features.Headline()
	found := align(texts, rank, words(*e.Page.MainText))
	for i, a := range found {
		switch {
		case len(texts[i]) == 0:
			// A block without words teaches nothing.
		case a.Share >= 0.5 && a.Claim >= 0.5*a.Share:
			e.Truth[i] = Truth(bayes.Body)
		case a.Share >= 0.5 && len(texts[i]) >= longBlock:
			// A second copy of wanted text: neither right nor wrong.
		case i == headline && a.Share < 0.5:
			// The wanted texts mostly leave the headline out; it is body, and
			// the classifier leaves it out by its role.
			e.Truth[i] = Truth(bayes.Body)
		default:
			e.Truth[i] = NotBody
		}
	}
	e.forgiveCaptions(p)
}

// forgiveCaptions: a caption beside body that the wanted text leaves out is
// neither right nor wrong. It is body, and the clean text leaves it out by its
// role.
func (e *Example) forgiveCaptions(p *block.Page) {
	isBody := func(i int) bool { return i >= 0 && i < len(e.Truth) && e.Truth[i].IsBody() }
	for i := range p.Blocks {
		if p.Blocks[i].Role == block.RoleCaption && e.Truth[i] == NotBody && (isBody(i-1) || isBody(i+1)) {
			e.Truth[i] = Unknown
		}
	}
}

// labelSpans: a block has the label of the span where most of it stands.
func (e *Example) labelSpans(texts [][]uint64, rank []int32) {
	var ref []uint64
	var of []int32
	for k, s := range e.Page.Spans {
		w := words(s.Text)
		ref = append(ref, w...)
		for range w {
			of = append(of, int32(k))
		}
	}
	for i, a := range align(texts, rank, ref) {
		if a.Share < 0.5 || len(texts[i]) == 0 {
			continue
		}
		var votes [NotBody + 1]int
		for _, place := range a.Places {
			if place < 0 {
				continue
			}
			if t := e.Page.Spans[of[place]].truth(); t != Unknown {
				votes[t]++
			}
		}
		best := 0
		for l, v := range votes {
			if v > votes[best] {
				best = l
			}
		}
		if votes[best] > 0 {
			e.Truth[i] = Truth(best)
		}
	}
}

// guess puts weak labels on blocks that are only known not to be body: the
// markup of a comment form and of a comment list gives itself away.
func (e *Example) guess(p *block.Page) {
	e.Guess = append([]Truth(nil), e.Truth...)
	if len(p.Elements) == 0 {
		return
	}
	kinds := commentElements(p)
	for i, t := range e.Truth {
		if t != NotBody {
			continue
		}
		e.Guess[i] = Truth(bayes.Navigation)
		b := &p.Blocks[i]
		if b.Form >= 0 && isCommentForm(&p.Forms[b.Form]) {
			e.Guess[i] = Truth(bayes.CommentForm)
		} else if b.Element >= 0 && kinds[b.Element] != Unknown {
			e.Guess[i] = kinds[b.Element]
		}
	}
}

// isCommentForm knows a comment form by a text area beside author, e-mail or
// web address fields, or by its well-known names.
func isCommentForm(f *block.Form) bool {
	name := strings.ToLower(f.ID + " " + f.Class + " " + f.Action)
	if strings.Contains(name, "commentform") || strings.Contains(name, "comment-form") || strings.Contains(name, "wp-comments-post") {
		return true
	}
	area, author := false, false
	for _, field := range f.Fields {
		n := strings.ToLower(field.Name + " " + field.ID)
		area = area || field.Tag == "textarea" && strings.Contains(n, "comment")
		author = author || strings.Contains(n, "author") || strings.Contains(n, "email") || n == "url url"
	}
	return area && author
}

// commentElements marks the elements of comment lists and reply boxes.
func commentElements(p *block.Page) []Truth {
	out := make([]Truth, len(p.Elements))
	for i := range p.Elements {
		el := &p.Elements[i]
		out[i] = Unknown
		if el.Parent >= 0 {
			out[i] = out[el.Parent]
		}
		name := " " + strings.ToLower(el.ID+" "+el.Class) + " "
		for _, n := range []string{" respond ", " comment-respond ", " commentform ", " reply-title "} {
			if strings.Contains(name, n) {
				out[i] = Truth(bayes.CommentForm)
			}
		}
		for _, n := range []string{" commentlist ", " comment-list ", " comment-body ", " comment-content ", " comments-list "} {
			if strings.Contains(name, n) && out[i] == Unknown {
				out[i] = Truth(bayes.Comment)
			}
		}
	}
	return out
}

const (
	// spamWeight is what a block of link spam counts beside others of its
	// length: few pages hold any, and to keep it costs users most.
	spamWeight = 8
	// spamPageWeight is what a page counts that is little but spam: there are
	// sets of hundreds, all made by a few machines.
	spamPageWeight = 0.15
	// alteredWeight is what a page counts that was cut short or has another's
	// content after its own.
	alteredWeight = 0.5
)

// isOneComment says whether the example is no page but one comment's text.
func (e *Example) isOneComment() bool { return classifier.IsLoneComment(e.Features) }

// weigh gives every block the square root of its words, and every page the
// same total.
func (e *Example) weigh() {
	e.Weight = make([]float32, len(e.Truth))
	total, spam := 0.0, 0.0
	for i, t := range e.Truth {
		if t == Unknown {
			continue
		}
		w := math.Sqrt(float64(e.Features.WordsN[i]) + 0.25)
		total += w
		if t == Truth(bayes.LinkSpam) {
			spam += w
			w *= spamWeight
		}
		e.Weight[i] = float32(w)
	}
	scale := 100 / max(total, 1)
	if spam > 0.5*total && !e.isOneComment() {
		scale *= spamPageWeight / spamWeight
	}
	if e.altered() {
		scale *= alteredWeight
	}
	for i := range e.Weight {
		e.Weight[i] *= float32(scale)
	}
}

// hostOf is the page's host, by which folds are formed: the URL's, or the
// first part of the id.
func hostOf(p LabeledPage) string {
	if _, rest, ok := strings.Cut(p.URL, "//"); ok {
		host, _, _ := strings.Cut(rest, "/")
		return strings.TrimPrefix(strings.ToLower(host), "www.")
	}
	return p.ID
}
