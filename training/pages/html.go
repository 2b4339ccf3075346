package pages

import (
	"encoding/json"
	"fmt"
	"strings"

	"golang.org/x/net/html"
)

// reader takes the spans out of a page's tokens. It counts lines as it goes,
// for that is where the labels stand.
type reader struct {
	lines []line
	at    int // index of the line that the next byte stands on
	skip  string
	data  bool // inside JSON-LD
	run   strings.Builder
	from  int // index of the first line of the run
	spans []Span
}

// htmlSpans gives the page's spans, or an error where text has no label or
// more than one.
func htmlSpans(page string, lines []line) ([]Span, error) {
	r := &reader{lines: lines}
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		kind := z.Next()
		raw := string(z.Raw())
		if kind == html.ErrorToken {
			break
		}
		name := ""
		if kind == html.StartTagToken || kind == html.EndTagToken || kind == html.SelfClosingTagToken {
			n, more := z.TagName()
			name = string(n)
			r.enter(z, kind, name, more)
		}
		if kind == html.TextToken {
			if err := r.text(raw); err != nil {
				return nil, err
			}
			continue
		}
		if name != "" && !isInline(name) {
			r.end()
		}
		r.at += strings.Count(raw, "\n")
	}
	r.end()
	return r.spans, nil
}

// enter keeps track of the elements that hold no text for readers.
func (r *reader) enter(z *html.Tokenizer, kind html.TokenType, name string, more bool) {
	switch {
	case kind == html.StartTagToken && r.skip == "" && isSilent(name):
		r.skip = name
		for more {
			var key, value []byte
			key, value, more = z.TagAttr()
			r.data = r.data || string(key) == "type" && string(value) == "application/ld+json"
		}
	case kind == html.EndTagToken && r.skip == name:
		r.skip, r.data = "", false
	}
}

func isSilent(tag string) bool {
	switch tag {
	case "script", "style", "title", "textarea", "noscript", "template", "iframe":
		return true
	}
	return false
}

// text reads one text token line by line.
func (r *reader) text(raw string) error {
	for i, part := range strings.Split(raw, "\n") {
		if i > 0 {
			r.at++
			r.run.WriteByte(' ')
		}
		text := html.UnescapeString(part)
		if r.at >= len(r.lines) || strings.TrimSpace(text) == "" {
			r.run.WriteString(text)
			continue
		}
		if err := r.add(text); err != nil {
			return fmt.Errorf("line %d: %w: %.40q", r.lines[r.at].number, err, strings.TrimSpace(text))
		}
	}
	return nil
}

// add puts text of the current line into the run.
func (r *reader) add(text string) error {
	l := r.lines[r.at]
	switch {
	case r.skip == "noscript" && l.labelled:
		r.spans = append(r.spans, Span{collapse(text), l.label})
		return nil
	case r.skip != "" && !(r.data && l.labelled):
		return nil
	case r.skip != "":
		value, err := jsonValue(text)
		if err != nil {
			return err
		}
		r.spans = append(r.spans, Span{collapse(value), l.label})
		return nil
	case !l.labelled:
		return fmt.Errorf("text without a label")
	case strings.TrimSpace(r.run.String()) == "":
		r.from = r.at
	case r.lines[r.from].label != l.label:
		return fmt.Errorf("two labels in one run of text, begun on line %d", r.lines[r.from].number)
	}
	r.run.WriteString(text)
	return nil
}

// end closes the run at the border of a block.
func (r *reader) end() {
	if text := collapse(r.run.String()); text != "" {
		r.spans = append(r.spans, Span{text, r.lines[r.from].label})
	}
	r.run.Reset()
}

// jsonValue is the string value in a line such as `"articleBody": "text",`.
func jsonValue(text string) (value string, err error) {
	_, literal, ok := strings.Cut(text, ": ")
	if !ok {
		return "", fmt.Errorf("no JSON value")
	}
	literal = strings.TrimSuffix(strings.TrimSpace(literal), ",")
	if err := json.Unmarshal([]byte(literal), &value); err != nil {
		return "", fmt.Errorf("JSON value: %w", err)
	}
	return value, nil
}

// isInline tells the elements that no block ends at.
func isInline(tag string) bool {
	switch tag {
	case "a", "abbr", "acronym", "b", "bdi", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
		"label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr":
		return true
	}
	return false
}
