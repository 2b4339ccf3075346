package classifier

import (
	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/block"
)

// A block's own probability breaks a text where it is a little less sure. What
// stands around a block corrects that here, once all have a label.

// The least probabilities of body, and how many blocks a hole may have. Prose
// beside the body is taken at less in HTML, where only siblings are: on text that
// lost 0.2 points of fundus_parser's F1.
const (
	holeFloor = 0.22 // in a hole of the body, and beside it in plain text
	joinFloor = 0.1  // beside the body in HTML
	maxHole   = 2
)

// fillHoles takes in one or two blocks without links that stand between blocks
// of the body and beside the one after them, such as a caption between
// headline and lead.
func (p *page) fillHoles() {
	for i := 1; i < len(p.labels); i++ {
		if p.labels[i-1] != Body || p.labels[i] == Body {
			continue
		}
		end := i
		for end < len(p.labels) && end-i <= maxHole && p.isHole(end, holeFloor) {
			end++
		}
		if end == len(p.labels) || end-i > maxHole || p.labels[end] != Body {
			continue
		}
		for k := i; k < end; k++ {
			if p.roles[k] == block.RoleCaption || p.feats.Siblings(k, end) {
				p.labels[k] = Body
			}
		}
	}
}

// joinProse takes in prose beside the body that is its sibling, such as an
// article's last paragraph. Where markup tells of something else than an article it
// does not: the posts of a thread have other prose beside them.
func (p *page) joinProse() {
	floor := float32(joinFloor)
	switch {
	case p.judged.Format == bayes.Text:
		floor = holeFloor
	case p.judged.Format == bayes.HTML && p.judged.Kinds[Article] < 0.5:
		return
	}
	joins := func(i, beside int) {
		if p.labels[beside] == Body && p.roles[beside] != block.RoleTitle && p.isHole(i, floor) && p.feats.IsProse(i) && p.feats.Siblings(i, beside) {
			p.labels[i] = Body
		}
	}
	for i := 1; i < len(p.labels); i++ {
		joins(i, i-1)
	}
	for i := len(p.labels) - 2; i >= 0; i-- {
		joins(i, i+1)
	}
}

// isHole says whether a block can be body by its probability and has no links.
func (p *page) isHole(i int, floor float32) bool {
	return p.labels[i] == Navigation && p.judged.P[i][Body] >= floor && p.split.Blocks[i].Links == 0
}

// From how many words on, and which share of the page's, prose is its content.
const (
	soleWords = 40
	soleShare = 0.8
)

// takeSole takes prose that is nearly all of the page where nothing is body: a
// block with none around it has little to be told by. A text that may be a lone
// comment is left to what its words say.
func (p *page) takeSole() {
	sole, all := -1, float32(0)
	for i, l := range p.labels {
		if l == Body || l == LinkSpam {
			return
		}
		w := p.feats.WordsN[i]
		if all += w; sole < 0 || w > p.feats.WordsN[sole] {
			sole = i
		}
	}
	if sole < 0 || IsLoneComment(p.feats) || p.feats.WordsN[sole] < max(soleWords, soleShare*all) {
		return
	}
	if p.isHole(sole, 0) && p.feats.IsProse(sole) {
		p.labels[sole] = Body
	}
}
