package classifier

import (
	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/quality"
	"github.com/pagesieve/pagesieve/classifier/render"
)

// signals measures the body alone, as plain text without headline and captions, and
// what share of the page's words it and the rest have.
func (p *page) signals() *quality.Signals {
	var kept []int
	var words [NumLabels]float64
	links, all := 0.0, 0.0
	for i, l := range p.labels {
		w := float64(p.feats.WordsN[i])
		words[l] += w
		all += w
		if b := &p.split.Blocks[i]; len(b.Text) > 0 {
			links += w * min(1, float64(b.LinkLen)/float64(len(b.Text)))
		}
		if l == Body && p.roles[i] != block.RoleTitle && !p.isPictureCaption(i) {
			kept = append(kept, i)
		}
	}
	s := quality.Measure(render.Text(p.split, kept, p.roles), p.split.Meta.Language)
	s.WordsOnThePage = int(all + 0.5)
	if all > 0 {
		s.BodyShare, s.LinkShare, s.CommentShare, s.SpamShare = words[Body]/all, links/all, words[Comment]/all, words[LinkSpam]/all
		s.Boilerplate = (words[Navigation] + words[CommentForm]) / all
	}
	return &s
}
