# Two commands do everything: `make brief` writes the page, `make test` runs the tests.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
REPORTER ?= china
PERIOD   ?= 2025-11
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: help brief test test-all check bench bundle clean

help:  ## what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

brief: $(VENV)/core  ## write brief.html for the November 2025 release and print its headline
	@$(BIN)/entrepot brief $(REPORTER) --period $(PERIOD) --with forecast --with scenarios --output brief.html

test: $(VENV)/dev  ## run the tests
	$(BIN)/python -m pytest -q -n 2 --dist worksteal -m "not slow"

test-all: $(VENV)/all  ## run also what needs Java, a server engine or a browser, which this installs
	$(BIN)/python -m pytest -q -n 2 --dist worksteal

check: $(VENV)/dev  ## format, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/dev  ## print ratios against named peers, measured in this run
	@set -e; for script in bench/*.py; do echo "== $$script"; $(BIN)/python $$script; done

bundle: $(VENV)/dev  ## rebuild the shipped tables and the data dictionary from ../shared/data
	$(BIN)/python scripts/build_bundle.py
	$(BIN)/python scripts/build_economies.py
	$(BIN)/python scripts/build_scenarios.py
	$(BIN)/python scripts/build_concordance.py
	$(BIN)/python scripts/write_dictionary.py

clean:  ## remove what make made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis brief.html

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "entrepot needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V). Run: make PYTHON=python3.12 brief" >&2; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "$(PYTHON) has no venv module. On Debian or Ubuntu run: sudo apt-get install python3-venv" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/core: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing entrepot into $(VENV) (about a minute, once) ..." >&2
	@$(PIP) --editable .
	@touch $@

$(VENV)/dev: $(VENV)/core
	@echo "Installing what the tests need ..." >&2
	@$(PIP) --editable '.[dev]'
	@touch $@

$(VENV)/all: $(VENV)/dev scripts/install_test_tools.sh scripts/install_engines.sh constraints-engines.txt
	@VENV=$(VENV) bash scripts/install_test_tools.sh
	@VENV=$(VENV) bash scripts/install_engines.sh
	@touch $@
