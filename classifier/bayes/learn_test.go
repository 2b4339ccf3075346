package bayes

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/navossoc/bayesian"
)

// randomCounts are counts as a trainer might make them.
func randomCounts(rng *rand.Rand, tokens int) Counts {
	c := Counts{}
	for range tokens {
		key := rng.Uint32() | 1
		for column := range NumColumns {
			if rng.IntN(3) > 0 {
				c.Add(key, column, int32(rng.IntN(1000)))
			}
		}
	}
	return c
}

// TestTableAgreesWithClassifier holds the compiled table to the library: for
// any document, the difference of two classes' LogScores, less that of their
// priors, is the table's sum, up to the rounding of each token.
func TestTableAgreesWithClassifier(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		counts := randomCounts(rng, 400)
		body, fine := counts.Classifiers()
		table := Compile(body, fine)
		var keys []uint32
		for k := range counts {
			keys = append(keys, k)
		}
		for range 50 {
			var doc []string
			var sum Sum
			for range 1 + rng.IntN(40) {
				key := keys[rng.IntN(len(keys))]
				doc = append(doc, Word(key))
				sum = sum.Plus(table.Sum([]uint64{uint64(key) << 32}))
			}
			doc = append(doc, "unknown") // costs every class the same
			want := [NumOdds]float64{
				OddsBody:    logOdds(body, doc, 0, 1),
				OddsForm:    logOdds(fine, doc, 1, 0),
				OddsComment: logOdds(fine, doc, 2, 0),
				OddsSpam:    logOdds(fine, doc, 3, 0),
			}
			for k, w := range want {
				got := float64(sum.Total[k]) / OddsUnit
				if limit := 0.5/OddsUnit*float64(len(doc)) + 1e-9; math.Abs(got-w) > limit {
					t.Fatalf("odds %d of %d tokens: table %v, library %v", k, len(doc), got, w)
				}
			}
		}
	}
}

func logOdds(c *bayesian.Classifier, doc []string, a, b int) float64 {
	scores, _, _ := c.LogScores(doc)
	prior, _, _ := c.LogScores(nil)
	return scores[a] - prior[a] - (scores[b] - prior[b])
}

func TestLidstoneSmoothing(t *testing.T) {
	c := Counts{}
	c.Add(7, ColumnBody, 3)
	c.Add(9, ColumnRest, 4)
	table := Compile(c.Classifiers())
	alpha := 1.0 / lidstone
	want := math.Log((3 + alpha) / (3 + 2*alpha) * (4 + 2*alpha) / alpha)
	if got := float64(table.Find(7 << 32)[OddsBody]) / OddsUnit; math.Abs(got-want) > 1.0/OddsUnit {
		t.Errorf("log-odds %v, want %v", got, want)
	}
}

func TestKindTableAgreesWithClassifier(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	counts := KindCounts{}
	for range 300 {
		key := rng.Uint32() | 1
		for range rng.IntN(9) {
			counts.Add(key, rng.IntN(NumKinds))
		}
	}
	kinds := counts.Classifier()
	table := CompileKinds(kinds, [NumKinds]float64{})
	for key := range counts {
		scores, _, _ := kinds.LogScores([]string{Word(key)})
		prior, _, _ := kinds.LogScores(nil)
		got := table.Scores([]uint64{uint64(key) << 32})
		for a := range NumKinds {
			want := kindScale * (scores[a] - prior[a] - scores[0] + prior[0])
			if math.Abs(got[a]-got[0]-want) > kindScale*2.0/OddsUnit {
				t.Fatalf("kind %d: table %v, library %v", a, got[a]-got[0], want)
			}
		}
	}
}
