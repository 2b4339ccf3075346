// Package bayes holds the model: views of naive Bayes, the pool over them,
// the decision, the compiled tables and the model file. It knows nothing of
// HTML: a block is a set of tokens per view and a vector of facts.
package bayes
