package feature

import "math"

// SecondFact is one number that the second pass adds: what the first pass
// believes of the blocks around.
type SecondFact int

// The facts of the second pass. P is the probability of body unless said.
const (
	SecondOwn SecondFact = iota
	SecondOwnForm
	SecondOwnComment
	SecondOwnSpam
	SecondPrev
	SecondNext
	SecondPrev2
	SecondNext2
	SecondPrev3
	SecondNext3
	SecondNear3 // mean within ±3, weighted by words
	SecondNear8
	SecondPrevForm
	SecondNextForm
	SecondPrevComment
	SecondNextComment
	SecondPrevSpam
	SecondNextSpam
	SecondParent // mean over the parent's subtree, weighted by words
	SecondGrand
	SecondGreat
	SecondParentComment
	SecondGrandComment
	SecondGrandForm
	SecondGroup // mean over the same signature
	SecondGroupMax
	SecondGroupComment
	SecondBefore   // share of the page's expected body words that stand before
	SecondAfter    // … after
	SecondSince    // log2 words since the last block with P > 0.7
	SecondUntil    // log2 words until the next
	SecondPage     // share of the page's words that are body
	SecondPageBody // log2 of them
	SecondPageComment
	SecondPageSpam
	SecondInCore    // inside the smallest element that holds 80 % of the body words
	SecondCoreShare // P-weighted density of that element
	SecondCoreMeet  // density of the smallest element with both the block and the core
	SecondRank      // share of the page's words with a higher P
	SecondFormAfter // log2 blocks until a comment form, 10 where there is none
	SecondFormBefore
	SecondHeading // of the heading above, -1 without
	SecondHeadingForm
	SecondHeadingComment
	SecondHeadingSpam
	SecondGreat2     // mean over the subtree one step further up than SecondGreat
	SecondGreat3     // … two steps
	SecondSection    // mean over the blocks under the same heading
	SecondParentSpam // mean over the parent's subtree, weighted by words
	SecondGrandSpam
	SecondGroupSpam
	SecondStretchSpam // over the list that it is an entry of
	SecondStretchMost // the most that one of its entries has
	SecondNearSpam    // mean within ±8
	SecondTop         // probability that the page's best words reach
	SecondOwnTop      // the own one as a share of that
	SecondStrongShare // words in blocks about as probable, as a share of the page's
	SecondInStrong    // inside the smallest element that holds four fifths of those
	SecondStrongCore  // their share of its words
	SecondStrongUp    // steps up to an element that holds both
	SecondStrongMeet  // their share of its words
	SecondSinceStrong // log2 words since the last of those blocks
	SecondUntilStrong // … until the next
	NumSecond         = int(iota)
)

// NumLabels is that of package bayes, which this package does not import.
const numLabels = 5

// Second computes the second pass's facts from the first pass's
// probabilities, numLabels a block in the order of bayes.Label. The answer
// holds NumSecond facts a block.
func (f *Page) Second(p []float32) []float32 {
	s := newSecond(f, p)
	n := len(f.WordsN)
	out := f.room.floats.take(n * NumSecond)
	spam := newSpamNear(s)
	for i := range n {
		o := out[i*NumSecond : (i+1)*NumSecond]
		s.neighbours(i, o)
		s.tree(i, o)
		s.page(i, o)
		s.heading(i, o)
		spam.fill(s, i, o)
		s.strongFacts(i, o)
	}
	s.distances(out)
	s.strongDistances(out)
	return out
}

type second struct {
	f        *Page
	p        []float32
	weight   []float64    // words, at least a little
	element  [][4]float64 // body, comment, form, all words of the subtree
	groups   [][4]float64 // sum of P, max of P, sum of comment, n
	total    [5]float64
	words    float64
	core     int32
	toCore   []meeting // per element, if there is a core
	before   []float64 // expected body words before each block, and in all at the end
	above    []float64
	sections [][2]float64 // body, all words
	strong   strong
}

