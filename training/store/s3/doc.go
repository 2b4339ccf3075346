// Package s3 keeps a store in a bucket of any service that speaks the S3
// protocol, so that many servers share pages and models.
//
//	s3.go      Open, and what lies in the bucket
//	log.go     a log: read, append
//	replace.go a log: replace, and what is left over from it
//	batch.go   how a log's entries lie in an object
//	blob.go    the files of models
//
// Objects do not grow, so each Append makes one. Below the prefix lie
//
//	logs/LOG/GENERATION/NUMBER   the entries of one Append
//	models/SHA256                the blobs
//
// There is no lock. An Append writes the next number on the condition that no
// such object is there (If-None-Match: *, which AWS, MinIO, Ceph, Cloudflare
// and versitygw know), so of several writers one wins, and the others learn
// that they have something to read first. A log is replaced by writing a new
// generation and then, in the old one's next number, where it went: nobody can
// append to the old one after that.
//
// It is a module of its own because of its client, minio-go: about 15 packages
// beyond those that the project has already, where the AWS SDK has several
// times as many. Both are well kept, and minio-go is the one that is tested
// against other services than Amazon's.
package s3
