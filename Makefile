# Every target needs Go alone; 'make help' lists them.

DATA     ?= training/pages
FUZZTIME ?= 20s
BUF      := $(CURDIR)/bin/buf

.DEFAULT_GOAL := help
.PHONY: help demo test lint proto model eval bench fuzz clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 8

demo: ## start a server, have it label a page, show blocks and clean text, stop it
	@sh cmd/pagesieve/testdata/demo.sh

test: ## run all tests, those of the stand-in library too
	go test ./...
	cd classifier/bayesian && GOWORK=off go test ./...

lint: $(BUF) ## check formatting, vet, and the proto files
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "run: gofmt -w ." >&2; exit 1; }
	go vet ./...
	cd proto && $(BUF) lint && $(BUF) breaking --against '../.git#subdir=proto'

proto: $(BUF) ## generate the Go code of proto/
	cd proto && $(BUF) generate

model: ## train the embedded model: make model DATA='FILE-or-folder ...'
	go run ./cmd/pagesieve train $(DATA:%=--data %) --out classifier/default.model

eval: ## measure by cross-validation over hosts: make eval DATA='FILE-or-folder ...'
	go run ./cmd/pagesieve eval $(DATA:%=--data %) --folds 5

bench: ## run the benchmarks
	go test -run '^$$' -bench . -benchmem ./...

fuzz: ## fuzz every target for FUZZTIME each
	@grep -ro '^func Fuzz[A-Za-z0-9]*' --include='*_test.go' . | sed 's|/[^/]*:func | |' | while read -r dir name; do \
		(cd $$dir && go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) .) || exit 1; done

clean: ## remove what the other targets built
	rm -rf bin out
	go clean -testcache

$(BUF): proto/tools/go.mod
	cd proto/tools && GOWORK=off go build -o $@ github.com/bufbuild/buf/cmd/buf
