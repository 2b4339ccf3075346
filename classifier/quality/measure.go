package quality

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The lengths that the sources name.
const (
	shortLine = 30 // characters (FineWeb)
	longLine  = 5  // words (C4)
)

// Measure reads a text. language is its BCP 47 tag: the stop words are
// Gopher's eight for English and eight as common ones for the other languages
// here. Where it is empty, or none of these, they are those of the language that has
// the most in the text. The fields about the page stay 0.
func Measure(text, language string) Signals {
	m := measure{stop: newStopWords(language), words: make([]word, 0, len(text)/6+8)}
	m.lines(text)
	m.sum(text)
	return m.Signals
}

// measure is one text at work.
type measure struct {
	Signals
	stop                    stopWords
	words                   []word
	chars, letterWords      int // characters in words; words with a letter
	count                   int // lines
	bullets, ellipses, ends int // lines
	short, long             int // lines
	hashes, dots            int // signs
	lineSeen, paragraphSeen seen
}

// word is one word of the text.
type word struct {
	hash  uint64 // of its letters in lower case
	chars int32
}

// seen counts pieces that stood before.
type seen struct {
	set             map[uint64]struct{}
	all, again      int
	chars, charDups int
}

func (s *seen) add(hash uint64, chars int) {
	if s.set == nil {
		s.set = map[uint64]struct{}{}
	}
	s.all++
	s.chars += chars
	if _, ok := s.set[hash]; ok {
		s.again++
		s.charDups += chars
	}
	s.set[hash] = struct{}{}
}

// lines reads every line, and every paragraph as the sum of its lines.
func (m *measure) lines(text string) {
	paragraph, chars, filled := uint64(offset), 0, false
	end := func() {
		if filled {
			m.paragraphSeen.add(paragraph, chars)
		}
		paragraph, chars, filled = offset, 0, false
	}
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			end()
			continue
		}
		hash, n := m.line(line)
		paragraph, chars, filled = (paragraph^hash)*prime, chars+n, true
	}
	end()
}

// line reads one line and returns its hash and its length in characters.
func (m *measure) line(line string) (hash uint64, chars int) {
	before := len(m.words)
	m.scan(line)
	hash, chars = hashOf(line), utf8.RuneCountInString(line)
	m.lineSeen.add(hash, chars)
	m.count++
	add(&m.bullets, startsWithBullet(line))
	add(&m.ellipses, strings.HasSuffix(line, "…") || strings.HasSuffix(line, "..."))
	add(&m.ends, endsSentence(line))
	add(&m.short, chars < shortLine)
	add(&m.long, len(m.words)-before >= longLine)
	m.c4(line)
	return hash, chars
}

// c4 looks for what C4 drops a line or a page for.
func (m *measure) c4(line string) {
	if strings.IndexByte(line, '{') >= 0 || strings.IndexByte(line, '}') >= 0 {
		m.CurlyBrackets += strings.Count(line, "{") + strings.Count(line, "}")
	}
	m.LoremIpsum = m.LoremIpsum || containsFold(line, "lorem ipsum")
	add(&m.ScriptLines, containsFold(line, "javascript"))
	for _, phrase := range [...]string{"terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies"} {
		if containsFold(line, phrase) {
			m.PolicyLines++
			return
		}
	}
}

// sum turns counts into fractions.
func (m *measure) sum(text string) {
	n := len(m.words)
	m.Words, m.MeanWordLength, m.AlphabeticWords = n, share(m.chars, n), share(m.letterWords, n)
	m.HashRatio, m.EllipsisRatio = share(m.hashes, n), share(m.dots, n)
	m.BulletLines, m.EllipsisLines, m.TerminalLines = share(m.bullets, m.count), share(m.ellipses, m.count), share(m.ends, m.count)
	m.ShortLines, m.LongLines = share(m.short, m.count), share(m.long, m.count)
	m.NewlineRatio = share(strings.Count(strings.TrimSpace(text), "\n"), n)
	m.StopWords = m.stop.found()
	l, p := &m.lineSeen, &m.paragraphSeen
	m.DuplicateLines, m.DuplicateLineChars = share(l.again, l.all), share(l.charDups, l.chars)
	m.DuplicateParagraphs, m.DuplicateParagraphChars = share(p.again, p.all), share(p.charDups, p.chars)
	g := newGrams(m.words, m.chars)
	for k := range m.TopNGram {
		m.TopNGram[k] = g.top(k + 2)
	}
	for k := range m.DuplicateNGrams {
		m.DuplicateNGrams[k] = g.duplicates(k + 5)
	}
}

func add(to *int, ok bool) {
	if ok {
		*to++
	}
}

// startsWithBullet tells the signs that texts have before the items of a list.
func startsWithBullet(line string) bool {
	r, size := utf8.DecodeRuneInString(line)
	switch r {
	case '•', '‣', '▪', '◦', '●', '○', '■', '□', '▶', '►', '⁃', '∙':
		return true
	case '-', '*', '–', '—', '+':
		return strings.HasPrefix(line[size:], " ")
	}
	return false
}

// endsSentence says whether a line ends in terminal punctuation: C4's
// . ! ? and ", and their like in other scripts.
func endsSentence(line string) bool {
	r, _ := utf8.DecodeLastRuneInString(line)
	return isEnd(r) || r == '"' || r == '”' || r == '»' || r == '“' || r == '’' || r == '」' || r == '』'
}

func isEnd(r rune) bool {
	switch r {
	case '.', '!', '?', '…', '。', '！', '？', '．', '｡', '؟', '۔', '।', '॥', '։', '።', '၊', '။', '។':
		return true
	}
	return false
}

// IsUnspaced tells letters of scripts that set no spaces between words.
func IsUnspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
