package comments

import (
	"strings"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/block"
)

// Comment is one comment of a reader.
type Comment struct {
	Author     string  // as written; empty where nothing tells
	Date       string  // as written
	Time       string  // the date where the markup tells it to machines: RFC 3339; without offset or time of day where it has none
	Text       string  // without author, date and buttons; a line feed between blocks
	FirstBlock int     // of the page's blocks, those from FirstBlock …
	EndBlock   int     // … to before EndBlock are the comment's, up to the first reply in it
	Start, End int     // their byte range in the page as given
	Depth      int     // 0 for a comment on the page, 1 for a reply to one, and so on; -1 if unknown
	Spam       float64 // the greatest probability of link_spam among its blocks
}

// maxLoose is how many blocks of other labels may stand within a comment that
// nothing but its blocks' labels tells of.
const maxLoose = 2

// Group puts the blocks that are comments together, one by one. Blocks of
// other labels count where they stand in an element that names a comment: a
// spammer's comment is one, and so is the line with its author. labels and p
// are those of the page's blocks.
func Group(page *block.Page, labels []bayes.Label, p [][bayes.NumLabels]float32) []Comment {
	g := grouper{page: page, labels: labels, p: p, units: readUnits(page)}
	var found []*Comment
	byUnit := map[int32]*piece{}
	var loose []int
	var pieces []*piece
	for i := range page.Blocks {
		switch u := g.unit(i); {
		case u >= 0:
			one := byUnit[u]
			if one == nil {
				one = &piece{unit: u, depth: int(g.units.depth[u])}
				byUnit[u] = one
				pieces = append(pieces, one)
			}
			one.blocks = append(one.blocks, i)
		case labels[i] == bayes.Comment:
			loose = append(loose, i)
		}
	}
	pieces = g.merge(pieces, g.looseComments(loose))
	for _, one := range pieces {
		if len(pieces) > 1 && g.isTitle(one) {
			continue
		}
		if c := g.comment(one); c != nil {
			found = append(found, c)
		}
	}
	return flat(found)
}

func flat(found []*Comment) []Comment {
	var out []Comment
	for _, c := range found {
		out = append(out, *c)
	}
	return out
}

// grouper works on one page.
type grouper struct {
	page   *block.Page
	labels []bayes.Label
	p      [][bayes.NumLabels]float32
	units  units
}

// piece is the blocks of one comment.
type piece struct {
	unit   int32 // element around it, or -1
	blocks []int
	depth  int
}

// unit is the element that names the comment block i is part of, or -1. What
// belongs to a form for replies is part of none.
func (g *grouper) unit(i int) int32 {
	e := g.page.Blocks[i].Element
	if e < 0 || g.labels[i] == bayes.CommentForm {
		return -1
	}
	return g.units.of[e]
}

// merge puts both lists into the order of the page.
func (g *grouper) merge(a, b []*piece) []*piece {
	out := make([]*piece, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].blocks[0] < b[0].blocks[0] {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// comment reads one comment; nil if the piece is none, or has no text.
func (g *grouper) comment(p *piece) *Comment {
	judged := g.isComment(p)
	if !judged && (p.unit < 0 || !g.units.certain[p.unit]) {
		return nil
	}
	run := 1
	for run < len(p.blocks) && p.blocks[run] <= p.blocks[run-1]+1+maxLoose && (p.unit < 0 || p.blocks[run] == p.blocks[run-1]+1) {
		run++
	}
	c := &Comment{FirstBlock: p.blocks[0], EndBlock: p.blocks[run-1] + 1, Depth: p.depth}
	b := g.page.Blocks
	c.Start, c.End = b[c.FirstBlock].Start, b[c.EndBlock-1].End
	m := g.meta(p, c)
	c.Author, c.Date, c.Time = m.author, m.date, m.time
	if !judged && !g.certain(p, &m) {
		return nil
	}
	var text strings.Builder
	for _, i := range p.blocks {
		if m.skip[i] || g.labels[i] != bayes.Body && isAction(b[i].Text) {
			continue
		}
		line := b[i].Text
		if i == m.headed {
			line = line[m.head:]
		}
		if text.Len() > 0 {
			text.WriteByte('\n')
		}
		text.WriteString(strings.TrimSpace(line))
		c.Spam = max(c.Spam, float64(g.p[i][bayes.LinkSpam]))
	}
	if c.Text = text.String(); c.Text == "" {
		return nil
	}
	return c
}

// isTitle reports the headline of the whole thread: "3 comments".
func (g *grouper) isTitle(p *piece) bool {
	for _, i := range p.blocks {
		if b := &g.page.Blocks[i]; p.unit >= 0 || b.Role != block.RoleHeading && !countsComments(b.Text) {
			return false
		}
	}
	return true
}

// countsComments reports a short text with a word for comments, and a number
// unless it is very short.
func countsComments(text string) bool {
	if len(text) > 60 || len(strings.Fields(text)) > 4 && !strings.ContainsAny(text, "0123456789") {
		return false
	}
	for w := range nameWords(text) {
		if topicOf(w) == topicComment {
			return true
		}
	}
	return false
}

// isComment says whether the labels agree that a piece is a comment: at least
// one block is, or is spam where a comment should be.
func (g *grouper) isComment(p *piece) bool {
	for _, i := range p.blocks {
		if g.labels[i] == bayes.Comment || p.unit >= 0 && g.labels[i] == bayes.LinkSpam {
			return true
		}
	}
	return false
}

// minProse is how many bytes of text a comment has at least where its markup
// alone tells that it is one.
const minProse = 20

// certain says whether markup alone makes a piece a comment: an element that
// can hold nothing else, someone or some time to put it down to, and a text
// that is no menu's.
func (g *grouper) certain(p *piece, m *meta) bool {
	if m.author == "" && m.date == "" && m.time == "" {
		return false
	}
	for _, i := range p.blocks {
		b := &g.page.Blocks[i]
		if !m.skip[i] && len(b.Text) >= minProse && 2*b.LinkLen < len(b.Text) && b.Control.Textareas == 0 && b.Role != block.RoleHeading && !isAction(b.Text) {
			return true
		}
	}
	return false
}