func newSecond(f *Page, p []float32) *second {
	s := &f.room.second
	*s = second{f: f, p: p, groups: f.room.quads.take(len(f.layout.groups))}
	n := len(f.WordsN)
	room := f.room
	s.weight = room.doubles.take(n)
	s.before = room.doubles.take(n + 1)
	s.element = room.quads.take(len(f.Source.Elements))
	s.sections = room.pairs.take(len(f.layout.sections.head))
	for i := range n {
		w := float64(f.WordsN[i]) + 0.3
		s.weight[i] = w
		s.words += w
		for k := range numLabels {
			s.total[k] += w * float64(p[i*numLabels+k])
		}
		body := float64(p[i*numLabels])
		s.before[i+1] = s.before[i] + w*body
		if e := f.Source.Blocks[i].Element; e >= 0 {
			s.addElement(e, i, w)
		}
		s.addGroup(i, body)
		if k := f.layout.sections.of[i]; k >= 0 {
			s.sections[k][0] += w * body
			s.sections[k][1] += w
		}
	}
	s.sumElements()
	s.findStrong()
	s.above = room.doubles.take(n)
	rankShare(s.above, p, s.weight)
	return s
}

func (s *second) addElement(e int32, i int, w float64) {
	t := &s.element[e]
	t[0] += w * float64(s.p[i*numLabels])
	t[1] += w * float64(s.p[i*numLabels+3])
	t[2] += w * float64(s.p[i*numLabels+2])
	t[3] += w
}

func (s *second) addGroup(i int, body float64) {
	g := &s.groups[s.f.layout.groupOf[i]]
	g[0] += body
	g[1] = max(g[1], body)
	g[2] += float64(s.p[i*numLabels+3])
	g[3]++
}

// heading fills what is believed of the heading above and of its section.
func (s *second) heading(i int, o []float32) {
	k := s.f.layout.sections.of[i]
	if k < 0 {
		for f := SecondHeading; f <= SecondHeadingSpam; f++ {
			o[f] = -1
		}
		o[SecondSection] = -1
		return
	}
	h := int(s.f.layout.sections.head[k])
	o[SecondHeading], o[SecondHeadingForm] = s.at(h, 0), s.at(h, 2)
	o[SecondHeadingComment], o[SecondHeadingSpam] = s.at(h, 3), s.at(h, 4)
	o[SecondSection] = ratio(s.sections[k][0], s.sections[k][1])
}

// sumElements adds children to parents and finds the core: the smallest
// element that holds four fifths of the expected body words.
func (s *second) sumElements() {
	els := s.f.Source.Elements
	s.core = -1
	for e := len(els) - 1; e > 0; e-- {
		if p := els[e].Parent; p >= 0 {
			for k := range s.element[e] {
				s.element[p][k] += s.element[e][k]
			}
		}
	}
	best := math.Inf(1)
	for e := range els {
		if s.element[e][0] >= 0.8*s.total[0] && s.element[e][3] <= best {
			best, s.core = s.element[e][3], int32(e)
		}
	}
	if s.core >= 0 {
		s.toCore = meetings(s.f.room, els, s.core)
	}
}

// at is the probability of label k for block i; 0 beyond the page's ends.
func (s *second) at(i, k int) float32 {
	if i < 0 || i*numLabels >= len(s.p) {
		return 0
	}
	return s.p[i*numLabels+k]
}

func (s *second) neighbours(i int, o []float32) {
	o[SecondOwn], o[SecondOwnForm] = s.at(i, 0), s.at(i, 2)
	o[SecondOwnComment], o[SecondOwnSpam] = s.at(i, 3), s.at(i, 4)
	for d := range 3 {
		o[int(SecondPrev)+2*d], o[int(SecondNext)+2*d] = s.at(i-1-d, 0), s.at(i+1+d, 0)
	}
	for k := range 3 {
		o[int(SecondPrevForm)+2*k], o[int(SecondNextForm)+2*k] = s.at(i-1, 2+k), s.at(i+1, 2+k)
	}
	o[SecondNear3], o[SecondNear8] = s.near(i, 3, 0), s.near(i, 8, 0)
}

