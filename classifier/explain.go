package classifier

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/feature"
)

// maxEvidence is how many reasons a block is given.
const maxEvidence = 6

// explainer finds what moved the pools' scores.
type explainer struct {
	model *bayes.Model
	page  *page
	moved []float32

	subject feature.Subject // of the body and the title; built when first needed
}

func newExplainer(m *bayes.Model, p *page) *explainer {
	return &explainer{model: m, page: p, moved: make([]float32, feature.NumInputs2)}
}

// evidence is the strongest reasons for block i's label. The trees' score for
// body is split among their inputs along the path that the block takes; for
// the labels other than body, their own forest's score against the others is
// added. What the second pass owes to neighbours is shown as such.
func (x *explainer) evidence(i int) []Evidence {
	clear(x.moved)
	pool := &x.model.Pools[x.page.feats.Format()][1]
	row := x.page.judged.Row(i)
	pool.Body.Explain(row, x.moved)
	if l := x.page.labels[i]; l != Body {
		for k := range x.moved {
			x.moved[k] = -x.moved[k]
		}
		if f := pool.Fine(l); f != nil {
			f.Explain(row, x.moved)
		}
	}
	return x.strongest(i)
}

// strongest groups the inputs by view or fact and takes the largest.
func (x *explainer) strongest(i int) []Evidence {
	sums := map[string]*Evidence{}
	var out []*Evidence
	for k, v := range x.moved {
		if v == 0 {
			continue
		}
		name := feature.InputName(k)
		e := sums[name]
		if e == nil {
			e = &Evidence{View: name}
			if view, ok := feature.ViewOfInput(k); ok {
				e.Token = x.tokens(view, i)
			} else {
				e.Token = feature.InputValue(k, x.page.judged.Row(i)[k])
			}
			sums[name] = e
			out = append(out, e)
		}
		e.LogOdds += float64(v)
	}
	slices.SortStableFunc(out, func(a, b *Evidence) int { return cmp.Compare(math.Abs(b.LogOdds), math.Abs(a.LogOdds)) })
	list := make([]Evidence, 0, maxEvidence)
	for _, e := range out[:min(len(out), maxEvidence)] {
		e.LogOdds = math.Round(e.LogOdds*100) / 100
		list = append(list, *e)
	}
	return list
}

// tokens are the view's tokens of block i that speak loudest for the block's
// label, or against it, each with its log-odds.
func (x *explainer) tokens(v feature.View, i int) string {
	all := x.loudest(v, i)
	var parts []string
	for _, s := range all[:min(len(all), 4)] {
		parts = append(parts, fmt.Sprintf("%s %+.1f", s.text, s.odds))
	}
	return strings.Join(parts, ", ")
}

// scored is a token by name, with its log-odds for a block's label.
type scored struct {
	text string
	odds float64
}

// loudest is the view's tokens of block i that the model knows, those with the
// largest log-odds first.
func (x *explainer) loudest(v feature.View, i int) []scored {
	kind := [...]int{bayes.OddsBody, bayes.OddsBody, bayes.OddsForm, bayes.OddsComment, bayes.OddsSpam}[x.page.labels[i]]
	var all []scored
	seen := map[string]bool{}
	x.page.feats.Named(v, i, func(hash uint64, text string) {
		o := x.model.Views[v].Find(hash)
		if o == nil || seen[text] {
			return
		}
		seen[text] = true
		odds := float64(o[kind]) / bayes.OddsUnit
		if x.page.labels[i] == Navigation {
			odds = -odds
		}
		all = append(all, scored{text, odds})
	})
	slices.SortStableFunc(all, func(a, b scored) int { return cmp.Compare(math.Abs(b.odds), math.Abs(a.odds)) })
	return all
}
