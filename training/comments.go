package training

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/pagesieve/pagesieve/classifier"
	"github.com/pagesieve/pagesieve/classifier/bayes"
)

// CommentScore measures texts that are one reader's comment each, honest or
// spam, as filters of comments are measured: by text and not by word.
type CommentScore struct {
	Group     string  `json:"group"`
	Texts     int     `json:"texts"`
	Spam      int     `json:"spam"` // of the texts
	Accuracy  float64 `json:"accuracy"`
	Precision float64 `json:"precision"` // of the texts called spam
	Recall    float64 `json:"recall"`    // of the spam
}

// OneComment says whether the page is a text with one label, comment or
// link_spam.
func (p *LabeledPage) OneComment() bool {
	if p.HTML != "" || len(p.Spans) != 1 {
		return false
	}
	t := p.Spans[0].truth()
	return t == Truth(bayes.Comment) || t == Truth(bayes.LinkSpam)
}

// calledSpam says whether half of a text's words or more are in blocks called
// link_spam.
func calledSpam(r *classifier.Result) bool {
	all, spam := 0, 0
	for i := range r.Blocks {
		n := max(1, len(words(r.Blocks[i].Text)))
		all += n
		if r.Blocks[i].Label == bayes.LinkSpam {
			spam += n
		}
	}
	return all > 0 && 2*spam >= all
}

func commentScores(scores []PageScore) []CommentScore {
	type count [2][2]int // by truth and answer, 1 for spam
	groups := map[string]*count{}
	for i := range scores {
		s := &scores[i]
		if !s.OneComment || s.Error != "" {
			continue
		}
		if groups[s.Source] == nil {
			groups[s.Source] = &count{}
		}
		groups[s.Source][index(s.HasSpam)][index(s.CalledSpam)]++
	}
	var out []CommentScore
	for _, g := range slices.Sorted(maps.Keys(groups)) {
		c := groups[g]
		spam, called := c[1][0]+c[1][1], c[0][1]+c[1][1]
		s := CommentScore{Group: g, Texts: c[0][0] + c[0][1] + spam, Spam: spam}
		s.Accuracy = float64(c[0][0]+c[1][1]) / float64(s.Texts)
		s.Precision, s.Recall = float64(c[1][1])/float64(max(1, called)), float64(c[1][1])/float64(max(1, spam))
		out = append(out, s)
	}
	return out
}

func index(b bool) int {
	if b {
		return 1
	}
	return 0
}

func writeComments(t io.Writer, scores []CommentScore) {
	if len(scores) == 0 {
		return
	}
	fmt.Fprintln(t, "\ntexts that are one comment\ttexts\tspam\taccuracy\tprecision\trecall")
	for _, s := range scores {
		fmt.Fprintf(t, "%s\t%d\t%d\t%.4f\t%.3f\t%.3f\n", s.Group, s.Texts, s.Spam, s.Accuracy, s.Precision, s.Recall)
	}
}
