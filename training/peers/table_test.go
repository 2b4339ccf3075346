package main

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"github.com/pagesieve/pagesieve/training"
)

func line(system, source, id, kind, language string, f1 float64) training.PageLine {
	return training.PageLine{System: system, Source: source, Format: "html", ID: id, Kind: kind, Language: language, F1: f1, Precision: f1, Recall: 1, Shingle: f1 / 2}
}

// sample: pagesieve is ahead on articles and behind on forums.
func sample() []training.PageLine {
	failed := line("go-b", "one", "3", "forum", "fr", 0)
	failed.Error = "panic: index out of range"
	return []training.PageLine{
		line("go-a", "one", "1", "article", "en", 0.5), line("go-b", "one", "1", "article", "en", 0.7), line("", "one", "1", "article", "en", 0.9),
		line("go-a", "one", "2", "article", "en", 0.7), line("go-b", "one", "2", "article", "en", 0.7), line("", "one", "2", "article", "en", 0.8),
		line("go-a", "one", "3", "forum", "fr", 0.6), failed, line("", "one", "3", "forum", "fr", 0.4),
		line("go-a", "two", "4", "", "en", 0.6), line("go-b", "two", "4", "", "en", 0.6), line(inSample, "two", "4", "", "en", 1), line("", "two", "4", "", "en", 0.6),
		line("go-a", "two", "5", "", "en", 0.6), line("go-b", "two", "5", "", "en", 0.6), // ours is missing
		line("go-a", "two", "1", "article", "en", 0), line("go-b", "two", "1", "article", "en", 0), line("", "two", "1", "article", "en", 0), // again
	}
}

func TestCompareSystems(t *testing.T) {
	c, err := compare(sample())
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(c.Systems, ", "); got != "pagesieve, go-a, go-b" {
		t.Errorf("systems %s", got)
	}
	if c.Missing[ours] != 1 || c.First[ours] != "5" {
		t.Errorf("missing %v, first %v", c.Missing, c.First)
	}
	article := c.Kinds[1]
	if article.Name != "article" || article.Pages != 2 || math.Abs(article.Cells[0].F1-0.85) > 1e-9 || math.Abs(article.Cells[0].Shingle-0.425) > 1e-9 {
		t.Errorf("article %+v", article)
	}
	// Differences to go-b are 0.2 and 0.1: mean 0.15, standard error 0.05.
	if l := article.Lead; l.Over != "go-b" || math.Abs(l.F1-0.15) > 1e-9 || math.Abs(l.StdErr-0.05) > 1e-9 {
		t.Errorf("lead %+v", l)
	}
	if c.Ended[2]["panic"] != 1 {
		t.Errorf("ended %v", c.Ended)
	}
	if got, want := c.verdict(), "pagesieve is ahead of every peer on all, article; behind on forum (-0.200 ± 0.000, go-a)"; got != want {
		t.Errorf("verdict %q, want %q", got, want)
	}
}

func TestCompareRefusesTwice(t *testing.T) {
	l := line("go-a", "one", "1", "", "", 1)
	if _, err := compare([]training.PageLine{l, l}); err == nil || !strings.Contains(err.Error(), "two lines of go-a") {
		t.Errorf("error %v", err)
	}
}

const wantMarkdown = `pagesieve and the best peer by F1

| pages | n | F1 | best peer | its F1 | lead ± standard error |
|---|---|---|---|---|---|
| all | 3 | 0.700 | go-a | 0.600 | +0.100 ± 0.173 |
| article | 2 | 0.850 | go-b | 0.700 | +0.150 ± 0.050 |
| forum | 1 | 0.400 | go-a | 0.600 | -0.200 ± 0.000 |
| one | 3 | 0.700 | go-a | 0.600 | +0.100 ± 0.173 |
| two | 2 | 0.300 | go-a | 0.300 | +0.000 ± 0.000 |

F1 by page kind

| system | all | article | forum |
|---|---|---|---|
| pages | 3 | 2 | 1 |
| pagesieve | 0.700* | 0.850* | 0.400 |
| go-a | 0.600 | 0.600 | 0.600* |
| go-b | 0.467 | 0.700 | 0.000 |
`

func TestMarkdown(t *testing.T) {
	c, err := compare(sample())
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := writeMarkdown(&out, c.grids()[:2]); err != nil || out.String() != wantMarkdown {
		t.Errorf("error %v, got\n%s", err, out.String())
	}
	out.Reset()
	if err := writeText(&out, c.grids()); err != nil || !strings.Contains(out.String(), "one / ~ other") {
		t.Errorf("error %v, got\n%s", err, out.String())
	}
}
