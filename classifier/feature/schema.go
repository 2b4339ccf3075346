package feature

import (
	"fmt"

	"github.com/pagesieve/pagesieve/classifier/bayes"
)

// revision changes with every change of what a token or a fact means, so that
// a model is never read with other features than it was trained on.
const revision = 1

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

// Classify gives every block's probabilities by both passes of the model.
func (f *Page) Classify(m *bayes.Model, format bayes.Format) Judged {
	n := len(f.WordsN)
	kinds := m.Kinds.Scores(f.Kind)
	j := Judged{Kinds: bayes.Softmax(kinds), P: make([][bayes.NumLabels]float32, n)}
	j.inputs = f.Inputs(m.Views, kinds, NumInputs2)
	flat := make([]float32, 0, n*bayes.NumLabels)
	for i := range n {
		p := m.Pools[format][0].Probabilities(j.Row(i))
		flat = append(flat, p[:]...)
	}
	second := f.Second(flat)
	for i := range n {
		copy(j.Row(i)[NumInputs:], second[i*NumSecond:(i+1)*NumSecond])
		j.P[i] = m.Pools[format][1].Probabilities(j.Row(i))
	}
	return j
}

// Judged is what the model makes of a page.
type Judged struct {
	P      [][bayes.NumLabels]float32 // per block
	Kinds  [bayes.NumKinds]float64
	inputs []float32
}

// Row is the input vector of block i, both passes' facts in it.
func (j *Judged) Row(i int) []float32 { return j.inputs[i*NumInputs2 : (i+1)*NumInputs2] }
