# Two commands are for everyone, each makes the environment it needs:
#   make demo    imports the shipped purchases into an in-process sandbox
#   make test    lint, generated code, layering, types, tests, speed
# Five are commands of their own, and some need more; CI runs them too:
#   make faults  every network fault, done to every kind of client
#   make examples the examples with frameworks, workers and notebooks, which it installs
#   make audit   known vulnerabilities of the pinned packages; fails where PyPI cannot be asked
#   make fuzz    a fuzzer at the sandbox, by its OpenAPI document; random calls and faults
#   make browser the inspector in headless Chromium

PYTHON ?= python3
VENV ?= .venv
# More than cores: many tests wait for a time-out or for a process of their own.
WORKERS ?= 4

LOWEST ?= tests/protocol tests/_sync/test_accounts.py tests/_sync/test_transactions.py tests/_sync/test_pages.py \
  tests/_sync/test_get_or_create.py tests/_sync/test_post_once.py tests/_sync/test_faults.py tests/webhooks/test_signature.py

# Where a machine forbids them, each of the many processes of the tests would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

BIN := $(VENV)/bin
RUNNABLE := $(VENV)/.installed-to-run
DEVELOPABLE := $(VENV)/.installed-to-develop
COMPLETE := $(VENV)/.installed-all
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# Several at once, compiled on all cores: a third of the time that pip takes.
INSTALL_FAST = $(INSTALL) uv && $(BIN)/uv pip install --quiet --python $(BIN)/python \
  --compile-bytecode --constraint constraints.txt
