package block

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"unsafe"

	"golang.org/x/net/html"
)

// Limits that keep the work linear in the length of a page, whatever it holds.
const (
	maxDepth     = 1 << 18 // open elements that are told apart; deeper ones are counted alone
	maxPending   = 4       // formatting elements that are opened again after their box has ended
	maxKids      = 64      // sorts of children that are numbered below one element
	checkEvery   = 1 << 10 // steps between two looks at the context
	renewTagFrom = 1 << 10 // bytes of a tag after which the tokenizer is renewed
)

// splitter reads one HTML page in a single pass over the tokenizer's tokens.
// It keeps the elements that are open, as the HTML standard's tree builder
// would, and gathers text into a run until a block ends it.
type splitter struct {
	ctx  context.Context
	opts Options
	page *Page
	dec  decoded
	text string // the decoded page; every offset below is in it
	err  error
	look int // steps at which to look at the context again

	z     *html.Tokenizer
	lo    int  // place of the current token
	hi    int  // place after it
	steps int  // units of work done, for the tests
	tired bool // z has read a long tag

	tree
	run      run
	slab     slab
	formats  // links and inline styles that are open
	controls formState
	pics     pictures
	styles   []span // contents of <style> elements that may hide text
	scripts  []pageScript
	raw      rawText
	head     headState
	metas    metaState
	noscript noscript
	rows     int32 // table rows so far
}

// span is a range of bytes in splitter.text.
type span struct{ lo, hi int }

// rawText says what the text token that comes next belongs to.
type rawText struct {
	tag    tag
	script scriptKind
}

// headState is how far the document's frame has come.
type headState struct {
	body     bool // <body> is open, written or implied
	noscript bool // inside a <noscript> of the head: nothing there is shown
	after    bool // behind </body> or </html>
	xml      bool // written by an XML serializer: <script/> holds nothing, nor does <div/>
}

// HTML splits a page of HTML into blocks. It refuses no page for its shape;
// its errors wrap ErrTooLarge, ErrBinary or the context's error.
func HTML(ctx context.Context, src []byte, opts Options) (*Page, error) {
	s, err := split(ctx, src, opts)
	if err != nil {
		return nil, fmt.Errorf("splitting HTML: %w", err)
	}
	return s.page, nil
}

func split(ctx context.Context, src []byte, opts Options) (*splitter, error) {
	if err := checkLimits(src, opts); err != nil {
		return nil, err
	}
	s := &splitter{ctx: ctx, opts: opts}
	var err error
	if s.dec, err = decode(src, opts.ContentType, true); err != nil {
		return nil, err
	}
	// The text is never written to, so that strings may share its memory.
	s.text = unsafe.String(unsafe.SliceData(s.dec.text), len(s.dec.text))
	s.page = &Page{Format: FormatHTML, Source: src, Charset: s.dec.charset}
	s.start()
	s.tokens()
	if s.err == nil {
		s.finish()
	}
	return s, s.err
}

func (s *splitter) start() {
	s.tree.init()
	s.controls.open, s.controls.loose = -1, -1
	s.renew()
}

// renew starts the tokenizer afresh behind the current token.
func (s *splitter) renew() {
	s.z = html.NewTokenizer(bytes.NewReader(s.dec.text[s.hi:]))
	s.tired = false
}

// tire renews the tokenizer after a long tag, unless raw text comes next. The
// tokenizer's record of attribute names never shrinks and is cleared for every
// tag, so that one tag with very many attributes would slow down all that
// follow.
func (s *splitter) tire(raw bool) {
	s.tired = s.tired || s.hi-s.lo > renewTagFrom
	if s.tired && !raw {
		s.renew()
	}
}

// tokens runs through the page.
func (s *splitter) tokens() {
	for s.err == nil {
		kind := s.z.Next()
		s.lo, s.hi = s.hi, s.hi+len(s.z.Raw())
		if s.steps++; s.overdue() {
			s.err = s.ctx.Err()
			return
		}
		switch kind {
		case html.ErrorToken:
			if err := s.z.Err(); err != io.EOF {
				s.err = err
			}
			return
		case html.TextToken:
			s.textToken()
		case html.StartTagToken, html.SelfClosingTagToken:
			s.startToken(kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			s.endToken()
		}
	}
}

// overdue looks at the context every so many steps. A token may take several,
// so that no multiple of a number is sure to be met.
func (s *splitter) overdue() bool {
	if s.steps < s.look {
		return false
	}
	s.look = s.steps + checkEvery
	return s.ctx.Err() != nil
}

// textToken takes text into the run, or gives the contents of a raw element
// to the reader that it concerns.
func (s *splitter) textToken() {
	raw := s.raw
	s.raw = rawText{}
	switch raw.tag {
	case tagOther:
		s.addText(s.lo, s.hi, true)
	case tagXmp, tagPlaintext:
		s.addText(s.lo, s.hi, false)
	case tagTitle:
		s.titleText()
	case tagStyle:
		s.styles = append(s.styles, span{s.lo, s.hi})
	case tagScript:
		s.scripts = append(s.scripts, pageScript{span{s.lo, s.hi}, raw.script})
	}
}

func (s *splitter) startToken(selfClosing bool) {
	s.raw = rawText{}
	written, a := tagName(s.text[s.lo:s.hi])
	name := lower(written)
	t := tagByName[name]
	tree := s.startTag(t, name, a, selfClosing)
	raw := t.has(isRaw)
	s.head.xml = s.head.xml || raw && selfClosing && tree
	if raw && (!tree || selfClosing || t == tagNoscript || t == tagNoframes || s.noscript.cuts(s.text, s.hi, t)) {
		raw, s.raw = false, rawText{}
		s.z.NextIsNotRawText()
	}
	s.tire(raw)
}

func (s *splitter) endToken() {
	s.raw = rawText{}
	written, _ := tagName(s.text[s.lo:s.hi])
	name := lower(written)
	s.endTag(tagByName[name], name)
	s.tire(false)
}
