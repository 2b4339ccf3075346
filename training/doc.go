// Package training turns labelled pages into a measured model.
//
// One labelled page goes through it so:
//
//	page.go      the format of labelled pages; read.go reads files of them,
//	             own.go those of package pages
//	example.go   a page split into blocks, and what is known of each: from
//	             spans, from the wanted text (align.go finds it in the blocks),
//	             or weakly from the markup of comment forms and lists
//	corpus.go    which copies of a page teach: as it is, with spam (spammed.go) by
//	             package augment, (twin.go) as plain text and as bare tags, and
//	             (altered.go, followed.go) an article cut short or with another
//	             page's content after it
//	count.go     its tokens, counted by view; what stands on too few sites is
//	             dropped, and what spam brings of other languages counted in
//	             part (language.go)
//	train.go     the counts become naive Bayes classifiers and their tables
//	pools.go     the pools are fitted to what classifiers say that were counted
//	             without the page's site, first pass and second; calibrate.go
//	             and calm.go correct the second by sites left out
//
// A model is measured by evaluate.go page by page, by folds.go on sites that
// it did not see, and summed up by report.go and report_text.go;
// reliability.go holds the probabilities against the truth, plot.go draws that,
// presets.go compares the presets, and report_tables.go writes both for
// documents; report_pages.go writes the scores page by page, and mistake.go the
// blocks that cost most. How much link spam it finds is measured by putting some into clean pages (trial.go), and
// summed up by spamreport.go with the honest blocks that it accused. Texts that
// are one comment each are counted by text (comments.go).
//
// Everything is deterministic: the same pages give the same bytes, in any
// order and on any number of cores.
package training