// near is the mean of label k within reach, weighted by words.
func (s *second) near(i, reach, k int) float32 {
	sum, all := 0.0, 0.0
	for j := max(0, i-reach); j <= min(len(s.weight)-1, i+reach); j++ {
		if j != i {
			sum += s.weight[j] * float64(s.p[j*numLabels+k])
			all += s.weight[j]
		}
	}
	return ratio(sum, all)
}

func (s *second) tree(i int, o []float32) {
	g := &s.groups[s.f.layout.groupOf[i]]
	o[SecondGroup], o[SecondGroupMax], o[SecondGroupComment] = ratio(g[0], g[3]), float32(g[1]), ratio(g[2], g[3])
	box := s.f.Source.Blocks[i].Box
	if box < 0 {
		return
	}
	els := s.f.Source.Elements
	e := els[box].Parent
	for k := 0; k < 5 && e >= 0; k++ {
		t := &s.element[e]
		at := int(SecondParent) + k
		if k > 2 {
			at = int(SecondGreat2) + k - 3
		}
		o[at] = ratio(t[0], t[3])
		switch k {
		case 0:
			o[SecondParentComment] = ratio(t[1], t[3])
		case 1:
			o[SecondGrandComment], o[SecondGrandForm] = ratio(t[1], t[3]), ratio(t[2], t[3])
		}
		e = els[e].Parent
	}
	s.coreFacts(box, o)
}

func (s *second) coreFacts(box int32, o []float32) {
	if s.core < 0 {
		return
	}
	at, core := s.toCore[box].at, &s.element[s.core]
	o[SecondInCore], o[SecondCoreShare] = flag(at == s.core), ratio(core[0], core[3])
	if at >= 0 {
		o[SecondCoreMeet] = ratio(s.element[at][0], s.element[at][3])
	}
}

func (s *second) page(i int, o []float32) {
	all := s.total[0]
	o[SecondBefore] = ratio(s.before[i], all)
	o[SecondAfter] = ratio(all-s.before[i+1], all)
	o[SecondPage], o[SecondPageBody] = ratio(all, s.words), log2(all)
	o[SecondPageComment], o[SecondPageSpam] = ratio(s.total[3], s.words), ratio(s.total[4], s.words)
	o[SecondRank] = float32(s.above[i])
}

// distances fills the facts that look along the page, in two sweeps.
func (s *second) distances(out []float32) {
	n := len(s.weight)
	sweep := func(at func(int) int, words, form SecondFact) {
		since, blocks := 4096.0, 1023.0
		for k := range n {
			i := at(k)
			o := out[i*NumSecond:]
			o[words], o[form] = log2(since), log2(min(blocks, 1023))
			if s.at(i, 0) > 0.7 {
				since = 0
			} else {
				since = min(since+s.weight[i], 4096)
			}
			if blocks++; s.at(i, 2) > 0.5 {
				blocks = 0
			}
		}
	}
	sweep(func(k int) int { return k }, SecondSince, SecondFormBefore)
	sweep(func(k int) int { return n - 1 - k }, SecondUntil, SecondFormAfter)
}

// rankShare fills in, for each block, the share of all words in blocks with a higher
// probability of body, by 64 steps of probability.
func rankShare(out []float64, p []float32, weight []float64) {
	var hist [65]float64
	total := 0.0
	for i, w := range weight {
		hist[int(p[i*numLabels]*64)] += w
		total += w
	}
	higher := 0.0
	for b := len(hist) - 1; b >= 0; b-- {
		own := hist[b]
		hist[b] = higher
		higher += own
	}
	for i := range out {
		out[i] = hist[int(p[i*numLabels]*64)] / max(total, 1e-9)
	}
}
