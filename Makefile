# Sandtable. `make help` lists what can be made; the work is done by scripts/*.sh.

SHELL := bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# The oldest amd64. It is Go's default as well, so that a plain `go build` gives the same program.
export GOAMD64 := v1

.PHONY: help run sandbox sandbox-web test deps check tidy nofma cross portability portability-short bench bench-short soak soak-short sumo figures pictures fuzz-short rewrite clean

help: ## list the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1|\2/p' Makefile | while IFS='|' read -r t d; do printf '%-26s %s\n' "$$t" "$$d"; done

run: ## play the embedded drill (DRILL=linjiang-flood) into runs/ and say where the report is
	@scripts/run.sh $(or $(DRILL),linjiang-flood)

sandbox: ## play a drill in a window (DRILL=linjiang-flood)
	@go run ./cmd/sandbox $(or $(DRILL),linjiang-flood)

sandbox-web: ## build the window for browsers into bin/web
	@mkdir -p bin/web && GOOS=js GOARCH=wasm go build -trimpath -ldflags="-s -w" -o bin/web/sandbox.wasm ./cmd/sandbox
	@cp "$$(go env GOROOT)/lib/wasm/wasm_exec.js" cmd/sandbox/index.html bin/web/ && echo "bin/web: $$(du -sh bin/web | cut -f1); serve it with any web server"

test: ## install what the tests need, and run them all (TESTFLAGS=… are handed to go test)
	@scripts/test.sh

deps: ## install the missing Debian or Ubuntu packages that the tests need
	@scripts/deps.sh test

check: ## gofmt, vet, staticcheck, tidy, nofma, generated files, lint of the scenarios
	@scripts/check.sh

tidy: ## check our own source: layers, banned calls, lengths, words, docs
	@go run ./cmd/tidy

nofma: ## fail on fused multiply-adds in the core's assembly for arm64 and amd64 v3
	@go run ./cmd/tidy nofma

cross: ## build the program for linux, windows and darwin on amd64 and arm64 into bin/
	@scripts/cross.sh

portability: ## compare digests on amd64 v1 and v3, arm64 (qemu-user) and wasm (node)
	@scripts/portability.sh

portability-short: ## the same with short tests
	@scripts/portability.sh -short

bench: ## benchmarks (BENCH=pattern) and the budget
	@scripts/bench.sh

bench-short: ## every benchmark once, to see that it still works
	@scripts/bench.sh -short

soak: ## tests that take long: many seeds, counties of up to a million persons, a flooded county
	@scripts/long.sh soak

soak-short: ## nonsense orders with a few seeds of its own
	@scripts/long.sh soak-short

sumo: ## hold the roads against Eclipse SUMO on made towns, or on CASES="dir …"; skips where SUMO is absent
	@scripts/sumo.sh $(CASES)

figures: ## draw the figures of the documents into docs/figures; look at the difference before you commit
	@scripts/long.sh figures

pictures: ## draw the desk and an imported map into bin/pictures, to be looked at
	@scripts/long.sh pictures

fuzz-short: ## run every fuzz target for a few seconds (FUZZTIME=5s)
	@scripts/fuzz.sh

rewrite: ## rewrite golden and generated files; look at the difference before you commit
	@scripts/rewrite.sh

clean: ## remove binaries; runs/ is left alone
	@rm -rf bin && find . -name '*.test' -type f -not -path './.git/*' -delete
