package wire

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/pagesieve/pagesieve/classifier/block"
	pb "github.com/pagesieve/pagesieve/proto/pagesieve/v1"
)

// value is a Go constant that counts from 0 and whose enum counts from 1,
// because 0 means "not set" there.
type value interface{ ~uint8 }

// toEnum is the enum value of v.
func toEnum[E ~int32, V value](v V) E { return E(v) + 1 }

// fromEnum is the inverse of toEnum. It reports false for an enum value that
// this program does not know, or that is not set; n is how many it knows.
func fromEnum[V value, E ~int32](e E, n int) (V, bool) {
	if e < 1 || int(e) > n {
		return 0, false
	}
	return V(e - 1), true
}

// orDefault is fromEnum for a field whose "not set" means V's zero value.
func orDefault[V value, E ~int32](e E, n int) (V, bool) {
	if e == 0 {
		return 0, true
	}
	return fromEnum[V](e, n)
}

// numHidden is how many bits block.Hidden uses; bit i is HiddenReason i+1.
const numHidden = 10

// hiddenToEnum lists the reasons in the set, lowest bit first.
func hiddenToEnum(h block.Hidden) []pb.HiddenReason {
	var reasons []pb.HiddenReason
	for i := range numHidden {
		if h&(1<<i) != 0 {
			reasons = append(reasons, pb.HiddenReason(i+1))
		}
	}
	return reasons
}

// hiddenFromEnum is the inverse of hiddenToEnum. Reasons that this program
// does not know are left out: they only add to the others.
func hiddenFromEnum(reasons []pb.HiddenReason) block.Hidden {
	var h block.Hidden
	for _, r := range reasons {
		if r >= 1 && r <= numHidden {
			h |= 1 << (r - 1)
		}
	}
	return h
}

// utf8 makes s fit for a proto3 string, which must be UTF-8 or the whole
// message cannot be sent.
func valid(s string) string {
	if utf8.ValidString(s) { // ToValidUTF8 alone is several times slower
		return s
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// number holds n to 32 bits.
func number(n int) int32 { return int32(min(max(n, math.MinInt32), math.MaxInt32)) }
