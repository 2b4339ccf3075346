package comments

import (
	"strings"
	"unicode"
)

// meta is what is known of a comment beside its text.
type meta struct {
	author, date, time string
	skip               map[int]bool // blocks that hold nothing else
	headed             int          // block that begins with the byline, or -1
	head               int          // bytes of that
}

// meta gathers what markup and wording tell of the comment c.
func (g *grouper) meta(p *piece, c *Comment) meta {
	m := meta{skip: map[int]bool{}, headed: -1}
	g.markup(p, c, &m)
	head := -1 // a block that may be the name of who it is
	for k, i := range p.blocks {
		b := &g.page.Blocks[i]
		text := strings.TrimSpace(b.Text)
		line, ok := readByline(text)
		switch {
		case len(text) < maxByline && m.saysAll(text):
			m.skip[i] = true
		case ok && line.end >= len(text):
			m.take(line)
			m.skip[i] = true
		case ok && k < 3 && line.author != "" && m.headed < 0 && says().MatchString(text):
			m.take(line)
			m.begin(i, text, line.end)
		case m.author != "" && k < 4 && len(text) < maxByline && strings.HasPrefix(text, m.author) && isSays(text[len(m.author):]):
			m.skip[i] = true
		case k < 2 && m.author == "" && m.besideDate(text):
			m.skip[i] = true
		case k == 0 && isHeadName(text) && (b.Links == 1 && b.LinkLen == len(b.Text) && len(p.blocks) > 1 || g.datesNext(p)):
			head = i
		default:
			g.named(p, i, k, text, &m)
		}
	}
	if head >= 0 && m.author == "" {
		m.author = bare(g.page.Blocks[head].Text)
		m.skip[head] = true
	}
	return m
}

// begin notes that a block begins with the byline, which ends at end. The date
// may follow on a line of its own.
func (m *meta) begin(i int, text string, end int) {
	rest := strings.TrimSpace(text[end:])
	if line, ok := readByline(rest); ok && line.author == "" {
		m.take(line)
		end = len(text) - len(rest) + line.end
	}
	if end >= len(text) {
		m.skip[i] = true
		return
	}
	m.headed, m.head = i, end
}

// besideDate takes the author from a text of that and a date which the markup
// told: it may be one that is not certain to be a date by its wording.
func (m *meta) besideDate(text string) bool {
	name, ok := strings.CutSuffix(text, m.date)
	if !ok || m.date == "" || name == "" {
		return false
	}
	if name, _ = writer(strings.Trim(name, " ,|·•–—-()")); !plainName(name) || isPreposition(name) || isAction(name) {
		return false
	}
	m.author = bare(name)
	return true
}

// isHeadName says whether the text at a comment's head can be a name, where it
// is a link or a date follows. It may be the comment's title just as well, so
// that any other sign of the author counts for more.
func isHeadName(text string) bool {
	return len(text) <= 80 && !strings.Contains(text, "\n") && plainName(text) && !isAction(text) && !countsComments(text)
}

// datesNext says whether the second block is a date and nothing else.
func (g *grouper) datesNext(p *piece) bool {
	if len(p.blocks) < 3 {
		return false
	}
	text := strings.TrimSpace(g.page.Blocks[p.blocks[1]].Text)
	line, ok := readByline(text)
	return ok && line.author == "" && line.end >= len(text) && len(line.date) == len(text)
}

// bare is a name without the marks around it.
func bare(s string) string { return strings.Trim(s, " :,-–—@|") }

// saysAll reports a text of nothing but the author and the date, with words
// such as "posted by".
func (m *meta) saysAll(text string) bool {
	rest := text
	if m.date != "" {
		rest = strings.Replace(rest, m.date, " ", 1)
	}
	if m.author != "" {
		rest = strings.Replace(rest, m.author, " ", 1)
	}
	if rest == text {
		return false
	}
	rest = strings.TrimSpace(label().ReplaceAllString(strings.TrimSpace(rest), ""))
	rest = strings.TrimLeft(rest[len(by().FindString(rest)):], " ,|·•–—-()")
	return isPreposition(rest) || !strings.ContainsFunc(rest, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// isSays reports what is left of "Ann says:" without the name.
func isSays(rest string) bool {
	return strings.TrimSpace(rest) == "" || len(rest) < 40 && (saysLast().MatchString("x"+rest) || says().MatchString("x"+rest))
}

// take fills in what is not known yet.
func (m *meta) take(line byline) {
	if m.author == "" {
		m.author = strings.TrimSpace(line.author)
	}
	if m.date == "" {
		m.date = strings.TrimSpace(line.date)
	}
}

// named reads a short block in an element that is named for the author.
func (g *grouper) named(p *piece, i, k int, text string, m *meta) {
	if k > 3 || len(text) > 80 || strings.Contains(text, "\n") {
		return
	}
	for e, step := g.page.Blocks[i].Element, 0; e >= 0 && e != p.unit && step < 3; step++ {
		el := &g.page.Elements[e]
		if m.author == "" && (namesPart(el.Class, authorNames, authorWords) || hasName(" author ", el.ItemProp)) && plainName(text) {
			m.author = bare(text)
			m.skip[i] = true
			return
		}
		e = el.Parent
	}
}
