# What one does here. Each command first makes this folder ready (.ci/setup.py), as far as it is not ready yet.
PORT = 5000
DATA = data
N = 2
ARGS =

SHELL = /bin/sh
READY = python=$$(sh .ci/find-python) && "$$python" .ci/setup.py
PYTHON = .venv/bin/python

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

run: ## start Hearth with demo people: make run [PORT=5055] [DATA=/some/folder]
	@$(READY) run && exec env HEARTH_DATA="$(DATA)" DEMO=1 INSECURE_LOCAL=1 PORT="$(PORT)" $(PYTHON) wsgi.py

run-scaled: DATA = data-scaled
run-scaled: ## the same by several processes behind nginx, with PostgreSQL and Redis: make run-scaled [N=3] [PORT=5055]
	@$(READY) scaled && exec env HEARTH_DATA="$(DATA)" DEMO=1 INSECURE_LOCAL=1 PORT="$(PORT)" PROCESSES="$(N)" \
		$(PYTHON) -m scaled

test: ## every test, on SQLite and PostgreSQL: make test [ARGS="-k invite"]
	@$(READY) test && exec $(PYTHON) .ci/test.py $(ARGS)

check: ## format, lint, types, imports, tests: what CI runs
	@$(READY) test
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy community scaled config.py wsgi.py
	$(PYTHON) .venv/bin/lint-imports --no-logo
	@exec $(PYTHON) .ci/test.py $(ARGS)

format: ## put the Python code in its form
	@$(READY) test
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

words: ## collect the words of all pages and bring the Swedish catalogue up to date
	@$(READY) test
	.venv/bin/pybabel -q extract -F community/translations/babel.cfg -k _ -k _l -k lazy -k plural:1,2 --no-location \
		--sort-output --omit-header -o .venv/words.pot .
	.venv/bin/pybabel -q update --no-fuzzy-matching --no-wrap --ignore-pot-creation-date -l sv -d community/translations \
		-i .venv/words.pot
	@exec $(PYTHON) -m tests.words

proof: ## every combination and the large numbers (up to an hour); writes docs/proof.md
	@$(READY) test && exec $(PYTHON) -m tests.proof $(ARGS)

bench: ## measure what the house promises to be quick
	@$(READY) test && exec $(PYTHON) -m bench $(ARGS)

clean: ## remove what make built; people's data stays
	rm -rf .venv node_modules static/dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
	find community -name '*.mo' -exec rm -f {} +

.PHONY: help run run-scaled test check format words proof bench clean
