package wire

import (
	"math/bits"
	"sync"
)

// Buffers are kept for every power of two from 1 KiB to 4 MiB.
const leastPower, mostPower = 10, 22

// pool is a mem.BufferPool of buffers that hold what was in them before, for
// whoever takes one here overwrites all of it. gRPC's own clears them, and the
// one of its codec takes 1 MiB for anything over 32 KiB: together that costs more than to
// encode a usual page.
type pool [mostPower - leastPower + 1]sync.Pool

// Get is a buffer of that length.
func (p *pool) Get(length int) *[]byte {
	i := max(bits.Len(uint(max(length, 1)-1)), leastPower) - leastPower
	if i >= len(p) {
		b := make([]byte, length)
		return &b
	}
	if b, ok := p[i].Get().(*[]byte); ok {
		*b = (*b)[:length]
		return b
	}
	b := make([]byte, length, 1<<(i+leastPower))
	return &b
}

// Put gives a buffer back.
func (p *pool) Put(b *[]byte) {
	if c := cap(*b); c&(c-1) == 0 && c>>leastPower > 0 && c>>mostPower <= 1 {
		p[bits.Len(uint(c))-1-leastPower].Put(b)
	}
}
