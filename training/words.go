package training

import (
	"unicode"
	"unicode/utf8"

	"github.com/pagesieve/pagesieve/classifier/quality"
)

// words splits text into the words that scores count: runs of letters, digits
// and marks in lower case; a character of an unspaced script (Han, kana,
// Thai …) is a word of its own. Each word is given as a 64-bit hash.
func words(text string) []uint64 {
	out := make([]uint64, 0, len(text)/6)
	const offset, prime = 14695981039346656037, 1099511628211
	h, n := uint64(offset), 0
	flush := func() {
		if n > 0 {
			out = append(out, h)
		}
		h, n = offset, 0
	}
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9'):
		case r >= 'A' && r <= 'Z':
			r |= 0x20
		case r < utf8.RuneSelf && r != '_':
			flush()
			continue
		case quality.IsUnspaced(r):
			flush()
			h, n = (h^uint64(r))*prime, 1
			flush()
			continue
		case r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			r = unicode.ToLower(r)
		default:
			flush()
			continue
		}
		h = (h ^ uint64(r)) * prime
		n++
	}
	flush()
	return out
}

// overlap counts the words that two texts share, each as often as in both.
func overlap(a, b []uint64) int {
	count := make(map[uint64]int, len(b))
	for _, w := range b {
		count[w]++
	}
	n := 0
	for _, w := range a {
		if count[w] > 0 {
			count[w]--
			n++
		}
	}
	return n
}

// shingles are all runs of n words; a text shorter than that is one shingle.
func shingles(w []uint64, n int) []uint64 {
	if len(w) == 0 {
		return nil
	}
	if len(w) < n {
		n = len(w)
	}
	out := make([]uint64, 0, len(w)-n+1)
	for i := 0; i+n <= len(w); i++ {
		h := uint64(7)
		for _, x := range w[i : i+n] {
			h = h*0x9e3779b97f4a7c15 ^ x
			h ^= h >> 29
		}
		out = append(out, h)
	}
	return out
}
