package feature

import (
	"github.com/pagesieve/pagesieve/classifier/block"
)

// View names a kind of token; each has a naive Bayes classifier of its own.
type View uint8

// The views. The first group reads tokens of the block itself, the second
// tokens of the elements around it.
const (
	Words    View = iota // words of the text, each once
	Phrases              // the text's first words, last words, and the whole of a short text
	Targets              // words of the links' targets, and how they stand to the page
	Controls             // names and types of the form's fields, its action
	Shapes               // conjunctions of the text's facts
	Contexts             // conjunctions with the neighbours' facts
	NumBlockViews
)

// Views of what stands around.
const (
	Paths     View = iota + NumBlockViews // tag of the element, with its parent's and grandparent's
	Ancestors                             // tags of all elements around
	NearNames                             // class, id, role and itemprop words of the two nearest elements
	FarNames                              // those of all further elements
	Sections                              // words of the heading above, and of the one above that
	NumViews  = int(iota) + int(NumBlockViews)
)

var viewNames = [NumViews]string{"words", "phrases", "targets", "controls", "shapes", "contexts", "paths", "ancestors", "near names", "far names", "sections"}

// String is the view's name.
func (v View) String() string { return viewNames[v] }

// Page is what the model reads of one page.
type Page struct {
	Source *block.Page
	Facts  []float32                // NumFacts a block
	Tokens [NumBlockViews]TokenList // per block
	Path   TokenList                // per element: the tokens of Paths
	Names  TokenList                // per element: the tokens of NearNames and FarNames
	Tags   []uint64                 // per element: the token of Ancestors
	Kind   []uint64                 // tokens of the page as a whole
	WordsN []float32                // words of each block
	layout *layout
	room   *Room
}

// TokenList holds the tokens of many things, one after the other.
type TokenList struct {
	Hash  []uint64
	Start []int32 // of each thing; one more than there are things
}

// tokenList is an empty list for n things of about so many tokens.
func (r *Room) tokenList(n, each int) TokenList {
	return TokenList{Hash: r.hashes.piece(n * each)[:0], Start: r.counts.take(n + 1)[:1]}
}

// Of is the tokens of thing i.
func (t *TokenList) Of(i int) []uint64 { return t.Hash[t.Start[i]:t.Start[i+1]] }

func (t *TokenList) add(h uint64) { t.Hash = append(t.Hash, h) }
func (t *TokenList) next()        { t.Start = append(t.Start, int32(len(t.Hash))) }

// FactsOf is the facts of block i.
func (p *Page) FactsOf(i int) []float32 { return p.Facts[i*NumFacts : (i+1)*NumFacts] }

// Extract reads a page. url is where it came from, or empty.
func Extract(p *block.Page, url string) *Page { return extract(p, url, &Room{}) }

func extract(p *block.Page, url string, room *Room) *Page {
	f := &room.page
	*f = Page{Source: p, room: room}
	l := newLayout(p, url, room)
	f.layout = l
	if room.ended() {
		return f
	}
	f.WordsN = l.words()
	f.elementTokens(l)
	f.Facts = l.facts()
	f.blockTokens(l)
	if room.ended() {
		return f
	}
	f.Kind = l.kindTokens(f)
	return f
}
