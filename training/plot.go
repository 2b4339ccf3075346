package training

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"math"
	"slices"

	"github.com/pagesieve/pagesieve/classifier/bayes"
)

// Measures of the plot, in pixels.
const (
	plotColumns = 3
	panelSide   = 180 // of the square that the points are in
	panelLeft   = 46  // room for the axis
	panelTop    = 44  // room for the title
	panelRight  = 16
	panelBottom = 46
	panelWidth  = panelLeft + panelSide + panelRight
	panelHeight = panelTop + panelSide + panelBottom
	leastDot    = 1.5 // radius of a bin with hardly a word
	mostDot     = 9.0 // and of one with all words of the panel's format
)

// A plot lies on pages of either colour, which it cannot ask for: its colours
// stand out from white and from black alike.
const (
	plotInk  = "#767676"
	plotGrid = "#76767655"
)

// plotColors are those of the formats, in their order.
var plotColors = [...]string{"#2f81f7", "#d9731a", "#2da44e"}

// WritePlot draws the reliability of the probabilities as an SVG document: a
// panel for each label, a point for each tenth of probability at its mean
// probability and the share of words that bear the label, its area by words.
// Points on the diagonal are right. The same report gives the same bytes.
func (r *Report) WritePlot(w io.Writer) error {
	var formats, labels []string
	for _, x := range r.Reliability {
		if !slices.Contains(formats, x.Format) {
			formats = append(formats, x.Format)
		}
	}
	for l := range bayes.Label(bayes.NumLabels) {
		if slices.ContainsFunc(r.Reliability, func(x Reliability) bool { return x.Label == l.String() }) {
			labels = append(labels, l.String())
		}
	}
	p := &plot{formats: formats}
	rows := max(1, (len(labels)+plotColumns)/plotColumns) // the legend takes the last place
	width, height := plotColumns*panelWidth, rows*panelHeight
	fmt.Fprintf(p, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="11" fill="%s" role="img">`+"\n", width, height, width, height, plotInk)
	fmt.Fprintf(p, "<title>Reliability of the probabilities, %s</title>\n", html.EscapeString(r.Model))
	for i, label := range labels {
		p.open(i)
		p.panel(label, r.Reliability)
	}
	p.open(rows*plotColumns - 1)
	p.legend()
	p.WriteString("</svg>\n")
	_, err := p.WriteTo(w)
	return err
}

type plot struct {
	bytes.Buffer
	formats []string
}

// open begins the i-th panel, the lower left corner of its square at 0, 0.
func (p *plot) open(i int) {
	fmt.Fprintf(p, `<g transform="translate(%d %d)">`+"\n", i%plotColumns*panelWidth+panelLeft, i/plotColumns*panelHeight+panelTop+panelSide)
}

// panel draws one label and ends the panel.
func (p *plot) panel(label string, all []Reliability) {
	fmt.Fprintf(p, `<text y="%d" font-size="13" font-weight="600">%s</text>`+"\n", -panelSide-24, html.EscapeString(label))
	errors := ""
	for _, x := range all {
		if x.Label == label {
			errors += fmt.Sprintf(` <tspan fill="%s">%s %.3f</tspan>`, p.color(x.Format), html.EscapeString(x.Format), x.CalibrationError)
		}
	}
	fmt.Fprintf(p, `<text y="%d">calibration error%s</text>`+"\n", -panelSide-9, errors)
	p.axes()
	for _, x := range all {
		if x.Label == label {
			p.curve(x)
		}
	}
	p.WriteString("</g>\n")
}

func (p *plot) axes() {
	for k := range 5 {
		at := k * panelSide / 4
		fmt.Fprintf(p, `<path d="M%d 0V-%dM0 -%dH%d" stroke="%s" fill="none"/>`+"\n", at, panelSide, at, panelSide, plotGrid)
		if k%2 == 0 {
			fmt.Fprintf(p, `<text x="%d" y="20" text-anchor="middle">%.1f</text><text x="-11" y="%d" text-anchor="end">%.1f</text>`+"\n", at, float64(k)/4, 4-at, float64(k)/4)
		}
	}
	fmt.Fprintf(p, `<path d="M0 0L%d -%d" stroke="%s" stroke-dasharray="4 3" fill="none"/>`+"\n", panelSide, panelSide, plotInk)
	fmt.Fprintf(p, `<text x="%d" y="34" text-anchor="middle">probability</text>`, panelSide/2)
	fmt.Fprintf(p, `<text transform="translate(-33 -%d) rotate(-90)" text-anchor="middle">share of words</text>`+"\n", panelSide/2)
}

// curve joins the points of one format.
func (p *plot) curve(x Reliability) {
	color := p.color(x.Format)
	fmt.Fprintf(p, `<g stroke="%s" fill="%s" fill-opacity="0.45"><path fill="none" stroke-opacity="0.6" d="`, color, color)
	for i, b := range x.Bins {
		command := "L"
		if i == 0 {
			command = "M"
		}
		fmt.Fprintf(p, "%s%.1f %.1f", command, panelSide*b.Probability, 0-panelSide*b.Share)
	}
	p.WriteString("\"/>\n")
	for _, b := range x.Bins {
		fmt.Fprintf(p, `<circle cx="%.1f" cy="%.1f" r="%.1f"><title>%s: probability %.3f, share %.3f, %.0f words</title></circle>`+"\n",
			panelSide*b.Probability, 0-panelSide*b.Share, max(leastDot, mostDot*math.Sqrt(b.Words/x.Words)), html.EscapeString(x.Format), b.Probability, b.Share, b.Words)
	}
	p.WriteString("</g>\n")
}

func (p *plot) legend() {
	fmt.Fprintf(p, `<text y="%d" font-size="13" font-weight="600">one point for each tenth</text>`+"\n", -panelSide-24)
	y := -panelSide
	for _, format := range p.formats {
		color := p.color(format)
		fmt.Fprintf(p, `<circle cx="8" cy="%d" r="6" stroke="%s" fill="%s" fill-opacity="0.45"/><text x="22" y="%d">%s</text>`+"\n", y, color, color, y+4, html.EscapeString(format))
		y += 20
	}
	for _, line := range []string{"area: words", "dashed: probability is share", "below it: too sure"} {
		fmt.Fprintf(p, `<text y="%d">%s</text>`+"\n", y+4, line)
		y += 16
	}
	p.WriteString("</g>\n")
}

func (p *plot) color(format string) string {
	return plotColors[max(0, slices.Index(p.formats, format))%len(plotColors)]
}
