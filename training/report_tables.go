package training

import (
	"bytes"
	"fmt"
	"io"
)

// WriteTables writes the figures that documents quote as tables in Markdown:
// what each preset gives, and how far the probabilities can be relied on.
func (r *Report) WriteTables(w io.Writer) error {
	var b bytes.Buffer
	if len(r.Presets) > 0 {
		b.WriteString("| pages | | preset | precision | recall | F1 |\n|---|---:|---|---:|---:|---:|\n")
		for _, s := range r.Presets {
			fmt.Fprintf(&b, "| %s | %d | %s | %.3f | %.3f | %.3f |\n", s.Group, s.Pages, s.Preset, s.Precision, s.Recall, s.F1)
		}
		b.WriteByte('\n')
	}
	b.WriteString("| format | label | words | calibration error |")
	for k := range 10 {
		fmt.Fprintf(&b, " from %.1f |", float64(k)/10)
	}
	b.WriteString("\n|---|---|---:|---:|---|---|---|---|---|---|---|---|---|---|\n")
	for _, x := range r.Reliability {
		fmt.Fprintf(&b, "| %s | %s | %.0f | %.3f |", x.Format, x.Label, x.Words, x.CalibrationError)
		next := 0
		for k := range 10 {
			if next == len(x.Bins) || x.Bins[next].Bin != k {
				b.WriteString(" |")
				continue
			}
			fmt.Fprintf(&b, " %.2f → %.2f |", x.Bins[next].Probability, x.Bins[next].Share)
			next++
		}
		b.WriteByte('\n')
	}
	_, err := b.WriteTo(w)
	return err
}
