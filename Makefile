# `make run` and `make test` are all one needs; both make the environment first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8080
export PORT
# What the locks' packages weigh, as pip told on Linux: said before they are fetched.
MEGABYTES := 60
MEGABYTES_DEV := 100

.PHONY: run test quick quarter lines lint types imports tests bench lock screenshots clean

run: $(VENV)/.run
	@$(BIN)/python -m bot run

test: lint types imports tests

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

# A file's tests stay together: what a module makes once is then made once. Each process has a PostgreSQL of its own.
tests: $(VENV)/.dev
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile

# What can be told in a minute or so: no browser, no real processes that are killed, and not what tests/slow.py names.
quick: $(VENV)/.dev
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile -m "not slow and not browser"

# A company of 364 lives a quarter with the real application, and what its people got is told. Another one: make quarter SEED=7 WEEKS=20
quarter: $(VENV)/.dev
	@SEED=$(SEED) WEEKS=$(WEEKS) FIRST=$(FIRST) SIZE=$(SIZE) $(BIN)/python -m tests.quarter

# How well lines after /logvisit are read, by field and language. Any file in the format of tests/lines/README.md: make lines LINES=my-lines.tsv
# With a language model's help: make lines MODEL=small-reader UNDERSTANDING_ADDRESS=http://localhost:8000/v1
lines: $(VENV)/.dev
	@$(BIN)/python -m tests.lines $(LINES)

# Figures, each beside a baseline of the same run. Quarter of an hour; BENCH=10000 is enough for a look.
bench: $(VENV)/.dev
	$(BIN)/python -m tests.benchmarks.figures $(BENCH)
	$(BIN)/python -m tests.benchmarks.broadcast $(BENCH)
	$(BIN)/python -m tests.benchmarks.lines

# The pictures in the README, taken by the browser test of the whole product.
screenshots: $(VENV)/.dev
	SCREENSHOTS=docs/images $(BIN)/pytest -m browser tests/test_browser.py
	SCREENSHOTS=docs/images $(BIN)/pytest -m browser tests/platforms/teams/test_renderer.py -k "every_view and form and with and question"

# Hashes and no addresses: the same lock works with any mirror.
lock: $(VENV)/.dev
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -q --group install pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -q --group install --group dev pyproject.toml -o requirements-dev.lock

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Outside In needs Python 3.11 or newer. Name one with: make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# $(call fetch,LOCK) installs what a lock names, and says meanwhile how far it is.
fetch = @[ -t 1 ] && live=1 || live=0; { $(BIN)/python -m pip install --disable-pip-version-check --progress-bar off --require-hashes -r $(1); echo "exit $$?"; } \
	| awk -v all=$$(grep -c '^[a-z].*==' $(1)) -v live=$$live -f .ci/fetched.awk

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Fetching what Outside In needs into $(VENV), once: $$(grep -c '^[a-z].*==' requirements.lock) packages, about $(MEGABYTES) MB. Nothing else on this machine is changed."
	$(call fetch,requirements.lock)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@echo "Fetching what the checks need besides, once: about $(MEGABYTES_DEV) MB ..."
	$(call fetch,requirements-dev.lock)
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
