package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pagesieve/pagesieve/training"
)

// sentences are the main text of the pages that tests are made of.
var sentences = []string{
	"The ferry to the northern islands has been running since the spring of last year, and nobody on the quay thought that it would last.",
	"Three times a week it leaves the harbour at dawn, crosses the sound in less than two hours, and returns before the shops have opened.",
	"Its captain, who learned the trade on a fishing boat, says that the currents are harder to read than any chart would have you believe.",
	"Passengers bring bicycles, crates of seedlings and now and then a goat, and the fare has stayed the same through all of this.",
	"In winter the timetable shrinks to a single crossing, which the islanders count on for their post, their bread and their medicine.",
	"The council will decide in autumn whether to pay for a second boat, and it has asked all who live on the islands what they think.",
}

// ownPage is a page with a menu, an article and a footer.
func ownPage(id string) training.LabeledPage {
	text := strings.Join(sentences, "\n")
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A ferry for the islands</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/boats">Boats</a></li><li><a href="/weather">Weather</a></li></ul></nav>
<main><article><h1>A ferry for the islands</h1>`)
	for _, s := range sentences {
		fmt.Fprintf(&b, "<p>%s</p>\n", s)
	}
	b.WriteString(`</article></main><footer><p><a href="/imprint">Imprint</a> <a href="/privacy">Privacy</a></p></footer></body></html>`)
	return training.LabeledPage{ID: id, URL: "https://harbour.example/" + id, HTML: b.String(), MainText: &text, PageKind: "article", Language: "en"}
}

// ownFile writes labelled pages to a file of JSON Lines.
func ownFile(t testing.TB, pages ...training.LabeledPage) string {
	t.Helper()
	var out []byte
	for _, p := range pages {
		line, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		out = append(append(out, line...), '\n')
	}
	name := filepath.Join(t.TempDir(), "own.jsonl")
	if err := os.WriteFile(name, out, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}
