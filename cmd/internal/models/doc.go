// Package models answers with whichever version of the model is active, and
// serves ModelService.
//
//	active.go    Active: the classifier in use, swapped without a pause
//	selftest.go  what a model must do before it is let answer
//	shadow.go    a second version that classifies beside the active one
//	details.go   what is stored with a version, and its message
//	errors.go    the one table from the errors of stores to status codes
//	service.go   ModelService: versions, promote, roll back, delete, shadow
//	diff.go      ModelService.DiffVersions
//	transfer.go  ModelService: export and import
//
// A server with a store answers through an Active. Each call takes the
// classifier that is in use when it begins and keeps it to its end; promoting
// puts another in its place, so no call waits and none is dropped. The one that
// was in use before stays in memory, which makes rolling back immediate.
// Replicas follow the store: they look every few seconds which version is
// active, and a model that cannot be read, or fails the test, changes nothing.
package models
