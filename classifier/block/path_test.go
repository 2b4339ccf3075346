package block

import (
	"strings"
	"testing"
)

// TestBlockPaths holds that the paths of all blocks are those of each.
func TestBlockPaths(t *testing.T) {
	for _, page := range []string{
		"<p>a<p>b<div id=x class=' y z'><b>c</b></div><div class='\u00a0v w'>d</div>",
		strings.Repeat("<div class=a>", 100) + "x<p>y" + strings.Repeat("</div>", 50) + "<p>z",
		"<div id=" + strings.Repeat("é", 5000) + ">" + strings.Repeat("<p>x", 3),
	} {
		p, err := HTML(t.Context(), []byte(page), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i, got := range p.BlockPaths() {
			want := p.Path(p.Blocks[i].Element)
			if got != want || want == "" || len(want) > 1000 {
				t.Errorf("block %d has the path %.300q, want %.300q", i, got, want)
			}
		}
	}
}

func TestFirstField(t *testing.T) {
	for _, list := range []string{"", " ", "a", " a b", "\v\va\vb", "a\u00a0b", "\u00a0a b", "é à", "\ta", "a\x85b c"} {
		want := append(strings.Fields(list), "")[0]
		if got := firstField(list); got != want {
			t.Errorf("%q begins with %q, want %q", list, got, want)
		}
	}
}

func TestOddBytes(t *testing.T) {
	for c := range 256 {
		for at := range 19 {
			for _, around := range []byte{'a', '\n', 0x80, 0xff} {
				b := []byte(strings.Repeat(string([]byte{around}), 19))
				b[at] = byte(c)
				if want := c == 0 || isControl(byte(c)); hasOddBytes(b) != want {
					t.Fatalf("byte %#x among %#x: %v", c, around, !want)
				}
			}
		}
	}
}
