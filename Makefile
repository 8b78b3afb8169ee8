# Every command people type. `make` alone lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
PYTHON_FOLDERS := app accessibility question_bank

.PHONY: help run test deep reliability bench gallery docs check format setup assets words environment system-packages lock clean

help: ## List the commands
	@echo "Type make and one of these:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: environment ## Start the demonstration centre on http://localhost:8000 (HOST=... PORT=... change that)
	@$(BIN)/python .ci/set_up.py run
	@exec $(BIN)/python -m app serve --demonstration

test: ## Install what the tests need, then every check and every test (about 12 minutes)
	@.ci/environment.sh
	@$(BIN)/python .ci/system_packages.py --install
	@$(BIN)/python .ci/set_up.py test
	@$(MAKE) check
	@$(BIN)/python .ci/run_tests.py quick

deep: ## All that make test does, then the long tests; writes docs/deep-run.md and docs/reliability.md
	@$(MAKE) test
	@$(BIN)/python .ci/run_tests.py deep

reliability: setup ## Run every fault test, the long ones too, and write docs/reliability.md from what they measured
	@$(BIN)/python -m pytest -q -m 'deep or not deep' --ignore=tests/faults/test_reliability_page.py tests/faults
	@$(BIN)/python -m tests.faults.report
	@$(BIN)/python -m pytest -q tests/faults/test_reliability_page.py

bench: setup ## Measure speed beside bare floors (8 minutes; CLEARWAY_BENCH=long: an hour); writes docs/performance.md
	@$(BIN)/python .ci/run_tests.py bench

gallery: setup ## Take pictures of every page in three themes and two widths into .build/gallery, for people to look at
	@$(BIN)/python -m pytest -q -s -m gallery tests/journeys/test_gallery.py

docs: setup ## Write docs/accessibility.md again from the acceptance checks and the names of the tests
	@$(BIN)/python -m accessibility write

check: ## Format, lint, types, import contracts, templates, dependencies, question bank, Dockerfile; no tests
	@echo "== Format";           ruff format --check .
	@echo "== Lint";             ruff check .
	@echo "== Types";            mypy
	@echo "== Import contracts"; lint-imports
	@echo "== Templates";        djlint --lint --quiet app/templates
	@echo "== Dependencies";     deptry $(PYTHON_FOLDERS)
	@echo "== Question bank";    python -m question_bank check
	@echo "== Dockerfile";       hadolint Dockerfile
	@echo "== Shell scripts";    for script in .ci/*.sh .ci/run; do sh -n $$script || exit 1; done

format: setup ## Rewrite the Python files in the house style
	ruff check --fix-only .
	ruff format .

setup: environment ## Bring .venv, Node packages, static files and messages up to date, with what the tests need
	@$(BIN)/python .ci/set_up.py test

assets: environment ## Rebuild the stylesheets and other static files if their sources changed
	@$(BIN)/python .ci/set_up.py run

words: setup ## Collect every word on screen into app/locale/clearway.pot, for translators
	pybabel -q extract -F pyproject.toml -k N_ --project=Clearway --no-location --sort-output -o app/locale/clearway.pot .

environment: ## Make .venv with the system's Python 3.11 or newer (nothing is installed into it yet)
	@.ci/environment.sh

system-packages: environment ## Say which system packages the tests still need
	@$(BIN)/python .ci/system_packages.py

lock: setup ## Work out both Python locks and the Node lock again after a change of pyproject.toml or package.json
	uv pip compile pyproject.toml $(COMPILE) -o requirements.lock
	uv pip compile pyproject.toml $(COMPILE) --group dev -c requirements.lock -o requirements-dev.lock
	npm install --package-lock-only --ignore-scripts
	@$(BIN)/python .ci/set_up.py test
COMPILE := --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url

clean: ## Remove what was installed or built; databases in data/ stay
	rm -rf .venv node_modules app/static/build .build .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find app -name '*.mo' -delete
