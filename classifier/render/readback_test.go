package render

import (
	"bytes"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// readBack renders Markdown as HTML by a reader that is not ours, and gives
// the HTML and the words of its text. Raw HTML is let through so that it shows.
func readBack(t *testing.T, markdown string) (page string, words []string) {
	t.Helper()
	var b bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert([]byte(markdown), &b); err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for z := html.NewTokenizer(bytes.NewReader(b.Bytes())); ; {
		switch z.Next() {
		case html.ErrorToken:
			return b.String(), strings.Fields(text.String())
		case html.TextToken:
			text.Write(z.Text())
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			if name, _ := z.TagName(); !inlineTag[string(name)] {
				text.WriteByte(' ')
			}
		}
	}
}

var inlineTag = map[string]bool{"a": true, "em": true, "strong": true, "code": true, "del": true}

// wordsOf is the words of the kept blocks: what Markdown must hand on.
func wordsOf(p *block.Page, kept []int) []string {
	var words []string
	for _, i := range kept {
		words = append(words, strings.Fields(strings.ReplaceAll(p.Blocks[i].Text, "\x00", "\uFFFD"))...)
	}
	return words
}
