package render

import (
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// kind is how a piece is written.
type kind uint8

const (
	paragraph kind = iota
	heading
	item  // a list item or a further paragraph of one
	table // rows and cells of data
	code
	quote
)

// piece is a run of kept blocks that is written as one.
type piece struct {
	kind   kind
	blocks []int
	li     int32 // innermost <li> around it, -1 for none
}

// planner groups kept blocks into pieces.
type planner struct {
	page     *block.Page
	roles    []block.Role
	around   surroundings
	kept     []int
	layoutTo int // kept blocks before this one stand in a table of layout
}

// newPlanner leaves out of kept what has no text or is no block of the page.
func newPlanner(p *block.Page, kept []int, roles []block.Role) planner {
	l := planner{page: p, roles: roles, around: newSurroundings(p.Elements)}
	l.kept = make([]int, 0, len(kept))
	for _, i := range kept {
		if i >= 0 && i < len(p.Blocks) && strings.TrimSpace(p.Blocks[i].Text) != "" {
			l.kept = append(l.kept, i)
		}
	}
	return l
}

// role is the role of a block: the caller's where it gave any.
func (l *planner) role(i int) block.Role {
	if i < len(l.roles) {
		return l.roles[i]
	}
	return l.page.Blocks[i].Role
}

// size is about how many bytes everything kept takes.
func (l *planner) size() int {
	n := 0
	for _, i := range l.kept {
		n += len(l.page.Blocks[i].Text) + len("\n\n")
	}
	return n
}

// pieces is everything kept, in order.
func (l *planner) pieces() []piece {
	all := make([]piece, 0, len(l.kept))
	for at := 0; at < len(l.kept); {
		p := l.next(at)
		all = append(all, p)
		at += len(p.blocks)
	}
	return all
}

// next is the piece that begins with the at-th kept block.
func (l *planner) next(at int) piece {
	i := l.kept[at]
	p := piece{blocks: l.kept[at : at+1], li: of(l.around.item, l.page.Blocks[i].Box)}
	if n := l.tableAt(at); n > 0 {
		p.kind, p.blocks = table, l.kept[at:at+n]
		return p
	}
	switch l.role(i) {
	case block.RoleTitle, block.RoleHeading:
		p.kind = heading
	case block.RoleList:
		p.kind = item
	case block.RoleQuote:
		p.kind = quote
	case block.RoleCode:
		p.kind, p.blocks = code, l.kept[at:at+l.codeAt(at)]
	}
	return p
}

// codeAt is the number of kept blocks of the same <pre> from the at-th on.
func (l *planner) codeAt(at int) int {
	pre := of(l.around.pre, l.page.Blocks[l.kept[at]].Box)
	n := 1
	for pre >= 0 && at+n < len(l.kept) {
		i := l.kept[at+n]
		if l.role(i) != block.RoleCode || of(l.around.pre, l.page.Blocks[i].Box) != pre {
			break
		}
		n++
	}
	return n
}

// surroundings is, for each element, the innermost element of some kinds that
// it is or stands in; -1 for none.
type surroundings struct{ table, item, pre []int32 }

// newSurroundings reads them off in one pass: parents stand before children.
func newSurroundings(elements []block.Element) surroundings {
	n := len(elements)
	all := make([]int32, 3*n)
	s := surroundings{table: all[:n], item: all[n : 2*n], pre: all[2*n:]}
	for i, e := range elements {
		parent := min(e.Parent, int32(i)-1)
		s.table[i], s.item[i], s.pre[i] = of(s.table, parent), of(s.item, parent), of(s.pre, parent)
		switch e.Tag {
		case "table":
			s.table[i] = int32(i)
		case "li":
			s.item[i] = int32(i)
		case "pre":
			s.pre[i] = int32(i)
		}
	}
	return s
}

// of is the entry for an element, -1 where there is no such element.
func of(list []int32, element int32) int32 {
	if element < 0 || int(element) >= len(list) {
		return -1
	}
	return list[element]
}
