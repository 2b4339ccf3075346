// Package soak runs pagesieved as a process of its own, drives it as hard as it
// goes, and holds what has to be true of it then. It is tests alone; their flags
// say how long and on how many pages:
//
//	go test ./cmd/internal/soak -run TestSoak -soak 30m -v      no error, no growth, nothing dropped while the model changes
//	go test ./cmd/internal/soak -run TestRetrain -stored 1500 -v -timeout 0
//	                                                            what a training costs those who are served meanwhile
//	PAGESIEVE_KILLS=200 go test ./cmd/internal/soak -run TestKill -v
//	                                                            what is acknowledged survives kill -9
//	go test ./cmd/internal/soak -run none -bench .              what serving leaves of the library's speed
package soak
