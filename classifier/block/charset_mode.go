package block

import (
	"bytes"

	"golang.org/x/text/transform"
)

// mode is the state that a decoder is in between two characters. Only
// ISO-2022-JP has states: escape sequences switch what its bytes mean.
type mode uint8

const (
	modeASCII mode = iota
	modeKatakana
	modeKanji
	modeKanji2
)

// enter puts a decoder that was reset into the mode.
func (m mode) enter(dec transform.Transformer) {
	if m != modeASCII {
		escape := [...]string{"", "\x1b(I", "\x1b$B", "\x1b$(D"}[m]
		_, _, _ = dec.Transform(nil, []byte(escape), false)
	}
}

// modeOf finds the mode of a decoder by what it makes of two bytes that mean
// something else in each and change none.
func modeOf(dec transform.Transformer, charset string) mode {
	if charset != "iso-2022-jp" {
		return modeASCII
	}
	var buf [8]byte
	n, _, _ := dec.Transform(buf[:], []byte("!!"), true)
	switch string(buf[:n]) {
	case "!!":
		return modeASCII
	case "｡｡":
		return modeKatakana
	case "\u3000":
		return modeKanji
	}
	return modeKanji2
}

// isISO2022JP tells text of ASCII bytes whose escape sequences switch to kanji.
func isISO2022JP(body []byte) bool {
	if bytes.IndexByte(body, 0x1b) < 0 || !bytes.Contains(body, []byte("\x1b$B")) && !bytes.Contains(body, []byte("\x1b$@")) {
		return false
	}
	for _, c := range body {
		if c >= 0x80 {
			return false
		}
	}
	return true
}
