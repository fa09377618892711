# Osong: `make demo` and `make test` do all the set-up on a fresh Debian 12 machine.

LIBRARY ?= 200000
DEMO ?= demo
OSONG := .build/release/osong
SWIFT ?= swift
JOBS ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup setup-test build demo demo-disease test test-full check format bench bench-search bench-quality clean

help: ## Show what can be made.
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "  make demo LIBRARY=full   screens all 1.94 million molecules"

setup: ## Install the system packages that are missing.
	@scripts/setup build

setup-test: ## The same, and what the tests need (a headless browser, a database server).
	@scripts/setup build test

build: setup ## Build the release program.
	$(SWIFT) build -c release -j $(JOBS) --product osong

demo: build ## Get real data, train a thrombin model, screen a library, write the report.
	@OSONG=$(OSONG) scripts/demo $(LIBRARY) $(DEMO)

demo-disease: build ## From a disease to a shortlist, on real data.
	@OSONG=$(OSONG) scripts/demo-disease $(LIBRARY) $(DEMO)

test: setup-test ## Run all fast tests.
	$(SWIFT) test -j $(JOBS) --parallel

test-full: setup-test build ## Run the slow tests too, and read our files by other programs.
	OSONG_FULL_TESTS=1 $(SWIFT) test -j $(JOBS) --parallel
	@BENCH_RESULTS="$$(mktemp -d)" Benchmarks/run formats
	@Tests/Cohorts/run
	@Tests/Hospitals/run
	@Tests/Slurm/run
	@Tests/Dashboard/run

check: ## Format, arrows, file length.
	@scripts/check

format: ## Let swift-format write the layout.
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks

bench: build ## Measure speed beside the rivals (needs PyPI).
	@Benchmarks/run

bench-search: build ## Measure similarity search beside its rivals (an hour; goes on where it was stopped).
	@Benchmarks/run search-peers library-index

bench-quality: build ## Compare models and rivals on suites (hours; goes on where it was stopped).
	@Benchmarks/run bench-quality

clean: ## Remove what was built.
	rm -rf .build
