package block

import (
	"context"
	"strings"
)

// The limits of taking text from a page's data.
const (
	fewWords    = 40      // a page with fewer words of visible text is searched
	minProse    = 100     // bytes of a string that may be prose
	maxData     = 4 << 20 // bytes of scripts that are searched
	maxNested   = 3       // strings within strings
	maxFragment = 1 << 20 // bytes of one string
)

// finishData reads the page's JSON-LD and, where the page shows hardly any
// text of its own, offers what its data would have a script put there.
func (s *splitter) finishData() {
	article := s.linkedData()
	if s.visibleWords() >= fewWords {
		return
	}
	d := dataText{s: s, seen: map[string]bool{}}
	for i := range s.page.Blocks {
		d.seen[s.page.Blocks[i].Text] = true
	}
	if article.words >= fewWords {
		d.offer(article.text)
	}
	left := maxData
	for _, script := range s.scripts {
		n := script.hi - script.lo
		if script.kind != scriptCode && script.kind != scriptJSON || n > left || !holdsData(script, s.text) {
			continue
		}
		left -= n
		d.search(&jsonReader{text: s.text[:script.hi], pos: script.lo, script: script.kind == scriptCode}, nil, 0)
	}
}

// holdsData says whether a script looks like a page's data rather than code.
func holdsData(script pageScript, text string) bool {
	if script.kind == scriptJSON {
		return true
	}
	body := text[script.lo:script.hi]
	return strings.Contains(body, "window.") || strings.Contains(body, "self.") || strings.Contains(body, "__") || strings.Contains(body, "JSON.parse")
}

// visibleWords counts the words that a reader sees outside of links.
func (s *splitter) visibleWords() int {
	n := 0
	for i := range s.page.Blocks {
		b := &s.page.Blocks[i]
		if (b.Origin == OriginVisible || b.Origin == OriginAfterHTML) && 2*b.LinkLen < len(b.Text) && b.Hidden == 0 {
			if n += countWords(b.Text); n >= fewWords {
				break
			}
		}
	}
	return n
}

// dataText gathers blocks from a page's data.
type dataText struct {
	s    *splitter
	seen map[string]bool // texts that are there already
}

// search offers every string of prose that r finds. Data is often written as
// a string that holds more of it.
func (d *dataText) search(r *jsonReader, outer *literal, depth int) {
	for v, ok := r.next(); ok && d.s.err == nil; v, ok = r.next() {
		if v.hi-v.lo < minProse {
			continue
		}
		l := newLiteral(r.text, v, outer)
		switch {
		case depth < maxNested && holdsStrings(l.text):
			outer := l // only this one has to stay
			d.search(&jsonReader{text: l.text}, &outer, depth+1)
		case isProse(l.text):
			d.offer(l)
		}
	}
	d.s.steps += r.steps
}

// holdsStrings says whether a string is data in its turn.
func holdsStrings(t string) bool {
	return strings.Contains(t, `":`) || strings.Contains(t, `["`)
}

// offer makes blocks of a string, which may be HTML.
func (d *dataText) offer(l literal) {
	if len(l.text) > maxFragment {
		return
	}
	if strings.IndexByte(l.text, '<') < 0 {
		d.lines(l)
		return
	}
	sub, err := split(d.s.ctx, []byte(l.text), Options{ContentType: "text/html; charset=utf-8"}, &Room{})
	if err != nil {
		if d.s.ctx.Err() != nil {
			d.s.err = context.Cause(d.s.ctx)
		}
		return
	}
	d.s.steps += sub.steps
	for _, b := range sub.page.Blocks {
		if b.Origin == OriginVisible {
			d.add(l, b)
		}
	}
}

// lines makes a block of each line of a string without tags.
func (d *dataText) lines(l literal) {
	for lo := 0; lo < len(l.text); {
		hi := lo + strings.IndexByte(l.text[lo:], '\n')
		if hi < lo {
			hi = len(l.text)
		}
		start, end := trimSpace(l.text, lo, hi)
		d.add(l, Block{Text: d.s.slab.texts.tidy(unescape(l.text[start:end])), Start: start, End: end})
		lo = hi + 1
	}
}

// add appends one block, unless its text is there already.
func (d *dataText) add(l literal, b Block) {
	s := d.s
	if b.Text == "" || d.seen[b.Text] || checkBlocks(len(s.page.Blocks), s.opts) != nil {
		return
	}
	d.seen[b.Text] = true
	b.Start, b.End = s.dec.offset(l.offset(b.Start)), s.dec.offset(l.offset(b.End))
	b.Origin, b.Element, b.Box, b.Form = OriginData, none, none, none
	b.Control, b.Row, b.Column, b.Hidden = Controls{}, 0, 0, 0
	s.page.Blocks = append(s.page.Blocks, b)
}
