package render

import (
	"bytes"
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// place says where inline Markdown will stand: what a line break becomes and
// which characters are special depend on it.
type place uint8

const (
	inParagraph place = iota // line breaks are kept
	inWrapped                // line breaks of a plain text page, which mean nothing
	inHeading
	inCell
	inImage // its alternative text
)

// inline is the text of one block with its links and styles.
type inline struct {
	out      []byte
	text     string
	at       place
	spans    []span
	next     int // the first of spans not yet written
	links    *linker
	gap      byte // white space read but not yet written: 0, ' ' or '\n'
	inLink   bool
	pairs    bool   // a single * _ ~ or ` might find a partner
	mail     bool   // there is an @ in text, so <...> might be an address
	escapeAt int    // index in text of a character that is special where it stands; -1 for none
	ended    [4]int // by kind: len(out) just after the last closing delimiter
}

// inline is the Markdown of a block's text.
func (w *writer) inline(i int, at place) string {
	b := &w.plan.page.Blocks[i]
	n := newInline(b.Text, at)
	n.spans, n.links = spansOf(b.Text, b.Marks), w.links
	n.pairs = n.pairs || len(n.spans) > 0
	n.write(0, len(b.Text))
	return string(n.out)
}

func newInline(text string, at place) *inline {
	n := &inline{text: text, at: at, escapeAt: -1, ended: [4]int{-1, -1, -1, -1}}
	n.out = make([]byte, 0, len(text)+len(text)/8)
	n.inLink, n.mail = at == inImage, strings.Contains(text, "@")
	n.pairs = at == inCell || hasPair(text)
	return n
}

// write writes a range of the text with the spans that begin in it.
func (n *inline) write(from, to int) {
	for n.next < len(n.spans) && n.spans[n.next].start < to {
		s := &n.spans[n.next]
		n.next++
		n.escape(from, s.start)
		n.span(s)
		from = s.end
	}
	n.escape(from, to)
}

// span writes a span with its delimiters, or plainly where they would not be
// taken for such.
func (n *inline) span(s *span) {
	n.flush(s.start)
	touches := n.ended[s.kind&3] == len(n.out) // two delimiters in a row would be read as one
	switch {
	case s.kind == block.MarkLink:
		n.link(s)
	case touches:
		n.write(s.start, s.end)
	case s.kind == block.MarkCode:
		n.code(s)
	case s.kind == block.MarkStrong && s.flanks(n.text):
		n.delimit(s, "**")
	case s.kind == block.MarkEmphasis && s.flanks(n.text):
		n.delimit(s, "_")
	default:
		n.write(s.start, s.end)
	}
}

func (n *inline) delimit(s *span, delimiter string) {
	n.out = append(n.out, delimiter...)
	n.write(s.start, s.end)
	n.out = append(n.out, delimiter...)
	n.ended[s.kind&3] = len(n.out)
}

func (n *inline) link(s *span) {
	target, ok := n.links.resolve(s.href)
	box := len(n.out) == 0 && strings.EqualFold(n.text[s.start:s.end], "x") // [x] begins a task
	if !ok || box {
		n.write(s.start, s.end)
		return
	}
	if text := n.text[s.start:s.end]; text == target && strings.HasPrefix(target, "http") && !s.headed {
		n.out = append(n.out, "<"+target+">"...) // an address that is its own text
		return
	}
	n.out = append(n.out, '[')
	n.inLink = true
	n.write(s.start, s.end)
	n.inLink = false
	n.out = append(n.out, "]("...)
	n.out = append(n.out, target...)
	n.out = append(n.out, ')')
}

// code writes a span of code, between more backticks than it holds.
func (n *inline) code(s *span) {
	text := strings.Map(spaceOut, n.text[s.start:s.end])
	cutsMail := s.start > 0 && !strings.Contains(space, n.text[s.start-1:s.start]) && strings.Contains(text, "@")
	if cutsMail || n.at == inCell && strings.Contains(text, "|") {
		n.write(s.start, s.end) // readers differ on what these are
		return
	}
	ticks := bytes.Repeat([]byte{'`'}, longestRun(text, '`')+1)
	pad := ""
	if text[0] == '`' || text[len(text)-1] == '`' {
		pad = " "
	}
	n.out = append(n.out, ticks...)
	n.out = append(n.out, pad+text+pad...)
	n.out = append(n.out, ticks...)
	n.ended[s.kind&3] = len(n.out)
}

// spaceOut makes one line of code, without NUL, which Markdown forbids.
func spaceOut(r rune) rune {
	switch r {
	case '\n', '\r', '\t', '\v', '\f':
		return ' '
	case 0:
		return '\uFFFD'
	}
	return r
}

// longestRun is the length of the longest run of c in text.
func longestRun(text string, c byte) int {
	longest, run := 0, 0
	for i := range len(text) {
		if text[i] != c {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
