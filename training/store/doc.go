// Package store keeps labelled pages and the models trained on them: which
// pages there are, which versions of the model, and which of these is active.
//
//	store.go     Store: opening, following, and how a change is written
//	page.go      labelled pages: put, delete, read
//	forget.go    how the text of deleted pages leaves the log
//	version.go   versions of the model: put, promote, roll back, delete
//	backend.go   Backend: what a Store needs of a place to keep things, and
//	             the errors of both
//
// A store is two logs and a set of blobs. The log of pages holds every page
// that was put or deleted; the log of versions what was made, promoted, rolled
// back and deleted. A blob is the file of a model, named by its SHA-256. All
// that a Store knows it has read from the logs, so a change is done when its
// entry is durable and not done before: there is no state between, whenever
// the process dies.
//
// Package dir keeps them in a folder, the module in s3 in an S3-compatible
// bucket; package storetest holds both to one contract.
//
// What is in a page or a model is not known here. Both come back as the bytes
// that were given, checked against their checksums.
package store
