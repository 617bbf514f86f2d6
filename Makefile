# The two commands of the README are `make run` and `make test`; the rest serves them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test check bench faults soak web pictures clean-db schema

OD100 := target/release/od100

help: ## List the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

run: web ## Build everything, load the sample into an empty database, serve the map
	cargo build --release --locked
	$(OD100) sample --if-empty
	$(OD100) serve

web: web/node_modules ## Build the frontend into web/dist
	npm --prefix web run --silent build

web/node_modules: web/package-lock.json
	npm --prefix web ci --no-audit --no-fund
	@touch $@

test: ## Install what the tests need, then run every test on SQLite, PostgreSQL and in Chromium
	.ci/test

check: ## The quick half of the tests: format, lints, unit tests, no browser, no PostgreSQL
	.ci/test --quick

bench: web ## Measure pages at 10,000, and six queries on both databases at 10,000 and 200,000 organisations
	cargo build --release --locked
	node tests/bench/pages.mjs
	node tests/bench/main.mjs

faults: ## Do to the real server what machines do to it, and look for what it had acknowledged; SEED= repeats a run
	.ci/setup
	cargo build --locked
	cargo build --locked --features system-allocator --example system_allocator
	node tests/faults/main.mjs $(ROWS)

soak: web ## The same at full length, with load and memory over half an hour, on the release build
	.ci/setup
	cargo build --release --locked
	cargo build --locked --features system-allocator --example system_allocator
	OD100_BINARY=target/release/od100 node tests/faults/main.mjs --full $(ROWS)
	OD100_TEST_FUZZ=10000 OD100_TEST_ROUNDS=200 OD100_TEST_LOAD=10000 cargo test --locked --test it -- security_fuzz security_load faults_ life_model

pictures: web ## Take a picture of every screen and every page of the desk into web/shots, and the two of the README
	cargo build
	.ci/browser shots
	node tests/browser/desk-shots.mjs
	.ci/browser readme

schema: ## Write schema.graphql and desk.graphql from the code
	cargo run --quiet -- schema --out schema.graphql
	cargo run --quiet -- schema --desk --out desk.graphql
