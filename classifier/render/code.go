package render

import (
	"strings"

	"github.com/pagesieve/pagesieve/classifier/block"
)

// fence is code between fences longer than any run of backticks in it.
func (w *writer) fence(blocks []int) string {
	p := w.plan.page
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\uFFFD").Replace(codeText(p, blocks))
	ticks := strings.Repeat("`", max(3, longestRun(text, '`')+1))
	return ticks + language(p, &p.Blocks[blocks[0]]) + "\n" + text + "\n" + ticks
}

// language is the programming language that the class names of a block's
// elements tell, as highlighters write them, or "".
func language(p *block.Page, b *block.Block) string {
	for _, e := range []int32{b.Element, b.Box} {
		if e < 0 || int(e) >= len(p.Elements) {
			continue
		}
		for class := range strings.FieldsSeq(p.Elements[e].Class) {
			for _, prefix := range []string{"language-", "lang-"} {
				if name, ok := strings.CutPrefix(class, prefix); ok && isName(name) {
					return name
				}
			}
		}
	}
	return ""
}

func isName(s string) bool {
	for i := range len(s) {
		if !alphanumeric(s[i]) && strings.IndexByte("+-#._", s[i]) < 0 {
			return false
		}
	}
	return s != "" && len(s) <= 32
}
