// Package storetest is the contract of store.Backend as tests, for every
// implementation to run, and a workload whose outcome is known at each step,
// for tests that end processes.
package storetest
