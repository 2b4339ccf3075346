package training

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pagesieve/pagesieve/classifier/bayes"
)

// reliable are two pages of HTML and one of text, counted by hand.
func reliable() []PageScore {
	scores := []PageScore{{Format: "html"}, {Format: "html"}, {Format: "text"}, {Format: "text", Error: "too large"}}
	body := int(bayes.Body)
	scores[0].Bins.add(body, 0.93, 30, true)
	scores[0].Bins.add(body, 0.96, 10, false)
	scores[1].Bins.add(body, 1, 40, true)
	scores[1].Bins.add(body, 0.05, 20, false)
	scores[0].Bins.add(int(bayes.Comment), 0.5, 8, true)
	scores[2].Bins.add(body, 0.25, 4, true)
	scores[3].Bins.add(body, 0.25, 4, true)
	return scores
}

func TestReliability(t *testing.T) {
	want := []Reliability{
		{"html", "body", 100, (77.5 - 70 + 1) / 100, []ReliabilityBin{{0, 20, 0.05, 0}, {9, 80, 0.96875, 0.875}}},
		{"html", "comment", 8, 0.5, []ReliabilityBin{{5, 8, 0.5, 1}}},
		{"text", "body", 4, 0.75, []ReliabilityBin{{2, 4, 0.25, 1}}},
	}
	if diff := cmp.Diff(want, NewReport(reliable(), "m").Reliability, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestPlot reads the drawing back: it is XML, and each point stands where its
// figures say.
func TestPlot(t *testing.T) {
	report := NewReport(reliable(), "a<b")
	var svg, again bytes.Buffer
	if err := errors.Join(report.WritePlot(&svg), NewReport(reliable(), "a<b").WritePlot(&again)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(svg.Bytes(), again.Bytes()) {
		t.Error("two drawings of one report differ")
	}
	if !strings.Contains(svg.String(), ">html 0.085<") {
		t.Error("the calibration error is not in the panel's title")
	}
	dots := map[[3]string]bool{}
	d := xml.NewDecoder(&svg)
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "circle" {
			dots[[3]string{e.Attr[0].Value, e.Attr[1].Value, e.Attr[2].Value}] = true
		}
	}
	for _, want := range [][3]string{{"9.0", "0.0", "4.0"}, {"174.4", "-157.5", "8.0"}, {"90.0", "-180.0", "9.0"}, {"45.0", "-180.0", "9.0"}} {
		if !dots[want] {
			t.Errorf("no point at %v in %v", want, dots)
		}
	}
	if len(dots) != 4+2 { // and the legend's
		t.Errorf("%d points: %v", len(dots), dots)
	}
}

func TestPlotOfNothing(t *testing.T) {
	var svg bytes.Buffer
	if err := NewReport(nil, "m").WritePlot(&svg); err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(svg.Bytes(), new(struct{})); err != nil {
		t.Error(err)
	}
}

func TestTables(t *testing.T) {
	scores := reliable()
	scores[2].Source, scores[2].Presets = "s", []Score{{F1: 0.5, Precision: 1, Recall: 1. / 3}, {F1: 0.6}, {F1: 0.7}}
	var table strings.Builder
	if err := NewReport(scores, "m").WriteTables(&table); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"| text s | 1 | precision | 1.000 | 0.333 | 0.500 |\n",
		"| html | body | 100 | 0.085 | 0.05 → 0.00 | | | | | | | | | 0.97 → 0.88 |\n",
	} {
		if !strings.Contains(table.String(), want) {
			t.Errorf("no row %q in\n%s", want, table.String())
		}
	}
	columns := 0
	for _, line := range strings.Split(table.String(), "\n") {
		switch n := strings.Count(line, "|"); {
		case line == "":
			columns = 0
		case columns == 0:
			columns = n
		case columns != n:
			t.Errorf("a row of %d bars under a head of %d: %s", n, columns, line)
		}
	}
}
