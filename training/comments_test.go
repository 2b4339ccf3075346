package training_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/pagesieve/pagesieve/training"
)

func TestCommentsAreCountedByText(t *testing.T) {
	score := func(spam, called bool, n int) []training.PageScore {
		out := make([]training.PageScore, n)
		for i := range out {
			out[i] = training.PageScore{Source: "guestbook", OneComment: true, HasSpam: spam, CalledSpam: called}
		}
		return out
	}
	scores := append(score(true, true, 6), score(true, false, 2)...)
	scores = append(append(scores, score(false, false, 9)...), score(false, true, 3)...)
	scores = append(scores, training.PageScore{Source: "guestbook"}, training.PageScore{Source: "guestbook", OneComment: true, Error: "late"})
	r := training.NewReport(scores, "m")
	want := training.CommentScore{Group: "guestbook", Texts: 20, Spam: 8, Accuracy: 0.75, Precision: 6.0 / 9, Recall: 0.75}
	if len(r.Comments) != 1 || r.Comments[0] != want {
		t.Errorf("got %+v, want %+v", r.Comments, want)
	}
	var b bytes.Buffer
	if err := r.WriteText(&b); err != nil || !strings.Contains(b.String(), "0.7500") {
		t.Errorf("no accuracy in the report: %v", err)
	}
}

func TestOneCommentIsRead(t *testing.T) {
	for line, want := range map[string]bool{
		`{"id":"1","text":"nice song","label":"ham"}`:                             true,
		`{"id":"2","text":"check out my channel","label":"spam"}`:                 true,
		`{"id":"3","text":"a river","spans":[{"text":"a river","label":"body"}]}`: false,
		`{"id":"4","html":"<p>x","spans":[{"text":"x","label":"comment"}]}`:       false,
		`{"id":"5","text":"a\nb","main_text":"a"}`:                                false,
		`{"id":"6","text":"nice","spans":[{"text":"nice","label":"comment"}]}`:    true,
		`{"id":"7","text":"nice","spans":[{"text":"nice","label":"not_body"}]}`:   false,
		`{"id":"8","text":"nice","spans":[{"text":"nice","label":"unmarked"}]}`:   false,
	} {
		p, err := training.ParsePage([]byte(line))
		if err != nil {
			t.Fatal(err)
		}
		if got := p.OneComment(); got != want {
			t.Errorf("%s: %v", line, got)
		}
	}
}
