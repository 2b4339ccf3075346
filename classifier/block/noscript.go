package block

import "strings"

// noscript knows where the <noscript> at hand ends. A browser that runs
// scripts takes all up to that end tag as raw text, so no <iframe> or comment
// that is left open inside reaches beyond it; we read inside, but keep that.
type noscript struct {
	end    int // place of the </noscript>, or of the end of the page
	unread [numTags]int32
}

// enter notes a <noscript> that ends at i.
func (n *noscript) enter(text string, i int) {
	if i >= n.end {
		n.end = indexEndTag(text, i, len(text), "noscript")
	}
}

// cuts says whether the raw element of tag k whose start tag ends at i stands
// in a <noscript> and is not closed there.
func (n *noscript) cuts(text string, i int, k tag) bool {
	if i >= n.end || n.end == len(text) {
		return false
	}
	if int32(n.end) == n.unread[k] {
		return true
	}
	if indexEndTag(text, i, n.end, tagInfos[k].name) < n.end {
		return false
	}
	n.unread[k] = int32(n.end)
	return true
}

// indexEndTag is the place of the first end tag called name in text[i:hi], or
// hi if there is none.
func indexEndTag(text string, i, hi int, name string) int {
	for i < hi {
		j := strings.Index(text[i:hi], "</")
		if j < 0 {
			break
		}
		i += j
		if after := i + 2 + len(name); after <= hi && strings.EqualFold(text[i+2:after], name) {
			return i
		}
		i += 2
	}
	return hi
}
