package bayes

import "math"

// Format says which of a model's pools applies: pages with markup, pages whose
// markup has no names to tell anything by, and text without markup give
// different facts.
type Format uint8

// The formats.
const (
	HTML Format = iota
	Text
	Bare       // HTML without classes and ids
	NumFormats = 3
)

// Model is everything learned: a table a view, the page kinds, and for each
// format the two passes' pools. It is immutable once built.
type Model struct {
	Name   string   // such as "default"
	Notes  []string // provenance, one "key: value" a line
	Digest string   // of the model file's bytes, hex; set by Decode and Encode
	Views  []*Table
	Kinds  *KindTable
	Pools  [NumFormats][2]Pool // [format][pass]
}

// Pool turns a block's input vector into probabilities. Body decides between
// main content and all else; the other forests are the log-odds of their label
// against all others but body, given that a block is not body.
type Pool struct {
	Body                *Forest
	Form, Comment, Spam *Forest
	Calibration         Calibration
	cuts                func() *cuts // of a pool that is only asked, made when it first is
}

// Calibration maps the body forest's score to a log-odds that holds on pages
// it was not fitted to: A·score + B (Platt 1999).
type Calibration struct{ A, B float64 }

// Apply is the calibrated log-odds.
func (c Calibration) Apply(score float64) float64 {
	if c.A == 0 {
		return score
	}
	return c.A*score + c.B
}

// ProbabilitiesOf fills out with the probabilities for each of many rows.
func (p *Pool) ProbabilitiesOf(rows [][]float32, out [][NumLabels]float32) {
	if p.cuts != nil {
		if c := p.cuts(); c != nil {
			p.byCuts(c, rows, out)
			return
		}
	}
	var l lot
	width := p.Inputs()
	for from := 0; from < len(rows); from += lotRows {
		to := min(len(rows), from+lotRows)
		l.load(rows[from:to], width)
		var odds [4][]float32
		var room [4][lotRows]float32
		for k, f := range p.Forests() {
			odds[k] = append(room[k][:0], l.score(f, stepOf(k))...)
		}
		p.judge(&odds, out[from:to])
	}
}

// byCuts is ProbabilitiesOf by compiled forests.
func (p *Pool) byCuts(c *cuts, rows [][]float32, out [][NumLabels]float32) {
	l := c.lots.Get().(*vectorLot)
	defer c.lots.Put(l)
	for from := 0; from < len(rows); from += vectorRows {
		to := min(len(rows), from+vectorRows)
		l.load(&c.ranks, rows[from:to])
		var odds [4][]float32
		var room [4][vectorRows]float32
		for k := range c.forests {
			c.forests[k].score(&l.columns[0][0], to-from, stepOf(k), &room[k])
			odds[k] = room[k][:to-from]
		}
		p.judge(&odds, out[from:to])
	}
}

// stepOf is after how many trees of forest k a score may be given up: never for
// that of body.
func stepOf(k int) int {
	if k == 0 {
		return 0
	}
	return hopelessStep
}

// judge makes probabilities of the scores of the four forests.
func (p *Pool) judge(odds *[4][]float32, out [][NumLabels]float32) {
	for r := range out {
		body := Sigmoid(p.Calibration.Apply(float64(odds[0][r])))
		form, comment, spam := Sigmoid(float64(odds[1][r])), Sigmoid(float64(odds[2][r])), Sigmoid(float64(odds[3][r]))
		scale := (1 - body) / max(1, form+comment+spam)
		navigation := max(0, 1-body-scale*(form+comment+spam))
		out[r] = [NumLabels]float32{float32(body), float32(navigation), float32(scale * form), float32(scale * comment), float32(scale * spam)}
	}
}

// NumKinds is the number of page kinds.
const NumKinds = 7

// KindTable is a naive Bayes classifier of whole pages, compiled.
type KindTable struct {
	Prior [NumKinds]float64
	keys  map[uint32]int32
	odds  [][NumKinds]int16
	order []uint32 // keys in ascending order, for the codec
}

// NewKindTable builds a table; keys must be ascending.
func NewKindTable(prior [NumKinds]float64, keys []uint32, odds [][NumKinds]int16) *KindTable {
	t := &KindTable{Prior: prior, keys: make(map[uint32]int32, len(keys)), odds: odds, order: keys}
	for i, k := range keys {
		t.keys[k] = int32(i)
	}
	return t
}

// Len is the number of tokens.
func (t *KindTable) Len() int { return len(t.order) }

// kindScale tames the sum of correlated tokens: log-odds are divided by the
// square root of their number, as in every view, and times this.
const kindScale = 2

// Scores are the kinds' log-scores for a page's tokens, their mean being 0.
func (t *KindTable) Scores(tokens []uint64) [NumKinds]float64 {
	var sum [NumKinds]int64
	n := 0
	for _, h := range tokens {
		i, ok := t.keys[Key(h)]
		if !ok {
			continue
		}
		n++
		for k := range sum {
			sum[k] += int64(t.odds[i][k])
		}
	}
	out := t.Prior
	mean := 0.0
	for k := range out {
		if n > 0 {
			out[k] += kindScale * float64(sum[k]) / OddsUnit / math.Sqrt(float64(n))
		}
		mean += out[k] / NumKinds
	}
	for k := range out {
		out[k] -= mean
	}
	return out
}

// Softmax turns log-scores into probabilities.
func Softmax(s [NumKinds]float64) [NumKinds]float64 {
	top := math.Inf(-1)
	for _, v := range s {
		top = max(top, v)
	}
	sum := 0.0
	for k := range s {
		s[k] = math.Exp(s[k] - top)
		sum += s[k]
	}
	for k := range s {
		s[k] /= sum
	}
	return s
}

// Inputs is the width of the longest input vector that a forest of the pool
// asks for.
func (p *Pool) Inputs() int {
	n := 0
	for _, f := range p.Forests() {
		n = max(n, f.Inputs)
	}
	return n
}

// Fine is the forest of a label against the others but body; nil for body and
// navigation.
func (p *Pool) Fine(l Label) *Forest {
	switch l {
	case CommentForm:
		return p.Form
	case Comment:
		return p.Comment
	case LinkSpam:
		return p.Spam
	}
	return nil
}

// Trees is the number of trees in the pool.
func (p *Pool) Trees() int {
	n := 0
	for _, f := range p.Forests() {
		n += f.Trees()
	}
	return n
}
