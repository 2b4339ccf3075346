package training

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// maxListed is how many failed pages the text form lists.
const maxListed = 20

// WriteText writes the report for people.
func (r *Report) WriteText(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "model %s, %d pages, %d failed\n\n", r.Model, r.Pages, len(r.Failed))
	fmt.Fprintln(t, "clean text by words\tpages\tF1\t±\tprecision\trecall\tshingle F1\toracle F1\twith\twithout")
	for _, g := range r.Groups {
		fmt.Fprintf(t, "%s\t%d\t%.4f\t%.4f\t%.3f\t%.3f\t%.4f\t%.3f\t%.3f\t%.3f\n", g.Group, g.Pages, g.F1, g.Deviation, g.Precision, g.Recall, g.Shingle, g.Oracle, g.With, g.Without)
	}
	fmt.Fprintln(t, "\nlabels by words\tlabel\twords\tprecision\trecall\tF1\tcalibration error")
	for _, l := range r.Labels {
		fmt.Fprintf(t, "%s\t%s\t%.0f\t%.3f\t%.3f\t%.3f\t%.3f\n", l.Group, l.Label, l.Words, l.Precision, l.Recall, l.F1, l.CalibrationError)
	}
	writePresets(t, r.Presets)
	writeComments(t, r.Comments)
	r.Spam.writeText(t)
	for _, f := range r.Failed[:min(len(r.Failed), maxListed)] {
		fmt.Fprintf(t, "failed: %s\n", f)
	}
	return t.Flush()
}
