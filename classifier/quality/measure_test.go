package quality

import (
	"math"
	"strings"
	"testing"
)

// TestMeasure holds every signal against a value counted by hand.
func TestMeasure(t *testing.T) {
	const plain = "The tide comes in twice a day.\nIt goes out again, and the boats lie on the sand!"
	for _, c := range []struct {
		name, text, language string
		want                 map[string]float64
	}{
		{"plain", plain, "en", map[string]float64{
			"words": 18, "mean_word_length": 63.0 / 18, "alphabetic_words": 1, "stop_words": 2, "sentences": 2, "terminal_lines": 1,
			"short_lines": 0, "long_lines": 1, "newline_ratio": 1.0 / 18, "top_2_gram": 0, "duplicate_5_grams": 0, "curly_brackets": 0}},
		{"nothing", "", "", map[string]float64{"words": 0, "mean_word_length": 0, "short_lines": 0, "newline_ratio": 0, "top_2_gram": 0}},
		{"white space", " \n\n \t\n", "", map[string]float64{"words": 0, "duplicate_lines": 0, "duplicate_paragraphs": 0, "newline_ratio": 0}},
		{"signs", "#one #two three ...\n- four 55…\n• 6 {seven}", "en", map[string]float64{
			"words": 10, "hash_ratio": 0.2, "ellipsis_ratio": 0.2, "ellipsis_lines": 2.0 / 3, "bullet_lines": 2.0 / 3, "alphabetic_words": 0.5, "curly_brackets": 2}},
		{"a dash that is no bullet", "-5 degrees\n–\n—x", "", map[string]float64{"bullet_lines": 0}},
		{"lines again", "one two\nthree\none two\n\nfour\nfive\n\nfour\nfive", "", map[string]float64{
			"duplicate_lines": 3.0 / 7, "duplicate_line_chars": 15.0 / 35, "duplicate_paragraphs": 1.0 / 3, "duplicate_paragraph_chars": 8.0 / 35, "short_lines": 1}},
		{"n-grams", "ab cd ab cd ef", "", map[string]float64{"top_2_gram": 0.8, "top_3_gram": 0, "top_4_gram": 0}},
		{"one word again and again", strings.Repeat("no ", 40), "", map[string]float64{"top_2_gram": 1, "duplicate_5_grams": 35.0 / 40, "duplicate_10_grams": 30.0 / 40}},
		{"six words twice", "a1 b2 c3 d4 e5 f6 g7 a1 b2 c3 d4 e5 f6", "", map[string]float64{"duplicate_5_grams": 5.0 / 13, "duplicate_6_grams": 6.0 / 13, "duplicate_7_grams": 0}},
		{"what C4 drops", "Please enable JavaScript.\nOur Privacy Policy and Terms of Use\nThis site uses cookies\nLorem Ipsum dolor", "", map[string]float64{
			"script_lines": 1, "policy_lines": 2, "lorem_ipsum": 1, "long_lines": 0.25, "terminal_lines": 0.25}},
		{"sentences", "It is 3.5 m at example.com. Is it?! “Yes.” So be it…", "en", map[string]float64{"sentences": 4}},
		{"German", "Der Fluss ist breit und die Brücke ist schmal.", "de-AT", map[string]float64{"stop_words": 4}},
		{"German called English", "Der Fluss ist breit und die Brücke ist schmal.", "en", map[string]float64{"stop_words": 0}},
		{"a language without a list", "the tide and the sand", "xx", map[string]float64{"stop_words": 2}},
		{"no language told", "Der Fluss ist breit und die Brücke ist schmal.", "", map[string]float64{"stop_words": 4}},
		{"Chinese", "渡船八点出发。你不在，我的船也不等。", "zh", map[string]float64{"words": 15, "sentences": 2, "stop_words": 4, "terminal_lines": 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Measure(c.text, c.language)
			got := map[string]float64{}
			for name, v := range s.All() {
				got[name] = v
			}
			for name, want := range c.want {
				if math.Abs(got[name]-want) > 1e-9 {
					t.Errorf("%s is %v, want %v", name, got[name], want)
				}
			}
		})
	}
}

// TestBounds holds that fractions stay fractions, whatever the text.
func TestBounds(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("a b ", 500), strings.Repeat("\n", 100), strings.Repeat("…", 50), "\xff\xfe\n\xff\xfe", "a", "。", strings.Repeat("x\n\n", 99),
	} {
		s := Measure(text, "")
		counts := map[string]bool{"words": true, "mean_word_length": true, "stop_words": true, "sentences": true, "curly_brackets": true,
			"policy_lines": true, "script_lines": true, "words_on_the_page": true, "newline_ratio": true, "hash_ratio": true, "ellipsis_ratio": true}
		for name, v := range s.All() {
			if math.IsNaN(v) || v < 0 || v > 1 && !counts[name] {
				t.Errorf("%.20q: %s is %v", text, name, v)
			}
		}
	}
}

func BenchmarkMeasure(b *testing.B) {
	var text strings.Builder
	for i := range 400 {
		text.WriteString("The tide comes in twice a day, and the boats lie on the sand")
		text.WriteByte(byte('a' + i%26))
		text.WriteString(" until it does.\n\n")
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		Measure(text.String(), "en")
	}
}
