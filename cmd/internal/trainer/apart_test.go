package trainer_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/pagesieve/pagesieve/cmd/internal/models"
	"github.com/pagesieve/pagesieve/cmd/internal/trainer"
	"github.com/pagesieve/pagesieve/training"
	"github.com/pagesieve/pagesieve/training/pages"
	"github.com/pagesieve/pagesieve/training/retrain"
	"github.com/pagesieve/pagesieve/training/store"
)

func storedPages(t *testing.T, n int) []store.Page {
	t.Helper()
	all, err := pages.All()
	check(t, err)
	var stored []store.Page
	for _, p := range all[:n] {
		s, err := retrain.Stored(training.OwnPage(p))
		check(t, err)
		stored = append(stored, s)
	}
	return stored
}

func silent(retrain.Progress) {}

// TestApart holds that a process of its own gives what this one gives.
func TestApart(t *testing.T) {
	active, err := retrain.Train(t.Context(), storedPages(t, 4), retrain.Options{WithoutBase: true, Trees: 2})
	check(t, err)
	job := trainer.Job{Options: retrain.Options{Name: "apart", WithoutBase: true, Trees: 2, Folds: 2, Workers: 1}, Compare: true, Active: active.Model}
	want, err := trainer.Here(t.Context(), job, storedPages(t, 8), silent)
	check(t, err)
	told := 0
	got, err := trainer.Apart(slog.New(slog.DiscardHandler))(t.Context(), job, storedPages(t, 8), func(retrain.Progress) { told++ })
	check(t, err)
	a, err := json.Marshal(want)
	check(t, err)
	b, err := json.Marshal(got)
	check(t, err)
	if !bytes.Equal(a, b) || len(got.Active) == 0 {
		t.Errorf("another result:\n%.500s\n%.500s", a, b)
	}
	if told == 0 {
		t.Error("it told no progress")
	}
}

// TestApartErrors holds that what is wrong is told as if it were trained here.
func TestApartErrors(t *testing.T) {
	run := trainer.Apart(slog.New(slog.DiscardHandler))
	_, err := run(t.Context(), trainer.Job{Options: retrain.Options{Trees: -1}}, nil, silent)
	if s := models.Status(err); s == nil || !strings.Contains(s.Error(), "code = InvalidArgument") {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	begun := time.Now()
	_, err = run(ctx, trainer.Job{}, storedPages(t, 8), func(retrain.Progress) { cancel() })
	if !errors.Is(err, context.Canceled) || time.Since(begun) > 10*time.Second {
		t.Errorf("got %v after %v, want the end of the context", err, time.Since(begun))
	}
}

// TestApartLost holds that a process that dies is an error, and what it said in
// the log.
func TestApartLost(t *testing.T) {
	t.Setenv(wordsEnv, "out of everything")
	var log bytes.Buffer
	_, err := trainer.Apart(slog.New(slog.NewTextHandler(&log, nil)))(t.Context(), trainer.Job{}, storedPages(t, 2), silent)
	if !errors.Is(err, models.ErrLost) || !strings.Contains(log.String(), "out of everything") {
		t.Errorf("got %v, log %s", err, log.String())
	}
}
