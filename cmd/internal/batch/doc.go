// Package batch runs pages in bulk: JSON Lines in, one line out for each line
// in, in the same order.
//
// A page goes through four hands, each in its own file
// (filter.go is the front door):
//
//	lines.go   cuts the input into lines and drops what is longer than allowed
//	page.go    reads one line's JSON, in place (scan.go knows the strings)
//	run.go     hands lines to workers and writes their answers in order
//	answer.go  turns a result, or the reason why there is none, into a line
//
// A line in is
//
//	{"id", "url"?, "html"|"text", "content_type"?}
//
// with other fields ignored, and a line out is
//
//	{"id", "text", "title"?, "language"?, "page_kind", "verdict", "quality", "unsure"?,
//	 "blocks": [{"text", "label", "role"?, "probability", "unsure"?, "start", "end"}], "model"}
//
// or, for a page that cannot be read, {"id", "error": {"code", "message"}}.
// The offsets count bytes of the page's own string in UTF-8, after JSON's
// escapes are taken away. Blank lines are skipped.
//
// Memory is bounded by bytes and not by pages: the reader stops while the
// lines read and not yet answered are longer than Options.MaxInFlight.
// Output is flushed whenever the next answer would have to be waited for, so
// that a program that writes one page and reads one answer is never stuck.
package batch
