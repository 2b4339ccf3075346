package classifier

import (
	"slices"

	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/comments"
	"github.com/pagesieve/pagesieve/classifier/render"
)

// result puts the answer together.
func (p *page) result(c *Classifier) *Result {
	r := &Result{
		Text:     p.render(),
		Blocks:   p.blocks(c),
		Metadata: p.metadata(),
		Kinds:    p.judged.Kinds,
		Quality:  p.sure,
		Charset:  p.split.Charset,
		Model:    c.ModelVersion(),
	}
	r.Unsure, r.UnsureShare = p.isUnsure(), p.unsureShare(r.Blocks)
	for k, v := range r.Kinds {
		if v > r.Kinds[r.Kind] {
			r.Kind = PageKind(k)
		}
	}
	r.Verdict, r.Reasons = p.verdict()
	if p.asksForms() {
		r.CommentForms = comments.Forms(p.split, p.labels)
	}
	if p.opts.Signals {
		r.Signals = p.signals()
	}
	if p.opts.Comments {
		r.Comments = comments.Group(p.split, p.labels, p.judged.P)
	}
	return r
}

// asksForms says whether comment forms are looked for: where comments are asked
// for, or a block speaks of one. It takes a second walk through the page's
// tags, which the others are spared.
func (p *page) asksForms() bool {
	return p.opts.Comments || p.opts.Evidence || slices.ContainsFunc(p.labels, func(l Label) bool { return l == CommentForm || l == Comment })
}

func (p *page) render() string {
	if p.opts.Format == Markdown {
		return render.Markdown(p.split, p.kept, p.roles, render.Options{Base: p.doc.URL, WithLinks: true, WithImages: true})
	}
	return render.Text(p.split, p.kept, p.roles)
}

func (p *page) blocks(c *Classifier) []Block {
	out, paths := make([]Block, len(p.labels)), p.split.BlockPaths()
	var x *explainer
	if p.opts.Evidence {
		x = newExplainer(c.model, p)
	}
	for i := range out {
		b := &p.split.Blocks[i]
		out[i] = Block{
			Text: b.Text, Start: b.Start, End: b.End, Label: p.labels[i], Role: p.roles[i],
			Path: paths[i], Hidden: b.Hidden,
		}
		for l, v := range p.judged.P[i] {
			out[i].Probabilities[l] = float64(v)
		}
		out[i].Unsure = unsure(&out[i])
		if p.opts.Evidence {
			out[i].Evidence = x.evidence(i)
			out[i].Reasons = x.reasons(i)
			out[i].Targets = p.feats.ForeignHosts(i)
		}
	}
	for _, i := range p.kept {
		out[i].Kept = true
	}
	return out
}

func (p *page) metadata() Metadata {
	m := &p.split.Meta
	out := Metadata{Title: m.Title, Author: m.Author, Date: m.Date, SiteName: m.SiteName, Language: m.Language, Description: m.Description, Canonical: m.Canonical}
	for i, r := range p.roles {
		if r == block.RoleTitle {
			out.Title = p.split.Blocks[i].Text
			break
		}
	}
	if out.Title == "" {
		out.Title = m.TitleTag
	}
	return out
}
