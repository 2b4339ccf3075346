package feature

// vocabulary numbers the distinct words of a page in the order in which they
// first stand there, so that what is known of each is found without hashing it
// again.
type vocabulary struct {
	keys   []uint64 // by open addressing; 0 where there is none
	ids    []int32  // of each key
	hashes []uint64 // of each word
	room   *Room
}

func (r *Room) vocabulary() vocabulary {
	const size = 1024
	return vocabulary{keys: r.hashes.take(size), ids: r.counts.piece(size), hashes: r.hashes.piece(size)[:0], room: r}
}

// size is the number of words.
func (v *vocabulary) size() int { return len(v.hashes) }

// slot is where h stands or would stand.
func (v *vocabulary) slot(h uint64) uint64 {
	mask := uint64(len(v.keys) - 1)
	i := h & mask
	for v.keys[i&mask] != h && v.keys[i&mask] != 0 {
		i++
	}
	return i & mask
}

// add is the number of a word, a new one if need be.
func (v *vocabulary) add(h uint64) int32 {
	h = max(h, 1)
	at := v.slot(h)
	if v.keys[at] == h {
		return v.ids[at]
	}
	id := int32(len(v.hashes))
	v.keys[at], v.ids[at] = h, id
	if v.hashes = append(v.hashes, h); 2*len(v.hashes) > len(v.keys) {
		v.grow()
	}
	return id
}

// find is the number of a word, -1 for one that the page does not use.
func (v *vocabulary) find(h uint64) int32 {
	h = max(h, 1)
	at := v.slot(h)
	if v.keys[at] != h {
		return -1
	}
	return v.ids[at]
}

func (v *vocabulary) grow() {
	n := 2 * len(v.keys)
	v.keys, v.ids = v.room.hashes.take(n), v.room.counts.piece(n)
	v.hashes = append(v.room.hashes.piece(n)[:0], v.hashes...)
	for id, h := range v.hashes {
		at := v.slot(h)
		v.keys[at], v.ids[at] = h, int32(id)
	}
}
