package classifier

import (
	"fmt"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// Bounds of the verdicts, in words of the page's blocks.
const (
	thinWords     = 25  // fewer body words than this are thin
	errorWords    = 60  // a page with this many body words is no error page, if only one of title and heading says so
	longError     = 200 // nor one with this many, whatever it says
	wallWords     = 80  // nor is one with this many a wall
	wholePage     = 300 // a wall that shows nothing of the page behind it has fewer words in all
	formPage      = 150 // one that is a login form and nothing else
	spamPageShare = 0.5 // a page with more spam than this and hardly a body is a spam page
)

// tally counts the words and blocks of each label. The headline counts for
// none: it would make a body of a page that has nothing else.
type tally struct {
	words  [NumLabels]float64
	blocks [NumLabels]int
	total  float64
}

func (p *page) tally() tally {
	var t tally
	for i, l := range p.labels {
		if p.roles[i] == block.RoleTitle {
			continue
		}
		w := float64(p.feats.WordsN[i])
		t.words[l] += w
		t.total += w
		t.blocks[l]++
	}
	return t
}

// verdict judges the page by how many words carry which label, and by what it
// says where there is hardly any body. The reasons are in words, the most
// telling first.
func (p *page) verdict() (Verdict, []string) {
	t := p.tally()
	body, spam := t.words[Body], t.words[LinkSpam]
	if spam < thinWords { // an error's few words are easily taken for spam
		if why := p.errorPage(body); why != nil {
			return ErrorPage, append(why, t.hardly()...)
		}
		if why := p.wall(body, t.total); why != nil {
			return ConsentOrLoginWall, append(why, t.hardly()...)
		}
	}
	switch {
	case t.blocks[LinkSpam] > 0 && spam >= spamPageShare*t.total:
		return SpamPage, append([]string{fmt.Sprintf("%.0f of %.0f words are link spam", spam, t.total)}, p.spamReasons()...)
	case t.blocks[LinkSpam] > 0:
		return SpamInjected, append([]string{fmt.Sprintf("%s of link spam with %.0f words beside %.0f words of main content", count(t.blocks[LinkSpam], "block"), spam, body)}, p.spamReasons()...)
	case t.total == 0:
		return NoMainContent, append([]string{"the page has no text"}, p.scriptReasons()...)
	case body == 0:
		return NoMainContent, append([]string{fmt.Sprintf("none of %s reads like main content", count(len(p.labels), "block"))}, p.scriptReasons()...)
	case body < thinWords:
		return Thin, append([]string{fmt.Sprintf("only %s of main content", count(int(body+0.5), "word"))}, p.scriptReasons()...)
	}
	return OK, nil
}

// hardly says how little of the page is main content, where it is little.
func (t *tally) hardly() []string {
	if body := t.words[Body]; 2*body < t.total {
		return []string{fmt.Sprintf("only %.0f of %.0f words are main content", body, t.total)}
	}
	return nil
}

// scriptReasons tell where the text of a page may be that shows none.
func (p *page) scriptReasons() []string {
	for i := range p.split.Blocks {
		if p.split.Blocks[i].Origin == block.OriginNoscript {
			return []string{"the page has a text for readers without scripts: a script may put its content there"}
		}
	}
	return nil
}

// spamReasons say where the links of the spam lead and how it hides.
func (p *page) spamReasons() []string {
	var out []string
	links, hosts, hidden := 0, map[string]bool{}, 0
	for i, l := range p.labels {
		if l != LinkSpam {
			continue
		}
		b := &p.split.Blocks[i]
		if b.Hidden&^block.HiddenARIA != 0 {
			hidden++
		}
		for _, host := range p.feats.ForeignHosts(i) {
			links++
			hosts[host] = true
		}
	}
	if links > 0 {
		out = append(out, fmt.Sprintf("%s in it to %s", count(links, "link"), count(len(hosts), "other host")))
	}
	if hidden > 0 {
		out = append(out, fmt.Sprintf("%s of it hidden from readers", count(hidden, "block")))
	}
	return out
}

// count is a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
