// Package feature turns a block.Page into what the model reads: per block, the
// tokens of each view and a vector of facts.
package feature
