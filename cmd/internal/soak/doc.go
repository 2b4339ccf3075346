// Package soak drives a server as hard as it goes, for as long as it is told
// to, and holds what has to be true of it then: no error but those that were
// put in, memory that does not grow, and no call dropped when the model
// changes. It is tests alone; its flags say how long:
//
//	go test ./cmd/internal/soak -run TestSoak -soak 30m -v
package soak
