package comments

import (
	"github.com/pagesieve/pagesieve/classifier/bayes"
	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/phrase"
)

// span is the blocks of form i, with those labelled as comment form around
// them that no other form has.
func (f *finder) span(i int) (first, end int) {
	first, end = f.spans[i][0], f.spans[i][1]
	if end == 0 {
		first = f.blockAt(f.page.Forms[i].Start)
		end = first
	}
	return f.widen(first, end, int32(i))
}

// blockAt is the first block at or behind a byte of the page.
func (f *finder) blockAt(start int) int {
	lo, hi := 0, len(f.page.Blocks)
	for lo < hi {
		if m := (lo + hi) / 2; f.page.Blocks[m].Start < start {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

// widen takes in neighbours that are labelled as comment form.
func (f *finder) widen(first, end int, form int32) (int, int) {
	mine := func(k int) bool {
		own := f.page.Blocks[k].Form
		return f.labels[k] == bayes.CommentForm && (own < 0 || own == form)
	}
	for first > 0 && mine(first-1) {
		first--
	}
	for end < len(f.page.Blocks) && mine(end) {
		end++
	}
	return first, end
}

// maxSpeech is how many times longer than its phrase a text outside of forms
// may be: a sentence about leaving comments invites nobody.
const maxSpeech = 2

// invitation is the wording in the blocks of a form or just before them.
func (f *finder) invitation(first, end int) phrase.Found {
	for k := max(0, first-wordsReach); k < min(end, first+maxLooked); k++ {
		b := &f.page.Blocks[k]
		one, ok := invites(b.Text)
		if ok && (b.Form >= 0 || b.Role == block.RoleHeading || len(b.Text) <= maxSpeech*len(one.Text)) {
			return one
		}
	}
	return f.buttonWording(first, end)
}

// buttonWording looks at what buttons say that have no text of their own.
func (f *finder) buttonWording(first, end int) phrase.Found {
	for i := range f.page.Forms {
		if i >= maxLooked {
			break
		}
		if s := f.spans[i]; s[1] == 0 || s[0] < first || s[1] > end {
			continue
		}
		fields := f.page.Forms[i].Fields
		for k := range fields[:min(len(fields), MaxFields)] {
			field := &fields[k]
			for _, text := range [...]string{field.Value, field.Placeholder} {
				if one, ok := invites(text); ok {
					return one
				}
			}
		}
	}
	return phrase.Found{}
}

// otherWording reports the invitation of another kind of form.
func (f *finder) otherWording(first, end int) bool {
	for k := max(0, first-1); k < min(end, first+maxLooked); k++ {
		if text := f.page.Blocks[k].Text; len(text) > maxInvitation {
			continue
		} else if _, ok := contactPhrases().Find(text); ok {
			return true
		}
	}
	return false
}

// worded is the form that only blocks labelled so tell of: that of a page
// whose tags are gone, or whose comments are closed to strangers.
func (f *finder) worded() []Form {
	for k := range f.labels {
		if f.labels[k] != bayes.CommentForm {
			continue
		}
		first, end := f.widen(k, k+1, -1)
		said := f.invitation(first, end)
		if said.Text == "" {
			continue
		}
		b := f.page.Blocks
		return []Form{{Platform: f.marks.platform(), Wording: said.Text, Language: said.Name,
			FirstBlock: first, EndBlock: end, Start: b[first].Start, End: b[end-1].End}}
	}
	return nil
}
