package block

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// updateText is -update, which another test of the package may define first.
var updateText = func() func() bool {
	if flag.Lookup("update") == nil {
		flag.Bool("update", false, "rewrite testdata")
	}
	return func() bool { return flag.Lookup("update").Value.String() == "true" }
}()

// TestTextCases splits every testdata/text/NAME.txt and compares with
// NAME.want.
func TestTextCases(t *testing.T) {
	files, err := filepath.Glob("testdata/text/*")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		name, ext := strings.TrimSuffix(file, filepath.Ext(file)), filepath.Ext(file)
		switch ext {
		case ".want":
			if _, err := os.Stat(name + ".txt"); err != nil {
				t.Errorf("%s has no page", file)
			}
			continue
		case ".txt":
		default:
			t.Errorf("%s is no case", file)
			continue
		}
		t.Run(filepath.Base(name), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p, err := Text(t.Context(), src, Options{})
			if err != nil {
				t.Fatal(err)
			}
			checkText(t, src, p)
			compareText(t, name+".want", p)
		})
	}
}

func compareText(t *testing.T, file string, p *Page) {
	t.Helper()
	got := describeText(p)
	if updateText() {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// describeText writes a line for each block: its range, its facts, its text.
func describeText(p *Page) string {
	var b strings.Builder
	for _, k := range p.Blocks {
		fmt.Fprintf(&b, "%d-%d", k.Start, k.End)
		if k.Gap > 0 {
			fmt.Fprintf(&b, " gap=%d", k.Gap)
		}
		if k.Role != RoleNone {
			fmt.Fprintf(&b, " %s", k.Role)
		}
		if k.Level > 0 {
			fmt.Fprintf(&b, " level=%d", k.Level)
		}
		if k.Ordinal > 0 {
			fmt.Fprintf(&b, " ordinal=%d", k.Ordinal)
		}
		for _, m := range k.Marks {
			fmt.Fprintf(&b, " link=%s", m.Href)
		}
		fmt.Fprintf(&b, " %q\n", k.Text)
	}
	return b.String()
}

// checkText holds what is true of every page.
func checkText(t testing.TB, src []byte, p *Page) {
	t.Helper()
	last := 0
	for i, b := range p.Blocks {
		switch {
		case b.Start < last || b.End <= b.Start || b.End > len(src):
			t.Fatalf("block %d at %d-%d, after %d, of %d bytes", i, b.Start, b.End, last, len(src))
		case b.Text == "" || !utf8.ValidString(b.Text) || strings.TrimSpace(b.Text) != b.Text || strings.Contains(b.Text, "  "):
			t.Fatalf("block %d has text %q", i, b.Text)
		case b.Element != -1 || b.Box != -1 || b.Form != -1 || b.Gap < 0:
			t.Fatalf("block %d: %+v", i, b)
		case b.Links != len(b.Marks):
			t.Fatalf("block %d has %d links and %d marks", i, b.Links, len(b.Marks))
		}
		at := 0
		for _, m := range b.Marks {
			if m.Start < at || m.End <= m.Start || m.End > len(b.Text) || b.Text[m.Start:m.End] != m.Href {
				t.Fatalf("block %d has mark %+v in %q", i, m, b.Text)
			}
			at = m.End
		}
		last = b.End
	}
}

// texts returns the blocks' texts.
func texts(p *Page) []string {
	var all []string
	for _, b := range p.Blocks {
		all = append(all, b.Text)
	}
	return all
}

func splitText(t *testing.T, src string) *Page {
	t.Helper()
	p, err := Text(t.Context(), []byte(src), Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkText(t, []byte(src), p)
	return p
}

func TestTextLineBreaks(t *testing.T) {
	for _, sep := range []string{"\n", "\r\n", "\r", "\f", "\v", "\u0085", "\u2028", "\u2029"} {
		p := splitText(t, "One line."+sep+sep+"\u00a0 \t"+sep+"Another\u00a0\u3000 line.\u200b"+sep)
		if got := texts(p); !slices.Equal(got, []string{"One line.", "Another line."}) || p.Blocks[1].Gap != 2 {
			t.Errorf("%q: %q after %d blank lines", sep, got, p.Blocks[len(p.Blocks)-1].Gap)
		}
	}
}

// A page that is wrapped reads like the same page with a line a paragraph.
func TestTextWrapped(t *testing.T) {
	long := "The ferry leaves the northern pier at seven in the morning and again at noon, when the tide allows it. " +
		"Travellers who bring a bicycle wait at the second gate, where a guard counts them; nobody else may pass there. " +
		"On windy days the crossing takes an hour longer, and the kitchen on the lower deck serves soup for free."
	paragraphs := []string{"Timetable", long, "Fares", long + " " + long}
	for _, width := range []int{55, 72, 100} {
		var wrapped []string
		for _, p := range paragraphs {
			wrapped = append(wrapped, wrapAt(p, width))
		}
		if got := texts(splitText(t, strings.Join(wrapped, "\n\n"))); !slices.Equal(got, paragraphs) {
			t.Errorf("wrapped at %d:\n%s", width, strings.Join(got, "\n"))
		}
	}
	if got := texts(splitText(t, strings.Join(paragraphs, "\n"))); !slices.Equal(got, paragraphs) {
		t.Errorf("a line a paragraph:\n%s", strings.Join(got, "\n"))
	}
}

func wrapAt(s string, width int) string {
	var b strings.Builder
	cols := 0
	for word := range strings.FieldsSeq(s) {
		switch {
		case cols > 0 && cols+1+len(word) > width:
			b.WriteByte('\n')
			cols = 0
		case cols > 0:
			b.WriteByte(' ')
			cols++
		}
		b.WriteString(word)
		cols += len(word)
	}
	return b.String()
}

// In every charset the ranges hold the text.
func TestTextCharsets(t *testing.T) {
	for _, c := range charsetTexts {
		for _, charset := range c.charsets {
			text := strings.Repeat(c.text+"\n\nA | B | C\n", 30)
			src, _ := encode(t, text, charset)
			p, err := Text(t.Context(), src, Options{ContentType: "text/plain; charset=" + charset})
			if err != nil {
				t.Fatal(err)
			}
			checkText(t, src, p)
			for _, b := range p.Blocks {
				d := transcode(src[b.Start:b.End], 0, charset)
				if !strings.HasPrefix(charset, "iso-2022") && string(d.text) != b.Text {
					t.Fatalf("%s in %s: %d-%d holds %q, not %q", c.name, charset, b.Start, b.End, d.text, b.Text)
				}
			}
		}
	}
}

func TestTextLimits(t *testing.T) {
	if _, err := Text(t.Context(), []byte("a\nb\nc"), Options{MaxBlocks: 2}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too many blocks: %v", err)
	}
	if p, err := Text(t.Context(), []byte("a\nb\n"), Options{MaxBlocks: 2}); err != nil || len(p.Blocks) != 2 {
		t.Errorf("just enough blocks: %v", err)
	}
	if _, err := Text(t.Context(), []byte("abc"), Options{MaxBytes: 2}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too many bytes: %v", err)
	}
	if _, err := Text(t.Context(), []byte("\x1f\x8b\x08"), Options{}); !errors.Is(err, ErrBinary) {
		t.Errorf("gzip: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Text(ctx, []byte("abc"), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if p, err := Text(t.Context(), nil, Options{}); err != nil || len(p.Blocks) != 0 || p.Charset != "utf-8" {
		t.Errorf("empty: %v", err)
	}
}

// Pages made to be slow must not be: a square of their length would take minutes.
func TestTextHostile(t *testing.T) {
	words := strings.Repeat("word ", 60)
	for _, unit := range []string{
		".", "? ", ")", "(", "a»", "» ", "·", "a· ", "| ", "a,", "a, ", " > ", "> ", ">\n", "- ", "-", "#", "\t", "\ta", "\u00a0", "\u200b", "。",
		"http", "http://", "www.", "://", "http://a)", "x http://a.b) ", "1. a\n", "1. ", "• ", "[", "\x00a", "\xff", "a | b. C d\n", "A | B. Long words | ",
		"\n\n", " \n", "\r\n", "\u2028", "«a» ", "Word. ", "word ", "文", "words, that | are ; mixed · with » all / of > them, ",
	} {
		for _, before := range []string{"", words, "http://a", "> ", "- a | "} {
			src := []byte(before + strings.Repeat(unit, (1<<18)/len(unit)))
			p, err := Text(t.Context(), src, Options{MaxBlocks: 1 << 21})
			if err != nil && !errors.Is(err, ErrBinary) {
				t.Fatalf("%q: %v", unit, err)
			}
			if err == nil {
				checkText(t, src, p)
			}
		}
	}
}

func FuzzText(f *testing.F) {
	files, _ := filepath.Glob("testdata/text/*.txt")
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Add([]byte("> > a\n>\n| a | b |\n- x\n  - y\n1. www.a.b)\n2. http://\n\xff\xfea\x00"))
	f.Fuzz(func(t *testing.T, src []byte) {
		p, err := Text(t.Context(), src, Options{})
		if err != nil {
			if !errors.Is(err, ErrBinary) && !errors.Is(err, ErrTooLarge) {
				t.Fatal(err)
			}
			return
		}
		checkText(t, src, p)
	})
}
