package bayesian_test

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"math"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/navossoc/bayesian"
)

const (
	tea    bayesian.Class = "tea"
	coffee bayesian.Class = "coffee"
)

func trained() *bayesian.Classifier {
	c := bayesian.NewClassifier(tea, coffee)
	c.Learn([]string{"leaf", "pot", "leaf"}, tea)
	c.Learn([]string{"bean"}, coffee)
	c.Observe("pot", 2, coffee)
	return c
}

func TestNewClassifierPanics(t *testing.T) {
	for _, classes := range [][]bayesian.Class{nil, {tea}, {tea, tea}, {tea, coffee, tea}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%v: no panic", classes)
				}
			}()
			bayesian.NewClassifier(classes...)
		}()
	}
}

func TestCounts(t *testing.T) {
	c := trained()
	if !reflect.DeepEqual(c.Classes, []bayesian.Class{tea, coffee}) {
		t.Errorf("classes %v", c.Classes)
	}
	if got := c.WordCount(); !reflect.DeepEqual(got, []int{3, 3}) {
		t.Errorf("word counts %v", got)
	}
	if c.Learned() != 2 || c.Seen() != 0 {
		t.Errorf("learned %d, seen %d", c.Learned(), c.Seen())
	}
	if got := c.WordsByClass(tea); !maps.Equal(got, map[string]float64{"leaf": 2. / 3, "pot": 1. / 3}) {
		t.Errorf("words of tea %v", got)
	}
	want := [][]float64{{2. / 3, 1e-11, 1e-11}, {1e-11, 1. / 3, 1e-11}}
	if got := c.WordFrequencies([]string{"leaf", "bean", "cup"}); !reflect.DeepEqual(got, want) {
		t.Errorf("frequencies %v, want %v", got, want)
	}
}

func TestWordsByClassIsACopy(t *testing.T) {
	c := trained()
	c.WordsByClass(tea)["leaf"] = 0
	if got := c.WordsByClass(tea)["leaf"]; got != 2./3 {
		t.Errorf("leaf has %v", got)
	}
}

func TestLogScores(t *testing.T) {
	c := trained()
	c.Observe("bean", 2, coffee) // priors 3/8 and 5/8
	scores, inx, strict := c.LogScores(nil)
	if scores[0] != math.Log(3./8) || scores[1] != math.Log(5./8) || inx != 1 || !strict {
		t.Errorf("priors %v, %d, %v", scores, inx, strict)
	}
	// The sum must be exact to the bit: from the prior on, in order.
	want := math.Log(3. / 8)
	for _, p := range []float64{2. / 3, 1e-11, 1. / 3} {
		want += math.Log(p)
	}
	scores, inx, strict = c.LogScores([]string{"leaf", "bean", "pot"})
	if scores[0] != want || inx != 1 && inx != 0 || !strict {
		t.Errorf("scores %v, %d, %v; want %v", scores, inx, strict, want)
	}
	if c.Seen() != 2 {
		t.Errorf("seen %d", c.Seen())
	}
}

func TestLogScoresOfNothing(t *testing.T) {
	c := bayesian.NewClassifier(tea, coffee)
	scores, inx, strict := c.LogScores(nil)
	if !math.IsInf(scores[0], -1) || !math.IsInf(scores[1], -1) || inx != 0 || strict {
		t.Errorf("untrained: %v, %d, %v", scores, inx, strict)
	}
	c.Observe("leaf", 1, tea)
	c.Observe("leaf", -1, tea)
	c.Observe("bean", 1, coffee)
	if scores, inx, _ := c.LogScores([]string{"leaf"}); !math.IsInf(scores[0], -1) && !math.IsNaN(scores[0]) || inx != 1 && !math.IsNaN(scores[0]) {
		t.Errorf("unlearned: %v, %d", scores, inx)
	}
}

func TestTie(t *testing.T) {
	c := trained()
	if _, inx, strict := c.LogScores([]string{"cup"}); inx != 0 || strict {
		t.Errorf("index %d, strict %v", inx, strict)
	}
}

