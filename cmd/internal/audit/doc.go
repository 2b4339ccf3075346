// Package audit reports the link spam on the pages of a site to those who run
// it: where each piece stands, how it is hidden, where its links lead, and why
// it is taken for spam.
//
//	audit.go   pages in, a [Report] out
//	finding.go the spam blocks of one page, put together
//	place.go   byte offsets to lines and columns
//	text.go    the report for a terminal
//	html.go    the same as one page of HTML that needs nothing else
//
// The report's own fields are its JSON.
package audit
