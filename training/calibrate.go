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
func (t *trainer) calibrateFine(tasks []target, r *rows, final *bayes.Pool, without []bayes.Pool) {
	weight := r.finely(r.byWords())
	for _, k := range fineTasks {
		if r.pagesWith(tasks[k].value, weight) < minCalibrated {
			continue
		}
		scores := t.scores(r, func(fold int) *bayes.Forest { return without[fold].Forests()[k] })
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
func (t *trainer) scores(r *rows, forest func(fold int) *bayes.Forest) []float64 {
	fitted := make([]*bayes.Fitted, t.o.Folds)
	for k := range fitted {
		if f := forest(k); f != nil {
			fitted[k] = f.On(&r.matrix)
		}
	}
	scores := make([]float64, r.len())
	bayes.Parallel(len(r.examples), t.o.Workers, func(i int) {
		out := scores[r.first[i]:r.first[i+1]]
		f := fitted[r.fold[i]]
		if f == nil {
			for b := range out {
				out[b] = math.NaN()
			}
			return
		}
		given := make([]float32, len(out))
		f.Scores(r.first[i], given)
		for b, s := range given {
			out[b] = float64(s)
		}
	})
	return scores
}
