package feature

import (
	"slices"
	"strings"
	"testing"
)

// Letters of other scripts are escaped in addresses; the digits of the escapes
// are no words.
func TestEscapesAreNoWords(t *testing.T) {
	for address, want := range map[string]string{
		"https://shop.example/%CE%B1%CF%80%CE%BF-cheap%20shoes/%2fsale": "cheap shoes sale",
		"/tag/%d0%b0bc/nike?sort=price&%E":                              "tag nike sort price",
		"/café/menu":                                                    "menu",
		"/a/bc":                                                         "bc",
		"abc%":                                                          "abc",
		"https://shop.example":                                          "",
		strings.Repeat("/ab", 20):                                       strings.TrimSpace(strings.Repeat("ab ", maxPathWords)),
	} {
		var got []string
		pathWords(address, func(w string) { got = append(got, w) })
		if s := strings.Join(got, " "); s != want {
			t.Errorf("pathWords(%q): %q, want %q", address, s, want)
		}
	}
	for text, want := range map[string][]string{
		"see http://x.example/%D1%82%D1%80-y now": {"see", "http", "x", "example", "y", "now"},
		"50%after 100%": {"50", "after", "100"},
		"%D1%82":        nil,
		"%D1 %8":        {"D1", "8"},
	} {
		var got []string
		scanWords(text, func(_ uint64, start, end int) { got = append(got, text[start:end]) })
		if !slices.Equal(got, want) {
			t.Errorf("scanWords(%q): %q, want %q", text, got, want)
		}
	}
}
