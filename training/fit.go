package training

import (
	"cmp"
	"slices"
	"sync"

	"github.com/pagesieve/pagesieve/classifier/bayes"
)

// fitPass fits one pool on all rows. For the pass that follows it gives every
// row's probabilities from pools fitted without its fold.
func (t *trainer) fitPass(name string, r *rows, width int, last bool) (bayes.Pool, [][bayes.NumLabels]float32, error) {
	r.matrix.Widen(r.inputs, r.width, width, t.o.Workers)
	tasks := t.targets(r, last)
	pools := t.fitForests(name, r, tasks, last)
	if err := t.ctx.Err(); err != nil {
		return bayes.Pool{}, nil, err
	}
	final, without := pools[t.o.Folds], pools[:t.o.Folds]
	body := t.scores(r, func(fold int) *bayes.Forest { return without[fold].Body })
	final.Calibration = fitPlatt(body, tasks[bodyTask].value, r.byWords())
	for k := range without {
		without[k].Calibration = final.Calibration
		without[k].Body = cmp.Or(without[k].Body, final.Body)
	}
	if last {
		t.calibrateFine(tasks, r, &final, without)
		t.calmSpam(&final, r, without)
		return final, nil, t.ctx.Err()
	}
	return final, t.probabilities(r, without), t.ctx.Err()
}

// probabilities are every row's from the pool fitted without its fold.
func (t *trainer) probabilities(r *rows, without []bayes.Pool) [][bayes.NumLabels]float32 {
	fitted := make([]*bayes.FittedPool, len(without))
	for k := range without {
		fitted[k] = without[k].On(&r.matrix)
	}
	p := make([][bayes.NumLabels]float32, r.len())
	bayes.Parallel(len(r.examples), t.o.Workers, func(i int) {
		fitted[r.fold[i]].Probabilities(r.first[i], p[r.first[i]:r.first[i+1]])
	})
	return p
}

// fitForests fits a pool without each inner fold, and as the last one a pool on
// all rows. In the last pass the body's probabilities out of fold are wanted for
// their calibration alone, so only the first fold has a forest for them there.
func (t *trainer) fitForests(name string, r *rows, tasks []target, last bool) []bayes.Pool {
	type job struct{ task, fold int }
	var jobs []job
	for task := len(tasks) - 1; task >= 0; task-- { // that of link spam takes longest
		for fold := range t.o.Folds + 1 {
			if task != bodyTask || !last || fold == 0 || fold == t.o.Folds {
				jobs = append(jobs, job{task, fold})
			}
		}
	}
	forests := make([][4]*bayes.Forest, t.o.Folds+1)
	var progress sync.Mutex
	done := 0
	t.o.Progress(name, done, len(jobs))
	bayes.Parallel(len(jobs), min(t.o.Workers, maxBeside), func(i int) {
		if t.ctx.Err() != nil {
			return
		}
		task, fold := jobs[i].task, jobs[i].fold
		forests[fold][task] = t.fitForest(r, tasks[task], t.o.Seed+uint64(task), fold)
		progress.Lock()
		defer progress.Unlock()
		done++
		t.o.Progress(name, done, len(jobs))
	})
	pools := make([]bayes.Pool, len(forests))
	for k, f := range forests {
		pools[k] = bayes.Pool{Body: f[bodyTask], Form: f[formTask], Comment: f[commentTask], Spam: f[spamTask]}
	}
	return pools
}

// maxBeside is how many forests are fitted beside each other: each has a copy
// of its rows.
const maxBeside = 4

// Rows that a forest sees at most: pages of one set are much alike, and more
// rows than this gained nothing.
const (
	maxBodyRows = 160_000
	maxFineRows = 80_000
	maxSpamRows = 600_000 // in the pass that accuses: what looks like spam and is none is rare, and each missed one costs
)

// fitForest fits a forest without the rows of one fold.
func (t *trainer) fitForest(r *rows, task target, seed uint64, fold int) *bayes.Forest {
	weight := slices.Clone(task.weight)
	for i, f := range r.fold {
		if f == fold {
			clear(weight[r.first[i]:r.first[i+1]])
		}
	}
	return bayes.Boost(&r.matrix, task.value, weight, bayes.BoostOptions{
		Trees: task.trees, Depth: t.o.Depth, Rate: task.rate, Lambda: 12, MinWeight: 60,
		MaxRows: task.rows, Rows: task.share, Even: task.even, LeastRows: 10_000, Columns: task.columns, Seed: seed, Workers: t.o.Workers,
	})
}
