package classifier

import (
	"fmt"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// Bounds of the verdicts, in words of the page's blocks.
const (
	thinWords     = 25  // fewer body words than this are thin
	spamPageShare = 0.5 // a page with more spam than this and hardly a body is a spam page
)

// verdict judges the page by how many words carry which label.
func (p *page) verdict() (Verdict, []string) {
	var words [NumLabels]float64
	var blocks [NumLabels]int
	total := 0.0
	for i, l := range p.labels {
		if p.roles[i] == block.RoleTitle {
			continue
		}
		w := float64(p.feats.WordsN[i])
		words[l] += w
		total += w
		blocks[l]++
	}
	body, spam := words[Body], words[LinkSpam]
	switch {
	case blocks[LinkSpam] > 0 && spam >= spamPageShare*total:
		return SpamPage, []string{fmt.Sprintf("%.0f of %.0f words are link spam", spam, total)}
	case blocks[LinkSpam] > 0:
		return SpamInjected, []string{fmt.Sprintf("%d blocks of link spam with %.0f words beside %.0f words of main content", blocks[LinkSpam], spam, body)}
	case body == 0:
		return NoMainContent, []string{fmt.Sprintf("none of %d blocks reads like main content", len(p.labels))}
	case body < thinWords:
		return Thin, []string{fmt.Sprintf("only %.0f words of main content", body)}
	}
	return OK, nil
}
