PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help

.PHONY: help demo test check format bench prove audit messages lock

help: ## List what can be done
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

demo: .venv/.runtime ## Start a seeded portal (PORT, HOST, DATA_DIR, DEMO_PASSWORD, RESET=1)
	@$(BIN)/python manage.py demo

test: .venv/.development ## Run the suite on SQLite, then on PostgreSQL and Redis
	@$(BIN)/python tests/run.py

check: .venv/.development ## Lint, layers, migrations, deployment settings, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check_deployment
	$(BIN)/python manage.py messages --check

format: .venv/.development ## Put the code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/.development ## Measure pages, ledger and tables (SIZES, DATABASES, ACTS, ENTRIES, TABLE_ROWS)
	@$(BIN)/python -m tests.bench

prove: .venv/.development ## Run the long proofs
	@$(BIN)/python tests/run.py --prove

audit: .venv/.development ## Measure every page with Nu, axe and Lighthouse (needs Node 20 and Java)
	@$(BIN)/python -m tests.audit

messages: .venv/.development ## Bring the translation catalogues up to date
	$(BIN)/python manage.py messages

lock: ## Resolve the dependencies anew into requirements.lock
	$(PYTHON) -m venv .venv/locker
	.venv/locker/bin/pip install --quiet uv
	.venv/locker/bin/python .ci/lock .venv/locker/bin/uv

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed.")'
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/.runtime: requirements.lock | .venv/bin/python
	@sed '/^# ---- development/,$$d' requirements.lock > .venv/runtime.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r .venv/runtime.lock
	@touch $@

.venv/.development: requirements.lock .venv/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	@touch $@
