package block

import (
	"slices"
	"strings"
)

// The limits of reading JSON-LD.
const (
	maxJSONLD      = 1 << 20 // bytes on one page
	maxSchemaTypes = 64
	maxAuthors     = 16
)

// articleText is a text of the page that its JSON-LD quotes.
type articleText struct {
	text  literal
	words int
}

// linkedData reads the JSON-LD scripts into the page's facts. It returns the
// longest of the texts that they give for the page.
func (s *splitter) linkedData() (best articleText) {
	left := maxJSONLD
	for _, script := range s.scripts {
		if script.kind != scriptLD || script.hi-script.lo > left {
			continue
		}
		left -= script.hi - script.lo
		r := jsonReader{text: s.text[:script.hi], pos: script.lo}
		for v, ok := r.next(); ok; v, ok = r.next() {
			var keys [maxFrames]string
			s.linked(r.keys(keys[:0]), r.text, v, &best)
		}
		s.steps += r.steps
	}
	return best
}

// linked takes one string of the JSON-LD.
func (s *splitter) linked(path []string, text string, v jsonString, best *articleText) {
	if len(path) == 0 {
		return
	}
	if path[len(path)-1] == "@type" {
		s.schemaType(literalText(text, v))
		return
	}
	for len(path) > 1 && isTransparent(path[0]) {
		path = path[1:]
	}
	m := &s.metas
	switch keyPath(path) {
	case "headline":
		s.keep(&m.title[2], plainText(literalText(text, v), &s.slab.texts))
	case "datePublished":
		s.keep(&m.date[2], literalText(text, v))
	case "author", "author.name":
		s.author(literalText(text, v))
	case "publisher.name":
		s.keep(&m.site[2], literalText(text, v))
	case "inLanguage":
		s.keep(&m.language[1], literalText(text, v))
	case "articleBody", "text":
		l := newLiteral(text, v, nil)
		s.articleBody(l)
		best.offer(l, &s.slab.texts)
	case "description":
		best.offer(newLiteral(text, v, nil), &s.slab.texts)
	}
}

// keyPath is a path as linked asks for it, its keys joined by dots, and empty
// for a path of more keys than it asks for.
func keyPath(path []string) string {
	switch {
	case len(path) == 1:
		return path[0]
	case len(path) == 2 && path[1] == "name" && path[0] == "author":
		return "author.name"
	case len(path) == 2 && path[1] == "name" && path[0] == "publisher":
		return "publisher.name"
	}
	return ""
}

// isTransparent says whether what a key holds speaks of the page itself.
func isTransparent(key string) bool {
	return key == "@graph" || key == "mainEntity" || key == "mainEntityOfPage"
}

// schemaType notes a type once.
func (s *splitter) schemaType(t string) {
	t = strings.TrimPrefix(strings.TrimPrefix(t, "http://schema.org/"), "https://schema.org/")
	types := &s.page.Meta.SchemaTypes
	if t != "" && len(t) <= 128 && len(*types) < maxSchemaTypes && !slices.Contains(*types, t) {
		*types = append(*types, t)
	}
}

// author notes the name of an author once.
func (s *splitter) author(name string) {
	m := &s.metas
	name = s.slab.texts.tidy(unescape(name))
	if name == "" || len(name) > 256 || strings.HasPrefix(name, "http") || len(m.authors) >= maxAuthors || slices.Contains(m.authors, name) {
		return
	}
	m.authors = append(m.authors, name)
}

// articleBody keeps the first text of the article that the page quotes.
func (s *splitter) articleBody(l literal) {
	if s.page.Meta.ArticleBody == "" {
		s.page.Meta.ArticleBody = plainText(l.text, &s.slab.texts)
	}
}

// offer takes a text if it is longer than the one before.
func (a *articleText) offer(l literal, in *textSlab) {
	if n := countWords(plainText(l.text, in)); n > a.words {
		*a = articleText{l, n}
	}
}
