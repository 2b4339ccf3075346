package feature

// spamNear is what the first pass believes of link spam around a block: of a
// list of links, a part is always less sure than the rest.
type spamNear struct {
	element, group, stretch [][2]float64 // spam, all words
	most                    []float32    // per stretch: the most that one entry has
}

func newSpamNear(s *second) *spamNear {
	l := s.f.layout
	room := s.f.room
	n := &spamNear{
		element: room.pairs.take(len(s.f.Source.Elements)), group: room.pairs.take(len(l.groups)),
		stretch: room.pairs.take(len(l.stretches)), most: room.floats.take(len(l.stretches)),
	}
	for i, w := range s.weight {
		spam := w * float64(s.at(i, labelSpam))
		add := func(t *[2]float64) { t[0], t[1] = t[0]+spam, t[1]+w }
		add(&n.group[l.groupOf[i]])
		add(&n.stretch[l.stretchOf[i]])
		if e := s.f.Source.Blocks[i].Element; e >= 0 {
			add(&n.element[e])
		}
		most := &n.most[l.stretchOf[i]]
		*most = max(*most, s.at(i, labelSpam))
	}
	els := s.f.Source.Elements
	for e := len(els) - 1; e > 0; e-- {
		if p := els[e].Parent; p >= 0 {
			n.element[p][0] += n.element[e][0]
			n.element[p][1] += n.element[e][1]
		}
	}
	return n
}

// labelSpam is bayes.LinkSpam.
const labelSpam = 4

// fill gives the facts of block i.
func (n *spamNear) fill(s *second, i int, o []float32) {
	l := s.f.layout
	share := func(t [2]float64) float32 { return ratio(t[0], t[1]) }
	o[SecondGroupSpam] = share(n.group[l.groupOf[i]])
	o[SecondStretchSpam], o[SecondStretchMost] = share(n.stretch[l.stretchOf[i]]), n.most[l.stretchOf[i]]
	o[SecondNearSpam] = s.near(i, 8, labelSpam)
	box := s.f.Source.Blocks[i].Box
	if box < 0 {
		return
	}
	els := s.f.Source.Elements
	e := els[box].Parent
	for k := 0; k < 2 && e >= 0; k++ {
		o[int(SecondParentSpam)+k] = share(n.element[e])
		e = els[e].Parent
	}
}
