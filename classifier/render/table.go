package render

import (
	"slices"
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// What a table of data does not exceed. Tables beyond it are layout: their
// blocks are written as paragraphs.
const (
	maxCellBlocks = 6
	maxCellBytes  = 2000
	maxSparse     = 8    // places for each filled cell, in large tables
	smallTable    = 4096 // places; a smaller table may be as sparse as it likes
)

// cell is the kept blocks of one cell of a table.
type cell struct {
	row, column int32
	blocks      []int
}

// tableAt is the number of kept blocks, from the at-th on, that make up a
// table of data; 0 if there is none.
func (l *planner) tableAt(at int) int {
	if at < l.layoutTo || l.page.Blocks[l.kept[at]].Row <= 0 {
		return 0
	}
	table := of(l.around.table, l.page.Blocks[l.kept[at]].Box)
	end := at
	for end < len(l.kept) {
		b := &l.page.Blocks[l.kept[end]]
		if b.Row <= 0 || of(l.around.table, b.Box) != table {
			break
		}
		end++
	}
	if l.holdsData(l.kept[at:end]) {
		return end - at
	}
	l.layoutTo = end
	return 0
}

// holdsData says whether blocks of a table are best read as rows and columns:
// several of both, and nothing in a cell that needs lines of its own.
func (l *planner) holdsData(blocks []int) bool {
	for _, i := range blocks {
		switch l.role(i) {
		case block.RoleTitle, block.RoleHeading, block.RoleList, block.RoleCode, block.RoleQuote:
			return false
		}
	}
	all := cellsOf(l.page, blocks)
	rows, across, widest := 0, 0, 0
	last := cell{}
	for _, c := range all {
		if c.large(l.page) || c.row < last.row || c.row == last.row && c.column <= last.column {
			return false
		}
		if c.row != last.row {
			rows, across = rows+1, 0
		}
		across++
		widest = max(widest, across)
		last = c
	}
	places := rows * len(columnsOf(all))
	return rows > 1 && widest > 1 && places <= max(smallTable, maxSparse*len(all))
}

// large says whether a cell holds more than a table of data would.
func (c cell) large(p *block.Page) bool {
	if len(c.blocks) > maxCellBlocks {
		return true
	}
	n := 0
	for _, i := range c.blocks {
		n += len(p.Blocks[i].Text)
	}
	return n > maxCellBytes
}

// cellsOf groups the blocks of a table by their cells.
func cellsOf(p *block.Page, blocks []int) []cell {
	all := make([]cell, 0, len(blocks))
	for n, i := range blocks {
		b := &p.Blocks[i]
		if last := len(all) - 1; last >= 0 && all[last].row == b.Row && all[last].column == b.Column {
			all[last].blocks = blocks[n-len(all[last].blocks) : n+1]
			continue
		}
		all = append(all, cell{row: b.Row, column: b.Column, blocks: blocks[n : n+1]})
	}
	return all
}

// columnsOf is the numbers of the columns that any cell stands in, ascending.
func columnsOf(all []cell) []int32 {
	columns := make([]int32, len(all))
	for i, c := range all {
		columns[i] = c.column
	}
	slices.Sort(columns)
	return slices.Compact(columns)
}

// table writes a table of data; its first row is the header.
func (w *writer) table(blocks []int) string {
	all := cellsOf(w.plan.page, blocks)
	columns := columnsOf(all)
	var out []byte
	for from, to := 0, 0; from < len(all); from = to {
		for to < len(all) && all[to].row == all[from].row {
			to++
		}
		out = w.row(out, all[from:to], columns)
		if from == 0 {
			last, _ := slices.BinarySearch(columns, all[to-1].column)
			out = append(out, strings.Repeat("  |", len(columns)-1-last)...)
			out = append(out, "\n|"...)
			out = append(out, strings.Repeat(" --- |", len(columns))...)
		}
		if to < len(all) {
			out = append(out, '\n')
		}
	}
	return string(out)
}

// row writes a row up to its last cell: readers fill up short rows, and
// filling all of them would take rows × columns bytes.
func (w *writer) row(out []byte, cells []cell, columns []int32) []byte {
	out = append(out, '|')
	filled := 0
	for _, c := range cells {
		at, _ := slices.BinarySearch(columns, c.column)
		out = append(out, strings.Repeat("  |", at-filled)...)
		out = append(out, ' ')
		for n, i := range c.blocks {
			if n > 0 {
				out = append(out, ' ')
			}
			out = append(out, w.inline(i, inCell)...)
		}
		out = append(out, " |"...)
		filled = at + 1
	}
	return out
}
