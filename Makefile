# Two commands are for everyone, each makes the environment it needs:
#   make demo    imports the shipped purchases into an in-process sandbox
#   make test    lint, generated code, layering, types, tests, speed
# Three need more than Python or a server elsewhere, and are commands of their own; CI runs them too:
#   make audit   known vulnerabilities of the pinned packages; fails where PyPI cannot be asked
#   make fuzz    a fuzzer at the sandbox, by its OpenAPI document
#   make browser the inspector in headless Chromium

PYTHON ?= python3
VENV ?= .venv
# More than cores: many tests wait for a time-out or for a process of their own.
WORKERS ?= 4

BIN := $(VENV)/bin
RUNNABLE := $(VENV)/.installed-to-run
DEVELOPABLE := $(VENV)/.installed-to-develop
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test install format lint check-sync layers types unit faults audit speed fuzz browser pictures sync pin clean
.PHONY: benchmark benchmark-quick quick trace-call kill measure-bulk

help:
	@echo "make demo        import the shipped purchases into an in-process sandbox"
	@echo "make test        lint check-sync layers types unit speed"
	@echo
	@echo "make install     the environment for developing, in $(VENV)"
	@echo "make format      formats and sorts imports"
	@echo "make lint        ruff: rules and formatting"
	@echo "make sync        generates the _sync packages from the _async ones"
	@echo "make check-sync  fails where a generated file is stale"
	@echo "make layers      fails where an import runs upwards"
	@echo "make types       mypy --strict, pyright strict, pyright --verifytypes on the built wheel"
	@echo "make unit        the tests alone"
	@echo "make quick       the pure logic alone, in seconds"
	@echo "make faults      network faults and secrets alone: a part of make unit"
	@echo "make audit       asks PyPI for known vulnerabilities of the pinned packages; AUDIT_OFFLINE=1 to do without"
	@echo "make speed       fails where a call has become dearer than its budget"
	@echo "make trace-call  the files and functions that a call runs through"
	@echo "make fuzz        a schema-driven fuzzer at the sandbox, under two minutes"
	@echo "make browser     the inspector in headless Chromium, installed where missing"
	@echo "make kill        imports FILE=… with faults, killed ten times: every row once"
	@echo "make measure-bulk  rows a second of bulk work, and its memory"
	@echo "make pictures    takes the pictures of the inspector in docs/images anew"
	@echo "make benchmark   vinr beside httpx and other SDKs; writes docs/performance.md (half an hour)"
	@echo "make benchmark-quick  vinr beside bare httpx, a minute, writes nothing"
	@echo "make pin         writes constraints.txt anew, with the newest versions"
	@echo "make clean       removes the environments and caches"

demo: $(RUNNABLE)
	@$(BIN)/python examples/import_purchases.py examples/purchases.csv

test: lint check-sync layers types unit speed

install: $(DEVELOPABLE)

format: $(DEVELOPABLE)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lint: $(DEVELOPABLE)
	@echo "== lint: ruff"
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check-sync: $(DEVELOPABLE)
	@echo "== generated code: _sync is what _async makes"
	$(BIN)/python scripts/generate_sync.py --check

layers: $(DEVELOPABLE)
	@echo "== layers: imports run downwards"
	$(BIN)/lint-imports --no-logo

types: $(DEVELOPABLE)
	@echo "== types: mypy --strict, pyright strict"
	$(BIN)/mypy & mypy=$$!; $(BIN)/pyright --pythonpath $(BIN)/python && wait $$mypy
	@echo "== types: every public symbol of the built wheel has one"
	$(BIN)/python scripts/verify_types.py

unit: $(DEVELOPABLE)
	@echo "== tests: pytest"
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

quick: $(DEVELOPABLE)
	$(BIN)/pytest -q tests/protocol

faults: $(DEVELOPABLE)
	$(BIN)/pytest -n $(WORKERS) tests/faults tests/secrets

audit: $(DEVELOPABLE)
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

browser: $(DEVELOPABLE)
	@echo "== browser: the inspector in headless Chromium"
	$(BIN)/python scripts/browser.py

kill: $(DEVELOPABLE)
	$(BIN)/python scripts/kill_import.py $(FILE)

measure-bulk: $(DEVELOPABLE)
	$(BIN)/python scripts/measure_bulk.py

pictures: $(DEVELOPABLE)
	$(BIN)/python scripts/browser.py pictures

sync: $(DEVELOPABLE)
	$(BIN)/python scripts/generate_sync.py

# From an environment of its own, so that only what the project asks for is pinned.
pin:
	rm -rf .venv-pin
	$(PYTHON) -m venv .venv-pin
	.venv-pin/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	echo "# What the project is tested with; 'make pin' writes it." > constraints.txt
	.venv-pin/bin/python -m pip freeze --all --exclude pip --exclude-editable >> constraints.txt
	rm -rf .venv-pin

# Each library gets an environment of its own in .venv-benchmarks; this one only runs them.
benchmark: | $(BIN)/python
	$(BIN)/python -m benchmarks

benchmark-quick: | $(BIN)/python
	$(BIN)/python -m benchmarks --quick

clean:
	rm -rf $(VENV) .venv-pin .venv-benchmarks .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .schemathesis

$(RUNNABLE): pyproject.toml constraints.txt | $(BIN)/python
	@echo "== installing what the example needs into $(VENV)"
	@$(INSTALL) --constraint constraints.txt --editable '.[sandbox,cli]'
	@touch $@

$(DEVELOPABLE): pyproject.toml constraints.txt | $(BIN)/python
	@echo "== installing the tools into $(VENV)"
	@$(INSTALL) --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(RUNNABLE)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "vinr needs Python 3.11 or newer; name one with: make PYTHON=python3.11 ...")'
	@$(PYTHON) -m venv $(VENV)
