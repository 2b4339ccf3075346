package feature

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

// hashCount counts hashes by open addressing.
type hashCount struct {
	keys []uint64
	n    []int32 // blocks that use the word
	run  []int32 // prose blocks that use it
}

func (r *Room) hashCount(size int) *hashCount {
	c := 64
	for c*2 < size*3 {
		c *= 2
	}
	out := &r.tallies.piece(1)[0]
	*out = hashCount{keys: r.hashes.take(c), n: r.counts.take(c), run: r.counts.take(c)}
	return out
}

func (c *hashCount) at(h uint64) int {
	if h == 0 {
		h = 1
	}
	mask := uint64(len(c.keys) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		if c.keys[i] == h || c.keys[i] == 0 {
			c.keys[i] = h
			return int(i)
		}
	}
}

func (l *layout) countRepeats() {
	l.repeats = l.room.repeats.take(len(l.stats))
	count := l.room.hashCount(len(l.wordsOf.Hash))
	for i := range l.stats {
		running := l.isRunning(i)
		for _, h := range l.wordsOf.Of(i) {
			at := count.at(h)
			count.n[at]++
			if running {
				count.run[at]++
			}
		}
	}
	for i := range l.stats {
		l.repeats[i] = l.repeatsOf(i, count)
	}
	l.markTwins()
}

func (l *layout) repeatsOf(i int, count *hashCount) repeats {
	var r repeats
	words := l.wordsOf.Of(i)
	if len(words) == 0 {
		return r
	}
	own := int32(0)
	if l.isRunning(i) {
		own = 1
	}
	title := 0
	for _, h := range words {
		at := count.at(h)
		if count.n[at] > 1 {
			r.Elsewhere++
		}
		if count.run[at] > own {
			r.Running++
		}
		if l.title.words.has(h) {
			title++
		}
	}
	n := float64(len(words))
	r.Elsewhere /= n
	r.Running /= n
	r.Title = float64(title) / n
	if l.title.words.n > 0 {
		r.Covers = float64(title) / float64(l.title.words.n)
	}
	return r
}

// markTwins finds blocks with the same words in the same order.
func (l *layout) markTwins() {
	first := l.room.hashCount(len(l.stats)) // n is one more than the block
	for i := range l.stats {
		h := uint64(fnvOffset)
		for _, w := range l.wordsOf.Of(i) {
			h = combine(h, w)
		}
		at := first.at(h)
		if first.n[at] == 0 {
			first.n[at] = int32(i) + 1
			continue
		}
		j := first.n[at] - 1
		if !l.repeats[j].Twin {
			l.repeats[j].Twin, l.repeats[j].First = true, true
		}
		l.repeats[i].Twin = true
	}
}

// titleMatch holds the title's words, and finds the headline.
type titleMatch struct {
	words    *hashSet
	headline int // block that equals the title, -1 for none
}

// matchTitle looks for the headline: the first block whose words nearly all
// stand in the title and that covers at least half of it; a first-level
// heading wins over another block.
func (l *layout) matchTitle() {
	l.title = titleMatch{words: l.room.hashSet(64), headline: -1}
	m := &l.page.Meta
	title := m.Title
	if title == "" {
		title = m.TitleTag
	}
	scanWords(title, func(h uint64, _, _ int) { l.title.words.add(h) })
	best := 0.0
	for i := range l.stats {
		if s := l.headlineScore(i); s > best+1e-9 {
			best, l.title.headline = s, i
		}
	}
}

func (l *layout) headlineScore(i int) float64 {
	words := l.wordsOf.Of(i)
	b := &l.page.Blocks[i]
	if len(words) == 0 || len(words) > 40 || l.title.words.n == 0 {
		return 0
	}
	hit := 0
	for _, h := range words {
		if l.title.words.has(h) {
			hit++
		}
	}
	in, covers := float64(hit)/float64(len(words)), float64(hit)/float64(l.title.words.n)
	if in < 0.8 || covers < 0.4 {
		return 0
	}
	s := in * covers
	switch {
	case b.Level == 1 && b.Role.String() == "heading":
		s += 1
	case b.Role.String() == "heading":
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
type pairs struct{ set *hashSet }

func newPairs(room *Room, text string) *pairs {
	if len(text) < 40 {
		return nil
	}
	p := &pairs{set: room.hashSet(256)}
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
		if p.set.has(combine(prev, h)) {
			hit++
		}
		prev = h
	}
	return ratio(float64(hit), float64(len(words)))
}
