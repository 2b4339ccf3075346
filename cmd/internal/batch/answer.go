package batch

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/quality"
)

// answer is the line for a page that was read. The order of its fields is
// part of the contract.
type answer struct {
	ID       any           `json:"id"`
	Text     string        `json:"text"`
	Title    string        `json:"title,omitempty"`
	Language string        `json:"language,omitempty"`
	PageKind string        `json:"page_kind"`
	Verdict  string        `json:"verdict"`
	Quality  float64       `json:"quality"`
	Unsure   bool          `json:"unsure,omitempty"`
	Blocks   []answerBlock `json:"blocks"`
	Model    string        `json:"model"`

	Signals map[string]float64 `json:"signals,omitempty"` // if asked for
}

type answerBlock struct {
	Text        string  `json:"text"`
	Label       string  `json:"label"`
	Role        string  `json:"role,omitempty"`
	Probability float64 `json:"probability"`
	Unsure      bool    `json:"unsure,omitempty"`
	Start       int     `json:"start"`
	End         int     `json:"end"`
}

// failure is the line for a page that could not be read.
type failure struct {
	ID    any   `json:"id"`
	Error Error `json:"error"`
}

// Error is why a page has no answer, as it stands in JSON.
type Error struct {
	Code    string `json:"code"`    // name of the gRPC status code, in snake case
	Message string `json:"message"` // for people
}

// ErrInvalid is wrapped by errors of a line that is not a page.
var ErrInvalid = errors.New("not a page")

// NewError tells the kind of err by its code, one for one with what the
// server answers.
func NewError(err error) Error {
	code := "internal"
	switch {
	case errors.Is(err, block.ErrTooLarge), errors.Is(err, block.ErrBinary), errors.Is(err, ErrInvalid):
		code = "invalid_argument"
	case errors.Is(err, context.DeadlineExceeded):
		code = "deadline_exceeded"
	case errors.Is(err, context.Canceled):
		code = "canceled"
	}
	return Error{code, err.Error()}
}

func newAnswer(id any, r *classifier.Result) answer {
	blocks := make([]answerBlock, len(r.Blocks))
	for i, b := range r.Blocks {
		blocks[i] = answerBlock{
			Text: b.Text, Label: b.Label.String(), Role: b.Role.String(),
			Probability: Round(b.Probability()), Unsure: b.Unsure, Start: b.Start, End: b.End,
		}
	}
	return answer{
		ID: orEmpty(id), Text: r.Text,
		Title: r.Metadata.Title, Language: r.Metadata.Language,
		PageKind: r.Kind.String(), Verdict: r.Verdict.String(), Quality: Round(r.Quality), Unsure: r.Unsure,
		Blocks: blocks, Model: r.Model, Signals: Signals(r.Signals),
	}
}

// Signals is measures of quality by name; nil where there are none.
func Signals(s *quality.Signals) map[string]float64 {
	if s == nil {
		return nil
	}
	out := map[string]float64{}
	for name, v := range s.All() {
		out[name] = Round(v)
	}
	return out
}

// orEmpty makes an id that was not given the empty string.
func orEmpty(id any) any {
	if id == nil {
		return ""
	}
	return id
}

// Round cuts a probability to the six digits that mean something, and makes a
// number that JSON cannot hold 0.
func Round(p float64) float64 {
	if math.IsNaN(p) || math.IsInf(p, 0) {
		return 0
	}
	return math.Round(p*1e6) / 1e6
}

// encode is one line with its line feed. Bytes that are not UTF-8 become
// U+FFFD, and < > & stay as they are.
func encode(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return buf.Bytes(), err
}