# They import what dev does not bring.
FRAMEWORKS := $(wildcard examples/*celery*.py examples/*dask*.py examples/*django*.py)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test install install-all examples format lint check-sync layers types unit faults audit speed fuzz browser pictures sync pin clean
.PHONY: package lowest api-diff dead-code duplicates coverage mutation docs
.PHONY: benchmark benchmark-quick quick trace-call kill measure-bulk agent-pages docstrings compare

help:
	@echo "make demo        import the shipped purchases into an in-process sandbox"
	@echo "make test        lint check-sync layers types unit speed"
	@echo
	@echo "make install     the environment for developing, in $(VENV)"
	@echo "make install-all and what the commands beside make test need"
	@echo "make format      formats and sorts imports"
	@echo "make lint        ruff: rules and formatting; hadolint: the Dockerfile; docstrings"
	@echo "make docstrings  fails where the public surface lacks one, or one lacks a part"
	@echo "make sync        generates the _sync packages from the _async ones"
	@echo "make check-sync  fails where a generated file is stale"
	@echo "make layers      fails where an import runs upwards"
	@echo "make types       mypy --strict, pyright strict, pyright --verifytypes on the built wheel"
	@echo "make unit        the tests alone"
	@echo "make quick       the pure logic alone, in seconds"
	@echo "make faults      every network fault done to every kind of client; make unit does each to one of a kind"
	@echo "make examples    the examples with Celery, Dask, Django, gunicorn, notebooks, each started"
	@echo "make audit       asks PyPI for known vulnerabilities of the pinned packages; AUDIT_OFFLINE=1 to do without"
	@echo "make speed       fails where a call has become dearer than its budget"
	@echo "make trace-call  the files and functions that a call runs through"
	@echo "make fuzz        a schema-driven fuzzer at the sandbox, and 10,000 random calls and faults: three minutes"
	@echo "make browser     the inspector in headless Chromium, installed where missing"
	@echo "make kill        imports FILE=… with faults, killed ten times: every row once"
	@echo "make measure-bulk  rows a second of bulk work, and its memory"
	@echo "make pictures    takes the pictures of the inspector in docs/images anew"
	@echo "make package     builds sdist and wheel, installs and tries each in an empty environment"
	@echo "make lowest      tests with the lowest dependencies that the ranges allow"
	@echo "make api-diff    fails where the public surface broke since the last tag"
	@echo "make dead-code   what nothing uses, by vulture"
	@echo "make duplicates  code that stands in two places, by pylint"
	@echo "make coverage    the tests, with the lines and branches of vinr/ that they miss"
	@echo "make mutation    changes the lines that decide, and counts what the tests notice; writes docs/quality.md"
	@echo "make agent-pages  makes AGENTS.md and docs/llms.txt from the docs"
	@echo "make docs        builds the site into site/; fails for a dead link"
	@echo "make benchmark   vinr beside httpx and other SDKs; writes docs/performance.md (half an hour)"
	@echo "make benchmark-quick  vinr beside bare httpx, a minute, writes nothing"
	@echo "make compare     faults done to vinr and to other SDKs, and what each can do; writes docs/comparison.md (six minutes)"
	@echo "make pin         writes constraints.txt anew, with the newest versions"
	@echo "make clean       removes the environments and caches"

demo: $(RUNNABLE)
	@$(BIN)/python examples/import_purchases.py examples/purchases.csv

test: lint check-sync layers types unit speed

install: $(DEVELOPABLE)

install-all: $(COMPLETE)

format: $(DEVELOPABLE)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lint: $(DEVELOPABLE) docstrings
	@echo "== lint: ruff, hadolint"
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/hadolint Dockerfile

docstrings: $(DEVELOPABLE)
	@echo "== docstrings: the public surface, by griffe"
	$(BIN)/python scripts/docstrings.py

check-sync: $(DEVELOPABLE)
	@echo "== generated code: _sync is what _async makes"
	$(BIN)/python scripts/generate_sync.py --check

layers: $(DEVELOPABLE)
	@echo "== layers: imports run downwards"
	$(BIN)/lint-imports --no-logo

types: $(DEVELOPABLE)
	@echo "== types: mypy --strict, pyright strict"
	$(BIN)/mypy & mypy=$$!; $(BIN)/pyright --pythonpath $(BIN)/python && wait $$mypy
	@echo "== types: the code blocks of the pages"
	$(BIN)/python scripts/doc_types.py
	@echo "== types: every public symbol of the built wheel has one"
	$(BIN)/python scripts/verify_types.py

unit: $(DEVELOPABLE)
	@echo "== tests: pytest"
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

quick: $(DEVELOPABLE)
	$(BIN)/pytest -q tests/protocol

faults: $(DEVELOPABLE)
	@echo "== faults: every fault of the network, done to every kind of client"
	EVERY_CLIENT=1 $(BIN)/pytest -n $(WORKERS) --dist worksteal tests/faults tests/secrets

examples: $(COMPLETE)
	@echo "== examples: types, and each started as its first lines say"
	$(BIN)/mypy $(FRAMEWORKS)
	$(BIN)/pyright --pythonpath $(BIN)/python $(FRAMEWORKS)
	$(BIN)/pytest -n $(WORKERS) --dist worksteal tests/examples

audit: $(COMPLETE)
	@echo "== audit: known vulnerabilities of what constraints.txt pins"
	$(BIN)/python scripts/audit.py

speed: $(DEVELOPABLE)
	@echo "== speed: no call dearer than its budget"
	$(BIN)/python -m benchmarks.guard

trace-call: $(DEVELOPABLE)
	@$(BIN)/python scripts/trace_call.py

fuzz: $(DEVELOPABLE)
	@echo "== fuzz: schemathesis, by the sandbox's OpenAPI document"
	$(BIN)/python scripts/fuzz.py
	@echo "== fuzz: random calls and faults beside a model of the ledger"
	RANDOM_STEPS=10000 $(BIN)/pytest -q -n 2 tests/faults/test_ledger.py

browser: $(DEVELOPABLE)
	@echo "== browser: the inspector in headless Chromium"
	$(BIN)/python scripts/browser.py

kill: $(DEVELOPABLE)
	$(BIN)/python scripts/kill_import.py $(FILE)

measure-bulk: $(DEVELOPABLE)
	$(BIN)/python scripts/measure_bulk.py

pictures: $(DEVELOPABLE)
	$(BIN)/python scripts/browser.py pictures

package: $(DEVELOPABLE)
	@echo "== package: sdist and wheel, built, installed, tried"
	$(BIN)/python scripts/package.py

# anyio's plugin for pytest is newer than the lowest anyio, so the tests of the blocking client run.
lowest: $(DEVELOPABLE)
	@echo "== lowest: the oldest dependencies that the ranges allow"
	rm -rf .venv-lowest
	$(PYTHON) -m venv .venv-lowest
	$(BIN)/uv pip install --quiet --python .venv-lowest/bin/python --resolution lowest-direct '.[sandbox,cli]'
	$(BIN)/uv pip install --quiet --python .venv-lowest/bin/python pytest hypothesis respx
	.venv-lowest/bin/python -m pytest -q -c /dev/null --rootdir . -o pythonpath=. --import-mode=importlib $(LOWEST)

api-diff: $(DEVELOPABLE)
	@echo "== api-diff: the public surface beside the last tag"
	$(BIN)/python scripts/api_diff.py

# Fields of models, of parameters and of clients are there for users; local variables are ruff's. The yield
# behind a return makes a generator.
FIELDS := _models|_calls|_async|sandbox/dialects|cli/mcp_server
NOT_DEAD := '_concurrency.py:[0-9]+: unreachable code|^vinr/($(FIELDS))/.*unused variable'

dead-code: $(COMPLETE)
	@echo "== dead code: vulture"
	@found=$$($(BIN)/vulture 2>&1); code=$$?; \
	if [ $$code -ne 0 ] && [ $$code -ne 3 ]; then echo "$$found"; exit $$code; fi; \
	if echo "$$found" | grep ^vinr/ | grep -Ev $(NOT_DEAD); then \
	  echo "Nothing uses these: delete them, or name in [tool.vulture] what calls them by name." >&2; exit 1; fi

duplicates: $(COMPLETE)
	@echo "== duplicates: pylint's search for similar lines"
	$(BIN)/pylint --disable=all --enable=duplicate-code --ignore-paths='.*/_sync/.*' vinr

coverage: $(COMPLETE)
	@echo "== coverage: lines and branches that the tests reach, in every process"
	$(BIN)/pytest -q -n $(WORKERS) --dist worksteal --cov

mutation: $(COMPLETE)
	@echo "== mutation: would the tests notice a wrong line?"
	$(BIN)/python scripts/mutation.py

docs: $(COMPLETE)
	@echo "== docs: the site, without a dead link"
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

agent-pages: $(DEVELOPABLE)
	$(BIN)/python scripts/agent_pages.py

sync: $(DEVELOPABLE)
	$(BIN)/python scripts/generate_sync.py

# From an environment of its own, so that only what the project asks for is pinned.
pin:
	rm -rf .venv-pin
	$(PYTHON) -m venv .venv-pin
	.venv-pin/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[examples,gates]'
	echo "# What the project is tested with; 'make pin' writes it." > constraints.txt
	.venv-pin/bin/python -m pip freeze --all --exclude pip --exclude-editable >> constraints.txt
	rm -rf .venv-pin

# Each library gets an environment of its own in .venv-benchmarks; this one only runs them.
benchmark: | $(BIN)/python
	$(BIN)/python -m benchmarks

benchmark-quick: | $(BIN)/python
	$(BIN)/python -m benchmarks --quick

compare: $(DEVELOPABLE)
	$(BIN)/python -m benchmarks.peers

clean:
	rm -rf $(VENV) .venv-pin .venv-lowest site .mutation .coverage* .venv-benchmarks .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .schemathesis

$(RUNNABLE): pyproject.toml constraints.txt | $(BIN)/python
	@echo "== installing what the example needs into $(VENV)"
	@$(INSTALL) --editable '.[sandbox,cli]'
	@touch $@

$(DEVELOPABLE): pyproject.toml constraints.txt | $(BIN)/python
	@echo "== installing the tools into $(VENV)"
	@$(INSTALL_FAST) --editable '.[dev]'
	@touch $@ $(RUNNABLE)

$(COMPLETE): pyproject.toml constraints.txt | $(BIN)/python
	@echo "== installing every tool into $(VENV)"
	@$(INSTALL_FAST) --editable '.[examples,gates]'
	@touch $@ $(DEVELOPABLE) $(RUNNABLE)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "vinr needs Python 3.11 or newer; name one with: make PYTHON=python3.11 ...")'
	@$(PYTHON) -m venv $(VENV)
