package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/pagesieve/pagesieve/classifier"
)

// maxReasons is how many reasons a finding is given.
const maxReasons = 5

// reasons are those of a single block; of several, where the links lead, and
// then what is true of most of them.
func reasons(blocks []classifier.Block, f *Finding, hosts int) []string {
	if len(blocks) == 1 {
		return blocks[0].Reasons
	}
	first := number(len(blocks), "block") + " in a row"
	if f.Links > 0 {
		first = fmt.Sprintf("%s to %s in %s", number(f.Links, "link"), number(hosts, "host"), number(len(blocks), "block"))
		if noneOnSubject(blocks) {
			first += ", none on the page's subject"
		}
	}
	out := []string{first}
	for _, k := range shared(blocks) {
		if len(out) == maxReasons || 2*k.n < len(blocks) {
			break
		}
		out = append(out, k.text)
	}
	return out
}

// noneOnSubject says whether all blocks with links are off the page's subject.
func noneOnSubject(blocks []classifier.Block) bool {
	for i := range blocks {
		off := func(why string) bool { return strings.HasSuffix(why, " on the page's subject") }
		if len(blocks[i].Targets) > 0 && !slices.ContainsFunc(blocks[i].Reasons, off) {
			return false
		}
	}
	return true
}

// kind is one kind of reason: "words that spam uses" whatever the words are.
type kind struct {
	text string // of the first block that has it
	n    int    // blocks
}

// shared is the kinds of reasons that blocks have, the most common first. What
// they say of links, of hiding and of each other is left out: the finding says
// so itself.
func shared(blocks []classifier.Block) []kind {
	var out []kind
	index := map[string]int{}
	for i := range blocks {
		for _, why := range blocks[i].Reasons {
			if strings.HasPrefix(why, "a link to ") || strings.HasPrefix(why, "hidden ") || strings.Contains(why, " link") && strings.Contains(why, " to ") || strings.HasSuffix(why, " beside it") {
				continue
			}
			key, _, _ := strings.Cut(why, ":")
			at, ok := index[key]
			if !ok {
				at = len(out)
				index[key] = at
				out = append(out, kind{text: why})
			}
			out[at].n++
		}
	}
	slices.SortStableFunc(out, func(a, b kind) int { return cmp.Compare(b.n, a.n) })
	return out
}
