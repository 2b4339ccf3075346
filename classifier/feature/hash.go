package feature

import (
	"strings"
	"unicode/utf8"
)

// Tokens are 64-bit hashes. FNV-1a over the token's bytes keeps the code plain
// and the hashing free of allocation; a last mix spreads the bits, because
// tables keep the upper half alone.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// hashString hashes s under a seed that tells kinds of token apart.
func hashString(seed uint64, s string) uint64 {
	h := fnvOffset ^ seed*fnvPrime
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return mix(h)
}

// hashLower is hashString of s in lower case.
func hashLower(seed uint64, s string) uint64 {
	h := fnvOffset ^ seed*fnvPrime
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			return hashString(seed, strings.ToLower(s))
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		h = (h ^ uint64(c)) * fnvPrime
	}
	return mix(h)
}

// mix is the finaliser of MurmurHash3.
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	h ^= h >> 33
	return h
}

// combine makes one token out of two.
func combine(a, b uint64) uint64 { return mix(a*fnvPrime ^ b) }
