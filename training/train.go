package training

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"runtime"
	"slices"
	"strconv"

	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/feature"
)

// Options guide Train. The zero value is the default.
type Options struct {
	Name     string // the model's name; "unnamed" where empty
	Seed     uint64
	Workers  int // GOMAXPROCS where 0; does not change the model
	Folds    int // inner folds, for log-odds and probabilities out of fold; 3 where 0
	Trees    int // of each body forest; 160 where 0
	Depth    int // 5 where 0
	Progress func(stage string, done, total int)
}

func (o Options) withDefaults() Options {
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	o.Folds, o.Trees, o.Depth = cmp.Or(o.Folds, 3), cmp.Or(o.Trees, 160), cmp.Or(o.Depth, 5)
	o.Name = cmp.Or(o.Name, "unnamed")
	if o.Progress == nil {
		o.Progress = func(string, int, int) {}
	}
	return o
}

// ErrNothing: the pages teach nothing.
var ErrNothing = errors.New("nothing to learn from")

// Train makes a model of the examples. The same examples in any order and the
// same options give the same model.
func Train(ctx context.Context, examples []*Example, o Options) (*bayes.Model, error) {
	o = o.withDefaults()
	t := &trainer{o: o, ctx: ctx, examples: slices.Clone(examples)}
	slices.SortStableFunc(t.examples, func(a, b *Example) int {
		return cmp.Or(cmp.Compare(a.Host, b.Host), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Format, b.Format), compareBool(a.Twin, b.Twin), cmp.Compare(len(a.Truth), len(b.Truth)))
	})
	if err := t.check(); err != nil {
		return nil, fmt.Errorf("train: %w", err)
	}
	steps := []func() error{t.count, t.compile, t.fitPools}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, fmt.Errorf("train: %w", err)
		}
	}
	return &bayes.Model{Name: o.Name, Notes: t.notes(), Views: t.final.views, Kinds: t.final.kinds, Pools: t.pools}, nil
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

type trainer struct {
	o        Options
	ctx      context.Context
	examples []*Example
	fold     []int     // inner fold of each example
	parts    []*counts // by inner fold
	all      *counts
	final    compiled   // from all examples
	outer    []compiled // by inner fold: from the examples of all other folds
	pools    [bayes.NumFormats][2]bayes.Pool
	inputs   []float32 // of one format's rows after the other's: a gigabyte for a few thousand pages
}

// compiled is a set of counts made ready to answer.
type compiled struct {
	views []*bayes.Table
	kinds *bayes.KindTable
}

func (t *trainer) check() error {
	body, rest := 0, 0
	for _, e := range t.examples {
		for _, truth := range e.Truth {
			switch truth {
			case Truth(bayes.Body):
				body++
			case Unknown:
			default:
				rest++
			}
		}
	}
	if body == 0 || rest == 0 {
		return fmt.Errorf("%w: %d pages with %d body blocks and %d others", ErrNothing, len(t.examples), body, rest)
	}
	return nil
}

// foldOf shares hosts out among n folds.
func foldOf(host string, n int) int {
	h := fnv.New32a()
	h.Write([]byte(host))
	return int(h.Sum32()>>3) % n
}

// count counts all tokens, by inner fold.
func (t *trainer) count() error {
	t.o.Progress("count", 0, 1)
	vocabulary, balance := newVocabulary(t.examples), newBalance(t.examples)
	t.fold = make([]int, len(t.examples))
	t.parts = make([]*counts, t.o.Folds)
	for i, e := range t.examples {
		t.fold[i] = foldOf(e.Host, t.o.Folds)
	}
	bayes.Parallel(t.o.Folds, t.o.Workers, func(k int) {
		t.parts[k] = newCounts()
		for i, e := range t.examples {
			if t.fold[i] == k && t.ctx.Err() == nil {
				t.parts[k].add(e, vocabulary, balance)
			}
		}
	})
	t.all = newCounts()
	for _, p := range t.parts {
		t.all.plus(p)
	}
	return t.ctx.Err()
}

// compile builds the tables of all counts, and of those without each fold.
func (t *trainer) compile() error {
	t.o.Progress("compile", 0, t.o.Folds+1)
	t.outer = make([]compiled, t.o.Folds)
	bayes.Parallel(t.o.Folds+1, t.o.Workers, func(k int) {
		switch {
		case t.ctx.Err() != nil:
		case k == t.o.Folds:
			t.final = t.all.compile()
		default:
			t.outer[k] = t.all.minus(t.parts[k]).compile()
		}
	})
	t.parts = nil
	return t.ctx.Err()
}

func (c *counts) compile() compiled {
	out := compiled{views: make([]*bayes.Table, feature.NumViews)}
	for v := range out.views {
		out.views[v] = bayes.Compile(c.views[v].Classifiers())
	}
	var prior [bayes.NumKinds]float64
	total := 0
	for _, n := range c.pages {
		total += n
	}
	for k, n := range c.pages { // flattened: the user's mix of pages is not the trainer's
		prior[k] = 0.5 * math.Log((float64(n)+1)/float64(total+bayes.NumKinds))
	}
	out.kinds = bayes.CompileKinds(c.kinds.Classifier(), prior)
	return out
}

func (t *trainer) notes() []string {
	pages, twins := map[string]int{}, 0
	for _, e := range t.examples {
		if e.Twin {
			twins++
			continue
		}
		pages[e.Source]++
	}
	var notes []string
	for source, n := range pages {
		notes = append(notes, "pages "+source+": "+strconv.Itoa(n))
	}
	slices.Sort(notes)
	return append(notes, "text twins: "+strconv.Itoa(twins), "seed: "+strconv.FormatUint(t.o.Seed, 10))
}

// Encode writes a model as a file's bytes, with the schema of this program's
// features.
func Encode(m *bayes.Model) []byte { return m.Encode(feature.Schema()) }
