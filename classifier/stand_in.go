package classifier

import (
	"fmt"
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/phrase"
)

// Limits of looking for the wording of errors and walls.
const (
	maxStandIn      = 240  // bytes of a block that says it; longer ones speak about it
	maxStandInLook  = 300  // blocks
	maxConsent      = 2500 // bytes of a paragraph that asks for consent
	maxTitlePart    = 8    // words of a part of the title that is an error's
	maxWallPart     = 7    // of one that is a wall's
	maxErrorHead    = 14   // of a heading that is an error's
	errorHeadBlocks = 12   // from the first block on, where an error says so
)

// title is what the page is called.
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

// titleParts cuts a title at the signs between a page's name and its site's.
func titleParts(title string) []string {
	return strings.FieldsFunc(title, func(r rune) bool { return strings.ContainsRune("|–—·»:•!", r) })
}

// inTitle finds a phrase in a part of the title that says hardly anything
// else. A title that asks how or why is an article's.
func (p *page) inTitle(set phrase.Set, maxWords int) (phrase.Found, bool) {
	title := p.title()
	if _, asks := askPhrases().Find(title); asks || len(title) > maxStandIn || strings.Contains(title, "?") {
		return phrase.Found{}, false
	}
	for _, part := range titleParts(strings.ReplaceAll(title, " - ", "|")) {
		if found, ok := set.Find(part); ok && len(strings.Fields(part)) <= maxWords {
			return found, true
		}
	}
	return phrase.Found{}, false
}

// said finds a phrase in one of the first n short texts that a reader sees
// and that are no links.
func (p *page) said(set phrase.Set, n int, wanted func(i int) bool) (phrase.Found, bool) {
	for i := range p.split.Blocks[:min(len(p.split.Blocks), n)] {
		b := &p.split.Blocks[i]
		if b.Hidden&^block.HiddenARIA != 0 || b.Origin != block.OriginVisible || len(b.Text) > maxStandIn || 2*b.LinkLen > len(b.Text) || !wanted(i) {
			continue
		}
		if found, ok := set.Find(b.Text); ok {
			return found, true
		}
	}
	return phrase.Found{}, false
}

func anyBlock(int) bool { return true }

// errorPage says why the page is an error's, nil if it is none: title and text
// both say so, or one of them where there is next to nothing else.
func (p *page) errorPage(body float64) []string {
	if body >= longError {
		return nil
	}
	var why []string
	title, titled := p.inTitle(errorPhrases(), maxTitlePart)
	if titled {
		why = append(why, fmt.Sprintf("the title says “%s”", title.Text))
	}
	text, said := p.said(errorPhrases(), maxStandInLook, func(i int) bool {
		return p.split.Blocks[i].Role == block.RoleHeading || p.roles[i] == block.RoleTitle || titled || i < errorHeadBlocks && p.title() == ""
	})
	if said {
		why = append(why, fmt.Sprintf("the page says “%s”", text.Text))
	}
	if body >= errorWords && !(titled && said && p.headed(errorPhrases())) {
		return nil
	}
	if titled && said || body < thinWords && (titled || said && p.title() == "") || said && body < thinWords && p.headed(errorPhrases()) {
		return why
	}
	return nil
}

// headed says whether one of the two highest headings has a phrase of set.
func (p *page) headed(set phrase.Set) bool {
	_, ok := p.said(set, maxStandInLook, func(i int) bool {
		b := &p.split.Blocks[i]
		return b.Role == block.RoleHeading && b.Level <= 2 && len(strings.Fields(b.Text)) <= maxErrorHead
	})
	return ok
}

// wall says why the page is a wall, nil if it is none. What of the body asks for
// consent is none of it.
func (p *page) wall(body, total float64) []string {
	asked := p.consentTalk()
	body -= asked
	if body >= wallWords {
		return nil
	}
	title, titled := p.inTitle(titlePhrases(), maxWallPart)
	text, said := p.said(wallPhrases(), maxStandInLook, anyBlock)
	password := p.asksPassword()
	name := text.Name
	if !said {
		name = title.Name
	}
	var stands bool
	switch {
	case said && name == asksMoney:
		stands = body > 0
	case said && name == asksLogin:
		stands = password && (total < wholePage || titled)
	case said && name == asksConsent: // a banner says the same beside a short text
		stands = titled || body < thinWords && total < wholePage
	case said:
		stands = total < wholePage || titled
	case titled && name == asksLogin:
		stands = password || body < thinWords && total < formPage
	case titled:
		stands = body < thinWords
	case asked >= thinWords: // at length, and of nothing else
		name, stands = asksConsent, body < thinWords && total < wholePage
	default:
		name, stands = asksLogin, password && total < formPage
	}
	if !stands {
		return nil
	}
	why := []string{"the page asks for " + name}
	if said {
		why = append(why, fmt.Sprintf("it says “%s”", text.Text))
	}
	if titled {
		why = append(why, fmt.Sprintf("the title says “%s”", title.Text))
	}
	if password {
		why = append(why, "a form asks for a password")
	}
	return why
}

// consentTalk is how many words of the body speak of cookies and what is done with
// them: what asks for consent does so at length, and reads like main content.
func (p *page) consentTalk() float64 {
	words := 0.0
	for i, l := range p.labels {
		if l == Body && len(p.split.Blocks[i].Text) <= maxConsent {
			if _, ok := consentPhrases().Find(p.split.Blocks[i].Text); ok {
				words += float64(p.feats.WordsN[i])
			}
		}
	}
	return words
}

// asksPassword reports a field for a password that a reader sees.
func (p *page) asksPassword() bool {
	for i := range p.split.Forms {
		for _, f := range p.split.Forms[i].Fields {
			if f.Type == "password" && f.Hidden == 0 {
				return true
			}
		}
	}
	return false
}
