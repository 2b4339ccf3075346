package feature

import "github.com/pagesieve/pagesieve/classifier/block"

// repeats says how a block's distinct words stand to the rest of the page. A
// list of foreign goods shares none with the page's subject.
type repeats struct {
	Elsewhere float64 // share of its words that other blocks use too
	Running   float64 // share that the page's prose uses
	Title     float64 // share that the title uses
	Covers    float64 // share of the title's words that the block uses
	Twin      bool    // another block has exactly the same text
	First     bool    // of the twins, this is the first
}

// users is how many blocks use a word.
type users struct{ blocks, prose int32 }

func (l *layout) countRepeats() {
	l.repeats = l.room.repeats.take(len(l.stats))
	users := l.room.users.take(l.known.size())
	for i := range l.stats {
		prose := int32(0)
		if l.isRunning(i) {
			prose = 1
		}
		for _, id := range l.numbersOf(i) {
			users[id].blocks++
			users[id].prose += prose
		}
	}
	for i := range l.stats {
		l.repeats[i] = l.repeatsOf(i, users)
	}
	l.markTwins()
}

func (l *layout) repeatsOf(i int, users []users) repeats {
	var r repeats
	words := l.numbersOf(i)
	if len(words) == 0 {
		return r
	}
	own := int32(0)
	if l.isRunning(i) {
		own = 1
	}
	elsewhere, running := 0, 0
	for _, id := range words {
		if users[id].blocks > 1 {
			elsewhere++
		}
		if users[id].prose > own {
			running++
		}
	}
	n := float64(len(words))
	r.Elsewhere, r.Running = float64(elsewhere)/n, float64(running)/n
	r.Title, r.Covers = l.title.shares(words)
	return r
}

// markTwins finds blocks with the same words in the same order.
func (l *layout) markTwins() {
	texts := l.room.index(len(l.stats))
	first := l.room.counts.piece(len(l.stats))[:0] // block with each text
	for i := range l.stats {
		h := uint64(fnvOffset)
		for _, w := range l.wordsOf.Of(i) {
			h = combine(h, w)
		}
		at := texts.add(h)
		if int(at) == len(first) {
			first = append(first, int32(i))
			continue
		}
		j := first[at]
		if !l.repeats[j].Twin {
			l.repeats[j].Twin, l.repeats[j].First = true, true
		}
		l.repeats[i].Twin = true
	}
}

// titles are what a page calls itself: in its metadata, and in <title>. The two
// often differ, and the headline may follow either.
const titles = 2

// titleMatch holds the titles' words, and finds the headline.
type titleMatch struct {
	n        [titles]int // distinct words
	has      []uint8     // per word of the page: a bit for each title that uses it
	headline int         // block that equals a title, -1 for none
}

// shares is the share of the words that the title uses, and of the title's
// words that are among them, by the title of which both are greatest.
func (t *titleMatch) shares(words []int32) (in, covers float64) {
	var hits [titles]int
	for _, id := range words {
		for k := range hits {
			hits[k] += int(t.has[id] >> k & 1)
		}
	}
	best := 0.0
	for k, n := range hits {
		if n == 0 {
			continue
		}
		i, c := float64(n)/float64(len(words)), float64(n)/float64(t.n[k])
		if i*c > best {
			best, in, covers = i*c, i, c
		}
	}
	return in, covers
}

// matchTitle looks for the headline: the first block whose words nearly all
// stand in a title and that covers at least half of it; a first-level heading
// wins over another block. Where none is so close, it is the first-level
// heading that is closest.
func (l *layout) matchTitle() {
	l.title = titleMatch{has: l.room.levels.take(l.known.size()), headline: -1}
	m := &l.page.Meta
	for k, title := range [titles]string{m.Title, m.TitleTag} {
		words := l.room.index(32)
		scanWords(title, func(h uint64, _, _ int) {
			words.add(h)
			if id := l.known.find(h); id >= 0 {
				l.title.has[id] |= 1 << k
			}
		})
		l.title.n[k] = words.size()
	}
	best := 0.0
	for i := range l.stats {
		if s := l.headlineScore(i); s > best+1e-9 {
			best, l.title.headline = s, i
		}
	}
}

const (
	maxHeadlineWords = 60   // distinct ones, or pairs of characters
	minLooseWords    = 3    // of a headline that says it otherwise than the title
	looseIn          = 0.25 // share of its words that are in the title
)

func (l *layout) headlineScore(i int) float64 {
	words := l.numbersOf(i)
	if len(words) == 0 || len(words) > maxHeadlineWords {
		return 0
	}
	b := &l.page.Blocks[i]
	in, covers := l.title.shares(words)
	first := b.Role == block.RoleHeading && b.Level == 1
	if in < 0.8 || covers < 0.4 {
		if first && in >= looseIn && len(words) >= minLooseWords && l.links[i].Density < 0.5 {
			return 0.1 * in * covers
		}
		return 0
	}
	s := in * covers
	switch {
	case first:
		s += 1
	case b.Role == block.RoleHeading:
		s += 0.5
	}
	return s - 0.5*l.links[i].Density
}

// Headline is the block that holds the page's title, -1 for none.
func (f *Page) Headline() int { return f.layout.title.headline }

// IsProse says whether block i reads like running text.
func (f *Page) IsProse(i int) bool { return f.layout.isRunning(i) }

// EndsSentence says whether block i ends with a full stop or its like.
func (f *Page) EndsSentence(i int) bool { return f.layout.stats[i].EndsSentence }

// pairs is the set of neighbouring words of a text that the page's metadata
// holds.
type pairs struct{ set *index }

func newPairs(room *Room, text string) *pairs {
	if len(text) < 40 {
		return nil
	}
	p := &pairs{set: room.index(128)}
	prev := uint64(0)
	scanWords(text, func(h uint64, _, _ int) {
		p.set.add(combine(prev, h))
		prev = h
	})
	return p
}

// share is the share of a text's word pairs that are in the set; -1 where the
// page has no such metadata.
func (p *pairs) share(words []uint64) float32 {
	if p == nil {
		return -1
	}
	hit, prev := 0, uint64(0)
	for _, h := range words {
		if p.set.find(combine(prev, h)) >= 0 {
			hit++
		}
		prev = h
	}
	return ratio(float64(hit), float64(len(words)))
}
