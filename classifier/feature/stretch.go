package feature

import (
	"math/bits"
	"unicode/utf8"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// A stretch is a list as a reader sees one: short blocks or links side by side
// in one element, or short lines of plain text. Of two words of a list nobody
// can tell whether they are foreign to the page; of all its entries one can. A
// block that is no such entry is a stretch of its own.
type stretch struct {
	first, blocks int
	words         float64
	linkWords     float64
	links         int
	foreign, root int    // links to other sites, and those of them that name no page there
	hosts         uint64 // a bit for each foreign host, by its hash
	running       float64
	distinct      int // words, each once
	outside       int // of these, used by blocks outside of the stretch
	prose         int // … by prose outside of it
	text          int // words, as often as they stand there
	repeated      int // of these, that stand after the same word once more
	triples       int // triples of letters
	known         int // of these, in prose outside of the stretch
}

// maxEntry is how many words an entry of a list has at most, and maxStretch
// how many entries are looked at together.
const (
	maxEntry   = 12
	maxStretch = 128
)

// ListWords is how many words the list has that block i is an entry of; those
// of the block alone where it is in none.
func (f *Page) ListWords(i int) float64 { return f.layout.stretches[f.layout.stretchOf[i]].words }

// entry says whether a block may be one of many in a list.
func (l *layout) entry(i int) bool {
	return l.page.Blocks[i].Role != block.RoleHeading && (l.stats[i].Words <= maxEntry || l.links[i].Density > 0.5)
}

// findStretches shares the blocks out among stretches.
func (l *layout) findStretches() {
	n := len(l.stats)
	l.stretchOf = l.room.counts.take(n)
	l.stretches = l.room.stretches.piece(n)[:0]
	for i := range n {
		k := len(l.stretches) - 1
		if k < 0 || !l.entry(i) || !l.entry(i-1) || l.parent(i) != l.parent(i-1) || l.stretches[k].blocks >= maxStretch {
			l.stretches = append(l.stretches, stretch{first: i})
			k++
		}
		l.stretchOf[i] = int32(k)
		l.stretches[k].add(l, i)
	}
}

func (s *stretch) add(l *layout, i int) {
	k := &l.links[i]
	s.blocks++
	s.words += l.stats[i].Words
	s.linkWords += l.stats[i].Words * k.Density
	s.links += k.Count
	s.foreign += k.Foreign
	s.root += k.Root
	s.hosts |= k.HostBits
	if l.isRunning(i) {
		s.running += l.stats[i].Words
	}
}

// owner is the stretch that uses a word or a triple, one more than its number;
// several, or 0 where none does.
type owner int32

const several owner = -1

func (o *owner) use(stretch int32) {
	switch *o {
	case 0:
		*o = owner(stretch + 1)
	case owner(stretch + 1):
	default:
		*o = several
	}
}

// besides says whether any other stretch is among those that use it.
func (o owner) besides(stretch int32) bool { return o != 0 && o != owner(stretch+1) }

// outside is how a block stands to what is around its stretch.
type outside struct{ words, triples float32 }

// findOutside tells of every stretch, and of every block, which of its words
// and letters the rest of the page uses.
func (l *layout) findOutside() {
	l.outside = l.room.outside.take(len(l.stats))
	owners := l.room.owners.take(l.known.size())
	for i := range l.stats {
		k, running := l.stretchOf[i], l.isRunning(i)
		for _, id := range l.numbersOf(i) {
			owners[id].all.use(k)
			if running {
				owners[id].prose.use(k)
			}
		}
	}
	for i := range l.stats {
		k := l.stretchOf[i]
		s := &l.stretches[k]
		words, out := l.numbersOf(i), 0
		for _, id := range words {
			if owners[id].all == several {
				out++
			}
			if owners[id].prose.besides(k) {
				s.prose++
			}
		}
		s.distinct += len(words)
		s.outside += out
		l.outside[i] = outside{ratio(float64(out), float64(len(words))), -1}
	}
	if l.total.Running >= minProse {
		l.findLetters()
	}
}

// pairRoom is the number of pairs of words that are told apart.
const pairRoom = 1 << 14

// findRepeated counts the words of every stretch that follow the same word for
// the second time, the beginning of an entry being one: lists of spam say a few
// phrases again and again.
func (l *layout) findRepeated() {
	seen := l.room.counts.take(pairRoom) // per pair: the last stretch that uses it, plus one
	for i := range l.stats {
		k := l.stretchOf[i]
		s, prev := &l.stretches[k], uint64(fnvOffset)
		for _, h := range l.text.Of(i) {
			at := &seen[combine(prev, h)%pairRoom]
			if *at == k+1 {
				s.repeated++
			}
			*at, prev = k+1, h
		}
		s.text += len(l.text.Of(i))
	}
}

// owners are those of a word among all blocks, and among prose.
type owners struct{ all, prose owner }

// findLetters is findOutside for the triples of letters.
func (l *layout) findLetters() {
	owners, letters := l.room.letterOwners.take(tripleRoom), l.readLetters()
	for i := range l.stats {
		if !l.isRunning(i) {
			continue
		}
		k := l.stretchOf[i]
		for _, h := range letters.of(i) {
			owners[h].use(k)
		}
	}
	for i := range l.stats {
		k := l.stretchOf[i]
		s := &l.stretches[k]
		triples, known := letters.of(i), 0
		for _, h := range triples {
			if owners[h].besides(k) {
				known++
			}
		}
		s.triples += len(triples)
		s.known += known
		l.outside[i].triples = l.knownLetters(s, known, len(triples))
	}
}

// minProse is how many words of prose must stand elsewhere on the page for its
// letters to tell its language.
const minProse = 60

// knownLetters is the share of triples of letters that the page's prose knows:
// low in another language or script; -1 where the page has too little prose to
// tell.
func (l *layout) knownLetters(s *stretch, known, all int) float32 {
	if l.total.Running-s.running < minProse || all == 0 {
		return -1
	}
	return ratio(float64(known), float64(all))
}

// tripleRoom is the number of triples that are told apart.
const tripleRoom = 1 << 15

// maxTriples is how many bytes of a block's text are read for its letters.
const maxTriples = 4096

// letters are the triples of letters of every block.
type letters struct {
	triples []uint16
	start   []int32 // of each block; one more than blocks
}

func (t *letters) of(i int) []uint16 { return t.triples[t.start[i]:t.start[i+1]] }

func (l *layout) readLetters() *letters {
	n, bytes := len(l.stats), 1
	for i := range n {
		bytes += min(len(l.page.Blocks[i].Text), maxTriples) + 1
	}
	t := &letters{triples: l.room.triples.piece(bytes), start: l.room.counts.take(n + 1)}
	end := 0
	for i := range n {
		end += triplesOf(t.triples[end:], l.page.Blocks[i].Text)
		t.start[i+1] = int32(end)
	}
	return t
}

// triplesOf writes every three neighbouring bytes of words, as a number below
// tripleRoom, case aside, a word's start and end counting as one, and says how
// many there are: at most one more than bytes in text, and room for one more is
// written to. Where words end cannot be foreseen, so there is no branch on it.
func triplesOf(out []uint16, text string) (n int) {
	text = text[:min(len(text), maxTriples)]
	a, b := uint32(space), uint32(space)
	inner := 0 // bytes to come of a sign
	for i := 0; i <= len(text); i++ {
		c := uint32(space)
		if i < len(text) {
			c = letter(text[i])
		}
		if c >= firstSign && c <= lastSign {
			inner = 2
		} else if c >= utf8.RuneSelf && inner > 0 {
			c, inner = signByte, inner-1
		}
		out[n] = uint16((a*0x9e3779b1 ^ b*0x85ebca6b ^ c*0xc2b2ae35) >> 7 % tripleRoom)
		n += int(notZero(b^space) & notZero(a^space|c^space))
		a, b = b, c
	}
	return n
}

// notZero is 1 for all but 0, of numbers below 1<<31.
func notZero(v uint32) uint32 { return -v >> 31 }

// Chinese, Japanese and Korean write a word in one or two of thousands of
// signs, of which any two texts share few: there what tells the language is the
// range of a sign, so that only its first byte is looked at.
const (
	firstSign, lastSign = 0xe3, 0xed // first bytes of such signs in UTF-8
	signByte            = 0x80       // stands for all others
)

// space stands for all that is no letter.
const space = ' '

// letter is an ASCII letter in lower case, a byte of any other script, or space.
func letter(c byte) uint32 {
	low := uint32(c | 0x20)
	if c < utf8.RuneSelf && low-'a' >= 26 {
		low = space
	}
	if c >= utf8.RuneSelf {
		low = uint32(c)
	}
	return low
}

// stretchFacts are those of the list that a block is an entry of.
func (l *layout) stretchFacts(i int, f []float32) {
	s := &l.stretches[l.stretchOf[i]]
	f[FactStretch], f[FactStretchWords] = log2(float64(s.blocks-1)), log2(s.words)
	f[FactStretchDensity] = ratio(s.linkWords, s.words)
	f[FactStretchForeign], f[FactStretchRoot] = ratio(float64(s.foreign), float64(s.links)), ratio(float64(s.root), float64(s.foreign))
	f[FactStretchHosts] = float32(bits.OnesCount64(s.hosts))
	f[FactStretchDistinct] = ratio(float64(s.distinct), s.words)
	f[FactStretchRepeated] = ratio(float64(s.repeated), float64(s.text))
	f[FactStretchOutside], f[FactStretchProse] = ratio(float64(s.outside), float64(s.distinct)), ratio(float64(s.prose), float64(s.distinct))
	f[FactStretchLetters] = l.knownLetters(s, s.known, s.triples)
	f[FactOutside], f[FactLetters] = l.outside[i].words, l.outside[i].triples
}
