package block

import "strconv"

// tablePart closes the cells, rows and sections that the start tag of a part
// of a table ends, and opens those that it implies. It reports false for a
// part outside any table.
func (s *splitter) tablePart(k tag) bool {
	table := s.table()
	if k == tagTable {
		// A table directly inside another, not in a cell, ends that one.
		if table != none && s.cellOf(table) == none {
			s.popTo(table)
		}
		return true
	}
	if table == none {
		return false
	}
	switch k {
	case tagTr:
		s.popAbove(s.body(table))
		s.implyBody(table)
	case tagTd, tagTh:
		if row := s.inside(tagTr, table); row != none {
			s.popAbove(row)
			break
		}
		s.popAbove(s.body(table))
		s.implyBody(table)
		if e := s.imply(tagTr); e != nil {
			s.rows++
			e.flow.row, e.flow.column = s.rows, 0
		}
	default:
		s.popAbove(table)
	}
	return true
}

// body is the innermost section of the table, or the table itself.
func (s *splitter) body(table int32) int32 {
	return max(table, s.last[tagTbody], s.last[tagThead], s.last[tagTfoot])
}

// cellOf is the open cell or caption of the table, or none.
func (s *splitter) cellOf(table int32) int32 {
	if i := max(s.last[tagTd], s.last[tagTh], s.last[tagCaption]); i > table {
		return i
	}
	return none
}

// implyBody opens a <tbody> for a row that stands right in the table.
func (s *splitter) implyBody(table int32) {
	if s.body(table) == table {
		s.imply(tagTbody)
	}
}

// popAbove closes everything above element i.
func (s *splitter) popAbove(i int32) {
	if s.top() > i {
		s.popTo(i + 1)
	}
}

// betweenCells says whether the innermost element is a table or a part of one
// that can hold nothing but parts of tables.
func (s *splitter) betweenCells() bool {
	if s.top() < 0 {
		return false
	}
	switch s.stack[s.top()].tag {
	case tagTable, tagTbody, tagThead, tagTfoot, tagTr:
		return true
	}
	return false
}

// listItem gives an item of an <ol> its number.
func (s *splitter) listItem(e *element, a *attrs) {
	list := max(s.last[tagOl], s.last[tagUl], s.last[tagMenu], s.last[tagDir])
	if list == none || s.stack[list].tag != tagOl {
		return
	}
	n := s.stack[list].items + 1
	if a.has(attrValued) {
		n = number(a.get(attrValued), n)
	}
	s.stack[list].items = n
	e.flow.ordinal = n
}

// startOf is the number before that of a list's first item.
func startOf(a *attrs) int32 {
	if a.has(attrStart) {
		return number(a.get(attrStart), 1) - 1
	}
	return 0
}

// number is v as a whole number of sensible size, otherwise n.
func number(v string, n int32) int32 {
	if i, err := strconv.Atoi(v); err == nil && -1_000_000 < i && i < 1_000_000_000 {
		return int32(i)
	}
	return n
}
