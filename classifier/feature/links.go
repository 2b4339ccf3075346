package feature

import (
	"strings"
	"unicode/utf8"
)

// targetKind is how a link's target stands to the page.
type targetKind uint8

const (
	targetOther    targetKind = iota // mailto, tel, javascript
	targetFragment                   // a place on the same page
	targetOwn                        // the page's own site
	targetForeign                    // another site
)

// target classifies a link as written; host is set for foreign ones. With the
// page's own host unknown, absolute links count as foreign.
func (l *layout) target(href string) (kind targetKind, host string) {
	href = strings.TrimSpace(href)
	switch {
	case href == "" || href[0] == '#':
		return targetFragment, ""
	case strings.HasPrefix(href, "//"):
		return l.hostKind(hostOf(href))
	case href[0] == '/' || href[0] == '?' || href[0] == '.':
		return targetOwn, ""
	}
	scheme, _, ok := strings.Cut(href, ":")
	if !ok || strings.ContainsAny(scheme, "/?#.") {
		return targetOwn, ""
	}
	if strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") {
		return l.hostKind(hostOf(href))
	}
	return targetOther, ""
}

func (l *layout) hostKind(host string) (targetKind, string) {
	if host == "" || host == l.host || l.host != "" && sameSite(host, l.host) {
		return targetOwn, ""
	}
	return targetForeign, host
}

// isRoot says whether an absolute link names a host and no page on it.
func isRoot(href string) bool {
	i := strings.Index(href, "//")
	j := strings.IndexByte(href[i+2:], '/')
	return j < 0 || strings.TrimSpace(href[i+2+j:]) == "/"
}

// hostOf is the host of an absolute or scheme-relative URL, without www. and
// port, in lower case; empty if there is none.
func hostOf(url string) string {
	i := strings.Index(url, "//")
	if i < 0 || i > 8 {
		return ""
	}
	host := url[i+2:]
	if j := strings.IndexAny(host, "/?#"); j >= 0 {
		host = host[:j]
	}
	if j := strings.LastIndexByte(host, '@'); j >= 0 {
		host = host[j+1:]
	}
	if j := strings.LastIndexByte(host, ':'); j >= 0 {
		host = host[:j]
	}
	return strings.TrimPrefix(strings.ToLower(host), "www.")
}

// sameSite says whether one host is the other or a subdomain of it, or both
// share a registered name as far as two labels tell.
func sameSite(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if strings.HasSuffix(a, b) && (len(a) == len(b) || a[len(a)-len(b)-1] == '.') {
		return true
	}
	return registered(a) == registered(b)
}

// registered guesses the registered domain: the last two labels, or three
// where the last but one is short, as in co.uk.
func registered(host string) string {
	last := strings.LastIndexByte(host, '.')
	if last < 0 {
		return host
	}
	second := strings.LastIndexByte(host[:last], '.')
	if second >= 0 && last-second-1 <= 3 {
		second = strings.LastIndexByte(host[:second], '.')
	}
	return host[second+1:]
}

// pathWords gives the words of a link's path and query in ASCII letters. Those
// of other letters are left out: they are escaped, and the bytes of the escapes
// would speak for whatever the few pages in that script are known for.
func pathWords(href string, add func(word string)) {
	if i := strings.Index(href, "//"); i >= 0 && i < 8 {
		href = href[i+2:]
		j := strings.IndexAny(href, "/?#")
		if j < 0 {
			return
		}
		href = href[j:]
	}
	start, n, foreign := -1, 0, false
	for i := 0; i <= len(href) && n < maxPathWords; {
		letter, beyond, size := pathLetter(href[i:])
		if letter && start < 0 {
			start, foreign = i, false
		}
		foreign = foreign || beyond
		if !letter && start >= 0 {
			if !foreign && i-start > 1 && i-start < 24 {
				add(href[start:i])
				n++
			}
			start = -1
		}
		i += size
	}
}

// maxPathWords is how many words of a path are read.
const maxPathWords = 12

// pathLetter says whether a path goes on with a letter, whether that is beyond
// ASCII, as it is or escaped, and of how many bytes it is.
func pathLetter(s string) (letter, beyond bool, size int) {
	switch {
	case s == "":
		return false, false, 1
	case s[0] >= utf8.RuneSelf:
		return true, true, 1
	case s[0] == '%' && len(s) > 2:
		return isHigh(s[1]), isHigh(s[1]), 3
	}
	return s[0]|0x20 >= 'a' && s[0]|0x20 <= 'z', false, 1
}