func TestProbScores(t *testing.T) {
	c := trained()
	scores, inx, strict := c.ProbScores([]string{"pot", "leaf"})
	if math.Abs(scores[0]+scores[1]-1) > 1e-15 || inx != 0 || !strict {
		t.Errorf("%v, %d, %v", scores, inx, strict)
	}
	long := strings.Fields(strings.Repeat("cup ", 40))
	if scores, _, _ := c.ProbScores(long); !math.IsNaN(scores[0]) {
		t.Errorf("40 unseen words: %v", scores)
	}
	if _, _, _, err := c.SafeProbScores([]string{"pot", "leaf"}); err != nil {
		t.Error(err)
	}
	if _, _, _, err := c.SafeProbScores(append(long, "bean")); !errors.Is(err, bayesian.ErrUnderflow) {
		t.Errorf("underflow: %v", err)
	}
}

// Observing each word 10n+1 times in every class is Lidstone smoothing by 0.1.
func TestSmoothingByObserve(t *testing.T) {
	counts := map[string][2]int{"leaf": {5, 0}, "bean": {0, 7}, "pot": {2, 3}}
	c := bayesian.NewClassifier(tea, coffee)
	totals := [2]float64{}
	for word, n := range counts {
		for i, class := range c.Classes {
			c.Observe(word, 10*n[i]+1, class)
			totals[i] += float64(n[i]) + 0.1
		}
	}
	base, _, _ := c.LogScores(nil)
	for word, n := range counts {
		scores, _, _ := c.LogScores([]string{word})
		got := (scores[0] - base[0]) - (scores[1] - base[1])
		want := math.Log((float64(n[0])+0.1)/totals[0]) - math.Log((float64(n[1])+0.1)/totals[1])
		if math.Abs(got-want) > 1e-12 {
			t.Errorf("%s: log-odds %v, want %v", word, got, want)
		}
	}
}

func TestGob(t *testing.T) {
	c := trained()
	c.LogScores(nil)
	var buf bytes.Buffer
	if err := c.WriteTo(&buf); err != nil {
		t.Fatal(err)
	}
	back, err := bayesian.NewClassifierFromReader(&buf)
	if err != nil {
		t.Fatal(err)
	}
	if back.Learned() != 2 || back.Seen() != 1 || !reflect.DeepEqual(back.Classes, c.Classes) || !reflect.DeepEqual(back.WordCount(), c.WordCount()) {
		t.Errorf("read back: %+v", back)
	}
	doc := []string{"leaf", "pot", "cup"}
	want, _, _ := c.LogScores(doc)
	if got, _, _ := back.LogScores(doc); !reflect.DeepEqual(got, want) {
		t.Errorf("scores %v, want %v", got, want)
	}
	back.Learn(doc, coffee) // it must still be able to
}

func TestGobOfUntrained(t *testing.T) {
	var buf bytes.Buffer
	if err := bayesian.NewClassifier(tea, coffee).WriteTo(&buf); err != nil {
		t.Fatal(err)
	}
	back, err := bayesian.NewClassifierFromReader(&buf)
	if err != nil {
		t.Fatal(err)
	}
	back.Learn([]string{"leaf"}, tea)
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }
func (failing) Read([]byte) (int, error)  { return 0, io.ErrClosedPipe }

func TestGobErrors(t *testing.T) {
	if c, err := bayesian.NewClassifierFromReader(strings.NewReader("junk")); err == nil || c == nil {
		t.Errorf("junk: %v, %v", c, err)
	}
	if _, err := bayesian.NewClassifierFromReader(failing{}); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("reading: %v", err)
	}
	if err := trained().WriteTo(failing{}); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("writing: %v", err)
	}
}

func TestScoresAtOnce(t *testing.T) {
	c := trained()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				c.LogScores([]string{"leaf", "cup"})
			}
		})
	}
	wg.Wait()
	if c.Seen() != 800 {
		t.Errorf("seen %d", c.Seen())
	}
}
