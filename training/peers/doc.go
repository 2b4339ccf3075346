// Command peers puts pagesieve beside the other extractors of main content that
// are written in Go: the same labelled pages, in the same run, with the same
// measures. It is a module of its own, so that nobody who uses pagesieve
// depends on them.
//
//	systems.go   who takes part, each with the settings that its authors chose
//	measure.go   every system on every page: one line of scores each
//	table.go     lines to means, for pages that every system was measured on
//	grid.go      tables as text and Markdown
//	contender.go what is timed: the systems, and parsing alone
//	store.go     pages on disk, so that they do not weigh on the collector
//	speed.go     CPU time, interleaved
//
// README.md says how it is run and what it measured.
package main
