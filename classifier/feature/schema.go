package feature

import (
	"fmt"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/block"
)

// revision changes with every change of what a token or a fact means, so that
// a model is never read with other features than it was trained on.
const revision = 8

// Schema names the inputs that this package gives a model.
func Schema() string {
	return fmt.Sprintf("pagesieve features %d: %d views, %d facts, %d second facts", revision, NumViews, NumFacts, NumSecond)
}

// Check says whether a model's shape fits this package's inputs.
func Check(m *bayes.Model) error {
	if len(m.Views) != NumViews {
		return fmt.Errorf("%w: %d views, want %d", bayes.ErrModel, len(m.Views), NumViews)
	}
	for f := range m.Pools {
		for pass, width := range [2]int{NumInputs, NumInputs2} {
			if got := m.Pools[f][pass].Inputs(); got > width {
				return fmt.Errorf("%w: a pool of %d inputs, want at most %d", bayes.ErrModel, got, width)
			}
		}
	}
	return nil
}

// bareShare is the share of a page's words that may stand in elements with a
// class, id or role before its names are taken to tell something.
const bareShare = 0.1

// Format is the format of the page, by which pools are chosen.
func (f *Page) Format() bayes.Format {
	if f.Source.Format == block.FormatText {
		return bayes.Text
	}
	named := f.room.flags.take(len(f.Source.Elements))
	for e := range named {
		p := f.Source.Elements[e].Parent
		named[e] = len(f.Names.Of(e)) > 0 || p >= 0 && named[p]
	}
	words, all := 0.0, 0.0
	for i, n := range f.WordsN {
		all += float64(n)
		if e := f.Source.Blocks[i].Element; e >= 0 && named[e] {
			words += float64(n)
		}
	}
	if words < bareShare*all {
		return bayes.Bare
	}
	return bayes.HTML
}

// Classify gives every block's probabilities by both passes of the model.
func (f *Page) Classify(m *bayes.Model) Judged {
	n, format := len(f.WordsN), f.Format()
	kinds := m.Kinds.Scores(f.Kind)
	j := Judged{Format: format, Kinds: bayes.Softmax(kinds), P: f.room.odds.take(n)}
	j.inputs = f.Inputs(m.Views, kinds, NumInputs2)
	rows := f.room.rows.piece(n)
	for i := range rows {
		rows[i] = j.Row(i)
	}
	if f.probabilities(&m.Pools[format][0], rows, j.P); f.room.ended() {
		return j
	}
	flat := f.room.floats.piece(n * bayes.NumLabels)[:0]
	for i := range j.P {
		flat = append(flat, j.P[i][:]...)
	}
	second := f.Second(flat)
	unsettled, rows := f.room.counts.piece(n)[:0], rows[:0]
	for i := range n {
		copy(j.Row(i)[NumInputs:], second[i*NumSecond:(i+1)*NumSecond])
		if j.P[i][bayes.Navigation] < settled {
			unsettled, rows = append(unsettled, int32(i)), append(rows, j.Row(i))
		}
	}
	again := f.room.odds.piece(len(rows))
	f.probabilities(&m.Pools[format][1], rows, again)
	for k, i := range unsettled {
		j.P[i] = again[k]
	}
	return j
}

// probabilities asks the pool some rows at a time, until the page's time is over.
func (f *Page) probabilities(pool *bayes.Pool, rows [][]float32, out [][bayes.NumLabels]float32) {
	for len(rows) > 0 && !f.room.ended() {
		n := min(len(rows), 2*checkEvery)
		pool.ProbabilitiesOf(rows[:n], out[:n])
		rows, out = rows[n:], out[n:]
	}
}

// settled is the probability of navigation from which on a block needs no
// second pass: no neighbours make a menu of the first pass the main content.
// On 400 pages of WCXB it changed 1 of 99,774 labels and saved a tenth of the
// work; 0.95 changed 9.
const settled = 0.97

// Judged is what the model makes of a page.
type Judged struct {
	P      [][bayes.NumLabels]float32 // per block
	Kinds  [bayes.NumKinds]float64
	Format bayes.Format
	inputs []float32
}

// Row is the input vector of block i, both passes' facts in it.
func (j *Judged) Row(i int) []float32 { return j.inputs[i*NumInputs2 : (i+1)*NumInputs2] }
