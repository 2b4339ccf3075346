package main

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"strings"
	"unicode"

	"google.golang.org/grpc/status"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/cmd/internal/batch"
)

// A jsonView writes one object a page: the fields of filter's answers, and
// all else that is known.
type jsonView struct{ w io.Writer }

type pageJSON struct {
	ID          string             `json:"id"`
	URL         string             `json:"url,omitempty"`
	Text        string             `json:"text"`
	Title       string             `json:"title,omitempty"`
	Author      string             `json:"author,omitempty"`
	Date        string             `json:"date,omitempty"`
	SiteName    string             `json:"site_name,omitempty"`
	Language    string             `json:"language,omitempty"`
	Description string             `json:"description,omitempty"`
	Canonical   string             `json:"canonical,omitempty"`
	PageKind    string             `json:"page_kind"`
	PageKinds   map[string]float64 `json:"page_kinds"`
	Verdict     string             `json:"verdict"`
	Reasons     []string           `json:"reasons,omitempty"`
	Quality     float64            `json:"quality"`
	Unsure      bool               `json:"unsure"`
	UnsureShare float64            `json:"unsure_share"`
	Charset     string             `json:"charset,omitempty"`
	Blocks      []blockJSON        `json:"blocks"`
	Signals     map[string]float64 `json:"signals,omitempty"`
	Forms       []formJSON         `json:"comment_forms,omitempty"`
	Comments    []commentJSON      `json:"comments,omitempty"`
	Model       string             `json:"model"`
}

type blockJSON struct {
	Text          string             `json:"text"`
	Label         string             `json:"label"`
	Role          string             `json:"role,omitempty"`
	Probability   float64            `json:"probability"`
	Probabilities map[string]float64 `json:"probabilities"`
	Start         int                `json:"start"`
	End           int                `json:"end"`
	Path          string             `json:"path,omitempty"`
	Kept          bool               `json:"kept"`
	Unsure        bool               `json:"unsure,omitempty"`
	Hidden        []string           `json:"hidden,omitempty"`
	Reasons       []string           `json:"reasons,omitempty"`
	Targets       []string           `json:"targets,omitempty"`
	Evidence      []evidenceJSON     `json:"evidence,omitempty"`
}

type evidenceJSON struct {
	View    string  `json:"view"`
	Token   string  `json:"token"`
	LogOdds float64 `json:"log_odds"`
}

func (v jsonView) page(name string, doc classifier.Document, r *classifier.Result) error {
	out := pageJSON{
		ID: name, URL: doc.URL, Text: r.Text,
		Title: r.Metadata.Title, Author: r.Metadata.Author, Date: r.Metadata.Date, SiteName: r.Metadata.SiteName,
		Language: r.Metadata.Language, Description: r.Metadata.Description, Canonical: r.Metadata.Canonical,
		PageKind: r.Kind.String(), PageKinds: map[string]float64{},
		Verdict: r.Verdict.String(), Reasons: r.Reasons, Quality: batch.Round(r.Quality), Unsure: r.Unsure, UnsureShare: batch.Round(r.UnsureShare),
		Charset: r.Charset, Blocks: make([]blockJSON, len(r.Blocks)), Model: r.Model,
	}
	for kind, p := range r.Kinds {
		out.PageKinds[classifier.PageKind(kind).String()] = batch.Round(p)
	}
	for i, b := range r.Blocks {
		out.Blocks[i] = newBlockJSON(b)
	}
	out.Signals = batch.Signals(r.Signals)
	for i := range r.CommentForms {
		out.Forms = append(out.Forms, newFormJSON(&r.CommentForms[i]))
	}
	for i := range r.Comments {
		out.Comments = append(out.Comments, newCommentJSON(&r.Comments[i]))
	}
	return v.write(out)
}

func (v jsonView) failed(name string, err error) error {
	return v.write(struct {
		ID    string      `json:"id"`
		Error batch.Error `json:"error"`
	}{name, pageError(err)})
}

func (v jsonView) write(value any) error {
	enc := json.NewEncoder(v.w)
	enc.SetEscapeHTML(false)
	return enc.Encode(value)
}

func newBlockJSON(b classifier.Block) blockJSON {
	out := blockJSON{
		Text: b.Text, Label: b.Label.String(), Role: b.Role.String(),
		Probability: batch.Round(b.Probability()), Probabilities: map[string]float64{},
		Start: b.Start, End: b.End, Path: b.Path, Kept: b.Kept, Unsure: b.Unsure, Hidden: hiddenNames(b.Hidden), Reasons: b.Reasons, Targets: b.Targets,
	}
	for l, p := range b.Probabilities {
		out.Probabilities[classifier.Label(l).String()] = batch.Round(p)
	}
	for _, e := range b.Evidence {
		out.Evidence = append(out.Evidence, evidenceJSON{e.View, e.Token, batch.Round(e.LogOdds)})
	}
	return out
}

// pageError is why a page has no answer, with the code of who knows best: the
// server, the file system, or the classifier.
func pageError(err error) batch.Error {
	e := batch.NewError(err)
	s, remote := status.FromError(err)
	switch {
	case errors.As(err, new(remoteError)) && remote:
		e.Code = snake(s.Code().String())
	case errors.Is(err, fs.ErrNotExist):
		e.Code = "not_found"
	case errors.Is(err, fs.ErrPermission):
		e.Code = "permission_denied"
	case errors.As(err, new(readError)) && e.Code == "internal":
		e.Code = "unavailable"
	}
	return e
}

// snake turns InvalidArgument into invalid_argument.
func snake(camel string) string {
	var out strings.Builder
	for i, r := range camel {
		if unicode.IsUpper(r) && i > 0 {
			out.WriteByte('_')
		}
		out.WriteRune(unicode.ToLower(r))
	}
	return out.String()
}

// hiddenNames are those of the proto enum HiddenReason, in lower case.
func hiddenNames(h block.Hidden) (names []string) {
	for i, name := range []string{"display", "visibility", "opacity", "offscreen", "tiny", "attribute", "aria", "color", "style_rule", "clip"} {
		if h&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}
