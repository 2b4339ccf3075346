package training

import (
	"context"
	"hash/fnv"
	"html"
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/classifier/feature"
)

// TextTwin is the example's visible text as a page of its own, each piece
// with the truth of the block it comes from: the same page as users have it
// who took the markup away. How lines are set varies from page to page, as it
// does among the tools that make such text.
func TextTwin(ctx context.Context, e *Example) (*Example, error) {
	text, pieces := flatten(e)
	split, err := block.Text(ctx, []byte(text), block.Options{ContentType: "text/plain; charset=utf-8"})
	if err != nil {
		return nil, err
	}
	t := e.twin(split, pieces)
	t.Page.HTML, t.Page.Text = "", text
	return t, nil
}

// FlatTwin is the example's blocks as a run of <p> or <div> without classes
// or nesting, for pages that give no help with their markup.
func FlatTwin(ctx context.Context, e *Example) (*Example, error) {
	page, pieces := flattenHTML(e)
	split, err := block.HTML(ctx, []byte(page), block.Options{ContentType: "text/html; charset=utf-8"})
	if err != nil {
		return nil, err
	}
	t := e.twin(split, pieces)
	t.Page.HTML = page
	return t, nil
}

// twin is an example of the same page split otherwise; each block has the
// truth of the piece that most of it comes from.
func (e *Example) twin(split *block.Page, pieces []piece) *Example {
	t := &Example{ID: e.ID, URL: e.URL, Host: e.Host, Source: e.Source, Kind: e.Kind, Fold: e.Fold, Twin: true, Short: e.Short, Donor: e.Donor, Page: e.Page}
	t.Features = feature.Extract(split, e.URL)
	t.Format = t.Features.Format()
	t.Truth, t.Guess, t.MadeUp = make([]Truth, len(split.Blocks)), make([]Truth, len(split.Blocks)), make([]uint8, len(split.Blocks))
	at := 0
	for i := range split.Blocks {
		b := &split.Blocks[i]
		for at > 0 && pieces[at-1].end > b.Start {
			at--
		}
		for at < len(pieces) && pieces[at].end <= b.Start {
			at++
		}
		t.Truth[i], t.Guess[i] = Unknown, Unknown
		most := 0
		for k := at; k < len(pieces) && pieces[k].start < b.End; k++ {
			if e.madeUp(pieces[k].block) {
				t.MadeUp[i] = e.MadeUp[pieces[k].block]
			}
			if n := min(pieces[k].end, b.End) - max(pieces[k].start, b.Start); n > most {
				most, t.Truth[i], t.Guess[i] = n, e.Truth[pieces[k].block], e.Guess[pieces[k].block]
			}
		}
	}
	t.weigh()
	return t
}

// piece is where a block of the page stands in its text twin.
type piece struct{ start, end, block int }

// flatten writes the visible blocks one after the other. The style is chosen
// by the page's id: a line a block; blank lines around what has a box of its
// own, as a browser copies; or a line for every link too, as the simplest
// text extractors do.
func flatten(e *Example) (string, []piece) {
	h := fnv.New32a()
	h.Write([]byte(e.ID))
	style := h.Sum32() % 4
	var out strings.Builder
	var pieces []piece
	p := e.Features.Source
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if !shown(b) {
			continue
		}
		if out.Len() > 0 {
			out.WriteString(gap(style, p, i))
		}
		start := out.Len()
		if style == 3 {
			writeSplit(&out, b)
		} else {
			out.WriteString(b.Text)
		}
		pieces = append(pieces, piece{start, out.Len(), i})
	}
	return out.String(), pieces
}

func gap(style uint32, p *block.Page, i int) string {
	switch style {
	case 0:
		return "\n\n"
	case 1:
		if p.Blocks[i].Role == block.RoleNone || p.Blocks[i].Role == block.RoleHeading {
			return "\n\n"
		}
	}
	return "\n"
}

// writeSplit writes a line break around every link.
func writeSplit(out *strings.Builder, b *block.Block) {
	at := 0
	for _, m := range b.Marks {
		if m.Kind != block.MarkLink || m.Start < at || m.End > len(b.Text) {
			continue
		}
		for _, part := range []string{b.Text[at:m.Start], b.Text[m.Start:m.End]} {
			if part = strings.TrimSpace(part); part != "" {
				if !strings.HasSuffix(out.String()[max(0, out.Len()-1):], "\n") {
					out.WriteByte('\n')
				}
				out.WriteString(part)
			}
		}
		at = m.End
	}
	if rest := strings.TrimSpace(b.Text[at:]); rest != "" {
		if at > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(rest)
	}
}

// shown says whether a block is part of the page's visible text.
func shown(b *block.Block) bool {
	return b.Text != "" && (b.Origin == block.OriginVisible || b.Origin == block.OriginAfterHTML || b.Origin == block.OriginData)
}

// flattenHTML writes the visible blocks as <p> or <div>, with their headings'
// level and their links or without, as the page's id has it.
func flattenHTML(e *Example) (string, []piece) {
	h := fnv.New32a()
	h.Write([]byte("flat " + e.ID))
	style := h.Sum32()
	tag, links, headings := "p", style&1 == 0, style&2 == 0
	if style&12 == 0 {
		tag = "div"
	}
	var out strings.Builder
	var pieces []piece
	out.WriteString("<html><head><title>" + html.EscapeString(e.Features.Source.Meta.TitleTag) + "</title></head><body>\n")
	p := e.Features.Source
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if !shown(b) {
			continue
		}
		t := tag
		if headings && b.Role == block.RoleHeading {
			t = "h" + string('0'+b.Level)
		}
		out.WriteString("<" + t + ">")
		start := out.Len()
		writeInline(&out, b, links)
		pieces = append(pieces, piece{start, out.Len(), i})
		out.WriteString("</" + t + ">\n")
	}
	return out.String(), pieces
}

// writeInline writes a block's text, with its links or without.
func writeInline(out *strings.Builder, b *block.Block, links bool) {
	at := 0
	for _, m := range b.Marks {
		if !links || m.Kind != block.MarkLink || m.Start < at || m.End > len(b.Text) {
			continue
		}
		out.WriteString(html.EscapeString(b.Text[at:m.Start]) + `<a href="` + html.EscapeString(m.Href) + `">` + html.EscapeString(b.Text[m.Start:m.End]) + "</a>")
		at = m.End
	}
	out.WriteString(html.EscapeString(b.Text[at:]))
}
