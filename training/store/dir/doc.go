// Package dir keeps a store in a folder.
//
//	dir.go     Open, the lock, and what the folder holds
//	log.go     a log: read, append, replace
//	frame.go   how a log's entries lie in its file, and how a torn end is told
//	           from damage
//	blob.go    the files of models
//	system.go  the calls of the operating system, and its errors in words
//
// The folder holds
//
//	lock                   locked by the process that writes
//	pages.log              a log, see frame.go
//	versions.log
//	models/SHA256.model    the blobs
//
// Files are written under a name of their own, made durable, and renamed; then
// the folder is made durable. Logs grow at their end, one Append at a time,
// each durable before it is answered. A process that dies within an Append
// leaves a torn end, which the next Open cuts off. One that fails within an
// Append, for want of space, cuts it off itself.
//
// One process writes, which a lock enforces that ends with the process; any
// number may read.
package dir
