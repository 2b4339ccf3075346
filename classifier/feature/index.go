package feature

// index numbers distinct hashes in the order in which they are added, so that
// what is known of each is found without looking for it again.
type index struct {
	keys   []uint64 // by open addressing; 0 where there is none
	ids    []int32  // of each key
	hashes []uint64 // of each number
	room   *Room
}

// index is an empty one that grows beyond n hashes.
func (r *Room) index(n int) *index {
	size := 64
	for size < 2*n {
		size *= 2
	}
	x := &r.indexes.piece(1)[0]
	*x = index{keys: r.hashes.take(size), ids: r.counts.piece(size), hashes: r.hashes.piece(size/2 + 1)[:0], room: r}
	return x
}

// size is how many hashes there are.
func (x *index) size() int { return len(x.hashes) }

// slot is where h stands or would stand.
func (x *index) slot(h uint64) uint64 {
	mask := uint64(len(x.keys) - 1)
	i := h & mask
	for x.keys[i&mask] != h && x.keys[i&mask] != 0 {
		i++
	}
	return i & mask
}

// add is the number of h, a new one if need be.
func (x *index) add(h uint64) int32 {
	h = max(h, 1)
	at := x.slot(h)
	if x.keys[at] == h {
		return x.ids[at]
	}
	id := int32(len(x.hashes))
	x.keys[at], x.ids[at] = h, id
	if x.hashes = append(x.hashes, h); 2*len(x.hashes) > len(x.keys) {
		x.grow()
	}
	return id
}

// find is the number of h, -1 if it was not added.
func (x *index) find(h uint64) int32 {
	h = max(h, 1)
	at := x.slot(h)
	if x.keys[at] != h {
		return -1
	}
	return x.ids[at]
}

func (x *index) grow() {
	n := 2 * len(x.keys)
	x.keys, x.ids = x.room.hashes.take(n), x.room.counts.piece(n)
	x.hashes = append(x.room.hashes.piece(n/2 + 1)[:0], x.hashes...)
	for id, h := range x.hashes {
		at := x.slot(h)
		x.keys[at], x.ids[at] = h, int32(id)
	}
}
