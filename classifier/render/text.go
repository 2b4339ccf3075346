package render

import (
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// Text is the kept blocks as plain text: a blank line between paragraphs, "- "
// before a list item, " | " between the cells of a row, white space of code as
// it was. kept are indices of p.Blocks in document order; roles, if not nil,
// are the roles of all blocks in place of their own.
func Text(p *block.Page, kept []int, roles []block.Role) string {
	plan := newPlanner(p, kept, roles)
	var b strings.Builder
	lists := outline{open: make([]entry, 0, maxDepth)}
	wasItem := false
	b.Grow(plan.size())
	for _, pc := range plan.pieces() {
		before := ""
		if pc.kind == item {
			before = textBullet(p, pc, &lists)
		} else {
			lists.close()
		}
		if b.Len() > 0 {
			b.WriteString(separator(wasItem && pc.kind == item))
		}
		b.WriteString(before)
		writePiece(&b, p, pc, len(before))
		wasItem = pc.kind == item
	}
	return b.String()
}

func separator(tight bool) string {
	if tight {
		return "\n"
	}
	return "\n\n"
}

// textBullet is what stands before an item's text: two spaces a level, and
// the bullet unless the item goes on.
func textBullet(p *block.Page, pc piece, lists *outline) string {
	if _, ok := lists.resume(pc.li); ok {
		return strings.Repeat("  ", len(lists.open))
	}
	b := &p.Blocks[pc.blocks[0]]
	lists.begin(pc.li, b.Level, b.Ordinal)
	return strings.Repeat("  ", len(lists.open)-1) + "- "
}

// writePiece writes the blocks of a piece, further lines indented.
func writePiece(b *strings.Builder, p *block.Page, pc piece, indent int) {
	switch pc.kind {
	case code:
		b.WriteString(codeText(p, pc.blocks))
	case table:
		writeRows(b, p, pc.blocks)
	default:
		text := strings.TrimSpace(p.Blocks[pc.blocks[0]].Text)
		if indent > 0 && strings.Contains(text, "\n") {
			text = strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", indent))
		}
		b.WriteString(text)
	}
}

// codeText is the text of blocks of code, one under the other, without empty
// lines around it.
func codeText(p *block.Page, blocks []int) string {
	var b strings.Builder
	for n, i := range blocks {
		if n > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strings.Trim(p.Blocks[i].Text, "\r\n"))
	}
	return b.String()
}

// writeRows writes a table: a line for each row, " | " between cells.
func writeRows(b *strings.Builder, p *block.Page, blocks []int) {
	for n, i := range blocks {
		if n > 0 {
			b.WriteString(betweenCells(&p.Blocks[blocks[n-1]], &p.Blocks[i]))
		}
		b.WriteString(oneLine(p.Blocks[i].Text))
	}
}

func betweenCells(last, next *block.Block) string {
	switch {
	case last.Row != next.Row:
		return "\n"
	case last.Column != next.Column:
		return " | "
	}
	return " "
}

// oneLine is a text without line breaks.
func oneLine(text string) string {
	return strings.ReplaceAll(strings.TrimSpace(text), "\n", " ")
}
