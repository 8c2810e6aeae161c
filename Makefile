# One command for each thing one does with leakkit. `make` alone lists them.
# The first command makes .venv from constraints.txt; it is made again only when that file,
# pyproject.toml or the folder's place changes.

PYTHON ?= python3
LEAK ?=
OUT ?= reports
FUZZ_SECONDS ?= 180
PYTEST_FLAGS ?= -n auto --maxprocesses=4

VENV := .venv
PY := $(VENV)/bin/python
MADE_FROM = { pwd; cat pyproject.toml constraints.txt; }
INSTALL_LOCK = install --quiet --no-deps --require-hashes -r constraints.txt
INSTALL_SELF = install --quiet --no-deps --no-build-isolation --editable .

.DEFAULT_GOAL := help
.PHONY: help report test lab lint format notebooks bench fuzz lock clean venv new-venv

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "Variables: LEAK=path (what to report on), OUT=folder, PYTHON=python3.12, FUZZ_SECONDS=60"

report: venv ## Write the report on the sample leak, or on LEAK=path, to reports/
	@$(VENV)/bin/leakkit report $(if $(LEAK),"$(LEAK)") --out "$(OUT)"
	@echo "Open $(OUT)/index.html in a browser; it needs no network."

test: lint ## Lint, type check, unit tests and doctests, then notebooks against their stored outputs
	@$(PY) -m pytest $(PYTEST_FLAGS)
	@LEAKKIT_STATIC=1 $(PY) -m pytest $(PYTEST_FLAGS) --nbval --nbval-current-env \
		--nbval-sanitize-with tests/nbval_sanitize.cfg notebooks

lab: venv ## Open the notebooks in JupyterLab
	@$(VENV)/bin/leakkit lab

lint: venv ## Check style (ruff) and types (mypy)
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

format: venv ## Rewrite code and notebooks in the house style
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

notebooks: venv ## Execute all notebooks from clean and store their outputs
	@LEAKKIT_STATIC=1 $(PY) -m leakkit.report execute

bench: venv ## Measure speed and quality, and write the figures into README.md
	@$(PY) -m benchmarks.run

fuzz: venv ## Throw broken input at every parser for FUZZ_SECONDS
	@$(PY) -m tests.fuzz.run --seconds $(FUZZ_SECONDS)

lock: ## Write constraints.txt anew from pyproject.toml (needs uv; LOCK_FLAGS=--upgrade for newer versions)
	@command -v uv >/dev/null || { echo "make lock needs uv on PATH: pip install uv" >&2; exit 1; }
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--extra lab --extra cluster --extra cloud --extra dev --extra fuzz \
		--no-header --annotation-style line $(LOCK_FLAGS) --output-file constraints.txt pyproject.toml

clean: ## Remove reports, caches and .venv (the next command then needs the package index)
	@rm -rf $(VENV) reports ci-output build dist .coverage .coverage.* .hypothesis \
		.mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# made-from.txt is written last: an installation that was interrupted is made again.
venv:
	@if $(MADE_FROM) | cmp -s - $(VENV)/made-from.txt && $(PY) -c ''; then :; \
	else $(MAKE) --no-print-directory new-venv; fi

new-venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "leakkit needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>/dev/null || echo not found)." >&2; \
		echo "Install a newer Python, or name one you have: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "Making $(VENV) from constraints.txt; this happens once and takes a minute or two."
	@rm -rf $(VENV)
	@if command -v uv >/dev/null; then \
		export UV_PYTHON_DOWNLOADS=never && uv venv --quiet --python "$(PYTHON)" $(VENV) && \
		uv pip $(INSTALL_LOCK) --python $(PY) && uv pip $(INSTALL_SELF) --python $(PY); \
	else \
		$(PYTHON) -m venv $(VENV) && export PIP_DISABLE_PIP_VERSION_CHECK=1 && \
		$(PY) -m pip $(INSTALL_LOCK) && $(PY) -m pip $(INSTALL_SELF); \
	fi
	@$(MADE_FROM) > $(VENV)/made-from.txt
