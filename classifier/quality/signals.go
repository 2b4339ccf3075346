package quality

import "iter"

// Signals are measures of one text. Fractions are of 1, and 0 where there is
// nothing to divide by. In brackets: the source's name for it, and what it
// keeps.
type Signals struct {
	Words          int     // Gopher (50 to 100,000)
	MeanWordLength float64 // Gopher, in characters (3 to 10)

	HashRatio     float64 // Gopher, symbol-to-word ratio: "#" for each word (at most 0.1)
	EllipsisRatio float64 // Gopher, symbol-to-word ratio: "…" or "..." for each word (at most 0.1)

	BulletLines   float64 // Gopher: share of lines that begin with a bullet (at most 0.9)
	EllipsisLines float64 // Gopher: share of lines that end with an ellipsis (at most 0.3)

	AlphabeticWords float64 // Gopher: share of words with a letter (at least 0.8)
	StopWords       int     // Gopher: how many of eight very common words occur (at least 2); see [Measure] for languages

	// Gopher, table A1: repetition.
	DuplicateLines          float64 // share of lines that stood before (at most 0.3)
	DuplicateLineChars      float64 // the same by characters (at most 0.2); FineWeb too (less than 0.1)
	DuplicateParagraphs     float64 // share of paragraphs that stood before (at most 0.3)
	DuplicateParagraphChars float64 // the same by characters (at most 0.2)

	// TopNGram is the share of characters, of those in words, that the most
	// common n-gram of words covers, for n = 2, 3, 4 (Gopher: at most 0.20,
	// 0.18, 0.16). It is 0 if none occurs twice.
	TopNGram [3]float64
	// DuplicateNGrams is the share of characters, of those in words, in n-grams
	// that occurred before, for n = 5 to 10 (Gopher: at most 0.15, 0.14, 0.13,
	// 0.12, 0.11, 0.10). No character counts twice.
	DuplicateNGrams [6]float64

	TerminalLines  float64 // C4 and FineWeb: share of lines that end in terminal punctuation (FineWeb: more than 0.12)
	Sentences      int     // C4: ends of sentences (at least 3)
	LongLines      float64 // C4: share of lines with at least 5 words, which C4 keeps
	CurlyBrackets  int     // C4: "{" and "}" (none)
	LoremIpsum     bool    // C4: the placeholder text occurs (no)
	PolicyLines    int     // C4: lines with "terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies", which C4 drops
	ScriptLines    int     // C4: lines with "javascript", which C4 drops
	ShortLines     float64 // FineWeb: share of lines shorter than 30 characters (less than 0.67)
	NewlineRatio   float64 // FineWeb's code: line feeds for each word (at most 0.3)
	BodyShare      float64 // of the words on the page, those of the body
	LinkShare      float64 // those in links
	Boilerplate    float64 // those of navigation and of comment forms
	CommentShare   float64 // those of comments
	SpamShare      float64 // those of link spam
	WordsOnThePage int     // as the classifier counts: an unspaced character is half a word
}

// All yields every signal by name, in a fixed order; true is 1.
func (s *Signals) All() iter.Seq2[string, float64] {
	return func(yield func(string, float64) bool) {
		for _, one := range []struct {
			name  string
			value float64
		}{
			{"words", float64(s.Words)},
			{"mean_word_length", s.MeanWordLength},
			{"hash_ratio", s.HashRatio},
			{"ellipsis_ratio", s.EllipsisRatio},
			{"bullet_lines", s.BulletLines},
			{"ellipsis_lines", s.EllipsisLines},
			{"alphabetic_words", s.AlphabeticWords},
			{"stop_words", float64(s.StopWords)},
			{"duplicate_lines", s.DuplicateLines},
			{"duplicate_line_chars", s.DuplicateLineChars},
			{"duplicate_paragraphs", s.DuplicateParagraphs},
			{"duplicate_paragraph_chars", s.DuplicateParagraphChars},
			{"top_2_gram", s.TopNGram[0]},
			{"top_3_gram", s.TopNGram[1]},
			{"top_4_gram", s.TopNGram[2]},
			{"duplicate_5_grams", s.DuplicateNGrams[0]},
			{"duplicate_6_grams", s.DuplicateNGrams[1]},
			{"duplicate_7_grams", s.DuplicateNGrams[2]},
			{"duplicate_8_grams", s.DuplicateNGrams[3]},
			{"duplicate_9_grams", s.DuplicateNGrams[4]},
			{"duplicate_10_grams", s.DuplicateNGrams[5]},
			{"terminal_lines", s.TerminalLines},
			{"sentences", float64(s.Sentences)},
			{"long_lines", s.LongLines},
			{"curly_brackets", float64(s.CurlyBrackets)},
			{"lorem_ipsum", flag(s.LoremIpsum)},
			{"policy_lines", float64(s.PolicyLines)},
			{"script_lines", float64(s.ScriptLines)},
			{"short_lines", s.ShortLines},
			{"newline_ratio", s.NewlineRatio},
			{"body_share", s.BodyShare},
			{"link_share", s.LinkShare},
			{"boilerplate_share", s.Boilerplate},
			{"comment_share", s.CommentShare},
			{"spam_share", s.SpamShare},
			{"words_on_the_page", float64(s.WordsOnThePage)},
		} {
			if !yield(one.name, one.value) {
				return
			}
		}
	}
}

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// share is a of b, 0 where b is.
func share(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}
