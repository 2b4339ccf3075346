// Package render writes the kept blocks of a page as text that people and
// programs read: plain text (Text) or Markdown (Markdown).
//
// Both go the same way. plan.go groups the kept blocks into pieces (a
// paragraph, a list item, a table, a piece of code), outline.go follows the
// nesting of lists, table.go tells tables of data from tables of layout. From
// there text.go writes plain text and markdown.go Markdown, whose finer parts
// are spans.go and inline.go (links, strong, emphasis, code), escape.go (text
// that must not be read as markup), link.go (which links are written, and
// how) and image.go.
//
// The Markdown is CommonMark with the tables of GitHub's dialect. It reads
// back as what it was made from: every word of a kept block stands in the
// rendered page as text, in order, once. Nothing on the page can become raw
// HTML, an active link such as javascript:, a reference or a table that was
// none. Time and memory are linear in the page, whatever its marks, rows and
// columns; what resolving links may add is bounded.
package render
