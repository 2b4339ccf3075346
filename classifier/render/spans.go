package render

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// span is a mark made fit for Markdown: neither empty nor flanked by white
// space, wholly inside the spans around it, never inside one of its own kind.
type span struct {
	kind       block.MarkKind
	start, end int // byte range in the text
	href       string
	headed     bool // another span starts where it starts
	tailed     bool // another span ends where it ends
}

// spansOf makes spans of marks, outer ones before inner ones. Whatever the
// marks, at most one span of each kind is open at a time, so the work is linear.
func spansOf(text string, marks []block.Mark) []span {
	if len(marks) == 0 {
		return nil
	}
	if !slices.IsSortedFunc(marks, byStart) {
		marks = slices.Clone(marks)
		slices.SortStableFunc(marks, byStart)
	}
	n := nesting{text: text}
	for i := range marks {
		n.add(&marks[i])
	}
	return n.spans
}

func byStart(a, b block.Mark) int { return cmp.Compare(a.Start, b.Start) }

// nesting puts spans into each other.
type nesting struct {
	text  string
	spans []span
	open  []int // indices of the spans around the next one, outermost first
}

func (n *nesting) add(m *block.Mark) {
	s := span{kind: m.Kind, href: m.Href, start: max(m.Start, 0), end: min(m.End, len(n.text))}
	if !s.trim(n.text) {
		return
	}
	for len(n.open) > 0 && n.spans[n.open[len(n.open)-1]].end <= s.start {
		n.open = n.open[:len(n.open)-1]
	}
	for _, o := range n.open {
		around := &n.spans[o]
		if around.kind == s.kind || around.kind == block.MarkCode && !around.swap(&s) {
			return
		}
		s.end = min(s.end, around.end)
	}
	if !s.trim(n.text) {
		return
	}
	for _, o := range n.open {
		around := &n.spans[o]
		around.headed = around.headed || around.start == s.start
		around.tailed = around.tailed || around.end == s.end
	}
	n.open = append(n.open, len(n.spans))
	n.spans = append(n.spans, s)
}

// swap turns a link inside code into code inside a link, where both cover the
// same text: Markdown has no links in code.
func (s *span) swap(inner *span) bool {
	if inner.kind != block.MarkLink || inner.start != s.start || inner.end != s.end {
		return false
	}
	s.kind, s.href, inner.kind, inner.href = inner.kind, inner.href, s.kind, s.href
	return true
}

// trim takes white space off both ends and moves them to whole characters. It
// says whether anything is left.
func (s *span) trim(text string) bool {
	for s.start < s.end && !utf8.RuneStart(text[s.start]) {
		s.start++
	}
	for s.end > s.start && s.end < len(text) && !utf8.RuneStart(text[s.end]) {
		s.end--
	}
	if s.start >= s.end {
		return false
	}
	inside := strings.TrimRightFunc(text[s.start:s.end], unicode.IsSpace)
	s.end = s.start + len(inside)
	s.start = s.end - len(strings.TrimLeftFunc(inside, unicode.IsSpace))
	return s.start < s.end
}

// flanks says whether readers take the delimiters around a span of strong or
// emphasised text for such. By the rules of CommonMark 0.31, section 6.2, that
// hangs on the characters on both sides of a delimiter; where the character
// that will stand there is not certain, the answer is no.
func (s *span) flanks(text string) bool {
	before := s.start == 0 || parts(last(text[:s.start]))
	after := s.end == len(text) || parts(first(text[s.end:]))
	if s.kind == block.MarkEmphasis { // written with _, which must not stand within a word
		return before && after
	}
	return (before || !s.headed && plain(first(text[s.start:]))) && (after || !s.tailed && plain(last(text[:s.end])))
}

func first(text string) rune { r, _ := utf8.DecodeRuneInString(text); return r }
func last(text string) rune  { r, _ := utf8.DecodeLastRuneInString(text); return r }

// parts says whether a character is white space or punctuation to all readers.
func parts(r rune) bool {
	if r < utf8.RuneSelf {
		return r == ' ' || r == '\n' || r == '\t' || unicode.IsGraphic(r) && !plain(r)
	}
	return unicode.Is(unicode.Zs, r) || unicode.IsPunct(r)
}

// plain says whether a character is neither to any reader.
func plain(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }
