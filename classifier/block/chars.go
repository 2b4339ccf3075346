package block

// The kinds of bytes in a text.
const (
	plainByte = iota
	spaceByte
	dropByte    // control characters
	entityByte  // &
	suspectByte // may begin white space or a character of no width
)

// byteKinds is a table of the kinds, by byte.
var byteKinds = func() (k [256]uint8) {
	for c := range 0x20 {
		k[c] = dropByte
	}
	k[0x7f] = dropByte
	for _, c := range " \n\t\r\f" {
		k[c] = spaceByte
	}
	k['&'] = entityByte
	for _, c := range []byte{0xC2, 0xE1, 0xE2, 0xE3, 0xEF} {
		k[c] = suspectByte
	}
	return k
}()

// windows1252 is the character that a control character from U+0080 to U+009F
// stands for: pages have them by mistake for those of windows-1252, as the
// HTML standard knows of numeric entities (13.2.5.80).
func windows1252(r rune) (rune, bool) {
	if r < 0x80 || 0x9f < r {
		return 0, false
	}
	c := [...]rune{
		'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
		0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
	}[r-0x80]
	return c, c != 0
}

// isWhite reports white space that is not HTML's own; all of it becomes a
// plain space.
func isWhite(r rune) bool {
	switch {
	case r == 0xa0, 0x2000 <= r && r <= 0x200a, r == 0x202f, r == 0x205f, r == 0x3000, r == 0x2028, r == 0x2029, r == 0x85, r == 0x1680:
		return true
	}
	return r < 0x80 && isSpace(byte(r))
}

// isWidthless reports characters that no reader sees: zero width spaces, soft
// hyphens, byte order marks and marks of direction.
func isWidthless(r rune) bool {
	switch r {
	case 0xad, 0x200b, 0x200e, 0x200f, 0x2060, 0xfeff, 0x061c, 0x180e:
		return true
	}
	return 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069
}

func isAlnum(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
