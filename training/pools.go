package training

import (
	"math"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/feature"
)

// rows are the blocks of all examples of one format, one input row each.
type rows struct {
	examples []*Example
	fold     []int // of each example
	first    []int // first row of each example; one more than examples
	inputs   []float32
	width    int
	matrix   bayes.Matrix // inputs, binned, of the passes so far
}

// minExamples is how many pages of a format it takes to fit pools of its own.
const minExamples = 8

// fitPools fits both passes of every format. A format with too few pages has
// the pools of the one with the most.
func (t *trainer) fitPools() error {
	var pages [bayes.NumFormats]int
	for _, e := range t.examples {
		pages[e.Format]++
	}
	most := bayes.HTML
	for f := range bayes.Format(bayes.NumFormats) {
		if pages[f] > pages[most] {
			most = f
		}
	}
	for f := range bayes.Format(bayes.NumFormats) {
		if pages[f] < minExamples && f != most {
			continue
		}
		if err := t.fitFormat(f, t.rows(f)); err != nil {
			return err
		}
	}
	for f := range bayes.Format(bayes.NumFormats) {
		if pages[f] < minExamples && f != most {
			t.pools[f] = t.pools[most]
		}
	}
	return nil
}

func (t *trainer) fitFormat(f bayes.Format, r *rows) error {
	name := [...]string{"html", "text", "bare html"}[f]
	first, p, err := t.fitPass(name+" pass 1", r, feature.NumInputs, false)
	if err != nil {
		return err
	}
	r.addSecond(p, t.o.Workers)
	second, _, err := t.fitPass(name+" pass 2", r, feature.NumInputs2, true)
	if err != nil {
		return err
	}
	t.pools[f] = [2]bayes.Pool{first, second}
	return nil
}

// rows builds the first pass's inputs, out of fold.
func (t *trainer) rows(f bayes.Format) *rows {
	r := &rows{width: feature.NumInputs2, first: []int{0}}
	for i, e := range t.examples {
		if e.Format != f {
			continue
		}
		r.examples = append(r.examples, e)
		r.fold = append(r.fold, t.fold[i])
		r.first = append(r.first, r.first[len(r.first)-1]+len(e.Truth))
	}
	n := r.len()
	if cap(t.inputs) < n*r.width {
		t.inputs = make([]float32, n*r.width)
	}
	r.inputs, r.matrix.Rows = t.inputs[:n*r.width], n
	bayes.Parallel(len(r.examples), t.o.Workers, func(i int) {
		if t.ctx.Err() != nil {
			return
		}
		e, c := r.examples[i], t.outer[r.fold[i]]
		x := e.Features.Inputs(c.views, c.kinds.Scores(e.Features.Kind), r.width)
		copy(r.inputs[r.first[i]*r.width:], x)
	})
	return r
}

// len is how many rows there are.
func (r *rows) len() int { return r.first[len(r.first)-1] }

// addSecond fills the second pass's facts in.
func (r *rows) addSecond(p [][bayes.NumLabels]float32, workers int) {
	bayes.Parallel(len(r.examples), workers, func(i int) {
		flat := make([]float32, 0, bayes.NumLabels*(r.first[i+1]-r.first[i]))
		for _, q := range p[r.first[i]:r.first[i+1]] {
			flat = append(flat, q[:]...)
		}
		second := r.examples[i].Features.Second(flat)
		for k := range r.first[i+1] - r.first[i] {
			copy(r.inputs[(r.first[i]+k)*r.width+feature.NumInputs:], second[k*feature.NumSecond:(k+1)*feature.NumSecond])
		}
	})
}

// target is one forest's task: rows with weight, 1 where the label applies.
type target struct {
	trees, rows   int     // rows that its forest sees at most
	share         float64 // of those, what a tree sees
	even          bool    // drawn evenly, not by their loss
	rate, columns float64
	value, weight []float32
}

