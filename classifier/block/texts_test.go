package block

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// TestDecodeReference holds that what is decoded from constants is what x/net
// makes of it.
func TestDecodeReference(t *testing.T) {
	all := []string{"&amp;", "&nbsp;", "&quot;", "&apos;", "&rsquo;", "&uuml;", "&shy;", "&hellip;", "&times;", "&#;", "&#x;", "&#+1;", "&#-1;", "&#0x41;", "&#1_0;", "&#x1G;", "&#9A;", "&#99999;", "&none;", "&"}
	for n := range 0x2200 {
		all = append(all, fmt.Sprintf("&#%d;", n), fmt.Sprintf("&#0%d;", n), fmt.Sprintf("&#x%x;", n), fmt.Sprintf("&#X%X;", n), fmt.Sprintf("&#%d", n))
	}
	for _, raw := range all {
		if got, want := decodeReference(raw), html.UnescapeString(raw); got != want {
			t.Errorf("%s is %q, want %q", raw, got, want)
		}
	}
}

// plainTidy is what tidy does, written for reading.
func plainTidy(v string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case isWhite(r):
			return ' '
		case r >= utf8.RuneSelf && isWidthless(r), r < ' ', r == 0x7f:
			return -1
		}
		return r
	}, v)), " ")
}

func FuzzTidy(f *testing.F) {
	for _, v := range []string{"", " ", "a", " a  b\n c ", "a\u00a0b", "a\u00adb\u200b", "\vx\x00y", "ä\u3000ö", "a\n\nb\n \n", "\n"} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, v string) {
		if !utf8.ValidString(v) { // no page is read that is not
			t.Skip()
		}
		var in textSlab
		if got, want := in.tidy(v), plainTidy(v); got != want {
			t.Errorf("%q is %q, want %q", v, got, want)
		}
		var lines []string
		for line := range strings.SplitSeq(v, "\n") {
			if line = plainTidy(line); line != "" {
				lines = append(lines, line)
			}
		}
		if got, want := in.tidyLines(v), strings.Join(lines, "\n"); got != want {
			t.Errorf("%q has the lines %q, want %q", v, got, want)
		}
	})
}

// TestTextSlab holds that texts stay what they are while others are made.
func TestTextSlab(t *testing.T) {
	var in textSlab
	var all []string
	for i := range 3000 {
		all = append(all, in.lower(fmt.Sprintf("NAME-%d", i)), in.attr(fmt.Sprintf("%d&amp;&nGt;", i)))
	}
	for i := range 3000 {
		if all[2*i] != fmt.Sprintf("name-%d", i) || all[2*i+1] != fmt.Sprintf("%d&≫⃒", i) {
			t.Fatalf("texts %d are %q and %q", i, all[2*i], all[2*i+1])
		}
	}
}
