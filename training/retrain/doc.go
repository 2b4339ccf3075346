// Package retrain makes a new version of a model from stored pages, and judges
// it against the one that is active.
//
//	page.go      labelled pages as they are stored, and which can teach
//	train.go     Train: stored pages and base pages in, a model out, measured
//	             out of fold where asked
//	progress.go  how far a training is
//	gate.go      Compare: whether a new version is not worse than the active one
//	diff.go      Differences: the blocks that two models label differently
//
// A user has few pages at first, and fewer than a model needs: a word counts
// once it stands on three sites. So the pages that were written for this
// project (package pages) teach too, unless they are left out. That is enough
// for a model that works, and far from enough for one as good as the embedded
// model, which was trained on thousands of pages that are not part of the
// program. Whether a new version is good enough is measured, and Compare says.
//
// A version is always trained from the pages, never from another version, and
// no page is learned from that a person did not label: deleting a page and
// training again gives the model, to the byte, that would be there had the page
// never been.
package retrain
