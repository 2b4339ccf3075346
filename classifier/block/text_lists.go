package block

import "strings"

// sign is a separator between the entries of a list on one line.
type sign uint8

const (
	signPipe sign = iota
	signWidePipe
	signBullet
	signDot
	signAngles
	signAngle
	signTab
	signGreater
	signSlash
	signComma
	signs
)

// signSet is a set of signs.
type signSet uint16

// listKind says what a list with a separator looks like.
type listKind struct {
	mark   string
	opener string // on a line that has it, the mark is a closing quote
	item   int    // longest entry in bytes
	words  int    // most words of an entry
	whole  int    // fewest separators between entries on a line that is all list
	part   int    // fewest separators of a list inside a longer line
}

func (k sign) kind() listKind {
	switch k {
	case signPipe:
		return listKind{"|", "", 100, 16, 2, 3}
	case signWidePipe:
		return listKind{"｜", "", 100, 16, 2, 3}
	case signBullet:
		return listKind{"•", "", 100, 16, 2, 3}
	case signDot:
		return listKind{"·", "", 80, 12, 2, 3}
	case signAngles:
		return listKind{"»", "«", 80, 10, 1, 3}
	case signAngle:
		return listKind{"›", "‹", 80, 10, 1, 3}
	case signTab:
		return listKind{"\t", "", 60, 8, 2, 4}
	case signGreater:
		return listKind{" > ", "", 60, 8, 2, 3}
	case signSlash:
		return listKind{" / ", "", 50, 5, 2, 4}
	}
	return listKind{",", "", 40, 4, 5, 12}
}

// asciiSign is the set of the sign that c may be.
func asciiSign(c byte) signSet {
	switch c {
	case '|':
		return 1 << signPipe
	case ',':
		return 1 << signComma
	case '/':
		return 1 << signSlash
	case '>':
		return 1 << signGreater
	}
	return 0
}

// wideSign is the set of the sign that r is.
func wideSign(r string) signSet {
	if r[0] > 0xC2 && r[0] < 0xE2 || len(r) > 3 {
		return 0
	}
	switch r {
	case "•":
		return 1 << signBullet
	case "·":
		return 1 << signDot
	case "»":
		return 1 << signAngles
	case "›":
		return 1 << signAngle
	case "｜":
		return 1 << signWidePipe
	}
	return 0
}

// first takes the surest sign out of a set that is not empty.
func (set signSet) first() (sign, signSet) {
	for k := range signs {
		if set&(1<<k) != 0 {
			return k, set &^ (1 << k)
		}
	}
	return signs, 0
}

// cut adds the text from lo to hi: the lists in it, each as one block, and the
// prose between them.
func (t *textSplitter) cut(lo, hi, gap int, set signSet) {
	if set == 0 {
		t.prose(lo, hi, gap)
		return
	}
	k, rest := set.first()
	kind := k.kind()
	if !kind.mayOccur(t.s[lo:hi]) {
		t.cut(lo, hi, gap, rest)
		return
	}
	for t.err == nil {
		lo, hi = trimSpace(t.s, lo, hi)
		run := kind.find(t.s[lo:hi])
		if !run.found {
			break
		}
		if run.lo > 0 {
			t.cut(lo, lo+run.lo, gap, rest)
			gap = 0
		}
		t.add(lo+run.lo, lo+run.hi, Block{Role: RoleList, Level: 1, Gap: gap})
		lo, gap = lo+run.hi, 0
	}
	if lo < hi {
		t.cut(lo, hi, gap, rest)
	}
}

// mayOccur tells cheaply where there is no such list.
func (k listKind) mayOccur(s string) bool {
	return strings.Count(s, k.mark) >= k.whole && (k.opener == "" || !strings.Contains(s, k.opener))
}

// listRun is a list found in a text.
type listRun struct {
	lo, hi int
	found  bool
}

// entries is a run of separators with short entries between them.
type entries struct {
	first, last int // where the first separator begins and the last one ends
	count       int // separators
	words       int // in the entries between them
}

// find returns the first list in s.
func (k listKind) find(s string) listRun {
	var run entries
	for at := 0; ; {
		n := k.index(s[at:])
		if n < 0 {
			return k.list(s, run)
		}
		mark, end := at+n, at+n+len(k.mark)
		words, fits := k.entry(s[min(run.last, mark):mark])
		if run.count > 0 && fits {
			run.last, run.count, run.words = end, run.count+1, run.words+words
		} else {
			if list := k.list(s, run); list.found {
				return list
			}
			run = entries{first: mark, last: end, count: 1}
		}
		at = end
		if k.mark[0] == ' ' {
			at-- // the space before the next one
		}
	}
}

// index finds the next separator. A middle dot inside a word is a letter.
func (k listKind) index(s string) int {
	for at := 0; ; {
		n := strings.Index(s[at:], k.mark)
		if n < 0 || k.mark != "·" {
			return n + at*min(1, n+1)
		}
		n += at
		at = n + len(k.mark)
		if n == 0 || s[n-1] == ' ' || at == len(s) || s[at] == ' ' {
			return n
		}
	}
}

// entry tells whether s can be an entry of a list, and counts its words.
func (k listKind) entry(s string) (words int, fits bool) {
	if len(s) > k.item {
		return 0, false
	}
	words = countWords(s)
	return words, words <= k.words && (k.mark != "," || !strings.Contains(s, ". "))
}

// list makes a list of a run with as many separators as it takes: with the
// entry before the first and the one after the last.
func (k listKind) list(s string, run entries) listRun {
	if run.count == 0 || run.count < k.whole {
		return listRun{}
	}
	words := max(1, run.words/max(1, run.count-1))
	if k.mark == "," && words > 3 {
		return listRun{}
	}
	lo, hi := k.entryBefore(s, run.first, words), k.entryAfter(s, run.last, words)
	between := run.count
	if run.first == 0 {
		between--
	}
	if run.last == len(s) {
		between--
	}
	whole := lo == 0 && hi == len(s) && between >= k.whole
	return listRun{lo, hi, whole || run.count >= k.part}
}

// entryBefore returns where the entry that ends at i begins: after the last
// sentence, or so many words back if there is none near.
func (k listKind) entryBefore(s string, i, words int) int {
	lo := max(0, i-k.item)
	for lo > 0 && s[lo]&0xC0 == 0x80 {
		lo++
	}
	best := -1
	for at, r := range s[lo:i] {
		if isEnder(r) {
			if end := sentenceEnd(s[:i], lo+at); end > 0 && end < i && strings.TrimSpace(s[end:i]) != "" {
				best = end
			}
		}
	}
	switch {
	case best >= 0:
		return best
	case lo == 0:
		return 0
	}
	return backWords(s[:i], words, lo)
}

// entryAfter returns where the entry that begins at i ends: with the text, or
// after so many words if it goes on.
func (k listKind) entryAfter(s string, i, words int) int {
	rest := s[i:]
	if len(rest) <= k.item && !strings.ContainsAny(strings.TrimRight(rest, " .!?…"), "!?") {
		if n, fits := k.entry(rest); fits && n <= max(6, 3*words) {
			return len(s)
		}
	}
	return i + forwardWords(rest, words, k.item)
}
