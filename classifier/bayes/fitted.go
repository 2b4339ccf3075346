package bayes

import "slices"

// Fitted is a forest and the matrix that it, or one of the same cuts, was
// fitted to: it scores the matrix's rows by their bins.
type Fitted struct {
	f     *Forest
	m     *Matrix
	bins  []int  // of each node of the trees: the last bin that goes left
	turns []turn // where rows are scored many at once
}

// On gives what scores the rows of a matrix. Every cut of the forest must be
// one of the matrix. The forest's leaves and bias are those at the time of
// asking.
func (f *Forest) On(m *Matrix) *Fitted {
	s := &Fitted{f: f, m: m, bins: make([]int, len(f.Cut))}
	for i, cut := range f.Cut {
		s.bins[i], _ = slices.BinarySearch(m.Cuts[f.Input[i]], cut) // past the last where all go left
	}
	inner := 1<<f.Depth - 1
	for t := range f.Trees() {
		tree := m.bins.turns(f.Depth, f.Input[t*inner:(t+1)*inner], s.bins[t*inner:(t+1)*inner])
		if tree == nil {
			break
		}
		s.turns = append(s.turns, tree...)
	}
	return s
}

// Scores fills out with what Forest.Scores says of the rows from the given one
// on.
func (s *Fitted) Scores(from int, out []float32) { s.scores(from, 0, out) }

// scores gives up hopeless rows as lot.score does.
func (s *Fitted) scores(from, step int, out []float32) {
	if s.turns == nil {
		for i := range out {
			out[i] = s.score(from+i, step)
		}
		return
	}
	v := vectorForest{s.f.Bias, s.f.Trees(), s.turns, s.f.Leaf}
	var sums [vectorRows]float32
	for len(out) > 0 {
		n := min(len(out), vectorRows)
		v.score(&s.m.bins.all[from], n, step, &sums)
		copy(out, sums[:n])
		from, out = from+n, out[n:]
	}
}

// score walks the trees with one row.
func (s *Fitted) score(row, step int) float32 {
	f, sum := s.f, s.f.Bias
	inner := 1<<f.Depth - 1
	for t := range f.Trees() {
		if step > 0 && t > 0 && t%step == 0 && sum < hopelessScore {
			break
		}
		input, bins := f.Input[t*inner:(t+1)*inner], s.bins[t*inner:(t+1)*inner]
		sum += f.Leaf[t<<f.Depth+s.m.bins.walk(row, input, bins)]
	}
	return sum
}

// FittedPool is a pool of Fitted forests.
type FittedPool struct {
	p       *Pool
	forests [4]*Fitted
}

// On gives what scores the rows of a matrix by all forests, see Forest.On.
func (p *Pool) On(m *Matrix) *FittedPool {
	out := &FittedPool{p: p}
	for k, f := range p.Forests() {
		out.forests[k] = f.On(m)
	}
	return out
}

// Probabilities is ProbabilitiesOf the rows from the given one on.
func (s *FittedPool) Probabilities(from int, out [][NumLabels]float32) {
	var odds [4][]float32
	for k, f := range s.forests {
		odds[k] = make([]float32, len(out))
		f.scores(from, stepOf(k), odds[k])
	}
	s.p.judge(&odds, out)
}
