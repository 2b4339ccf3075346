package block

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

func isWide(name string) bool { return name == "utf-16le" || name == "utf-16be" }

// wideCharset recognises UTF-16 without a byte order mark: by the NUL halves
// of its ASCII characters, or because the header says so of bytes that are not
// UTF-8. It is empty for anything else.
func wideCharset(body []byte, contentType string, valid, odd bool) string {
	if odd {
		if name := wideByNULs(body[:min(len(body), oddPrefix)&^1]); name != "" {
			return name
		}
	}
	if valid {
		return ""
	}
	if name := canonical(headerCharset(contentType)); isWide(name) {
		return name
	}
	return ""
}

// wideByNULs tells UTF-16 by the NULs at every other place.
func wideByNULs(head []byte) string {
	var nuls [2]int
	controls := 0
	for i, c := range head {
		if c == 0 {
			nuls[i&1]++
		} else if isControl(c) {
			controls++
		}
	}
	enough := 1 + len(head)/4 // Latin text: half of the characters or more
	if controls > len(head)/30 {
		enough = 1 + len(head)/40 // other scripts: the spaces; the other halves look like control bytes
	}
	switch {
	case nuls[1] >= enough && nuls[1] > 4*nuls[0]:
		return "utf-16le"
	case nuls[0] >= enough && nuls[0] > 4*nuls[1]:
		return "utf-16be"
	}
	return ""
}

// choose picks the charset of bytes that are not valid UTF-8. UTF-8 with few
// faults is UTF-8 whatever is declared; else the first declaration that fits
// holds, and a guess only where none does.
func choose(body []byte, declared []string) string {
	good, bad := utf8Faults(body)
	if good >= 8*bad {
		return "utf-8"
	}
	sample := sampleOf(body)
	for _, name := range declared {
		if name == "utf-8" && good >= 2*bad || name != "utf-8" && faults(sample, name) < 0.05 {
			return name
		}
	}
	name, sure := guess(sample)
	if sure < 0.5 && len(declared) > 0 {
		return declared[0]
	}
	return name
}

// utf8Faults counts the characters beyond ASCII and the bytes that belong to
// none. A character cut off by the end of the page is no fault.
func utf8Faults(body []byte) (good, bad int) {
	for i := 0; i < len(body); {
		if body[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(body[i:])
		switch {
		case r != utf8.RuneError || size > 1:
			good++
		case !utf8.FullRune(body[i:]):
			return good, bad
		default:
			bad++
		}
		i += size
	}
	return good, bad
}

// sampleOf gathers the bytes beyond ASCII and the two ASCII bytes on each side
// of a run of them, which may be halves of characters.
func sampleOf(body []byte) []byte {
	const limit = 4 << 10
	sample := make([]byte, 0, min(len(body), limit))
	ascii := 2 // ASCII bytes since the last byte beyond
	for i, c := range body {
		if len(sample) >= limit {
			break
		}
		if c >= utf8.RuneSelf {
			if ascii > 2 {
				sample = append(sample, ' ')
				sample = append(sample, body[max(i-2, i-ascii+2):i]...)
			}
			ascii = 0
			sample = append(sample, c)
			continue
		}
		if ascii++; ascii <= 2 {
			sample = append(sample, c)
		}
	}
	return sample
}

// faults is the share of U+FFFD among the characters beyond ASCII of sample
// read as charset name.
func faults(sample []byte, name string) float64 {
	bad, all := 0, 0
	for _, r := range bytes.Runes(transcode(sample, 0, name).text) {
		if r >= utf8.RuneSelf {
			all++
		}
		if r == utf8.RuneError {
			bad++
		}
	}
	return float64(bad) / float64(max(1, all))
}

// guess picks the charset in which the sample has the most characters that
// are common in one of its languages, and tells how sure that is, up to 1.
func guess(sample []byte) (name string, sure float64) {
	name = "windows-1252"
	for _, t := range tongues() {
		for _, charset := range t.charsets {
			s := t.score(transcode(sample, 0, charset).text)
			const margin = 0.1 // the earlier ones have the more pages
			switch {
			case s > sure+margin:
				name, sure = charset, s
			case charset == name:
				sure = max(sure, s)
			}
		}
	}
	return name, sure
}

// score is the weight of common characters among those beyond ASCII, as a part
// of what a text of this language has.
func (t tongue) score(text []byte) float64 {
	weights := t.weights()
	var hits float64
	var bad, all int
	runes := bytes.Runes(text)
	for i, r := range runes {
		if r < utf8.RuneSelf {
			continue
		}
		all++
		switch {
		case r == utf8.RuneError || r < 0xA0 || r >= 0xE000 && r < 0xF900: // no character, a control, private use
			bad++
		case isTypography(r):
			hits += t.expect
		case t.fits(runes, i):
			hits += weights[r]
		}
	}
	if all == 0 {
		return 0
	}
	share := hits / float64(all) / t.expect
	return max(0, min(1, share)-4*float64(bad)/float64(all))
}

// weights gives the rarer letters of an alphabet less, as charsets of other
// alphabets have letters in the same places.
func (t tongue) weights() map[rune]float64 {
	weights := make(map[rune]float64, len(t.common))
	for _, r := range t.common {
		weights[r] = 1
		if t.script == alphabet && len(weights) > 12 {
			weights[r] = 0.3
		}
	}
	return weights
}

// fits tells whether the character at i stands among its like: letters beyond
// ASCII of Latin languages one by one between ASCII letters, those of other
// alphabets never beside one.
func (t tongue) fits(runes []rune, i int) bool {
	before := i > 0 && unicode.IsLetter(runes[i-1])
	switch t.script {
	case latin:
		return !before || runes[i-1] < utf8.RuneSelf
	case alphabet:
		after := i+1 < len(runes) && unicode.IsLetter(runes[i+1])
		return !(before && runes[i-1] < utf8.RuneSelf) && !(after && runes[i+1] < utf8.RuneSelf)
	}
	return true
}

// isTypography tells signs that texts of every language have.
func isTypography(r rune) bool {
	switch r {
	case '\u00a0', '©', '®', '°', '«', '»', '·', '§', '€', '‘', '’', '‚', '“', '”', '„', '–', '—', '…', '•', '™', '№', '‹', '›':
		return true
	}
	return false
}
