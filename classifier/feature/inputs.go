package feature

import (
	"math"

	"github.com/pagesieve/pagesieve/classifier/bayes"
)

// The input vector of the pools: per view its four log-odds and how many of
// its tokens are known, then the facts, and in the second pass the second
// facts.
const (
	inputsPerView = bayes.NumOdds + 1
	FirstFact     = NumViews * inputsPerView
	NumInputs     = FirstFact + NumFacts
	NumInputs2    = NumInputs + NumSecond
)

// Views are a model's tables in the order of View.
type Views []*bayes.Table

// Inputs is the first pass's input vector of every block, stride apart; kinds
// are the page kinds' log-scores.
func (f *Page) Inputs(views Views, kinds [bayes.NumKinds]float64, stride int) []float32 {
	n := len(f.WordsN)
	out := f.room.floats.take(n * stride)
	chains, sections, words := f.elementSums(views), f.sectionSums(views), f.wordOdds(views[Words])
	for i := range n {
		if f.room.endedAt(i) {
			return out
		}
		x := out[i*stride:]
		viewInputs(x, f.wordSum(i, words))
		for v := Words + 1; v < NumBlockViews; v++ {
			s := views[v].Sum(f.Tokens[v].Of(i))
			viewInputs(x[int(v)*inputsPerView:], s)
		}
		f.elementInputs(i, chains, x)
		if k := f.layout.sections.of[i]; k >= 0 {
			viewInputs(x[int(Sections)*inputsPerView:], sections[k])
		}
		facts := x[FirstFact : FirstFact+NumFacts]
		copy(facts, f.FactsOf(i))
		for k, s := range kinds {
			facts[int(FactKind)+k] = float32(s)
		}
	}
	f.knownWords(out, stride)
	f.ownTongue(out, stride)
	return out
}

// wordOdds is what a view tells of a word.
type wordOdds struct {
	odds  bayes.Odds
	known bool
}

// wordOdds looks every word of the page up once: most stand in many blocks.
func (f *Page) wordOdds(t *bayes.Table) []wordOdds {
	words := f.layout.known.hashes
	out := f.room.wordOdds.piece(len(words))
	for id, h := range words {
		out[id] = wordOdds{}
		if o := t.Find(h); o != nil {
			out[id] = wordOdds{*o, true}
		}
	}
	return out
}

// wordSum is the sum of block i's words.
func (f *Page) wordSum(i int, words []wordOdds) (s bayes.Sum) {
	for _, id := range f.layout.numbersOf(i) {
		if w := &words[id]; w.known {
			s.Add(&w.odds)
		}
	}
	return s
}

// ownTongue takes from every block's words what the page's prose says of link
// spam by the mean of its words, where that speaks for it. Training sees much
// of some languages in spam alone: there every word speaks for spam a little,
// and on a page in such a language it says nothing.
func (f *Page) ownTongue(out []float32, stride int) {
	total, known := 0.0, 0.0
	for i := range f.WordsN {
		if f.layout.isRunning(i) {
			n := float64(out[i*stride+bayes.NumOdds])
			total += float64(out[i*stride+bayes.OddsSpam]) * math.Sqrt(n)
			known += n
		}
	}
	if total <= 0 {
		return
	}
	mean := total / known
	for i := range f.WordsN {
		out[i*stride+bayes.OddsSpam] -= float32(mean * math.Sqrt(float64(out[i*stride+bayes.NumOdds])))
	}
}

// knownWords fills FactKnown. Against the page's own share it says the same in
// a language that training saw little of as in one that it saw much of.
func (f *Page) knownWords(out []float32, stride int) {
	known, all := 0.0, 0.0
	tokens := &f.Tokens[Words]
	for i := range f.WordsN {
		known += float64(out[i*stride+bayes.NumOdds])
		all += float64(len(tokens.Of(i)))
	}
	page := ratio(known, all)
	for i := range f.WordsN {
		if n := len(tokens.Of(i)); n > 0 {
			out[i*stride+FirstFact+int(FactKnown)] = ratio(float64(out[i*stride+bayes.NumOdds]), float64(n)) - page
		}
	}
}

