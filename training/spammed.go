package training

import (
	"context"
	"fmt"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/training/augment"
)

// Spammed is a labelled page with spam and hard negatives put in; the blocks
// that they make are labelled as what they are.
func Spammed(ctx context.Context, p LabeledPage, seed uint64, o augment.Options) (*Example, error) {
	text := p.HTML == ""
	var injected []augment.Injected
	if text {
		p.Text, injected = augment.Spam(p.Text, true, seed, o)
	} else {
		p.HTML, injected = augment.Spam(p.HTML, false, seed, o)
	}
	e, err := NewExample(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("with spam: %w", err)
	}
	e.Injected, e.MadeUp = injected, make([]uint8, len(e.Truth))
	for _, in := range injected {
		for i := range e.Truth {
			b := &e.Features.Source.Blocks[i]
			if inside := min(b.End, in.End) - max(b.Start, in.Start); 2*inside > b.End-b.Start {
				e.Truth[i], e.Guess[i] = Truth(in.Label), Truth(in.Label)
			}
			if b.Start < in.End && in.Start < b.End {
				e.MadeUp[i] = languageNumber(in.Language)
			}
		}
	}
	e.weigh()
	return e, nil
}

// languageNumber numbers languages from 1 to 31; a few may share one.
func languageNumber(lang string) uint8 { return uint8(1 + augment.Seed(0, lang)%31) }

// SpammedPage is Spammed as a labelled page to be written to a file: every
// block is a span with what is known of it. Its id ends in "+spam", so that it
// may teach beside the clean page, whose wanted text stays.
func SpammedPage(ctx context.Context, p LabeledPage, seed uint64, o augment.Options) (LabeledPage, []augment.Injected, error) {
	e, err := Spammed(ctx, p, seed, o)
	if err != nil || len(e.Injected) == 0 {
		return p, nil, err
	}
	out := e.Page
	out.ID += "+spam"
	out.Spans = make([]Span, 0, len(e.Truth))
	for i, t := range e.Truth {
		text := e.Features.Source.Blocks[i].Text
		if text == "" {
			continue
		}
		s := Span{Text: text}
		switch t {
		case Unknown:
			s.Unknown = true
		case NotBody:
			s.NotBody = true
		default:
			s.Label = classifier.Label(t)
		}
		out.Spans = append(out.Spans, s)
	}
	return out, e.Injected, nil
}
