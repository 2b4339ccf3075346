package main

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/pagesieve/pagesieve/training"
)

// TestSystems holds that every system is called so that it finds the article
// of a plain page.
func TestSystems(t *testing.T) {
	systems, err := chosen(nil)
	if err != nil {
		t.Fatal(err)
	}
	p := ownPage("1")
	m := measuring{systems: systems, limit: time.Minute}
	for _, l := range m.page(t.Context(), &p) {
		if l.Error != "" || l.F1 < 0.9 {
			t.Errorf("%s: F1 %.3f, error %q", l.System, l.F1, l.Error)
		}
	}
}

func TestBounded(t *testing.T) {
	forever := make(chan struct{})
	defer close(forever)
	for _, c := range []struct {
		name    string
		extract func(context.Context, []byte, string) (string, error)
		want    string
	}{
		{"text", func(context.Context, []byte, string) (string, error) { return "x", nil }, ""},
		{"panic", func(context.Context, []byte, string) (string, error) { panic("index out of range\nmore") }, "panic: index out of range"},
		{"error", func(context.Context, []byte, string) (string, error) { return "half", errors.New("no body") }, "no answer: no body"},
		{"hangs", func(context.Context, []byte, string) (string, error) { <-forever; return "late", nil }, "timeout after 20ms"},
		{"hears", func(ctx context.Context, _ []byte, _ string) (string, error) { <-ctx.Done(); return "", ctx.Err() }, "timeout after 20ms"},
	} {
		limit := time.Minute
		if strings.HasPrefix(c.want, endedTimeout) {
			limit = 20 * time.Millisecond
		}
		text, ended := system{c.name, c.extract}.bounded(t.Context(), nil, "", limit)
		if ended != c.want || (ended != "") != (text == "") {
			t.Errorf("%s: text %q, ended %q, want %q", c.name, text, ended, c.want)
		}
	}
}

func TestMeasureAll(t *testing.T) {
	bare := ownPage("3")
	bare.MainText, bare.Spans = nil, []training.Span{}
	text := training.LabeledPage{ID: "4", Text: "A text.", MainText: bare.MainText}
	file := ownFile(t, ownPage("2"), bare, ownPage("1"), text)
	echo := func(answer string) func(context.Context, []byte, string) (string, error) {
		return func(context.Context, []byte, string) (string, error) { return answer, nil }
	}
	m := measuring{systems: []system{{"zeta", echo(sentences[0])}, {"alpha", echo("")}}, workers: 2, limit: time.Minute, done: func(int) {}}
	lines, err := m.run(t.Context(), readAll([]string{file}))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range lines {
		got = append(got, l.Source+" "+l.ID+" "+l.System)
		if l.System == "zeta" && (l.Precision != 1 || l.Recall <= 0.1 || l.Recall >= 0.3) || l.System == "alpha" && l.F1 != 0 {
			t.Errorf("%+v", l)
		}
	}
	if want := "own 1 zeta, own 1 alpha, own 2 zeta, own 2 alpha"; strings.Join(got, ", ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestMeasureStops(t *testing.T) {
	file := ownFile(t, ownPage("1"), training.LabeledPage{ID: "broken"})
	m := measuring{systems: []system{{"none", readable}}, workers: 1, limit: time.Minute, done: func(int) {}}
	if _, err := m.run(t.Context(), readAll([]string{file})); !errors.Is(err, training.ErrPage) {
		t.Errorf("a broken page: error %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := m.run(ctx, readAll([]string{file})); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: error %v", err)
	}
}
