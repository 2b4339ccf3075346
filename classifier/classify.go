package classifier

import (
	"context"
	"slices"

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
	judged feature.Judged
	labels []Label
	roles  []block.Role
	kept   []int // blocks that make up the text
	sure   float64
	desk   desk
}

// room is memory for one page after another.
type room struct {
	blocks   block.Room
	features feature.Room
	desk     desk
}

// clear forgets the page that was read last.
func (r *room) clear() {
	r.blocks.Clear()
	r.features.Clear()
	if cap(r.desk.labels) > maxDesk {
		r.desk = desk{}
	}
}

// Classify labels one page. It fails with an error that wraps
// block.ErrTooLarge, block.ErrBinary or the context's error.
func (c *Classifier) Classify(ctx context.Context, doc Document, opts Options) (*Result, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r, ok := c.rooms.Get().(*room)
	if !ok {
		r = &room{}
	}
	defer c.rooms.Put(r)
	defer r.clear()
	p := &page{doc: doc, opts: opts, desk: r.desk}
	defer func() { r.desk = p.desk }()
	if err := p.read(ctx, &r.blocks); err != nil {
		return nil, err
	}
	p.feats = r.features.Extract(ctx, p.split, doc.URL)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p.judged = p.feats.Classify(c.model)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p.decide()
	p.choose()
	return p.result(c), nil
}

// read splits the document into blocks.
func (p *page) read(ctx context.Context, r *block.Room) (err error) {
	o := block.Options{ContentType: p.doc.ContentType, MaxBytes: p.opts.MaxBytes, MaxBlocks: p.opts.MaxBlocks}
	if p.doc.HTML != nil {
		p.split, err = r.HTML(ctx, p.doc.HTML, o)
		return err
	}
	p.split, err = block.Text(ctx, p.doc.Text, o)
	return err
}

// The least probability at which a block is accused of spam. A few words are
// thin evidence: "Junk Removal" in a menu is not a list of them, and still
// thinner where no list is around them.
const (
	spamFloor      = 0.5
	shortSpamFloor = 0.75
	loneSpamFloor  = 0.95
	shortSpam      = 20 // words below which a block is short
	loneWords      = 6  // and below which a list is none
)

// SpamFloor is the probability from which on block i of a page is called link
// spam; more than 1 for what never is: signs and pictures without a word, and
// filler.
func SpamFloor(f *feature.Page, i int) float64 {
	switch words := f.WordsN[i]; {
	case words == 0 || f.IsFiller(i):
		return 2
	case f.ListWords(i) < loneWords:
		return loneSpamFloor
	case words < shortSpam:
		return shortSpamFloor
	}
	return spamFloor
}

// decide labels every block: body from the threshold on that the page itself
// chooses, else the most probable of the other labels.
func (p *page) decide() {
	n := len(p.judged.P)
	room := p.desk.float64s(2*n + 2*p.groups())
	body, words, groups := room[:n], room[n:2*n], room[2*n:]
	wanted := 0.0
	for i, q := range p.judged.P {
		body[i], words[i] = float64(q[Body]), float64(p.feats.WordsN[i])
		wanted += body[i] * words[i]
	}
	p.blend(body, words, groups)
	d := p.opts.Preset.decision().For(p.judged.Format, p.judged.Kinds[Article], wanted)
	threshold, expected := d.Threshold(body, words)
	p.sure = expected
	p.desk.labels = slices.Grow(p.desk.labels[:0], n)[:n]
	p.labels = p.desk.labels
	spam := p.spamOdds()
	p.labelAll(body, threshold, spam)
	if slices.Contains(p.labels, LinkSpam) {
		p.labelAll(body, threshold, max(spam, spamCompany))
	}
	p.findRoles()
	p.fillHoles()
	p.joinProse()
	p.takeSole()
}

// groupShare is how much of the probability by which a block is chosen is that
// of all blocks with its tags and classes: the posts of a thread or the
// paragraphs of an article are wanted together more than one by one. Out of
// fold it gains 0.3 points on forums and 0.1 on news.
const groupShare = 0.3

// groups is how many groups of blocks tell of each other.
func (p *page) groups() int {
	if p.judged.Format != bayes.HTML {
		return 0
	}
	_, n := p.feats.Groups()
	return n
}

// blend gives every block its group's share of the probability. Where markup
// tells nothing there are no groups.
func (p *page) blend(body, words, room []float64) {
	if len(room) == 0 {
		return
	}
	clear(room)
	of, n := p.feats.Groups()
	sum, all := room[:n], room[n:]
	for i, g := range of {
		sum[g] += body[i] * words[i]
		all[g] += words[i]
	}
	for i, g := range of {
		if all[g] > 0 {
			body[i] += groupShare * (sum[g]/all[g] - body[i])
		}
	}
}

