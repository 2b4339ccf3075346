package feature

// hashSet is a set of hashes that is emptied in no time: a slot counts only if
// it was written since the last reset.
type hashSet struct {
	keys  []uint64
	stamp []uint32
	now   uint32
	n     int
	room  *Room
}

// hashSet is an empty set with that many slots, a power of two.
func (r *Room) hashSet(size int) *hashSet {
	s := &r.sets.piece(1)[0]
	*s = hashSet{keys: r.hashes.piece(size), stamp: r.stamps.take(size), now: 1, room: r}
	return s
}

func (s *hashSet) reset() { s.now++; s.n = 0 }

// slot is where h stands or would stand.
func (s *hashSet) slot(h uint64) (at int, found bool) {
	mask := uint64(len(s.keys) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		if s.stamp[i] != s.now {
			return int(i), false
		}
		if s.keys[i] == h {
			return int(i), true
		}
	}
}

func (s *hashSet) has(h uint64) bool {
	_, ok := s.slot(h)
	return ok
}

// add puts h in and says whether it is new.
func (s *hashSet) add(h uint64) bool {
	at, found := s.slot(h)
	if found {
		return false
	}
	s.keys[at], s.stamp[at] = h, s.now
	if s.n++; s.n*3 > len(s.keys)*2 {
		s.grow()
	}
	return true
}

func (s *hashSet) grow() {
	old, stamp := s.keys, s.stamp
	s.keys, s.stamp = s.room.hashes.piece(2*len(old)), s.room.stamps.take(2*len(old))
	for i, k := range old {
		if stamp[i] == s.now {
			at, _ := s.slot(k)
			s.keys[at], s.stamp[at] = k, s.now
		}
	}
}
