# Schoolward: `make run` starts it, `make test` checks it. A machine needs Python 3.11 or newer and make, nothing else.

SHELL       := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS   += --no-print-directory

VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8000
# Arguments for pytest: make test PYTEST="tests/unit -k wilson"
PYTEST ?=

# Without the compiled files that this variable forbids, every start takes three times as long.
unexport PYTHONDONTWRITEBYTECODE

# The first Python that answers when it is run. (`command -v` is not enough: pyenv leaves shims for versions that are
# not there.) One that can make virtual environments is preferred; install.py says what is missing when there is none.
define find_python
python=""; for test in "import sys, ensurepip; sys.exit(sys.version_info < (3, 11))" \
                       "import sys; sys.exit(sys.version_info < (3, 11))"; do \
  for candidate in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
    if [ -z "$$python" ] && "$$candidate" -c "$$test" >/dev/null 2>&1; then python="$$candidate"; fi; \
  done; \
done; \
if [ -z "$$python" ]; then \
  echo "Cannot install: Schoolward needs Python 3.11 or newer; none was found (set PYTHON=/path/to/python3)." >&2; exit 1; \
fi
endef

.PHONY: help run test lint format types contracts lock install install-dev frontend database checks tables pytest \
        browser postgresql bench docs clean

help: ## List these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: install ## Start Schoolward: builds what is missing, loads the demonstration district, prints the address
	@$(MAKE) -j2 frontend database
	@exec $(BIN)/schoolward run --demo --alarms --port $(PORT)

test: install-dev ## Run every check: format, lint, types, import contracts, tests
	@$(MAKE) -j2 frontend checks tables
	@$(MAKE) pytest

## -- single checks ----------------------------------------------------------------------------------------------------
checks: lint types contracts

lint: install-dev ## Check format and lint rules
	@$(BIN)/ruff format --check --quiet || { echo "Run 'make format'." >&2; exit 1; }
	@$(BIN)/ruff check --quiet
	@echo "lint: ok"

format: install-dev ## Format the code and sort its imports
	@$(BIN)/ruff check --quiet --select I --fix
	@$(BIN)/ruff format --quiet

types: install-dev ## Check the types
	@$(BIN)/mypy --no-error-summary
	@echo "types: ok"

contracts: install-dev ## Check who imports whom
	@$(BIN)/lint-imports --no-cache > $(VENV)/contracts.txt 2>&1 || { cat $(VENV)/contracts.txt >&2; exit 1; }
	@echo "contracts: ok"

# The pass would make them as well, but with all its processes waiting for one.
tables: install-dev
	@$(BIN)/python -m tests.migrated

# worksteal: tests of one module stay together, and what they share is made once.
pytest: install-dev
	@$(BIN)/pytest -n auto --dist worksteal -q -m "not browser" $(PYTEST)

# Without the tests in which no database has a part (`tests/conftest.py` marks them): SQLite's pass has run them.
postgresql: install-dev frontend ## Run the tests of what is stored on a real PostgreSQL, started for the purpose
	@scripts/with-postgresql $(BIN)/pytest -n auto --dist worksteal -q -m "not browser and not no_database" $(PYTEST)

browser: install-dev frontend ## Run the tests that drive Chromium
	@$(BIN)/pytest -n auto --maxprocesses 4 --dist worksteal -q -m browser $(or $(PYTEST),tests/browser)

bench: install-dev frontend ## Run the benchmarks; bench/README.md says what each is compared to
	@for file in bench/*.py bench/access/list.py bench/alarms/{receiver,idle,kill,supervision,mutants,desks,fees}.py bench/assessments/{faults,form_speed}.py bench/programs/heads_faults.py bench/portfolio/{district,library}.py; do echo "== $$file"; $(BIN)/python $$file; done

docs: install-dev ## Write the generated reference pages anew
	@$(BIN)/schoolward manage measure_reference
	@$(BIN)/schoolward manage access_reference
	@$(BIN)/schoolward manage exchange_reference
	@$(BIN)/python scripts/write_instrument_reference.py
	@$(BIN)/python scripts/write_plan_reference.py

## -- parts ------------------------------------------------------------------------------------------------------------
install: $(VENV)/run.stamp ## Install what the product needs into .venv
install-dev: $(VENV)/dev.stamp

# An environment that has the checking tools keeps them: `make run` after `make test` takes nothing away.
$(VENV)/run.stamp: requirements/run.lock pyproject.toml scripts/install.py
	@if [ -e $(VENV)/dev.stamp ]; then $(MAKE) install-dev; \
	 else $(find_python); "$$python" scripts/install.py run; fi
	@touch $@

$(VENV)/dev.stamp: requirements/dev.lock pyproject.toml scripts/install.py
	@$(find_python); "$$python" scripts/install.py dev
	@touch $@ $(VENV)/run.stamp

frontend: install
	@$(BIN)/python scripts/build_frontend.py

# Beside the front end, because both take a while on the first day. Afterwards `run --demo` looks at no extra cost.
database: install
	@if [ -z "$${DATABASE_URL:-}" ] && [ -e "$${SCHOOLWARD_DATA_DIR:-var}/schoolward.sqlite3" ]; then exit 0; fi; \
	 $(BIN)/schoolward demo --if-empty

lock: install-dev ## Resolve the newest versions that pyproject.toml allows and write them to requirements/
	@$(BIN)/python scripts/lock.py

clean: ## Remove what was installed and built; the data directory stays
	@rm -rf $(VENV) frontend/node_modules src/schoolward/platform/ui/static/ui/dist \
	  .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find src tests scripts bench -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
