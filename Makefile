# Two commands matter: `make lesson` and `make test`. They need Python 3.11 or newer
# and a network; everything else (Node too) is installed into .venv and web/node_modules.

PYTHON = python3
ARGS =

BIN  = .venv/bin
PIP  = $(BIN)/python -m pip --quiet --disable-pip-version-check
NPM  = $(BIN)/npm --prefix web --loglevel=error
PAGE = src/unspiral/assets/unspiral.js

# npm's scripts look for `node` on the PATH.
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help lesson test test-frameworks bench format types install dev constraints dist clean
.DELETE_ON_ERROR:

help: ## list these commands (the default)
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' Makefile

lesson: install $(PAGE) ## open the lesson in the browser: make lesson ARGS="--port 9000"
	@$(BIN)/unspiral lesson $(ARGS)

test: dev $(PAGE) ## run every check and every test
	@echo "==> Python: ruff, mypy, import-linter"
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@echo "==> TypeScript: tsc, biome, vitest"
	@$(NPM) run --silent check
	@$(NPM) run --silent test
	@echo "==> pytest, with the page in Chromium"
	@$(BIN)/python scripts/get_chromium.py
	@$(BIN)/pytest -rs --numprocesses auto --maxprocesses 4 --dist worksteal

# All that needs a framework is in these. None of it may be left out.
FRAMEWORK_TESTS = tests/engines tests/weights tests/sklearn tests/lab/test_parity.py \
    tests/lab/test_listings.py tests/lesson/test_claims_9.py \
    tests/lab/test_runs.py tests/apps/test_server_engines.py \
    tests/browser/test_framework_engines.py tests/browser/test_framework_parity.py \
    tests/apps/command_line/test_parity.py tests/apps/command_line/test_train.py

test-frameworks: .venv-frameworks/ready $(PAGE) ## run the tests that need PyTorch, JAX, TensorFlow and others
	@.venv-frameworks/bin/python scripts/get_chromium.py
	@SCIPY_ARRAY_API=1 .venv-frameworks/bin/pytest --leave-nothing-out \
	    --numprocesses auto --maxprocesses 4 --dist worksteal $(FRAMEWORK_TESTS)

bench: .venv-frameworks/ready $(PAGE) ## measure a step here and elsewhere, into benchmarks/results.md
	@.venv-frameworks/bin/python scripts/get_chromium.py
	@PYTHONPATH=scripts .venv-frameworks/bin/python -m benchmarks

format: dev web/node_modules/.package-lock.json ## format all sources, and fix what the linters can fix
	@$(BIN)/ruff check --fix --show-fixes
	@$(BIN)/ruff format
	@$(NPM) run --silent format

types: install ## write the TypeScript types of all messages anew
	$(BIN)/python -m unspiral.lab.typescript > web/src/lab/messages.ts
	$(BIN)/python -m unspiral.lesson.typescript > web/src/exercises/messages.ts

dist: dev ## build the sdist and the wheel into dist/
	$(BIN)/python -m build --no-isolation

clean: ## remove all that these commands made
	rm -rf .venv .venv-frameworks dist src/unspiral/assets test-results web/node_modules
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

install: .venv/installed ## only install the package and what it needs
dev: .venv/dev ## the same, and the tools that the tests need

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Unspiral needs Python 3.11 or newer: make PYTHON=python3.12 ..."; exit 1; }
	@echo "==> Making a virtual environment in .venv"
	@$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "==> Installing Python packages, and Node, into .venv (half a minute)"
	@$(PIP) install --constraint constraints.txt pip # an older pip knows no groups
	@$(PIP) install --constraint constraints.txt --group build
	@# Without the build hook: the page has its own rule below.
	@HATCH_BUILD_NO_HOOKS=true $(PIP) install --constraint constraints.txt \
	    --no-build-isolation --editable .
	@touch $@

.venv/dev: .venv/installed
	@echo "==> Installing the tools for the tests into .venv"
	@$(PIP) install --constraint constraints.txt --group dev
	@touch $@

# Apart from .venv, where nothing is to need them. constraints-frameworks.txt wants a
# PyTorch for processors alone; where the package index has none such, name another.
.venv-frameworks/ready: pyproject.toml constraints.txt constraints-frameworks.txt | .venv/installed
	@echo "==> Installing PyTorch, JAX, TensorFlow and others into .venv-frameworks (3 minutes, 3 GB)"
	@$(PYTHON) -m venv .venv-frameworks
	@$(PIP:$(BIN)/%=.venv-frameworks/bin/%) install --constraint constraints.txt pip
	@$(PIP:$(BIN)/%=.venv-frameworks/bin/%) install --constraint constraints.txt \
	    --constraint constraints-frameworks.txt --group frameworks editables hatchling
	@HATCH_BUILD_NO_HOOKS=true $(PIP:$(BIN)/%=.venv-frameworks/bin/%) install \
	    --constraint constraints.txt --no-build-isolation --editable .
	@touch $@

web/node_modules/.package-lock.json: web/package.json web/package-lock.json web/.npmrc | .venv/installed
	@echo "==> Installing the front end's packages into web/node_modules"
	@$(NPM) ci
	@touch $@

# Folders are listed too: theirs is the change when a file is removed.
$(PAGE): $(shell find web/src) web/vite.config.ts web/tsconfig.json web/node_modules/.package-lock.json
	@echo "==> Building the page"
	@$(NPM) run --silent build

# With the oldest Python that we support, so that the pins hold for every newer one.
constraints: ## pin the newest releases of everything in constraints.txt
	$(PYTHON) -m venv --clear .venv
	$(PIP) install --upgrade pip
	$(PIP) install --group dev
	HATCH_BUILD_NO_HOOKS=true $(PIP) install --no-build-isolation --editable .
	{ echo "# What we develop and test with. Remade by: make constraints PYTHON=python3.11"; \
	  $(PIP) freeze --all --exclude setuptools --exclude-editable; } > constraints.txt
