package models

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/pagesieve/pagesieve/classifier"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
	"github.com/pagesieve/pagesieve/training"
	"github.com/pagesieve/pagesieve/training/retrain"
	"github.com/pagesieve/pagesieve/training/store"
)

// Details is what is stored with a version beyond the store's own fields.
type Details struct {
	Imported   bool                `json:"imported,omitempty"`
	Notes      []string            `json:"notes,omitempty"`
	Report     *training.Report    `json:"report,omitempty"`
	Comparison *retrain.Comparison `json:"comparison,omitempty"`
	HeldOut    []retrain.Score     `json:"held_out,omitempty"`
}

// Encode is the form in which details are stored.
func (d Details) Encode() (json.RawMessage, error) { return json.Marshal(d) }

// DetailsOf reads a version's details; those that cannot be read are empty.
func DetailsOf(v store.Version) Details {
	var d Details
	if json.Unmarshal(v.Details, &d) != nil {
		return Details{}
	}
	return d
}

// Message is a version as a message, with its report and notes if they are
// wanted.
func (a *Active) Message(v store.Version, whole bool) *pb.Version {
	d := DetailsOf(v)
	m := &pb.Version{
		Id: v.ID, Sha256: v.SHA256, Bytes: int64(v.Bytes), CreateTime: timestamppb.New(v.Created),
		Parents: v.Parents, Pages: int32(v.Pages), PagesDigest: v.PagesDigest,
		Active: v.ID == a.now.Load().id, Imported: d.Imported, Comparison: comparison(d.Comparison),
	}
	if whole {
		m.Report, m.Notes = Report(d.Report), texts(d.Notes)
	}
	return m
}

// builtInMessage is the built-in version as a message.
func (a *Active) builtInMessage(whole bool) *pb.Version {
	m := &pb.Version{Id: a.builtIn.ModelVersion(), BuiltIn: true, Active: a.now.Load().id == ""}
	if whole {
		m.Notes = texts(a.builtIn.ModelInfo().Notes)
	}
	return m
}

func comparison(c *retrain.Comparison) *pb.Comparison {
	if c == nil {
		return nil
	}
	return &pb.Comparison{
		Active: c.Active, Pages: int32(c.Pages), Sites: int32(c.Sites),
		CandidateScore: c.CandidateScore, ActiveScore: c.ActiveScore, Low: c.Low, High: c.High,
		NotWorse: c.NotWorse, Reason: c.Reason,
	}
}

// Report is a report as a message.
func Report(r *training.Report) *pb.Report {
	if r == nil {
		return nil
	}
	m := &pb.Report{Pages: int32(r.Pages), Failed: texts(r.Failed), Accused: int32(len(r.Spam.Listed))}
	for _, g := range r.Groups {
		m.Groups = append(m.Groups, &pb.GroupScore{Group: text(g.Group), Pages: int32(g.Pages), F1: g.F1, F1Deviation: g.Deviation, Precision: g.Precision, Recall: g.Recall})
	}
	for _, l := range r.Labels {
		m.Labels = append(m.Labels, &pb.LabelScore{Group: text(l.Group), Label: l.Label, Words: l.Words, Precision: l.Precision, Recall: l.Recall, F1: l.F1, CalibrationError: l.CalibrationError})
	}
	return m
}

func texts(in []string) []string {
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = text(s)
	}
	return out
}

// text is fit for a message, which takes UTF-8 alone.
func text(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// maxText is the longest text of a block in a message about differences.
const maxText = 400

// cut is a copy of a text, cut where it is long.
func cut(s string) string {
	if len(s) > maxText {
		s = s[:maxText-3] + "…"
	}
	return strings.Clone(text(s))
}

func change(page string, d retrain.Difference) *pb.LabelChange {
	return &pb.LabelChange{
		PageId: text(page), Text: cut(d.Text), Start: int32(d.Start), End: int32(d.End),
		From: label(d.From), To: label(d.To), FromProbability: d.FromP, ToProbability: d.ToP,
	}
}

// label is the message's enum, which counts from 1.
func label(l classifier.Label) pb.Label { return pb.Label(l) + 1 }

func labelCounts(n map[labels]int64) []*pb.LabelCount {
	keys := slices.SortedFunc(maps.Keys(n), func(a, b labels) int { return (int(a.from)-int(b.from))*classifier.NumLabels + int(a.to) - int(b.to) })
	var out []*pb.LabelCount
	for _, k := range keys {
		out = append(out, &pb.LabelCount{From: label(k.from), To: label(k.to), Blocks: n[k]})
	}
	return out
}
