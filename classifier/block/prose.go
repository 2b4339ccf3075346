package block

import (
	"strings"
	"unicode"
)

// isProse says whether a string is text for readers rather than code, an
// address or encoded data.
func isProse(t string) bool {
	t = plainText(t, nil)
	if len(t) < minProse || countWords(t) < 12 || strings.HasPrefix(t, "http") {
		return false
	}
	var letters, spaces, stops, code, all int
	longest, word := 0, 0
	for _, r := range t {
		all++
		word++
		switch {
		case r == ' ' || r == '\n':
			spaces++
			word = 0
		case unicode.IsLetter(r) || unicode.IsMark(r):
			letters++
			if isEastAsian(r) {
				word = 0
			}
		case strings.ContainsRune(".!?。！？．।؟…", r):
			stops++
		case strings.ContainsRune("{}[]<>=;|\\/_#@$&*+^~`", r):
			code++
		}
		longest = max(longest, word)
	}
	return letters*10 >= all*6 && stops > 0 && code*25 <= all && longest <= 120
}

// plainText is a string without tags, its entities decoded, in the room of in.
func plainText(t string, in *textSlab) string {
	i := strings.IndexByte(t, '<')
	if i < 0 {
		return in.tidyLines(unescape(t))
	}
	b := append(make([]byte, 0, len(t)), t[:i]...)
	for i < len(t) {
		next := afterTag(t, i)
		switch k := tagAt(t, i, next); {
		case next == i: // a plain '<'
			b = append(b, '<')
			next++
		case k.has(isBox) || k == tagBr:
			b = append(b, '\n')
		case k == tagScript || k == tagStyle:
			next = afterRaw(t, next, k)
		}
		i = len(t)
		if j := strings.IndexByte(t[next:], '<'); j >= 0 {
			i = next + j
		}
		b = append(b, t[next:i]...)
	}
	return in.tidyLines(unescape(string(b)))
}

// afterTag is the place behind the tag or comment at t[i], or i itself where
// none begins.
func afterTag(t string, i int) int {
	if i+1 >= len(t) || !isAlnum(t[i+1]) && t[i+1] != '/' && t[i+1] != '!' {
		return i
	}
	close := ">"
	if strings.HasPrefix(t[i:], "<!--") && !strings.HasPrefix(t[i:], "<!-->") && !strings.HasPrefix(t[i:], "<!--->") {
		close = "-->"
	}
	end := strings.Index(t[i:], close)
	if end < 0 {
		return len(t)
	}
	return i + end + len(close)
}

// tagAt is the tag written at t[i:next].
func tagAt(t string, i, next int) tag {
	if next-i < 3 {
		return tagOther
	}
	return tagNamed(tagName(t[i:next]))
}

// afterRaw is the place of the end tag of a script or a style sheet.
func afterRaw(t string, i int, k tag) int {
	end := strings.Index(t[i:], "</"+tagInfos[k].name)
	if end < 0 {
		return len(t)
	}
	return i + end
}