// targets are the four tasks of a pool: body against the rest, and of what is
// not body each of three labels against the others.
func (t *trainer) targets(r *rows, last bool) []target {
	n := r.len()
	body := target{trees: t.o.Trees, rows: maxBodyRows, share: 0.15, rate: 0.1, columns: 0.3}
	fine := target{trees: t.o.Trees / 2, rows: maxFineRows, share: 0.15, rate: 0.2, columns: 0.5}
	tasks := []target{body, fine, fine, fine}
	if last {
		spam := &tasks[spamTask]
		spam.rows, spam.even = maxSpamRows, true // by their loss, spam that was never seen was told from lists like it less surely
		spam.trees, spam.rate = t.o.Trees, 0.1
	}
	for k := range tasks {
		tasks[k].value, tasks[k].weight = make([]float32, n), make([]float32, n)
	}
	labels := [...]Truth{Truth(bayes.Body), Truth(bayes.CommentForm), Truth(bayes.Comment)}
	for i, e := range r.examples {
		spamPage := e.isSpamPage()
		for b, truth := range e.Truth {
			row := r.first[i] + b
			if truth == Unknown {
				continue
			}
			tasks[bodyTask].weight[row] = e.Weight[b]
			if truth.IsBody() {
				tasks[bodyTask].value[row] = 1
				continue
			}
			tasks[spamTask].weight[row] = e.spamWeight(b, spamPage)
			guess, w := e.Guess[b], e.Weight[b]
			if guess == Truth(bayes.LinkSpam) {
				tasks[spamTask].value[row] = 1
			}
			if guess == NotBody {
				continue
			}
			if truth == NotBody {
				w *= weakWeight(guess)
			}
			if guess == Truth(bayes.CommentForm) {
				w *= formWeight
			}
			for k := formTask; k < spamTask; k++ {
				tasks[k].weight[row] = w
				if guess == labels[k] {
					tasks[k].value[row] = 1
				}
			}
		}
	}
	return tasks
}

// Places among the targets.
const (
	bodyTask = iota
	formTask
	commentTask
	spamTask
)

// spamWeight is what a block counts for the forest of link spam: every honest
// block the same, as each can be accused, and spam by the root of its words. A
// page without any known spam is taken to be honest: those that hold some
// unseen are few.
func (e *Example) spamWeight(b int, spamPage bool) float32 {
	if e.Guess[b] != Truth(bayes.LinkSpam) {
		return 1
	}
	w := float32(math.Sqrt(float64(e.Features.WordsN[b]) + 0.25))
	if spamPage {
		w *= spamPageWeight
	}
	return w
}

// isSpamPage says whether most of the page's words are link spam.
func (e *Example) isSpamPage() bool {
	spam, all := float32(0), float32(0)
	for i, t := range e.Truth {
		if all += e.Features.WordsN[i]; t == Truth(bayes.LinkSpam) {
			spam += e.Features.WordsN[i]
		}
	}
	return 2*spam > all && !e.isOneComment()
}

// formWeight is what a block of a comment form counts beside others of its
// length: forms are a few words on a page, and without it they are missed far
// more often than wrongly found.
const formWeight = 5

// weakWeight is what a weak label counts beside a read one. The markup of a
// comment form hardly errs; that a block without such markup is navigation is
// mostly right.
func weakWeight(guess Truth) float32 {
	switch guess {
	case Truth(bayes.CommentForm):
		return 0.6
	case Truth(bayes.Comment):
		return 0.4
	}
	return 0.2
}

// byWords weighs every row by its share of its page's words: the decision
// that the probabilities are for counts words, on pages as they are.
func (r *rows) byWords() []float32 {
	out := make([]float32, r.len())
	for i, e := range r.examples {
		if e.altered() {
			continue
		}
		total := float32(1)
		for _, n := range e.Features.WordsN {
			total += n
		}
		for b, n := range e.Features.WordsN {
			if e.Truth[b] != Unknown && e.Truth[b] != Truth(bayes.LinkSpam) {
				out[r.first[i]+b] = n / total
			}
		}
	}
	return out
}

// fitPlatt fits A and B of sigmoid(A·score+B) to 0/1 targets by Newton's
// method (Platt 1999; Lin, Lin and Weng 2007).
func fitPlatt(scores []float64, value, weight []float32) bayes.Calibration {
	a, b := 1.0, 0.0
	for range 30 {
		var ga, gb, haa, hab, hbb float64
		for i, s := range scores {
			w := float64(weight[i])
			if w == 0 || math.IsNaN(s) {
				continue
			}
			p := bayes.Sigmoid(a*s + b)
			d, h := w*(p-float64(value[i])), w*p*(1-p)
			ga, gb = ga+d*s, gb+d
			haa, hab, hbb = haa+h*s*s, hab+h*s, hbb+h
		}
		haa, hbb = haa+1e-6, hbb+1e-6
		det := haa*hbb - hab*hab
		if det <= 0 || math.IsNaN(det) {
			break
		}
		da, db := (hbb*ga-hab*gb)/det, (haa*gb-hab*ga)/det
		a, b = a-da, b-db
		if math.Abs(da)+math.Abs(db) < 1e-9 {
			break
		}
	}
	if !(a > 0.05 && a < 20) {
		return bayes.Calibration{A: 1}
	}
	return bayes.Calibration{A: a, B: b}
}
