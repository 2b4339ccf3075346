package classifier

import (
	"fmt"
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// Bounds of the verdicts, in words of the page's blocks.
const (
	thinWords     = 25  // fewer body words than this are thin
	wallWords     = 80  // a page with this many body words is no error page or wall, whatever its title
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
	case body < wallWords && p.titleHas(errorTitles):
		return ErrorPage, []string{fmt.Sprintf("the title is %q and there are only %.0f words of main content", p.title(), body)}
	case body < wallWords && (p.asksPassword() || p.titleHas(wallTitles)):
		return ConsentOrLoginWall, []string{fmt.Sprintf("the page asks for a login, consent or proof of being human, and has only %.0f words of main content", body)}
	case body == 0:
		return NoMainContent, []string{fmt.Sprintf("none of %d blocks reads like main content", len(p.labels))}
	case body < thinWords:
		return Thin, []string{fmt.Sprintf("only %.0f words of main content", body)}
	}
	return OK, nil
}

// Words of the titles of pages that stand in place of the content. They count
// only where hardly any content is left.
const (
	errorTitles = "404|403|not found|forbidden|service unavailable|bad gateway|internal server error|nicht gefunden|introuvable|no encontrada|non trovata|não encontrada|не найдена|見つかりません|找不到"
	wallTitles  = "just a moment|attention required|captcha|robot|access denied|log in|login|sign in|anmelden|connexion|cookie|consent|before you continue"
)

func (p *page) title() string {
	m := &p.split.Meta
	if m.TitleTag != "" {
		return m.TitleTag
	}
	if m.Title != "" {
		return m.Title
	}
	for i, r := range p.roles {
		if r == block.RoleTitle || r == block.RoleHeading && p.split.Blocks[i].Level == 1 {
			return p.split.Blocks[i].Text
		}
	}
	return ""
}

func (p *page) titleHas(words string) bool {
	title := strings.ToLower(p.title())
	for w := range strings.SplitSeq(words, "|") {
		if strings.Contains(title, w) {
			return true
		}
	}
	return false
}

func (p *page) asksPassword() bool {
	for i := range p.split.Forms {
		for _, f := range p.split.Forms[i].Fields {
			if f.Type == "password" {
				return true
			}
		}
	}
	return false
}
