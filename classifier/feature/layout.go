package feature

import (
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// layout is what facts and tokens of blocks are computed from: statistics of
// each block, of each element's subtree, and of the page.
type layout struct {
	room    *Room
	page    *block.Page
	host    string // of the page, without www.
	stats   []textStats
	links   []linkStats
	text    TokenList // per block: its words in order
	wordsOf TokenList // per block: its distinct words
	known   *index    // of the words
	numbers []int32   // of the words in wordsOf
	repeats []repeats // per block: how its words stand to the rest of the page

	sum       []subtree // per element: its blocks, those of all elements below included
	sign      []uint64  // per element: tags and classes up to the root
	semantics []uint16  // per element: semantic elements around it, itself included
	best      int32     // element with the most running text right below it, -1 for none
	inBest    []bool    // per element
	toBest    []meeting // per element, if there is a best one
	bestScore float64

	areas    []int32 // per form: its text areas
	groups   []group // of blocks that share a signature
	groupOf  []int32 // per block: its place in groups
	title    titleMatch
	total    subtree
	sections sections
	replies  []float32 // per block

	stretches []stretch
	stretchOf []int32   // per block: its place in stretches
	outside   []outside // per block
	script    script

	data, description *pairs // of JSON-LD's article body and the meta description; nil without
}

// linkStats is what a block's links tell.
type linkStats struct {
	Count, Own, Foreign, Fragment, Other int
	Hosts                                int // distinct foreign hosts
	NoFollow                             int
	Root                                 int     // foreign links that name no page of their host
	HostBits                             uint64  // a bit for each foreign host, by its hash
	Density                              float64 // share of the text inside links
}

// subtree sums up blocks.
type subtree struct {
	Blocks     float64
	Words      float64
	LinkWords  float64
	Running    float64 // words in blocks that read like prose
	Paragraphs float64 // number of such blocks
	Marks      float64
	Links      float64
}

func (s *subtree) add(t subtree) {
	s.Blocks += t.Blocks
	s.Words += t.Words
	s.LinkWords += t.LinkWords
	s.Running += t.Running
	s.Paragraphs += t.Paragraphs
	s.Marks += t.Marks
	s.Links += t.Links
}

// group is the blocks that share a signature.
type group struct {
	n               int
	words, density  float64
	running, spread float64
	first, last     int
}

func newLayout(p *block.Page, url string, room *Room) *layout {
	l := &room.layout
	*l = layout{room: room, page: p, host: hostOf(url)}
	if l.host == "" {
		l.host = hostOf(p.Meta.Canonical)
	}
	if l.scanBlocks(); room.ended() {
		return l
	}
	l.findScript()
	l.countAreas()
	l.sumElements()
	l.findBest()
	l.groupBlocks()
	l.matchTitle()
	l.findSections()
	l.data, l.description = newPairs(room, p.Meta.ArticleBody), newPairs(room, p.Meta.Description)
	l.countRepeats()
	l.findReplies()
	l.findStretches()
	l.findOutside()
	l.findRepeated()
	return l
}

func (l *layout) words() []float32 {
	w := l.room.floats.take(len(l.stats))
	for i := range l.stats {
		w[i] = float32(l.stats[i].Words)
	}
	return w
}

// scanBlocks reads every block's text once.
func (l *layout) scanBlocks() {
	n := len(l.page.Blocks)
	l.stats, l.links = l.room.stats.take(n), l.room.links.take(n)
	l.text, l.wordsOf = l.room.tokenList(n, 24), l.room.tokenList(n, 20)
	l.known = l.room.index(512)
	l.numbers = l.room.counts.piece(n * 20)[:0]
	lastIn := l.room.counts.piece(n * 20)[:0] // per word: the last block that uses it
	for i := range l.page.Blocks {
		if l.room.endedAt(i) {
			return
		}
		b := &l.page.Blocks[i]
		l.stats[i] = scanWords(b.Text, func(h uint64, _, _ int) { l.text.add(h) })
		l.text.next()
		for _, h := range l.text.Of(i) {
			id := l.known.add(h)
			if int(id) == len(lastIn) {
				lastIn = append(lastIn, -1)
			}
			if lastIn[id] != int32(i) {
				lastIn[id] = int32(i)
				l.wordsOf.add(h)
				l.numbers = append(l.numbers, id)
			}
		}
		l.wordsOf.next()
		l.links[i] = l.scanLinks(b)
	}
}

// numbersOf is the numbers of the distinct words of block i.
func (l *layout) numbersOf(i int) []int32 {
	return l.numbers[l.wordsOf.Start[i]:l.wordsOf.Start[i+1]]
}

func (l *layout) scanLinks(b *block.Block) linkStats {
	var s linkStats
	if len(b.Text) > 0 {
		s.Density = min(1, float64(b.LinkLen)/float64(len(b.Text)))
	}
	if b.Links == 0 {
		return s
	}
	var hosts [8]string
	for i := range b.Marks {
		m := &b.Marks[i]
		if m.Kind != block.MarkLink {
			continue
		}
		s.Count++
		if strings.Contains(m.Rel, "nofollow") || strings.Contains(m.Rel, "ugc") || strings.Contains(m.Rel, "sponsored") {
			s.NoFollow++
		}
		switch kind, host := l.target(m.Href); kind {
		case targetOwn:
			s.Own++
		case targetFragment:
			s.Fragment++
		case targetOther:
			s.Other++
		case targetForeign:
			s.Foreign++
			s.HostBits |= 1 << (hashString(seedHost, host) & 63)
			if isRoot(m.Href) {
				s.Root++
			}
			for k := range hosts {
				if hosts[k] == host {
					break
				}
				if hosts[k] == "" {
					hosts[k] = host
					s.Hosts++
					break
				}
			}
		}
	}
	return s
}

// isRunning says whether a block reads like prose rather than furniture.
func (l *layout) isRunning(i int) bool {
	s := &l.stats[i]
	return s.Words >= 10 && l.links[i].Density < 0.4 && (s.Ends > 0 || s.Marks > 1 || s.isMarkless())
}

func (l *layout) ofBlock(i int) subtree {
	s := &l.stats[i]
	t := subtree{Blocks: 1, Words: s.Words, LinkWords: s.Words * l.links[i].Density, Marks: float64(s.Marks), Links: float64(l.links[i].Count)}
	if l.isRunning(i) {
		t.Running, t.Paragraphs = s.Words, 1
	}
	return t
}

// sumElements fills the facts of all elements, parents being before children.
func (l *layout) sumElements() {
	els := l.page.Elements
	l.sum = l.room.sums.take(len(els))
	l.sign = l.room.hashes.take(len(els))
	l.semantics = l.room.triples.take(len(els))
	for i := range l.page.Blocks {
		t := l.ofBlock(i)
		l.total.add(t)
		if e := l.page.Blocks[i].Element; e >= 0 {
			l.sum[e].add(t)
		}
	}
	for e := len(els) - 1; e > 0; e-- {
		if p := els[e].Parent; p >= 0 {
			l.sum[p].add(l.sum[e])
		}
	}
	for e := range els {
		parent := uint64(0)
		if p := els[e].Parent; p >= 0 {
			parent, l.semantics[e] = l.sign[p], l.semantics[p]
		}
		l.sign[e] = combine(combine(parent, hashString(seedSignature, els[e].Tag)), hashString(seedSignature, els[e].Class))
		l.semantics[e] |= semanticOf(&els[e])
	}
}

// Semantic elements.
const (
	semArticle uint16 = 1 << iota
	semMain
	semNav
	semHeader
	semFooter
	semAside
	semFigure
	semList
	semTable
	semQuote
	semButton
	semLabel
	semInline
)

func semanticOf(e *block.Element) uint16 {
	switch e.Tag {
	case "article":
		return semArticle
	case "main":
		return semMain
	case "nav":
		return semNav
	case "header":
		return semHeader
	case "footer":
		return semFooter
	case "aside":
		return semAside
	case "figure", "figcaption":
		return semFigure
	case "ul", "ol", "dl", "menu":
		return semList
	case "table":
		return semTable
	case "blockquote", "q":
		return semQuote
	case "button", "summary":
		return semButton
	case "label", "legend":
		return semLabel
	}
	switch e.Role {
	case "main":
		return semMain
	case "navigation", "menu", "menubar", "tablist":
		return semNav
	case "banner":
		return semHeader
	case "contentinfo":
		return semFooter
	case "complementary":
		return semAside
	}
	return 0
}

// findBest finds the element that holds the main run of prose, the way
// Readability does: a paragraph counts for its parent, and half for its
// grandparent; the element with the highest score less its links wins.
func (l *layout) findBest() {
	l.best = -1
	els := l.page.Elements
	l.inBest = l.room.flags.take(len(els))
	score := l.room.doubles.take(len(els))
	for i := range l.page.Blocks {
		box := l.page.Blocks[i].Box
		if box < 0 || !l.isRunning(i) {
			continue
		}
		v := l.stats[i].Words * (1 - l.links[i].Density)
		if p := els[box].Parent; p >= 0 {
			score[p] += v
			if g := els[p].Parent; g >= 0 {
				score[g] += v / 2
			}
		}
	}
	for e := range els {
		s := score[e] * (1 - 0.8*l.sum[e].LinkWords/max(l.sum[e].Words, 1))
		if s > l.bestScore {
			l.best, l.bestScore = int32(e), s
		}
	}
	for e := range els {
		p := els[e].Parent
		l.inBest[e] = int32(e) == l.best || p >= 0 && l.inBest[p]
	}
	if l.best >= 0 {
		l.toBest = meetings(l.room, els, l.best)
	}
}

// signature of a block: its tag and class path; plain text has none.
func (l *layout) signature(i int) uint64 {
	if e := l.page.Blocks[i].Element; e >= 0 {
		return l.sign[e]
	}
	return 0
}

func (l *layout) groupBlocks() {
	l.groupOf = l.room.counts.take(len(l.page.Blocks))
	l.groups = l.room.groups.piece(len(l.page.Blocks))[:0]
	known := l.room.index(len(l.page.Blocks))
	for i := range l.page.Blocks {
		l.groupOf[i] = known.add(l.signature(i))
		if int(l.groupOf[i]) == len(l.groups) {
			l.groups = append(l.groups, group{first: i})
		}
		g := &l.groups[l.groupOf[i]]
		g.n++
		g.last = i
		g.words += l.stats[i].Words
		g.density += l.links[i].Density
		g.spread += l.stats[i].Words * l.stats[i].Words
		if l.isRunning(i) {
			g.running++
		}
	}
}

// countAreas counts every form's text areas once, for all of its blocks.
func (l *layout) countAreas() {
	l.areas = l.room.counts.take(len(l.page.Forms))
	for i := range l.page.Forms {
		for _, field := range l.page.Forms[i].Fields {
			if field.Tag == "textarea" {
				l.areas[i]++
			}
		}
	}
}
