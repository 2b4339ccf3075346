# Every target needs Go alone, but model, model-check and eval, which read sets
# of labelled pages from the folder SETS (NOTICE says where they are from), or
# the files that DATA names. 'make help' lists all.

SETS     ?= ../shared/data
LEARN    := wcxb_dev labeled_blocks webseg_random webseg_popular spam_doorway_drupal spam_doorway_cache spam_sitemap
DATA     ?= $(LEARN:%=$(SETS)/%.jsonl.xz) $(SETS)/fundus_parser.jsonl.xz@article $(SETS)/harvest_forum.jsonl.xz@forum training/pages
HOLD     ?= $(SETS)/magic_article.jsonl.xz
PEERS    ?= $(patsubst %,$(SETS)/%.jsonl.xz,fundus_parser wcxb_dev harvest_forum magic_article labeled_blocks)
FUZZTIME ?= 20s
SOAK     ?= 30m
STORED   ?= 1500
KILLS    ?= 200
BUF      := $(CURDIR)/bin/buf

.DEFAULT_GOAL := help
.PHONY: help demo test lint proto model model-check data eval peers bench soak retrain kills examples fuzz clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 14

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

model: data ## train the embedded model on DATA (about 4 minutes)
	go run ./cmd/pagesieve train $(DATA:%=--data %) --out classifier/default.model --name default

model-check: data ## train it again and compare the bytes
	go run ./cmd/pagesieve train $(DATA:%=--data %) --out bin/again.model --name default
	cmp bin/again.model classifier/default.model

eval: data ## measure by cross-validation over hosts, and on HOLD (about 20 minutes)
	go run ./cmd/pagesieve eval $(DATA:%=--data %) --folds 5 --spam-report --presets --plot bin/reliability.svg --tables bin/tables.md --pages bin/pages.jsonl $(if $(wildcard $(HOLD)),--hold $(HOLD))

peers: ## the Go peers on the same pages, accuracy and speed; run eval before (about 30 minutes)
	@$(MAKE) -s data DATA='$(PEERS)'
	cd training/peers && GOWORK=off go build -o ../../bin/peers .
	bin/peers measure $(PEERS:%=--data %) --out bin/peers.jsonl
	bin/peers table --scores bin/peers.jsonl $(patsubst %,--scores %,$(wildcard bin/pages.jsonl))
	bin/peers speed $(patsubst %,--data %,$(wordlist 1,2,$(PEERS)))

data:
	@for f in $(foreach f,$(DATA),$(firstword $(subst @, ,$f))); do test -e $$f || { echo "missing: $$f; hint: make SETS=FOLDER, or DATA='FILE…' for pages of your own" >&2; exit 1; }; done
	@mkdir -p bin

bench: ## run the benchmarks, on the pages in the file PAGES too: make bench PAGES=pages.jsonl
	PAGES=$(abspath $(PAGES)) go test -run '^$$' -bench 'Pages|Stages' -cpu 1 ./classifier
	PAGES=$(abspath $(PAGES)) go test -run '^$$' -bench '//cores' -cpu 1,2 ./classifier
	go test -run '^$$' -bench . -skip 'Pages|Stages' -benchmem ./...

soak: ## drive a server for SOAK at full load, train and promote meanwhile: errors, memory, latency
	go test ./cmd/internal/soak -run TestSoak -soak $(SOAK) -timeout 0 -v

retrain: ## train on STORED pages, of the file PAGES if given, while serving at half load: time, latency
	go test ./cmd/internal/soak -run TestRetrain -stored $(STORED) $(if $(PAGES),-pages $(abspath $(PAGES))) -timeout 0 -v

kills: ## kill -9 a server KILLS times while it stores, trains and promotes
	PAGESIEVE_KILLS=$(KILLS) go test ./cmd/internal/soak -count 1 -run TestKill -timeout 0 -v

examples: ## run the examples of clients, and say which language is missing
	@sh cmd/examples/run.sh

fuzz: ## fuzz every target for FUZZTIME each
	@grep -ro '^func Fuzz[A-Za-z0-9]*' --include='*_test.go' . | sed 's|/[^/]*:func | |' | while read -r dir name; do \
		(cd $$dir && go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) .) || exit 1; done

clean: ## remove what the other targets built
	rm -rf bin out
	go clean -testcache

$(BUF): proto/tools/go.mod
	cd proto/tools && GOWORK=off go build -o $@ github.com/bufbuild/buf/cmd/buf
