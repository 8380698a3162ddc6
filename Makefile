# What a newcomer types: `make demo`, then `make test`. Everything is installed into .venv,
# pinned by hash, once; it is installed anew when pyproject.toml or the pins change.

CANDIDATES := python3 python3.13 python3.12 python3.14 python
PYTHON ?= $(shell for name in $(CANDIDATES); do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1 \
	&& { command -v "$$name"; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PINS := requirements/dev.txt
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PYTEST_ARGS ?=
DATA ?= tests/evaluate
CORPUS ?= samples
BENCH_ARGS ?=

.PHONY: help demo test lint format golden eval bench docs requirements clean
.DEFAULT_GOAL := help

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(STAMP)  ## build the graph of the reports in samples/ into output/
	$(BIN)/kg build samples -o output
	@echo
	@echo "Look at it:  $(BIN)/kg view"
	@echo "Ask it:      $(BIN)/kg query advances"
	@echo "Trace it:    $(BIN)/kg explain 'Russia advancedIn Kursk Oblast'"

test: lint  ## lint, then every test
	$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(STAMP)  ## ruff, mypy and the layer contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)  ## let ruff rewrite what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: $(STAMP)  ## accept what the samples give now: tests/golden/ and the README's output
	$(BIN)/python -m pytest -q tests/test_golden.py tests/test_readme.py --update-golden

eval: $(STAMP)  ## scorecard over DATA=folder
	$(BIN)/kg eval $(DATA)

bench: $(STAMP)  ## speed and size on CORPUS=reports, into docs/benchmarks.md
	$(BIN)/python -m benchmarks $(CORPUS) $(BENCH_ARGS)

docs: $(STAMP)  ## rewrite the pages that are generated from the code
	$(BIN)/python scripts/write_cli_docs.py

requirements:  ## pin anew what pyproject.toml asks for (needs uv)
	uv pip compile $(PIN_OPTIONS) -o requirements/runtime.txt pyproject.toml
	uv pip compile $(PIN_OPTIONS) --group dev -o requirements/dev.txt pyproject.toml
	echo pip | uv pip compile $(PIN_OPTIONS) -o requirements/pip.txt -

PIN_OPTIONS := --quiet --no-config --universal --python-version 3.12 --generate-hashes \
	--no-annotate --no-header --no-emit-index-url

clean:  ## remove what was built and installed
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find output -mindepth 1 ! -name .gitignore -delete
	find kg tests scripts -name __pycache__ -prune -exec rm -rf {} +

$(STAMP): pyproject.toml $(PINS) requirements/pip.txt
	@test -n "$(PYTHON)" || { \
		echo "Claimgraph needs Python 3.12 or newer; none of these is: $(CANDIDATES)." >&2; \
		echo "Install one, or name it: make PYTHON=/path/to/python3.12 demo" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)
	# First pip itself: the one that comes with an older Python takes pins with extras for unpinned.
	$(INSTALL) --require-hashes -r requirements/pip.txt
	$(INSTALL) --require-hashes -r $(PINS)
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@
