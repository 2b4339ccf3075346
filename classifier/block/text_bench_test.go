package block

import (
	"strings"
	"testing"
)

// benchText is a page of so many bytes: menus, paragraphs, lists, URLs.
func benchText(size int) string {
	sentence := "The ferry leaves the northern pier at seven, and again at noon when the tide allows it. "
	var b strings.Builder
	for b.Len() < size {
		b.WriteString("Home\nTimetable\nFares | Pier | Crew | Weather\n\n")
		for range 8 {
			b.WriteString(strings.Repeat(sentence, 4) + "Was it naïve – or “brave”?\n\n")
		}
		b.WriteString("- first item\n- second item, see http://example.org/item\n\n")
	}
	return b.String()[:size]
}

func BenchmarkText(b *testing.B) {
	page := benchText(1 << 20)
	for _, c := range []struct{ name, text string }{
		{"paragraphs", page},
		{"wrapped", wrapPage(page)},
		{"oneline", strings.ReplaceAll(page, "\n", " ")},
		{"words", strings.ReplaceAll(page, " ", "\n")[:200<<10]},
		{"brands", strings.Repeat("Walrus Boots | Penguin Sandals | Otter Outlet | ", 20<<10)},
		{"russian", strings.Repeat(charsetTexts[8].text+"\n", 5000)},
		{"chinese", strings.Repeat(charsetTexts[14].text+"\n", 8000)},
	} {
		b.Run(c.name, func(b *testing.B) {
			src := []byte(c.text)
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Text(b.Context(), src, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func wrapPage(page string) string {
	var wrapped []string
	for line := range strings.Lines(page) {
		wrapped = append(wrapped, wrapAt(line, 72))
	}
	return strings.Join(wrapped, "\n")
}

func BenchmarkDecode(b *testing.B) {
	for _, c := range charsetTexts {
		for _, charset := range append([]string{"utf-8"}, c.charsets...) {
			src, _ := encode(b, strings.Repeat(c.text+"\n", 4000), charset)
			b.Run(c.name+"/"+charset, func(b *testing.B) {
				b.SetBytes(int64(len(src)))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := decode(b.Context(), src, "", false); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkOffset resolves a place every 40 bytes, as splitting does.
func BenchmarkOffset(b *testing.B) {
	src, _ := encode(b, strings.Repeat(charsetTexts[14].text+"\n", 4000), "gbk")
	d := transcode(src, 0, "gbk")
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		for i := 0; i < len(d.text); i += 40 {
			d.offset(i)
		}
	}
}
