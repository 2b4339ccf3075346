package main

import (
	"bytes"
	"context"
	"errors"
	"io"

	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"github.com/pagesieve/pagesieve/classifier"
)

// contender is something that is timed on a page.
type contender struct {
	name string
	text bool // takes the page's text, not its HTML
	run  func(ctx context.Context, page []byte, url string) error
}

// contenders are the systems, pagesieve first, and what they are held against:
// x/net's tokenizer and parser alone. The searches for a date that
// go-trafilatura makes besides are timed with and without.
func contenders(c *classifier.Classifier) []contender {
	list := []contender{
		timed(pagesieve(ours, c)),
		{ours + ", text", true, func(ctx context.Context, page []byte, url string) error {
			_, err := c.Classify(ctx, classifier.Document{Text: page, URL: url}, classifier.Options{})
			return err
		}},
		{"html.Tokenizer", false, func(_ context.Context, page []byte, _ string) error { return tokens(page, false) }},
		{"html.Tokenizer, attributes", false, func(_ context.Context, page []byte, _ string) error { return tokens(page, true) }},
		{"html.Parse", false, func(_ context.Context, page []byte, _ string) error {
			_, err := html.Parse(bytes.NewReader(page))
			return err
		}},
		timed(system{"go-readability", readable}),
		timed(system{"go-domdistiller", distil}),
	}
	for _, fallback := range []bool{false, true} {
		name := "go-trafilatura"
		if fallback {
			name += " +fallback"
		}
		o := trafilatura.Options{EnableFallback: fallback}
		list = append(list, timed(system{name, trafilaturaWith(o)}))
		o.HtmlDateMode = trafilatura.Disabled
		list = append(list, timed(system{name + ", no date", trafilaturaWith(o)}))
	}
	return list
}

func timed(s system) contender {
	return contender{s.name, false, func(ctx context.Context, page []byte, url string) error {
		if _, ended := s.guarded(ctx, page, url); ended != "" {
			return errors.New(ended)
		}
		return nil
	}}
}

// tokens reads all tokens of a page, and every attribute if asked to.
func tokens(page []byte, attributes bool) error {
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return err
			}
			return nil
		case html.StartTagToken, html.SelfClosingTagToken:
			for more := attributes; more; {
				_, _, more = z.TagAttr()
			}
		}
	}
}
