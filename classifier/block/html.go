package block

import (
	"context"
	"fmt"
	"unsafe"
)

// Limits that keep the work linear in the length of a page, whatever it holds.
const (
	maxDepth   = 1 << 18 // open elements that are told apart; deeper ones are counted alone
	maxPending = 4       // formatting elements that are opened again after their box has ended
	maxKids    = 64      // sorts of children that are numbered below one element
	checkEvery = 1 << 10 // steps between two looks at the context
)

// splitter reads one HTML page in a single pass over the scanner's tokens.
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

	z     scanner
	again scanner // reads a tag once more
	lo    int     // place of the current token
	hi    int     // place after it
	steps int     // units of work done, for the tests

	tree
	run      run
	slab     slab
	formats  // links and inline styles that are open
	controls formState
	pics     pictures
	hidden   []Hidden // per element, those around it too
	sheet    sheet
	rules    ruleIndex
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
	return inRoom(ctx, src, opts, &Room{})
}

func inRoom(ctx context.Context, src []byte, opts Options, r *Room) (*Page, error) {
	s, err := split(ctx, src, opts, r)
	if err != nil {
		return nil, fmt.Errorf("splitting HTML: %w", err)
	}
	return s.page, nil
}

func split(ctx context.Context, src []byte, opts Options, r *Room) (*splitter, error) {
	if err := checkLimits(src, opts); err != nil {
		return nil, err
	}
	r.Clear()
	s := &r.splitter
	s.ctx, s.opts = ctx, opts
	var err error
	if s.dec, err = decode(ctx, src, opts.ContentType, true); err != nil {
		return nil, err
	}
	// The text is never written to, so that strings may share its memory.
	s.text = unsafe.String(unsafe.SliceData(s.dec.text), len(s.dec.text))
	s.page = &r.page
	*s.page = Page{Format: FormatHTML, Source: src, Charset: s.dec.charset}
	s.enter(r)
	s.start()
	s.tokens()
	if s.err == nil {
		s.finish()
	}
	s.leave(r)
	return s, s.err
}

func (s *splitter) start() {
	s.tree.init()
	s.controls.open, s.controls.loose = -1, -1
	s.z.text, s.again.text = s.text, s.text
	s.z.attrs.texts, s.again.attrs.texts = &s.slab.texts, &s.slab.texts
}

// reread reads the start tag at lo once more. The answer holds until the next
// call.
func (s *splitter) reread(lo int32) *scanner {
	s.again.readTag(int(lo)+1, startToken)
	return &s.again
}

// tokens runs through the page.
func (s *splitter) tokens() {
	for s.err == nil {
		kind := s.z.next()
		s.lo, s.hi = s.z.lo, s.z.hi
		if s.steps++; s.overdue() {
			s.err = s.ctx.Err()
			return
		}
		switch kind {
		case endOfPage:
			return
		case textToken:
			s.textToken()
		case startToken:
			s.startToken()
		case endToken:
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

func (s *splitter) startToken() {
	s.raw = rawText{}
	t, selfClosing := s.z.tag, s.z.selfClosing
	tree := s.startTag(t, s.z.name(), &s.z.attrs, selfClosing)
	raw := t.has(isRaw)
	s.head.xml = s.head.xml || raw && selfClosing && tree
	if raw && (!tree || selfClosing || t == tagNoscript || t == tagNoframes || s.noscript.cuts(s.text, s.hi, t)) {
		s.raw = rawText{}
		s.z.raw = tagOther
	}
}

func (s *splitter) endToken() {
	s.raw = rawText{}
	s.endTag(s.z.tag, s.z.name())
}
