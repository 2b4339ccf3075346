package quality

import (
	"unicode"
	"unicode/utf8"
)

// FNV-1a.
const (
	offset = 14695981039346656037
	prime  = 1099511628211
)

func hashOf(s string) uint64 {
	h := uint64(offset)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * prime
	}
	return h
}

// mix spreads a hash over all its bits (SplitMix64).
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// scan reads the words of a line.
func (m *measure) scan(line string) {
	w := scanner{m: m, hash: offset}
	for i := 0; i < len(line); {
		r, size := rune(line[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(line[i:])
		}
		w.sign(r)
		switch {
		case r == ' ' || r >= utf8.RuneSelf && unicode.IsSpace(r) || r == '\t':
			w.end()
		case IsUnspaced(r):
			w.end()
			w.put(r)
			w.end()
		case w.chars == 0 && IsUnspaced(w.last) && !unicode.IsLetter(r) && !unicode.IsDigit(r):
			// a mark between letters that are words is none
		default:
			w.put(r)
		}
		w.last = r
		i += size
	}
	w.end()
	if isEnd(w.last) {
		m.Sentences++
	}
}

// scanner is a place in a line.
type scanner struct {
	m      *measure
	hash   uint64
	chars  int32
	letter bool
	last   rune
	dots   int
}

// put adds a character to the word.
func (w *scanner) put(r rune) {
	if w.chars++; unicode.IsLetter(r) {
		w.letter = true
		r = unicode.ToLower(r)
	} else if r < utf8.RuneSelf && (r < '0' || r > '9') {
		return // marks around a word do not make another of it
	}
	w.hash = (w.hash ^ uint64(r)) * prime
}

// end ends the word, if one has begun.
func (w *scanner) end() {
	if w.chars == 0 {
		return
	}
	m := w.m
	m.words = append(m.words, word{mix(w.hash), w.chars})
	m.chars += int(w.chars)
	add(&m.letterWords, w.letter)
	m.stop.add(w.hash)
	w.hash, w.chars, w.letter = offset, 0, false
}

// sign counts the signs that mean something on their own.
func (w *scanner) sign(r rune) {
	switch {
	case r == '#':
		w.m.hashes++
	case r == '…':
		w.m.dots++
	}
	if r == '.' {
		if w.dots++; w.dots == 3 {
			w.m.dots++
		}
	} else {
		w.dots = 0
	}
	if isEnd(w.last) && !isEnd(r) && (r == ' ' || IsUnspaced(r) || r == '"' || r == '”' || r == '»' || r == ')') {
		w.m.Sentences++ // a mark that a letter follows, as in 3.5 or example.com, ends none
	}
}

// containsFold says whether s holds an ASCII phrase in lower case, whatever
// the case in s.
func containsFold(s, phrase string) bool {
	first := phrase[0]
	for i := 0; i+len(phrase) <= len(s); i++ {
		if s[i]|0x20 != first {
			continue
		}
		k := 1
		for k < len(phrase) && lower(s[i+k]) == phrase[k] {
			k++
		}
		if k == len(phrase) {
			return true
		}
	}
	return false
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c | 0x20
	}
	return c
}
