module github.com/navossoc/bayesian

go 1.26
