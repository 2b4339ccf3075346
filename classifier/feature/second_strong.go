package feature

// strong is how the page looks from its surest blocks. Probabilities are lower
// all over a page whose site training did not know, and 0.7 may be the best
// paragraph of one page and the worst teaser of another; what stands beside
// the page's own best is main content on both.
type strong struct {
	top     float64   // probability that the page's best words reach
	least   float64   // from which on a block is strong
	words   float64   // in strong blocks
	element []float64 // of them, in the element's subtree
	core    int32     // the smallest element that holds nearly all of them, -1 for none
	toCore  []meeting
}

const (
	strongWords = 60   // words that the page's best are
	strongPart  = 0.25 // of the expected words, where there are fewer
	strongShare = 0.85 // of the best probability, from which on a block is strong
)

func (s *second) findStrong() {
	t := &s.strong
	*t = strong{core: -1}
	t.top = s.topProbability(min(strongWords, strongPart*s.total[0]))
	t.least = strongShare * t.top
	els := s.f.Source.Elements
	t.element = s.f.room.doubles.take(len(els))
	for i, w := range s.weight {
		if !s.isStrong(i) {
			continue
		}
		t.words += w
		if e := s.f.Source.Blocks[i].Element; e >= 0 {
			t.element[e] += w
		}
	}
	for e := len(els) - 1; e > 0; e-- {
		if p := els[e].Parent; p >= 0 {
			t.element[p] += t.element[e]
		}
	}
	for e := range els {
		if t.element[e] >= 0.8*t.words && t.words > 0 && (t.core < 0 || s.element[e][3] <= s.element[t.core][3]) {
			t.core = int32(e)
		}
	}
	if t.core >= 0 {
		t.toCore = meetings(s.f.room, els, t.core)
	}
}

func (s *second) isStrong(i int) bool { return float64(s.p[i*numLabels]) >= s.strong.least }

// topProbability is the probability, by 64 steps, that the given number of the
// page's words reach.
func (s *second) topProbability(words float64) float64 {
	var hist [65]float64
	for i, w := range s.weight {
		hist[int(s.p[i*numLabels]*64)] += w
	}
	for b := len(hist) - 1; b > 0; b-- {
		if words -= hist[b]; words <= 0 {
			return float64(b) / 64
		}
	}
	return 1.0 / 64
}

// strongFacts fills those of block i but for the distances.
func (s *second) strongFacts(i int, o []float32) {
	t := &s.strong
	o[SecondTop] = float32(t.top)
	o[SecondOwnTop] = ratio(float64(s.p[i*numLabels]), t.top)
	o[SecondStrongShare] = ratio(t.words, s.words)
	box := s.f.Source.Blocks[i].Box
	if box < 0 || t.core < 0 {
		return
	}
	m := t.toCore[box]
	o[SecondInStrong] = flag(m.at == t.core)
	o[SecondStrongCore] = ratio(t.element[t.core], s.element[t.core][3])
	o[SecondStrongUp] = float32(min(m.up, 30)) + float32(min(m.down, 30))/32
	if m.at >= 0 {
		o[SecondStrongMeet] = ratio(t.element[m.at], s.element[m.at][3])
	}
}

// strongDistances fills the words to the strong blocks before and after.
func (s *second) strongDistances(out []float32) {
	n := len(s.weight)
	since, until := 4096.0, 4096.0
	for i := range n {
		out[i*NumSecond+int(SecondSinceStrong)] = log2(since)
		since = min(since+s.weight[i], 4096)
		if s.isStrong(i) {
			since = 0
		}
		j := n - 1 - i
		out[j*NumSecond+int(SecondUntilStrong)] = log2(until)
		until = min(until+s.weight[j], 4096)
		if s.isStrong(j) {
			until = 0
		}
	}
}
