package training

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/pagesieve/pagesieve/classifier/bayes"
)

// ErrPage is wrapped by every error about a labelled page's content.
var ErrPage = errors.New("labelled page")

// LabeledPage is a page with its right answer: either MainText, the wanted
// text alone, or Spans, the page's text in order with a label on each piece,
// or both. It is the JSON form of the message LabeledPage in
// proto/pagesieve/v1. The names that common data sets use are read too: gold
// for main_text, blocks for spans, page_type for page_kind, lang for language.
type LabeledPage struct {
	ID       string   `json:"id"`
	URL      string   `json:"url,omitempty"`
	HTML     string   `json:"html,omitempty"`
	Text     string   `json:"text,omitempty"` // instead of HTML
	MainText *string  `json:"main_text,omitempty"`
	Spans    []Span   `json:"spans,omitempty"`
	PageKind string   `json:"page_kind,omitempty"`
	Language string   `json:"language,omitempty"`
	Fold     *int     `json:"fold,omitempty"`    // for cross-validation; by host where absent
	With     []string `json:"with,omitempty"`    // snippets that the clean text must hold
	Without  []string `json:"without,omitempty"` // snippets that it must not hold
	Source   string   `json:"-"`                 // the data set: the name of the file it was read from
}

// Span is a piece of a page's text and what it is.
type Span struct {
	Text  string
	Label bayes.Label
	// Unknown marks a piece whose label says nothing of ours, such as the
	// "unmarked" of segmentation sets: it teaches nothing.
	Unknown bool
	// NotBody marks a piece, "not_body" in files, that is known not to be body
	// and may be any other: Label says nothing.
	NotBody bool
}

// truth is what the span says of its text.
func (s *Span) truth() Truth {
	switch {
	case s.Unknown:
		return Unknown
	case s.NotBody:
		return NotBody
	}
	return Truth(s.Label)
}

// notBody is the name in files of what is not body.
const notBody = "not_body"

// wireSpan is a span as it stands in files.
type wireSpan struct {
	Text  string `json:"text"`
	Label string `json:"label"`
}

// MarshalJSON writes {"text", "label"}.
func (s Span) MarshalJSON() ([]byte, error) {
	w := wireSpan{s.Text, s.Label.String()}
	if s.Unknown {
		w.Label = "unmarked"
	} else if s.NotBody {
		w.Label = notBody
	}
	return json.Marshal(w)
}

// UnmarshalJSON reads {"text", "label"}; an unknown label is an error.
func (s *Span) UnmarshalJSON(data []byte) error {
	var w wireSpan
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	if w.Label == notBody {
		*s = Span{Text: w.Text, NotBody: true}
		return nil
	}
	label, known, err := spanLabel(w.Label)
	if err != nil {
		return err
	}
	*s = Span{Text: w.Text, Label: label, Unknown: !known}
	return nil
}

// spanLabel reads our labels, and those of the webseg data sets
// (rkrzr/dataset-random and -popular).
func spanLabel(name string) (label bayes.Label, known bool, err error) {
	switch name {
	case "Menu", "Menu Sidebar", "LinkList", "Header", "Footer", "Sidebar", "Ad", "Searchbar", "Logo", "Author":
		return bayes.Navigation, true, nil
	case "Article", "Content":
		return bayes.Body, true, nil
	case "Comments":
		return bayes.Comment, true, nil
	case "unmarked", "Image", "Table", "Video", "Title":
		return 0, false, nil
	case "spam_text": // a doorway's prose, lifted from honest pages: no words to learn spam from
		return 0, false, nil
	}
	label, err = bayes.ParseLabel(name)
	return label, err == nil, err
}

// aliases are the fields that data sets name otherwise.
type aliases struct {
	Gold     *string `json:"gold"`
	Blocks   []Span  `json:"blocks"`
	PageType string  `json:"page_type"`
	Lang     string  `json:"lang"`
	Label    string  `json:"label"` // of a set whose pages are one comment each
}

// ParsePage reads one labelled page from its JSON.
func ParsePage(line []byte) (LabeledPage, error) {
	type plain LabeledPage
	var both struct {
		plain
		aliases
	}
	if err := json.Unmarshal(line, &both); err != nil {
		return LabeledPage{ID: both.ID}, fmt.Errorf("%w %q: %w", ErrPage, both.ID, err)
	}
	p := LabeledPage(both.plain)
	if p.MainText == nil {
		p.MainText = both.Gold
	}
	if p.Spans == nil {
		p.Spans = both.Blocks
	}
	if p.PageKind == "" {
		p.PageKind = both.PageType
	}
	if p.Language == "" {
		p.Language = both.Lang
	}
	if p.Text != "" && p.Spans == nil && p.MainText == nil {
		p.Spans = wholeLabel(p.Text, both.Label)
	}
	return p, p.check()
}

// wholeLabel labels a text that is one comment, spam or ham.
func wholeLabel(text, label string) []Span {
	switch label {
	case "spam", "comment-spam":
		return []Span{{Text: text, Label: bayes.LinkSpam}}
	case "ham":
		return []Span{{Text: text, Label: bayes.Comment}}
	}
	return nil
}

func (p *LabeledPage) check() error {
	if p.HTML == "" && p.Text == "" {
		return fmt.Errorf("%w %q: neither html nor text", ErrPage, p.ID)
	}
	if p.PageKind != "" {
		if _, ok := kindByName(p.PageKind); !ok {
			return fmt.Errorf("%w %q: unknown page_kind %q", ErrPage, p.ID, p.PageKind)
		}
	}
	return nil
}
