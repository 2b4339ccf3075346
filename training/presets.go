package training

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/pagesieve/pagesieve/classifier"
)

// presets are all, from the one that keeps least to the one that keeps most.
var presets = [...]classifier.Preset{classifier.Precision, classifier.Balanced, classifier.Recall}

// PresetScore is the mean over the pages of a source under one preset.
type PresetScore struct {
	Group     string  `json:"group"` // format and source
	Preset    string  `json:"preset"`
	Pages     int     `json:"pages"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// tryPresets measures the page under every preset, where the corpus asks for
// it. The model is that of the main measurement: presets only decide otherwise.
func (e *Example) tryPresets(ctx context.Context, c *classifier.Classifier, o classifier.Options) ([]Score, error) {
	if !e.Presets || e.Page.MainText == nil {
		return nil, nil
	}
	o.Evidence = false
	out := make([]Score, len(presets))
	for i, preset := range presets {
		o.Preset = preset
		r, err := c.Classify(ctx, document(e.Page), o)
		if err != nil {
			return nil, fmt.Errorf("with preset %v: %w", preset, err)
		}
		out[i] = Compare(r.Text, *e.Page.MainText)
	}
	return out, nil
}

// presetScores sums up by source.
func presetScores(scores []PageScore) (out []PresetScore) {
	groups := map[string][]*PageScore{}
	for i := range scores {
		if s := &scores[i]; s.Error == "" && len(s.Presets) == len(presets) {
			g := s.groups()[0]
			groups[g] = append(groups[g], s)
		}
	}
	for _, g := range slices.Sorted(maps.Keys(groups)) {
		for i, preset := range presets {
			sum := PresetScore{Group: g, Preset: preset.String(), Pages: len(groups[g])}
			n := float64(len(groups[g]))
			for _, s := range groups[g] {
				sum.Precision += s.Presets[i].Precision / n
				sum.Recall += s.Presets[i].Recall / n
				sum.F1 += s.Presets[i].F1 / n
			}
			out = append(out, sum)
		}
	}
	return out
}

// writePresets writes a row for each source with precision, recall and F1 of
// each preset.
func writePresets(w io.Writer, scores []PresetScore) {
	if len(scores) == 0 {
		return
	}
	fmt.Fprint(w, "\npresets\tpages")
	for _, p := range presets {
		fmt.Fprintf(w, "\t%v P\tR\tF1", p)
	}
	for row := range slices.Chunk(scores, len(presets)) {
		fmt.Fprintf(w, "\n%s\t%d", row[0].Group, row[0].Pages)
		for _, s := range row {
			fmt.Fprintf(w, "\t%.3f\t%.3f\t%.4f", s.Precision, s.Recall, s.F1)
		}
	}
	fmt.Fprintln(w)
}