// loneSpam is by how much the odds of link spam count for more in a comment on
// its own: among comments spam is common, and there is no page to be wronged.
// Of comments on videos that training did not see 0.90 are told right with it,
// and 0.83 without.
const loneSpam = 12

// loneComment is how many words a comment has at most that comes on its own;
// what is longer is a page in one piece.
const loneComment = 120

// IsLoneComment says whether a page is one comment's text.
func IsLoneComment(f *feature.Page) bool {
	return len(f.WordsN) == 1 && f.WordsN[0] <= loneComment && f.Source.Format == block.FormatText
}

func (p *page) spamOdds() float32 {
	if IsLoneComment(p.feats) {
		return loneSpam
	}
	return 1
}

// spamCompany is by how much the odds of link spam count for more where another
// block of the page is link spam: that is what few pages have, and those that
// have it have it in several blocks. It accuses no page that is not accused
// without. Out of fold it finds one or two in a hundred of the words more.
const spamCompany = 2.7

// labelAll labels all blocks; the odds of link spam count spam times.
func (p *page) labelAll(body []float64, threshold float64, spam float32) {
	for i := range p.labels {
		p.labels[i] = p.label(i, body[i] >= threshold, spam)
	}
}

// label is body where the block is chosen and nothing but navigation is more
// probable, else the most probable of the other labels.
func (p *page) label(i int, chosen bool, spam float32) Label {
	q := &p.judged.P[i]
	best, most := Navigation, q[Navigation]
	for _, l := range [...]Label{CommentForm, Comment} {
		if v := q[l]; v > most {
			best, most = l, v
		}
	}
	if chosen { // what reads like the page's own text is judged by itself
		spam = min(spam, 1)
	}
	if v := q[LinkSpam] * spam / (1 + q[LinkSpam]*(spam-1)); v > most && float64(v) >= SpamFloor(p.feats, i) {
		best, most = LinkSpam, v
	}
	if chosen && (best == Navigation || q[Body] >= most) {
		return Body
	}
	return best
}

// findRoles marks the headline.
func (p *page) findRoles() {
	p.desk.roles = slices.Grow(p.desk.roles[:0], len(p.labels))[:len(p.labels)]
	p.roles = p.desk.roles
	for i := range p.roles {
		p.roles[i] = p.split.Blocks[i].Role
	}
	h := p.feats.Headline()
	if h < 0 {
		h = p.guessHeadline()
	}
	if h >= 0 && p.labels[h] != LinkSpam {
		p.roles[h] = block.RoleTitle
		p.labels[h] = Body
	}
}

// Bounds of a headline that nothing but its place and form tell.
const (
	minHeadline   = 3    // words
	maxHeadline   = 25   // words
	headlineFloor = 0.15 // probability of body
	headlineReach = 3    // blocks after it among which the body begins
)

// guessHeadline is the headline of a page that does not tell its title: a
// short block that does not end like a sentence and stands just before the
// first of the body, or is it; -1 if there is none.
func (p *page) guessHeadline() int {
	if p.split.Meta.TitleTag != "" || p.split.Meta.Title != "" {
		return -1
	}
	first := slices.Index(p.labels, Body)
	if first < 0 || first+1 >= len(p.labels) {
		return -1
	}
	for i := max(0, first-headlineReach); i <= first; i++ {
		if p.likeHeadline(i) && (i < first || p.labels[i+1] == Body) {
			return i
		}
	}
	return -1
}

func (p *page) likeHeadline(i int) bool {
	words, role := p.feats.WordsN[i], p.roles[i]
	return words >= minHeadline && words <= maxHeadline && !p.feats.EndsSentence(i) &&
		(role == block.RoleNone || role == block.RoleHeading) && p.split.Blocks[i].Links == 0 &&
		(p.labels[i] == Body || p.labels[i] == Navigation) && p.judged.P[i][Body] >= headlineFloor
}

// choose picks the blocks of the clean text. A page without a word of body has
// none of body: neither a headline nor signs alone are main content.
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
	if p.tally().words[Body] == 0 {
		wanted[Body] = false
	}
	p.desk.kept = slices.Grow(p.desk.kept[:0], len(p.labels))
	p.kept = p.desk.kept
	for i, l := range p.labels {
		if p.roles[i] == block.RoleTitle && !p.opts.WithTitle || p.isPictureCaption(i) && !p.opts.WithCaptions {
			continue
		}
		if wanted[l] {
			p.kept = append(p.kept, i)
		}
	}
}

// isPictureCaption says whether a block is a picture's caption; a table's
// stands before its table.
func (p *page) isPictureCaption(i int) bool {
	return p.roles[i] == block.RoleCaption && (i+1 >= len(p.roles) || p.roles[i+1] != block.RoleTable)
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
