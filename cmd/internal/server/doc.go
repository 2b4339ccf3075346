// Package server answers for a classifier over gRPC and over HTTP with JSON.
// It holds no knowledge of pages: each call is decoded, classified, encoded.
//
//	server.go     Config, New, Serve: listeners, limits, and how it stops
//	filter.go     FilterService.Classify, and the answer for one page
//	stream.go     FilterService.ClassifyStream: pages in parallel, answers in order
//	gate.go       what happens before a call's body is read: who, may they, is there room
//	role.go       the one table of which method needs which role
//	access.go     tokens and client certificates: the file of credentials
//	limits.go     open calls of each client and in all; workers, and the pages that wait for one
//	errors.go     the one table from our errors to status codes
//	intercept.go  what happens around each call: recovery, status, log line
//	metrics.go    what is counted, for Prometheus
//	admin.go      HTTP for those who run the server: metrics, health, profiles
//	web.go        HTTP: the same calls with JSON, health
//	raw.go        HTTP: a page as the body, for curl
//
// What a hostile caller can and cannot do. It can keep every worker busy, each
// page for at most Config.MaxDeadline, as long as its calls are let in; those
// of others then wait their turn. It cannot have more calls open than
// Config.MaxClientCalls, counted by the name of its credential or its address,
// and has nothing read of a call that is refused. It cannot send a message
// longer than the page limit and a little more, nor send it slowly, cannot
// make a stream hold more than a few pages at a time, cannot leave a stream
// open and idle, cannot end the process by a page that makes the classifier
// panic, cannot make the server fetch anything, and finds no page text in the
// log, which it cannot fill by calls that are refused either. What it can make
// the server hold at most is Config.MaxCalls times the page limit, if it may
// call at all.
package server
