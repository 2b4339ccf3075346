// Package server answers for a classifier over gRPC and over HTTP with JSON.
// It holds no knowledge of pages: each call is decoded, classified, encoded.
//
//	server.go     Config, New, Serve: listeners, limits, and how it stops
//	filter.go     FilterService.Classify, and the answer for one page
//	stream.go     FilterService.ClassifyStream: pages in parallel, answers in order
//	errors.go     the one table from our errors to status codes
//	intercept.go  what happens around each call: recovery, status, log line
//	web.go        HTTP: the same calls with JSON, health
//	raw.go        HTTP: a page as the body, for curl
//
// What a hostile caller can and cannot do. It can keep as many cores busy as
// it has streams, each page for at most Config.MaxDeadline. It cannot send a
// message longer than the page limit and a little more, cannot make a stream
// hold more than a few pages at a time, cannot end the process by a page that
// makes the classifier panic, cannot make the server fetch anything, and
// finds no page text in the log.
package server
