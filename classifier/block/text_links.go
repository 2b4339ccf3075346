package block

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// markURLs marks the bare URLs in the block's text as links.
func markURLs(b *Block) {
	s, end := b.Text, 0
	scheme, www := strings.Index(s, "://"), strings.Index(s, "www.")
	for scheme >= 0 || www >= 0 {
		start := www
		if scheme >= 0 && (www < 0 || scheme < www) {
			start = schemeStart(s, scheme, end)
			end = scheme + len("://")
		} else {
			end = www + len("www.")
		}
		if start >= 0 && startsHost(s[end:]) {
			end += urlLength(s[end:])
			b.Marks = append(b.Marks, Mark{Kind: MarkLink, Start: start, End: end, Href: s[start:end]})
			b.Links++
			b.LinkLen += end - start
		}
		scheme, www = nextIndex(s, "://", scheme, end), nextIndex(s, "www.", www, end)
	}
}

// nextIndex returns where substr is found at from or later, given the last
// place where it was, -1 for nowhere.
func nextIndex(s, substr string, last, from int) int {
	if last < 0 || last >= from {
		return last
	}
	if n := strings.Index(s[from:], substr); n >= 0 {
		return from + n
	}
	return -1
}

// schemeStart returns where the http or https before i begins, at lo or later;
// -1 for another scheme.
func schemeStart(s string, i, lo int) int {
	for _, name := range [...]string{"https", "http"} {
		if start := i - len(name); start >= lo && strings.EqualFold(s[start:i], name) {
			return start
		}
	}
	return -1
}

// startsHost wants a host at the start of s.
func startsHost(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// urlLength is how far the URL goes whose host s begins with. Punctuation at its end
// belongs to the sentence, and so does a bracket that it does not open.
func urlLength(s string) int {
	end := strings.IndexFunc(s, endsURL)
	if end < 0 {
		end = len(s)
	}
	open := strings.Count(s[:end], "(") - strings.Count(s[:end], ")")
	for end > 0 {
		switch c := s[end-1]; {
		case strings.IndexByte(".,;:!?*", c) >= 0:
		case c == ')' && open < 0:
			open++
		default:
			return end
		}
		end--
	}
	return end
}

// endsURL tells characters that a URL does not have.
func endsURL(r rune) bool {
	if r < utf8.RuneSelf {
		return r <= ' ' || strings.IndexByte("<>\"'`|{}\\^]", byte(r)) >= 0
	}
	return isEastAsian(r) || unicode.IsSpace(r) || unicode.IsPunct(r)
}
