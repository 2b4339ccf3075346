package wire

import (
	"github.com/pagesieve/pagesieve/classifier/comments"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

func commentForms(in []comments.Form) []*pb.CommentForm {
	var out []*pb.CommentForm
	for i := range in {
		f := &in[i]
		m := &pb.CommentForm{
			Platform: valid(f.Platform), Embedded: f.Embedded, Action: valid(f.Action), Method: valid(f.Method),
			Wording: valid(f.Wording), Language: valid(f.Language),
			FirstBlock: number(f.FirstBlock), EndBlock: number(f.EndBlock), Start: number(f.Start), End: number(f.End),
		}
		for _, c := range f.Captchas {
			m.Captchas = append(m.Captchas, valid(c))
		}
		for _, f := range f.Fields {
			m.Fields = append(m.Fields, &pb.CommentForm_Field{
				Name: valid(f.Name), Type: valid(f.Type), Required: f.Required, Hidden: f.Hidden, Honeypot: f.Honeypot,
			})
		}
		out = append(out, m)
	}
	return out
}

func fromCommentForms(in []*pb.CommentForm) []comments.Form {
	var out []comments.Form
	for _, m := range in {
		f := comments.Form{
			Platform: m.GetPlatform(), Embedded: m.GetEmbedded(), Action: m.GetAction(), Method: m.GetMethod(),
			Captchas: m.GetCaptchas(), Wording: m.GetWording(), Language: m.GetLanguage(),
			FirstBlock: int(m.GetFirstBlock()), EndBlock: int(m.GetEndBlock()), Start: int(m.GetStart()), End: int(m.GetEnd()),
		}
		for _, one := range m.GetFields() {
			f.Fields = append(f.Fields, comments.Field{
				Name: one.GetName(), Type: one.GetType(), Required: one.GetRequired(), Hidden: one.GetHidden(), Honeypot: one.GetHoneypot(),
			})
		}
		out = append(out, f)
	}
	return out
}

func readerComments(in []comments.Comment) []*pb.Comment {
	var out []*pb.Comment
	for i := range in {
		c := &in[i]
		out = append(out, &pb.Comment{
			Author: valid(c.Author), Date: valid(c.Date), Time: valid(c.Time), Text: valid(c.Text),
			FirstBlock: number(c.FirstBlock), EndBlock: number(c.EndBlock), Start: number(c.Start), End: number(c.End),
			Depth: number(c.Depth), Spam: c.Spam,
		})
	}
	return out
}

func fromReaderComments(in []*pb.Comment) []comments.Comment {
	var out []comments.Comment
	for _, m := range in {
		out = append(out, comments.Comment{
			Author: m.GetAuthor(), Date: m.GetDate(), Time: m.GetTime(), Text: m.GetText(),
			FirstBlock: int(m.GetFirstBlock()), EndBlock: int(m.GetEndBlock()), Start: int(m.GetStart()), End: int(m.GetEnd()),
			Depth: int(m.GetDepth()), Spam: m.GetSpam(),
		})
	}
	return out
}
