# Two commands are enough: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
VAR := $(or $(HEREABOUTS_VAR),var)
export PATH := $(CURDIR)/$(BIN):$(PATH)
export UV_PYTHON := $(CURDIR)/$(BIN)/python
export UV_LINK_MODE ?= copy
LOCKED = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
  --generate-hashes --no-emit-index-url --no-header --no-annotate
MANAGE := $(BIN)/python manage.py
NO_NETWORK := That did not work. Is this machine on the internet? What is made stays made: run it again.

# With the test tools in .venv, everything asks for them: nothing uninstalls what another needs.
PACKAGES := $(or $(wildcard .venv/.installed-dev),.venv/.installed)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
MADE := assets/built/.made $(CATALOGUES) $(VAR)/postcodes.npy
READY := $(PACKAGES) $(MADE)
READY_DEV := .venv/.installed-dev $(MADE)

.DEFAULT_GOAL := help
.PHONY: help demo code test install check lint types layers fix coverage bench lock messages clean
# One step after another: two at once would install into the same folder.
.NOTPARALLEL:
.DELETE_ON_ERROR:

help: ## What you can say to make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# ── What has to be there first. A stamp is written when its step is done, so that a step that was
#    interrupted is begun again. ──
.venv/.made:
	@echo "Step 1 of 4: a Python environment in .venv"
	@command -v $(PYTHON) >/dev/null || \
	  { echo "There is no $(PYTHON) here. Debian, Ubuntu: apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Hereabouts needs Python 3.11 or newer; this is $$($(PYTHON) --version)." \
	    "If you have a newer one: make $(or $(MAKECMDGOALS),demo) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "This Python cannot make environments. Debian, Ubuntu: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9 || \
	  { echo "$(NO_NETWORK)"; exit 1; }
	@touch $@

.venv/.installed: requirements.lock | .venv/.made
	@echo "Step 2 of 4: the Python packages that requirements.lock names"
	@uv pip sync --quiet --require-hashes requirements.lock || { echo "$(NO_NETWORK)"; exit 1; }
	@touch $@

# Everything above and the test tools.
.venv/.installed-dev: requirements-dev.lock requirements.lock | .venv/.made
	@echo "Step 2 of 4: the Python packages that requirements-dev.lock names"
	@uv pip sync --quiet --require-hashes requirements-dev.lock || { echo "$(NO_NETWORK)"; exit 1; }
	@touch .venv/.installed $@

node_modules/.installed: package-lock.json .npmrc | $(PACKAGES)
	@echo "Step 3 of 4: what browsers load"
	@$(BIN)/npm ci --loglevel=error >/dev/null || { echo "$(NO_NETWORK)"; exit 1; }
	@touch $@

assets/built/.made: assets/copy.mjs node_modules/.installed
	@$(BIN)/node assets/copy.mjs
	@touch $@

$(VAR)/postcodes.npy: src/hereabouts/places/postcodes.py | $(PACKAGES)
	@echo "Step 4 of 4: the postcodes of Great Britain, sorted"
	@$(MANAGE) make_postcodes --skip-checks

%.mo: %.po | $(PACKAGES)
	@$(BIN)/pybabel -q compile -i $< -o $@

# ── What you can say ──
demo: $(READY) ## A working copy with invented organisations, on http://localhost:8000
	@$(MANAGE) demo

code: $(READY) ## The second-step numbers of the demo's sign-ins at this moment
	@$(MANAGE) demo --codes

test: $(READY_DEV) ## The tests, with SLOW=1 the slow ones too, in the database of DATABASE_URL
	@$(BIN)/python -m pytest -n auto $(if $(SLOW),,-m "not slow")
	@$(if $(SLOW),,echo "Tests marked slow were left out: make test SLOW=1 runs them too.")

install: $(READY) ## What a server needs (docs/running.md); starts nothing
	@echo "Everything is in place."

check: lint types layers test ## All that must hold before a change goes in

lint: $(READY_DEV)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(MANAGE) makemigrations --check --dry-run

types: $(READY_DEV)
	@$(BIN)/mypy

layers: $(READY_DEV)
	@PYTHONPATH=src $(BIN)/lint-imports

fix: $(READY_DEV) ## Format, and mend what a tool can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

coverage: $(READY_DEV) ## How much of the actions the tests reach (all of it is the aim)
	@$(BIN)/python -m pytest -m "not journey" --cov --cov-report=
	@$(BIN)/coverage report --show-missing --include='*/actions.py,*/actions/*'

bench: $(READY_DEV) ## Measure; the figures go to bench/RESULTS.md by hand
	@$(BIN)/python -m bench.finder --entries 10000
	@$(BIN)/python -m bench.finder --entries 100000
	@$(BIN)/python -m bench.pages --entries 100000
	@$(BIN)/python -m bench.falls
	@$(BIN)/python -m bench.disclosure
	@$(BIN)/python -m bench.networks
	@$(BIN)/python -m bench.access --sites 5000
	@$(BIN)/python -m bench.siting

lock: | .venv/.made ## Renew the lock files
	@$(LOCKED) --output-file requirements.lock
	@$(LOCKED) --group dev --constraint requirements.lock --output-file requirements-dev.lock
	@$(MAKE) --no-print-directory .venv/.installed
	@$(BIN)/npm install --package-lock-only --loglevel=error

messages: $(READY_DEV) ## Collect the words that people read into locale/django.pot
	@mkdir -p locale
	@PYTHONPATH=src $(BIN)/pybabel -q extract -F babel.cfg --omit-header --no-location -o locale/django.pot \
	  -k gettext_lazy -k ngettext_lazy:1,2 -k pgettext:1c,2 -k pgettext_lazy:1c,2 \
	  -k npgettext:1c,2,3 -k npgettext_lazy:1c,2,3 src
	@$(if $(CATALOGUES),$(BIN)/pybabel -q update -D django -d locale -i locale/django.pot \
	  --ignore-pot-creation-date --no-fuzzy-matching)

clean: ## Remove what was installed or made (not var/, where the data is)
	@rm -rf .venv node_modules assets/built
