# Two commands are enough: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
export UV_PYTHON := $(CURDIR)/$(BIN)/python
export UV_LINK_MODE ?= copy
LOCKED = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
  --generate-hashes --no-emit-index-url --no-header --no-annotate
MANAGE := $(BIN)/python manage.py

.DEFAULT_GOAL := help
.PHONY: help demo test check fix lint types layers bench lock messages clean

help: ## What you can say to make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(BIN)/uv:
	@echo "1/4 Making a Python environment in .venv"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Hereabouts needs Python 3.11 or newer; try: make demo PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
.venv/.installed: requirements.lock | $(BIN)/uv
	@echo "2/4 Installing what requirements.lock names"
	@uv pip sync --quiet --require-hashes requirements.lock
	@rm -f .venv/.installed-dev
	@touch $@
# Everything above and the test tools; `make demo` is content with either.
.venv/.installed-dev: requirements-dev.lock | $(BIN)/uv
	@echo "2/4 Installing what requirements-dev.lock names"
	@uv pip sync --quiet --require-hashes requirements-dev.lock
	@touch .venv/.installed $@
node_modules/.installed: package-lock.json .npmrc | .venv/.installed
	@echo "3/4 Fetching browser assets"
	@$(BIN)/npm ci --silent
	@touch $@
assets/built/.made: assets/copy.mjs node_modules/.installed
	@$(BIN)/node assets/copy.mjs
	@touch $@
var/postcodes.npy: src/hereabouts/places/postcodes.py | .venv/.installed
	@echo "4/4 Sorting the postcodes of Great Britain"
	@mkdir -p var
	@$(MANAGE) make_postcodes

READY := .venv/.installed assets/built/.made var/postcodes.npy
READY_DEV := .venv/.installed-dev assets/built/.made var/postcodes.npy

demo: $(READY) ## A working copy with invented organisations, on http://localhost:8000
	@$(MANAGE) demo

test: $(READY_DEV) ## The whole suite, in the database that DATABASE_URL names (default: SQLite)
	@$(BIN)/python -m pytest

check: lint types layers test ## All that CI asks for

lint: $(READY_DEV)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(MANAGE) makemigrations --check --dry-run

types: $(READY_DEV)
	@$(BIN)/mypy

layers: $(READY_DEV)
	@PYTHONPATH=src $(BIN)/lint-imports

fix: $(READY_DEV) ## Format, and mend what a tool can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(READY_DEV) ## Measure; the figures go to bench/RESULTS.md by hand
	@$(BIN)/python -m bench.finder --entries 10000 --database sqlite
	@$(BIN)/python -m bench.finder --entries 200000 --database sqlite

lock: | $(BIN)/uv ## Renew the lock files
	@$(LOCKED) --output-file requirements.lock
	@$(LOCKED) --group dev --constraint requirements.lock --output-file requirements-dev.lock
	@$(BIN)/npm install --package-lock-only

messages: $(READY_DEV) ## Collect the words that residents see into locale/hereabouts.pot
	@mkdir -p locale
	@$(BIN)/pybabel -q extract -F babel.cfg --omit-header --no-location -o locale/hereabouts.pot \
	  -k gettext_lazy -k ngettext_lazy:1,2 -k pgettext:1c,2 -k pgettext_lazy:1c,2 -k _ src

clean: ## Remove everything that was made (not var/, where the data is)
	@rm -rf .venv node_modules assets/built
