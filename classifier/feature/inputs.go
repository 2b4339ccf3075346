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
	chains := f.elementSums(views)
	for i := range n {
		x := out[i*stride:]
		for v := range NumBlockViews {
			s := views[v].Sum(f.Tokens[v].Of(i))
			viewInputs(x[int(v)*inputsPerView:], s)
		}
		f.elementInputs(i, chains, x)
		facts := x[FirstFact : FirstFact+NumFacts]
		copy(facts, f.FactsOf(i))
		facts[FactKnown] = ratio(float64(x[bayes.NumOdds]), float64(len(f.Tokens[Words].Of(i))))
		for k, s := range kinds {
			facts[int(FactKind)+k] = float32(s)
		}
	}
	return out
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
