# Two commands matter: `make briefing` and `make test`. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help

.PHONY: help
help:  ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# Every package is checked against its hash; the project itself is installed without touching the network again.
$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
	touch $@

.PHONY: setup
setup: $(STAMP)  ## Make .venv with the locked packages

.PHONY: briefing
briefing: $(STAMP)  ## Build the PDF and the HTML into report/_output/
	$(BIN)/briefing build

.PHONY: check
check: $(STAMP)  ## Check tables and prose; list every finding
	$(BIN)/briefing check

.PHONY: test
test: $(STAMP)  ## Lint, types and all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/codespell report notebooks src README.md
	$(BIN)/deno check --quiet --no-remote --no-npm --config report/theme/deno.json report/theme/*.js
	$(BIN)/deno lint --quiet --config report/theme/deno.json report/theme/*.js
	$(BIN)/python -m pytest -n 2 --dist loadgroup

.PHONY: pictures
pictures: $(STAMP)  ## Renew the pictures that the pages are compared with
	RENEW_PICTURES=1 $(BIN)/python -m pytest tests/end_to_end/test_pictures.py

.PHONY: benchmark
benchmark: $(STAMP)  ## Measure the build against the plain way
	$(BIN)/python benchmarks/run.py

.PHONY: dictionary
dictionary: $(STAMP)  ## Write data/README.md from datapackage.json
	$(BIN)/python -m helpers.tables.dictionary data

.PHONY: manifest
manifest: $(STAMP)  ## Renew report/manifest.json, by which a clone verifies this edition
	$(BIN)/briefing build --engine embedded
	cp report/_output/manifest.json report/manifest.json

.PHONY: lock
lock:  ## Resolve pyproject.toml into requirements.lock (needs pip-tools)
	pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header --no-annotate \
	  --extra build --extra test --output-file requirements.lock pyproject.toml
	sed -i '/^--/d;/^$$/d' requirements.lock  # names and hashes only: options of this machine's pip stay here

.PHONY: clean
clean:  ## Remove what a build made, but not the environment
	rm -rf .build report/_output report/_output.new report/_output.old
