package training

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
)

// PageLine is how well one system did on one page, as a line of JSON: what is
// needed to compare systems page by page. Lines of the same page have the same
// source, format and id.
type PageLine struct {
	System    string  `json:"system,omitempty"` // who gave the text; pagesieve where it is left out
	Source    string  `json:"source"`
	Format    string  `json:"format"` // html, or text
	ID        string  `json:"id"`
	Kind      string  `json:"page_kind,omitempty"`
	Language  string  `json:"language,omitempty"`
	F1        float64 `json:"f1"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	Shingle   float64 `json:"shingle_f1"`
	Quality   float64 `json:"quality,omitempty"` // what the answer says of itself; 0 for other systems
	Unsure    bool    `json:"unsure,omitempty"`
	Error     string  `json:"error,omitempty"` // why there is no text; the scores are 0
}

// WritePages writes a line for every page whose wanted text is known.
func WritePages(w io.Writer, scores []PageScore) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range scores {
		s := &scores[i]
		if !s.HasText {
			continue
		}
		if err := enc.Encode(s.line()); err != nil {
			return fmt.Errorf("write scores by page: %w", err)
		}
	}
	return nil
}

func (s *PageScore) line() PageLine {
	l := PageLine{Source: s.Source, Format: s.Format, ID: s.ID, Kind: s.Kind, Language: s.Language, Quality: s.Quality, Unsure: s.Unsure, Error: s.Error}
	if s.Error == "" {
		l.F1, l.Precision, l.Recall, l.Shingle = s.F1, s.Precision, s.Recall, s.Shingle
	}
	return l
}

// ReadPageLines reads what WritePages wrote. It ends at the first line that is
// not JSON, with an error that names it.
func ReadPageLines(r io.Reader) iter.Seq2[PageLine, error] {
	return func(yield func(PageLine, error) bool) {
		s := bufio.NewScanner(r)
		s.Buffer(nil, 1<<20)
		n := 0
		for s.Scan() {
			n++
			var l PageLine
			if err := json.Unmarshal(s.Bytes(), &l); err != nil {
				yield(l, fmt.Errorf("read scores by page: line %d: %w", n, err))
				return
			}
			if !yield(l, nil) {
				return
			}
		}
		if err := s.Err(); err != nil {
			yield(PageLine{}, fmt.Errorf("read scores by page: line %d: %w", n+1, err))
		}
	}
}
