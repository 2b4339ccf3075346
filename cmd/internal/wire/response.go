package wire

import (
	"fmt"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/block"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// Response is the message for one result. The caller sets its Id.
func Response(r *classifier.Result) *pb.ClassifyResponse {
	out := &pb.ClassifyResponse{
		Text:      valid(r.Text),
		Blocks:    blocks(r.Blocks),
		Metadata:  metadata(r.Metadata),
		PageKind:  toEnum[pb.PageKind](r.Kind),
		PageKinds: kinds(r.Kinds),
		Verdict:   toEnum[pb.Verdict](r.Verdict),
		Quality:   r.Quality,
		Charset:   valid(r.Charset),
		Model:     valid(r.Model),

		Unsure:      r.Unsure,
		UnsureShare: r.UnsureShare,

		CommentForms: commentForms(r.CommentForms),
		Comments:     readerComments(r.Comments),
		Signals:      signals(r.Signals),
	}
	out.Reasons = allValid(r.Reasons)
	return out
}

// blocks takes the messages of all blocks from two allocations, for a page
// may have many thousands.
func blocks(in []classifier.Block) []*pb.Block {
	if len(in) == 0 {
		return nil
	}
	out := make([]*pb.Block, len(in))
	messages := make([]pb.Block, len(in))
	probabilities := make([]pb.LabelProbabilities, len(in))
	for i := range in {
		b, p := &in[i], &probabilities[i]
		p.Body, p.Navigation = b.Probabilities[classifier.Body], b.Probabilities[classifier.Navigation]
		p.CommentForm, p.Comment = b.Probabilities[classifier.CommentForm], b.Probabilities[classifier.Comment]
		p.LinkSpam = b.Probabilities[classifier.LinkSpam]

		m := &messages[i]
		m.Text, m.Path = valid(b.Text), valid(b.Path)
		m.Start, m.End = number(b.Start), number(b.End)
		m.Label, m.Role = toEnum[pb.Label](b.Label), pb.Role(b.Role)
		m.Probabilities = p
		m.Kept, m.Unsure = b.Kept, b.Unsure
		m.Hidden = hiddenToEnum(b.Hidden)
		m.Evidence, m.Reasons, m.Targets = evidence(b.Evidence), allValid(b.Reasons), allValid(b.Targets)
		out[i] = m
	}
	return out
}

func allValid(in []string) []string {
	var out []string
	for _, s := range in {
		out = append(out, valid(s))
	}
	return out
}

func evidence(in []classifier.Evidence) []*pb.Evidence {
	var out []*pb.Evidence
	for _, e := range in {
		out = append(out, &pb.Evidence{View: valid(e.View), Token: valid(e.Token), LogOdds: e.LogOdds})
	}
	return out
}

func metadata(m classifier.Metadata) *pb.Metadata {
	return &pb.Metadata{
		Title: valid(m.Title), Author: valid(m.Author), Date: valid(m.Date), SiteName: valid(m.SiteName),
		Language: valid(m.Language), Description: valid(m.Description), Canonical: valid(m.Canonical),
	}
}

func kinds(p [classifier.NumPageKinds]float64) *pb.PageKindProbabilities {
	return &pb.PageKindProbabilities{
		Article: p[classifier.Article], Forum: p[classifier.Forum], Product: p[classifier.Product],
		Collection: p[classifier.Collection], Listing: p[classifier.Listing],
		Documentation: p[classifier.Documentation], Service: p[classifier.Service],
	}
}

// FromResponse is the inverse of Response. It fails with a *FieldError where
// a newer server answers with a label, page kind or verdict that this program
// does not know.
func FromResponse(in *pb.ClassifyResponse) (*classifier.Result, error) {
	r := &classifier.Result{
		Text:     in.GetText(),
		Metadata: fromMetadata(in.GetMetadata()),
		Kinds:    fromKinds(in.GetPageKinds()),
		Reasons:  in.GetReasons(),
		Quality:  in.GetQuality(),
		Charset:  in.GetCharset(),
		Model:    in.GetModel(),

		Unsure:      in.GetUnsure(),
		UnsureShare: in.GetUnsureShare(),

		CommentForms: fromCommentForms(in.GetCommentForms()),
		Comments:     fromReaderComments(in.GetComments()),
		Signals:      fromSignals(in.GetSignals()),
	}
	var ok bool
	if r.Kind, ok = fromEnum[classifier.PageKind](in.GetPageKind(), classifier.NumPageKinds); !ok {
		return nil, unknown("page_kind", in.GetPageKind())
	}
	if r.Verdict, ok = fromEnum[classifier.Verdict](in.GetVerdict(), classifier.NumVerdicts); !ok {
		return nil, unknown("verdict", in.GetVerdict())
	}
	for i, m := range in.GetBlocks() {
		b, err := fromBlock(m)
		if err != nil {
			return nil, &FieldError{fmt.Sprintf("blocks[%d].label", i), err.(*FieldError).Why}
		}
		r.Blocks = append(r.Blocks, b)
	}
	return r, nil
}

func fromBlock(m *pb.Block) (classifier.Block, error) {
	b := classifier.Block{
		Text: m.GetText(), Path: m.GetPath(),
		Start: int(m.GetStart()), End: int(m.GetEnd()),
		Role:          fromRole(m.GetRole()),
		Probabilities: fromProbabilities(m.GetProbabilities()),
		Kept:          m.GetKept(), Unsure: m.GetUnsure(),
		Hidden: hiddenFromEnum(m.GetHidden()), Reasons: m.GetReasons(), Targets: m.GetTargets(),
	}
	for _, e := range m.GetEvidence() {
		b.Evidence = append(b.Evidence, classifier.Evidence{View: e.GetView(), Token: e.GetToken(), LogOdds: e.GetLogOdds()})
	}
	var ok bool
	if b.Label, ok = fromEnum[classifier.Label](m.GetLabel(), classifier.NumLabels); !ok {
		return b, unknown("label", m.GetLabel())
	}
	return b, nil
}

// fromRole reads a role; one that this program does not know is running text.
func fromRole(r pb.Role) block.Role {
	if r < 0 || r > pb.Role(block.RoleQuote) {
		return block.RoleNone
	}
	return block.Role(r)
}

func fromProbabilities(p *pb.LabelProbabilities) (out [classifier.NumLabels]float64) {
	out[classifier.Body], out[classifier.Navigation] = p.GetBody(), p.GetNavigation()
	out[classifier.CommentForm], out[classifier.Comment] = p.GetCommentForm(), p.GetComment()
	out[classifier.LinkSpam] = p.GetLinkSpam()
	return out
}

func fromKinds(p *pb.PageKindProbabilities) (out [classifier.NumPageKinds]float64) {
	out[classifier.Article], out[classifier.Forum] = p.GetArticle(), p.GetForum()
	out[classifier.Product], out[classifier.Collection] = p.GetProduct(), p.GetCollection()
	out[classifier.Listing], out[classifier.Documentation] = p.GetListing(), p.GetDocumentation()
	out[classifier.Service] = p.GetService()
	return out
}

func fromMetadata(m *pb.Metadata) classifier.Metadata {
	return classifier.Metadata{
		Title: m.GetTitle(), Author: m.GetAuthor(), Date: m.GetDate(), SiteName: m.GetSiteName(),
		Language: m.GetLanguage(), Description: m.GetDescription(), Canonical: m.GetCanonical(),
	}
}
