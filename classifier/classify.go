package classifier

import (
	"context"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/feature"
)

// page is one page on its way through the pipeline.
type page struct {
	doc    Document
	opts   Options
	split  *block.Page
	feats  *feature.Page
	format bayes.Format
	judged feature.Judged
	labels []Label
	roles  []block.Role
	kept   []int // blocks that make up the text
	sure   float64
}

// Classify labels one page. It fails with an error that wraps
// block.ErrTooLarge, block.ErrBinary or the context's error.
func (c *Classifier) Classify(ctx context.Context, doc Document, opts Options) (*Result, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p := &page{doc: doc, opts: opts}
	if err := p.read(ctx); err != nil {
		return nil, err
	}
	p.feats = feature.Extract(p.split, doc.URL)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p.judged = p.feats.Classify(c.model, p.format)
	p.decide()
	p.choose()
	return p.result(c), nil
}

// read splits the document into blocks.
func (p *page) read(ctx context.Context) (err error) {
	o := block.Options{ContentType: p.doc.ContentType, MaxBytes: p.opts.MaxBytes, MaxBlocks: p.opts.MaxBlocks}
	if p.doc.HTML != nil {
		p.split, err = block.HTML(ctx, p.doc.HTML, o)
		return err
	}
	p.format = bayes.Text
	p.split, err = block.Text(ctx, p.doc.Text, o)
	return err
}

// spamFloor is the least probability at which a block is accused of spam.
const spamFloor = 0.5

// decide labels every block: body from the threshold on that the page itself
// chooses, else the most probable of the other labels.
func (p *page) decide() {
	n := len(p.judged.P)
	body, words := make([]float64, n), make([]float64, n)
	for i, q := range p.judged.P {
		body[i], words[i] = float64(q[Body]), float64(p.feats.WordsN[i])
	}
	d := p.opts.Preset.decision().For(p.judged.Kinds[Article])
	threshold, expected := d.Threshold(body, words)
	p.sure = expected
	p.labels = make([]Label, n)
	for i := range n {
		p.labels[i] = label(&p.judged.P[i], threshold)
	}
	p.findRoles()
}

func label(q *[NumLabels]float32, threshold float64) Label {
	best := Navigation
	for _, l := range [...]Label{CommentForm, Comment, LinkSpam} {
		if q[l] > q[best] && (l != LinkSpam || q[l] >= spamFloor) {
			best = l
		}
	}
	if float64(q[Body]) >= threshold && (best == Navigation || q[Body] >= q[best]) {
		return Body
	}
	return best
}

// findRoles marks the headline and the bylines.
func (p *page) findRoles() {
	p.roles = make([]block.Role, len(p.labels))
	for i := range p.roles {
		p.roles[i] = p.split.Blocks[i].Role
	}
	if h := p.feats.Headline(); h >= 0 && p.labels[h] != LinkSpam {
		p.roles[h] = block.RoleTitle
		p.labels[h] = Body
	}
}

// choose picks the blocks of the clean text.
func (p *page) choose() {
	wanted := [NumLabels]bool{Body: true}
	if len(p.opts.Labels) > 0 {
		wanted = [NumLabels]bool{}
		for _, l := range p.opts.Labels {
			if l < NumLabels {
				wanted[l] = true
			}
		}
	}
	for i, l := range p.labels {
		if p.roles[i] == block.RoleTitle && !p.opts.WithTitle {
			continue
		}
		if wanted[l] {
			p.kept = append(p.kept, i)
		}
	}
}

// decision is how a preset chooses.
func (p Preset) decision() bayes.Decision {
	switch p {
	case Precision:
		return bayes.Precision()
	case Recall:
		return bayes.Recall()
	}
	return bayes.Balanced()
}
