package training

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/training/pages"
)

// OwnPage is a page of package pages as a labelled page. Its wanted text is
// that of its body spans.
func OwnPage(p pages.Page) LabeledPage {
	l := LabeledPage{ID: "pages/" + p.ID, URL: p.URL, HTML: p.HTML, Text: p.Text, PageKind: p.PageKind, Language: p.Language}
	var main strings.Builder
	for _, s := range p.Spans {
		l.Spans = append(l.Spans, Span{Text: s.Text, Label: s.Label})
		if s.Label == bayes.Body {
			main.WriteString(s.Text + "\n")
		}
	}
	text := main.String()
	l.MainText = &text
	return l
}

// readOwn reads one .page file.
func readOwn(path string) (LabeledPage, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return LabeledPage{}, fmt.Errorf("read labelled pages: %w", err)
	}
	p, err := pages.Parse(strings.TrimSuffix(filepath.Base(path), ".page"), string(data))
	if err != nil {
		return LabeledPage{ID: p.ID}, fmt.Errorf("%w: %w", ErrPage, err)
	}
	return OwnPage(p), nil
}