// viewInputs scales a view's sums: tokens of one block are correlated, so a
// sum grows by the square root of their number rather than by the number.
func viewInputs(x []float32, s bayes.Sum) {
	if s.N == 0 {
		return
	}
	scale := 1 / (bayes.OddsUnit * math.Sqrt(float64(s.N)))
	for k, t := range s.Total {
		x[k] = float32(float64(t) * scale)
	}
	x[bayes.NumOdds] = float32(s.N)
}

// chain is the sums of one element's own names, and those of it and all
// elements around it.
type chain struct {
	path, names, allNames, allTags bayes.Sum
}

func (f *Page) elementSums(views Views) []chain {
	els := f.Source.Elements
	out := f.room.chains.take(len(els))
	for e := range els {
		c := &out[e]
		c.path = views[Paths].Sum(f.Path.Of(e))
		c.names = views[NearNames].Sum(f.Names.Of(e))
		c.allNames = views[FarNames].Sum(f.Names.Of(e))
		c.allTags = views[Ancestors].Sum(f.Tags[e : e+1])
		if p := els[e].Parent; p >= 0 {
			c.allNames = c.allNames.Plus(out[p].allNames)
			c.allTags = c.allTags.Plus(out[p].allTags)
		}
	}
	return out
}

// sectionSums is the sums of every heading's tokens.
func (f *Page) sectionSums(views Views) []bayes.Sum {
	s := &f.layout.sections
	out := f.room.sectionSums.take(len(s.head))
	for k := range out {
		out[k] = views[Sections].Sum(s.tokens.Of(k))
	}
	return out
}

// elementInputs fills the views of the elements around block i.
func (f *Page) elementInputs(i int, chains []chain, x []float32) {
	e := f.Source.Blocks[i].Element
	if e < 0 {
		return
	}
	c := &chains[e]
	viewInputs(x[int(Paths)*inputsPerView:], c.path)
	viewInputs(x[int(Ancestors)*inputsPerView:], c.allTags)
	near, far := c.names, bayes.Sum{}
	if p := f.Source.Elements[e].Parent; p >= 0 {
		near = near.Plus(chains[p].names)
		if g := f.Source.Elements[p].Parent; g >= 0 {
			far = chains[g].allNames
		}
	}
	viewInputs(x[int(NearNames)*inputsPerView:], near)
	viewInputs(x[int(FarNames)*inputsPerView:], far)
}

// maxWalk is how many elements around a block are counted and named: enough
// for any page that a person made, and a bound for all others.
const maxWalk = 256

// EachToken calls add with every token of view v for block i, as the model
// counts them.
func (f *Page) EachToken(v View, i int, add func(hash uint64)) {
	if v < NumBlockViews {
		for _, h := range f.Tokens[v].Of(i) {
			add(h)
		}
		return
	}
	if v == Sections {
		for _, h := range f.sectionTokens(i) {
			add(h)
		}
		return
	}
	e := f.Source.Blocks[i].Element
	if e < 0 {
		return
	}
	list := func(l *TokenList, e int32) {
		for _, h := range l.Of(int(e)) {
			add(h)
		}
	}
	els := f.Source.Elements
	parent := els[e].Parent
	switch v {
	case Paths:
		list(&f.Path, e)
	case Ancestors:
		for n := 0; e >= 0 && n < maxWalk; e, n = els[e].Parent, n+1 {
			add(f.Tags[e])
		}
	case NearNames:
		list(&f.Names, e)
		if parent >= 0 {
			list(&f.Names, parent)
		}
	case FarNames:
		if parent < 0 {
			return
		}
		e = els[parent].Parent
		for n := 0; e >= 0 && n < maxWalk; e, n = els[e].Parent, n+1 {
			list(&f.Names, e)
		}
	}
}
