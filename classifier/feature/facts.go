package feature

import (
	"math"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// Fact is one number about a block.
type Fact int

// The facts. Their order is part of the model file's format.
const (
	FactWords Fact = iota // log2(1+words)
	FactRunes
	FactLinkDensity
	FactLinks
	FactWordLength
	FactMarks // per word
	FactEnds  // per word
	FactEndsSentence
	FactStartsUpper
	FactUpper      // share of letters
	FactUpperWords // share of words
	FactDigits
	FactNumbers
	FactSeparators
	FactLines
	FactSymbols       // share of runes that are signs of code and addresses
	FactLongest       // log2 of the longest run of runes without a space
	FactForeignScript // how far its script is from the page's prose: share of letters
	FactIndex         // log2(1+blocks before)
	FactIndexEnd
	FactPosition // share of blocks before
	FactWordsBefore
	FactWordsAfter
	FactRunningBefore // share of the page's prose
	FactRunningAfter
	FactLevel
	FactHeading
	FactRole
	FactListLevel
	FactOrdinal
	FactRow
	FactColumn
	FactHidden
	FactOrigin
	FactInForm
	FactFormText // textareas in its form
	FactFormFields
	FactControls
	FactDepth
	FactOwnLinks
	FactForeignLinks
	FactForeignHosts
	FactFragmentLinks
	FactNoFollow
	FactInBest
	FactBestShare // of the page's prose, that the best container holds
	FactBestDistance
	FactBestMeet // words of the smallest subtree with both the block and the best container, as a share
	FactGroup    // blocks with its signature
	FactGroupWords
	FactGroupDensity
	FactGroupShare
	FactGroupRunning
	FactGroupSpread
	FactGroupGap // how far apart they lie
	FactParentWords
	FactParentDensity
	FactParentRunning
	FactParentBlocks
	FactGrandWords
	FactGrandDensity
	FactGrandRunning
	FactGrandBlocks
	FactGreatWords
	FactGreatDensity
	FactGreatRunning
	FactGreatBlocks
	FactPrevWords
	FactPrevDensity
	FactPrevEnds
	FactPrevSame // same parent
	FactPrevHeading
	FactNextWords
	FactNextDensity
	FactNextEnds
	FactNextSame
	FactNextHeading
	FactPrev2Words
	FactPrev2Density
	FactNext2Words
	FactNext2Density
	FactNear3 // log2 of running words within ±3
	FactNear8
	FactRun // length of the unbroken run of like-signed blocks
	FactElsewhere
	FactInProse
	FactInTitle
	FactCoversTitle
	FactTwin
	FactFromHeadline // signed log distance to the headline
	FactFromHeading  // blocks since the last heading
	FactSectionUp    // steps up from the heading above to an element that holds both, -1 without
	FactInArticle
	FactInMain
	FactInNav
	FactInHeader
	FactInFooter
	FactInAside
	FactInList
	FactInTable
	FactArticles // <article> elements on the page
	FactInData   // share of its words in JSON-LD's article body
	FactInDescription
	FactGap
	FactStretch // log2 entries of its list; see stretch
	FactStretchWords
	FactStretchDensity
	FactStretchForeign // share of the links
	FactStretchRoot    // share of the foreign links that name no page
	FactStretchHosts   // foreign hosts, about
	FactStretchDistinct
	FactStretchRepeated // share of its words that follow the same word once more
	FactStretchOutside  // share of its words that others use
	FactStretchProse    // … that prose outside uses
	FactStretchLetters  // share of its triples of letters that prose outside has
	FactOutside         // the same of the block alone
	FactLetters
	FactReplies // share of its words that are of an invitation to comment
	FactPageWords
	FactPageBlocks
	FactPageDensity
	FactPageRunning // share of the words
	FactPageMedian  // log2 median words of prose blocks
	FactPageForms
	FactPageImages
	FactKnown // share of the words that the words view knows, less the page's; filled by the model
	FactKind  // the first of the page kinds' log-odds; filled by the model
	NumFacts  = int(FactKind) + 7
)

// log2 is the logarithm of 1+v. Nearly all are of small counts.
func log2(v float64) float32 {
	if i := int(v); 0 <= i && i < len(smallLogs) && float64(i) == v {
		return smallLogs[i]
	}
	return float32(math.Log2(1 + v))
}

// smallLogs are the logarithms of 1, 2, 3, …
var smallLogs = func() (t [2048]float32) {
	for i := range t {
		t[i] = float32(math.Log2(1 + float64(i)))
	}
	return t
}()

func ratio(a, b float64) float32 {
	if b <= 0 {
		return 0
	}
	return float32(a / b)
}

func flag(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

// facts computes every block's facts.
func (l *layout) facts() []float32 {
	n := len(l.page.Blocks)
	out := l.room.floats.take(n * NumFacts)
	page, articles := l.pageFacts(), l.articles()
	walk := &walk{lastHeading: -100}
	for i := range n {
		if l.room.endedAt(i) {
			break
		}
		f := out[i*NumFacts : (i+1)*NumFacts]
		l.textFacts(i, f)
		l.placeFacts(i, f, walk)
		l.markupFacts(i, f)
		l.linkFacts(i, f)
		l.groupFacts(i, f)
		l.treeFacts(i, f)
		l.neighbourFacts(i, f)
		l.repeatFacts(i, f)
		l.sectionFacts(i, f)
		l.stretchFacts(i, f)
		f[FactArticles] = articles
		for k, v := range page {
			f[int(FactPageWords)+k] = v
		}
		walk.step(l, i)
	}
	return out
}

func (l *layout) textFacts(i int, f []float32) {
	s := &l.stats[i]
	f[FactWords], f[FactRunes] = log2(s.Words), log2(float64(s.Runes))
	f[FactMarks], f[FactEnds] = ratio(float64(s.Marks), s.Words), ratio(float64(s.Ends), s.Words)
	f[FactEndsSentence] = flag(s.EndsSentence)
	l.scriptFacts(s, f)
	f[FactDigits] = ratio(float64(s.Digits), float64(s.Letters+s.Digits))
	f[FactNumbers] = ratio(float64(s.Numbers), s.Words)
	f[FactSeparators] = ratio(float64(s.Separators), s.Words)
	f[FactLines] = log2(float64(s.Lines - 1))
	f[FactSymbols], f[FactLongest] = ratio(float64(s.Symbols), float64(s.Runes)), log2(float64(s.Longest))
}

// What the facts of case and word length are where a script has neither: those
// of ordinary prose, so that a language never seen in training does not look
// like furniture.
const (
	proseWordLength = 4.7
	proseUpper      = 0.03
	proseUpperWords = 0.15
)

// scriptFacts fills the facts that only some scripts have.
func (l *layout) scriptFacts(s *textStats, f []float32) {
	f[FactWordLength] = ratio(float64(s.Letters), s.Words)
	f[FactStartsUpper], f[FactUpper] = flag(s.StartsUpper), ratio(float64(s.Upper), float64(s.Letters))
	f[FactUpperWords] = ratio(float64(s.UpperWords), s.Words)
	if s.Letters == 0 {
		return
	}
	unspaced := 2*s.Unspaced > s.Letters
	if unspaced {
		f[FactWordLength] = proseWordLength
	}
	if unspaced || l.script.caseless && 2*s.NonLatin > s.Letters {
		f[FactStartsUpper], f[FactUpper], f[FactUpperWords] = 1, proseUpper, proseUpperWords
	}
}

// script is what the page's prose is written in.
type script struct {
	unspaced, nonLatin float64 // shares of its letters
	caseless           bool    // it has no upper case
}

func (l *layout) findScript() {
	var letters, unspaced, nonLatin, upper float64
	for i := range l.stats {
		s := &l.stats[i]
		if l.isRunning(i) {
			letters += float64(s.Letters)
			unspaced += float64(s.Unspaced)
			nonLatin += float64(s.NonLatin)
			upper += float64(s.Upper)
		}
	}
	if letters > 0 {
		l.script = script{unspaced / letters, nonLatin / letters, upper < 0.005*letters}
	}
}

// foreignScript is how far a block's script is from that of the page's prose.
func (l *layout) foreignScript(i int) float32 {
	s := &l.stats[i]
	if s.Letters == 0 {
		return 0
	}
	n := float64(s.Letters)
	return float32(max(math.Abs(float64(s.Unspaced)/n-l.script.unspaced), math.Abs(float64(s.NonLatin)/n-l.script.nonLatin)))
}

// walk carries what is counted from the top of the page on.
type walk struct {
	words, running float64
	lastHeading    int
}

func (w *walk) step(l *layout, i int) {
	w.words += l.stats[i].Words
	if l.isRunning(i) {
		w.running += l.stats[i].Words
	}
	if l.page.Blocks[i].Role == block.RoleHeading {
		w.lastHeading = i
	}
}

func (l *layout) placeFacts(i int, f []float32, w *walk) {
	n := len(l.stats)
	own := l.stats[i].Words
	run := 0.0
	if l.isRunning(i) {
		run = own
	}
	f[FactIndex], f[FactIndexEnd] = log2(float64(i)), log2(float64(n-1-i))
	f[FactPosition] = ratio(float64(i), float64(n))
	f[FactWordsBefore] = log2(w.words)
	f[FactWordsAfter] = log2(l.total.Words - w.words - own)
	f[FactRunningBefore] = ratio(w.running, l.total.Running)
	f[FactRunningAfter] = ratio(l.total.Running-w.running-run, l.total.Running)
	f[FactFromHeading] = log2(float64(i - w.lastHeading))
	if h := l.title.headline; h < 0 {
		f[FactFromHeadline] = -20
	} else if i >= h {
		f[FactFromHeadline] = log2(float64(i - h))
	} else {
		f[FactFromHeadline] = -log2(float64(h - i))
	}
	f[FactForeignScript] = l.foreignScript(i)
}

func (l *layout) markupFacts(i int, f []float32) {
	b := &l.page.Blocks[i]
	f[FactRole] = float32(b.Role)
	if b.Role == block.RoleHeading {
		f[FactHeading], f[FactLevel] = 1, float32(b.Level)
	}
	if b.Role == block.RoleList {
		f[FactListLevel] = float32(b.Level)
	}
	f[FactOrdinal], f[FactRow], f[FactColumn] = log2(float64(b.Ordinal)), log2(float64(b.Row)), float32(min(b.Column, 12))
	f[FactHidden], f[FactOrigin] = hiddenLevel(b.Hidden), float32(b.Origin)
	f[FactControls] = float32(min(int(b.Control.Inputs)+int(b.Control.Textareas)*4+int(b.Control.Selects)+int(b.Control.Buttons)+int(b.Control.Checks), 30))
	f[FactGap] = float32(min(b.Gap, 6))
	if b.Form >= 0 {
		f[FactInForm] = 1
		f[FactFormText] = float32(l.areas[b.Form])
		f[FactFormFields] = log2(float64(len(l.page.Forms[b.Form].Fields)))
	}
	e := b.Element
	if e < 0 {
		return
	}
	f[FactDepth] = float32(min(l.page.Elements[e].Depth, 60))
	s := l.semantics[e]
	f[FactInArticle], f[FactInMain] = flag(s&semArticle != 0), flag(s&semMain != 0)
	f[FactInNav], f[FactInHeader], f[FactInFooter] = flag(s&semNav != 0), flag(s&semHeader != 0), flag(s&semFooter != 0)
	f[FactInAside], f[FactInList], f[FactInTable] = flag(s&semAside != 0), flag(s&semList != 0), flag(s&semTable != 0)
}

// hiddenLevel orders the reasons of hiding by how much they mean.
func hiddenLevel(h block.Hidden) float32 {
	switch {
	case h == 0:
		return 0
	case h&(block.HiddenOffscreen|block.HiddenTiny|block.HiddenColor) != 0:
		return 4
	case h&(block.HiddenDisplay|block.HiddenVisible) != 0 && h&block.HiddenStyleRule == 0:
		return 3
	case h&(block.HiddenDisplay|block.HiddenVisible|block.HiddenAttribute) != 0:
		return 2
	}
	return 1
}

func (l *layout) linkFacts(i int, f []float32) {
	s := &l.links[i]
	n := float64(s.Count)
	f[FactLinkDensity], f[FactLinks] = float32(s.Density), log2(n)
	f[FactOwnLinks], f[FactForeignLinks] = ratio(float64(s.Own), n), ratio(float64(s.Foreign), n)
	f[FactForeignHosts], f[FactFragmentLinks] = float32(s.Hosts), ratio(float64(s.Fragment), n)
	f[FactNoFollow] = ratio(float64(s.NoFollow), n)
}

func (l *layout) groupFacts(i int, f []float32) {
	if len(l.page.Elements) == 0 { // plain text has no signatures
		return
	}
	g := &l.groups[l.groupOf[i]]
	n := float64(g.n)
	f[FactGroup], f[FactGroupWords], f[FactGroupDensity] = log2(n), log2(g.words/n), ratio(g.density, n)
	f[FactGroupShare], f[FactGroupRunning] = ratio(g.words, l.total.Words), ratio(g.running, n)
	f[FactGroupSpread] = log2(math.Sqrt(max(0, g.spread/n-g.words*g.words/n/n)))
	f[FactGroupGap] = ratio(float64(g.last-g.first+1), n)
}

func (l *layout) repeatFacts(i int, f []float32) {
	r := &l.repeats[i]
	f[FactElsewhere], f[FactInProse] = float32(r.Elsewhere), float32(r.Running)
	f[FactInTitle], f[FactCoversTitle] = float32(r.Title), float32(r.Covers)
	if r.Twin {
		f[FactTwin] = 1
		if r.First {
			f[FactTwin] = 2
		}
	}
	f[FactReplies] = l.replies[i]
	f[FactInData], f[FactInDescription] = l.data.share(l.text.Of(i)), l.description.share(l.text.Of(i))
}
