package training

import (
	"math"

	"github.com/pagesieve/pagesieve/classifier/bayes"
)

// fineTasks are the places, among the targets, of the forests that are
// calibrated here: comment form and comment. That of link spam is set by
// calmSpam, and it learns from spam put in, which no page at large resembles.
var fineTasks = [...]int{formTask, commentTask}

// calibrateFine makes the log-odds of comment forms and comments hold on sites
// that their forests were not fitted to. Both are fitted with weights by label
// and root of words, and to weak labels too; what the user is told counts
// words, so each is mapped by what read labels say out of fold. The map is
// worked into the forests, the final one's and those out of fold alike.
func (t *trainer) calibrateFine(tasks []target, r *rows, final *bayes.Pool, without []bayes.Pool, width int) {
	weight := r.finely(r.byWords())
	for _, k := range fineTasks {
		if r.pagesWith(tasks[k].value, weight) < minCalibrated {
			continue
		}
		scores := t.scores(r, width, func(fold int) *bayes.Forest { return without[fold].Forests()[k] })
		c := fitPlatt(scores, tasks[k].value, weight)
		final.Forests()[k].Apply(c)
		for f := range without {
			without[f].Forests()[k].Apply(c)
		}
	}
}

// minCalibrated is on how many pages a label must be read for its
// probabilities to be corrected by them.
const minCalibrated = 20

// pagesWith counts the pages on which a label stands in blocks that count.
func (r *rows) pagesWith(value, weight []float32) (n int) {
	for i := range r.examples {
		for row := r.first[i]; row < r.first[i+1]; row++ {
			if value[row] == 1 && weight[row] > 0 {
				n++
				break
			}
		}
	}
	return n
}

// finely keeps the weight of blocks that are known to be one of the labels
// other than body, and of no others; sets of spam pages, all of a few makes,
// say nothing of pages at large.
func (r *rows) finely(weight []float32) []float32 {
	for i, e := range r.examples {
		counts := e.finely && e.isHonest()
		for b, truth := range e.Truth {
			if !counts || truth >= bayes.NumLabels || truth.IsBody() || e.madeUp(b) {
				weight[r.first[i]+b] = 0
			}
		}
	}
	return weight
}

// scores are what a row's forest out of fold says of it; NaN where none is.
func (t *trainer) scores(r *rows, width int, forest func(fold int) *bayes.Forest) []float64 {
	scores := make([]float64, r.len())
	bayes.Parallel(len(r.examples), t.o.Workers, func(i int) {
		from, to := r.first[i], r.first[i+1]
		f := forest(r.fold[i])
		if f == nil {
			for row := from; row < to; row++ {
				scores[row] = math.NaN()
			}
			return
		}
		for k, s := range f.Scores(r.slice(from, to, width)) {
			scores[from+k] = float64(s)
		}
	})
	return scores
}

// slice is the first width inputs of the rows from … to−1.
func (r *rows) slice(from, to, width int) [][]float32 {
	out := make([][]float32, 0, to-from)
	for row := from; row < to; row++ {
		out = append(out, r.inputs[row*r.width:row*r.width+width])
	}
	return out
}
