package training

import (
	"maps"
	"math"
	"slices"

	"github.com/pagesieve/pagesieve/classifier/bayes"
)

// Reliability compares a label's probabilities on the pages of one format with
// how often blocks bear it. For body every block counts whose truth is known;
// for the other labels those of finely labelled pages.
type Reliability struct {
	Format           string           `json:"format"` // html, or text
	Label            string           `json:"label"`
	Words            float64          `json:"words"`
	CalibrationError float64          `json:"calibration_error"` // expected, by words, over ten bins
	Bins             []ReliabilityBin `json:"bins"`              // by ascending probability; without the empty ones
}

// ReliabilityBin is the words whose probability is in one tenth of 0…1.
type ReliabilityBin struct {
	Bin         int     `json:"bin"` // n, for probabilities from n/10 on
	Words       float64 `json:"words"`
	Probability float64 `json:"probability"` // mean, by words
	Share       float64 `json:"share"`       // of the words that do bear the label
}

// reliability sums up by format and label.
func reliability(scores []PageScore) (out []Reliability) {
	formats := map[string]*Bins{}
	for i := range scores {
		s := &scores[i]
		if s.Error != "" {
			continue
		}
		if formats[s.Format] == nil {
			formats[s.Format] = &Bins{}
		}
		formats[s.Format].plus(&s.Bins)
	}
	for _, format := range slices.Sorted(maps.Keys(formats)) {
		for l := range bayes.NumLabels {
			if r := formats[format].reliability(l); r.Words > 0 {
				r.Format = format
				out = append(out, r)
			}
		}
	}
	return out
}

func (b *Bins) reliability(label int) Reliability {
	r := Reliability{Label: bayes.Label(label).String(), CalibrationError: b.calibrationError(label)}
	for k, bin := range b[label] {
		if bin.Words == 0 {
			continue
		}
		r.Words += bin.Words
		r.Bins = append(r.Bins, ReliabilityBin{k, bin.Words, bin.P / bin.Words, bin.Hits / bin.Words})
	}
	return r
}

// plus adds the counts of other bins.
func (b *Bins) plus(o *Bins) {
	for l := range b {
		for k := range b[l] {
			b[l][k].Words += o[l][k].Words
			b[l][k].P += o[l][k].P
			b[l][k].Hits += o[l][k].Hits
		}
	}
}

// calibrationError is the expected calibration error of a label: the mean
// distance of probability and truth over ten bins, weighted by words
// (Naeini et al. 2015).
func (b *Bins) calibrationError(label int) float64 {
	sum, all := 0.0, 0.0
	for _, bin := range b[label] {
		sum += math.Abs(bin.P - bin.Hits)
		all += bin.Words
	}
	return sum / math.Max(all, 1)
}
