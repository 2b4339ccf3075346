package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	nurl "net/url"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	distiller "github.com/markusmobius/go-domdistiller"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"github.com/pagesieve/pagesieve/classifier"
)

// ours is what pagesieve is called in lines that name no system: scores that
// `pagesieve eval` wrote. inSample is the embedded model, which was trained on
// most of the pages.
const (
	ours     = "pagesieve"
	inSample = "pagesieve, in sample"
)

// errNothing is what a system says that finds no main content.
var errNothing = errors.New("no main content found")

// system takes the main text out of a page given as UTF-8.
type system struct {
	name    string
	extract func(ctx context.Context, page []byte, url string) (string, error)
}

// peers are the other systems. Each gets the tree of html.Parse, which spares
// it guessing the charset, and the page's address.
func peers() []system {
	list := []system{
		{"go-readability", readable},
		{"go-domdistiller", distil},
	}
	for _, fallback := range []bool{false, true} {
		for _, focus := range []struct {
			name string
			set  trafilatura.ExtractionFocus
		}{{"", trafilatura.Balanced}, {", precision", trafilatura.FavorPrecision}, {", recall", trafilatura.FavorRecall}} {
			name := "go-trafilatura" + focus.name
			if fallback {
				name += " +fallback"
			}
			o := trafilatura.Options{Focus: focus.set, EnableFallback: fallback}
			list = append(list, system{name, trafilaturaWith(o)})
		}
	}
	return list
}

// pagesieve is a classifier as a system.
func pagesieve(name string, c *classifier.Classifier) system {
	return system{name, func(ctx context.Context, page []byte, url string) (string, error) {
		r, err := c.Classify(ctx, classifier.Document{HTML: page, URL: url, ContentType: "text/html; charset=utf-8"}, classifier.Options{})
		if err != nil {
			return "", err
		}
		return r.Text, nil
	}}
}

func readable(_ context.Context, page []byte, url string) (string, error) {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return "", err
	}
	parser := readability.NewParser()
	article, err := parser.ParseAndMutate(doc, parseURL(url))
	if err != nil {
		return "", err
	}
	if article.Node == nil {
		return "", errNothing
	}
	var text strings.Builder
	err = article.RenderText(&text)
	return text.String(), err
}

// distil leaves the search for the next page out, as its use in go-trafilatura
// does: it costs time and adds no text.
func distil(_ context.Context, page []byte, url string) (string, error) {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return "", err
	}
	r, err := distiller.Apply(doc, &distiller.Options{OriginalURL: parseURL(url), SkipPagination: true})
	if err != nil {
		return "", err
	}
	return r.Text, nil
}

// trafilaturaWith answers with the text of the content. That of the comments,
// which go-trafilatura gives apart, is left out: put after it, it costs on
// most page kinds more than it brings on forums (README.md has the figures).
func trafilaturaWith(o trafilatura.Options) func(context.Context, []byte, string) (string, error) {
	return func(_ context.Context, page []byte, url string) (string, error) {
		doc, err := html.Parse(bytes.NewReader(page))
		if err != nil {
			return "", err
		}
		o := o
		o.OriginalURL = parseURL(url)
		r, err := trafilatura.ExtractDocument(doc, o)
		if err != nil {
			return "", fmt.Errorf("%w: %w", errNothing, err)
		}
		return r.ContentText, nil
	}
}

// parseURL is nil for an address that cannot be read.
func parseURL(s string) *nurl.URL {
	u, err := nurl.ParseRequestURI(s)
	if err != nil {
		return nil
	}
	return u
}
