// Package quality computes the signals by which makers of corpora judge a
// text, named and defined as their sources do:
//
//	Gopher   Rae et al. 2021, "Scaling Language Models", appendix A.1.1, arXiv 2112.11446
//	C4       Raffel et al. 2020, "Exploring the Limits of Transfer Learning", section 2.2, arXiv 1910.10683
//	FineWeb  Penedo et al. 2024, "The FineWeb Datasets", section 3.6, arXiv 2406.17557
//
// It only measures: which value is too low or too high is the caller's choice,
// and the thresholds of the sources stand beside the fields of [Signals].
//
//	signals.go  what is measured, and the source of each
//	measure.go  one pass over the text: [Measure]
//	scan.go     the words of a line
//	ngrams.go   n-grams that return, by hash
//	stop.go     stop words, by language
//
// A line is what line feeds part, a paragraph what empty lines part; empty
// ones do not count. A word is what white space parts; where a script sets no
// spaces (Han, kana, Thai, Lao, Khmer, Burmese) every letter is one, so that
// the length of words says nothing there. Characters are Unicode code points.
//
// Time and memory are linear in the text. Repetition is found by 64-bit
// hashes; that two different pieces have the same one is as good as
// impossible by chance, and by intent can only make a text look worse.
package quality
