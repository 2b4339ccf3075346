package comments

import (
	"strings"
	"sync"
)

// names finds the marks that are whole names.
type names struct {
	index map[string][]int
	begin [256][maxWhole + 1]bool // by first letter and length, which settles most names
}

// maxWhole is the length of the longest such mark.
const maxWhole = 26

var wholeNames = sync.OnceValue(func() *names {
	n := &names{index: map[string][]int{}}
	for i := range marks {
		switch marks[i].place {
		case inID, inClass, inTag, inAttribute, inValue:
			text := marks[i].text
			n.index[text] = append(n.index[text], i)
			n.begin[text[0]][len(text)] = true
			n.begin[text[0]&^0x20][len(text)] = true
		}
	}
	return n
})

// find is the mark that a name at a place is, or -1.
func (n *names) find(where place, name string) int {
	if name == "" || len(name) > maxWhole || !n.begin[name[0]][len(name)] {
		return -1
	}
	for _, i := range n.index[strings.ToLower(name)] {
		if marks[i].place == where {
			return i
		}
	}
	return -1
}

// likely spares most scripts the walk through all marks.
func likely(script string) bool {
	for _, part := range [...]string{"isqus", "omment", "oral.", "iscourse", "fyre.", "giscus", "utteranc"} {
		if strings.Contains(script, part) {
			return true
		}
	}
	return false
}
