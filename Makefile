# The front door. `make run` and `make test` need none of the others typed first.
PYTHON ?= python3
AS ?= E0001
SERVICE = .venv/bin/python -m assistant

.DEFAULT_GOAL := help
.PHONY: help install install-dev run chat test lint train bench lock doctor

help:           ## Show what there is
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install:        ## Build both environments from the locked requirements
	@$(PYTHON) tools/install.py

install-dev:
	@$(PYTHON) tools/install.py --dev

run: install    ## Start everything and open the chat page's address
	@$(SERVICE) run

chat: install   ## Chat in the terminal with a running assistant (AS=E0001)
	@$(SERVICE) chat --as $(AS)

train: install  ## Train the recommender and the dialogue model, where anything changed
	@$(SERVICE) train

doctor: install ## Say what is wrong with this installation
	@$(SERVICE) doctor

test: install-dev ## Run every test
	@$(SERVICE) train --quiet
	@.venv/bin/python -m pytest

lint: install-dev ## Format, style, types, import directions and the content
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/python -m knowledge check --products data/sample/products.csv --language en

bench: install-dev ## Measure turns, scoring and search
	@.venv/bin/python -m benchmarks

lock:           ## Write the lock files anew from requirements/*.in
	@.tools/uv/bin/uv pip compile -q --no-header --universal --generate-hashes --python-version 3.12 requirements/uv.in -o requirements/uv.txt
	@.tools/uv/bin/uv pip compile -q --no-header --universal --generate-hashes --python-version 3.12 requirements/service.in -o requirements/service.txt
	@.tools/uv/bin/uv pip compile -q --no-header --universal --generate-hashes --python-version 3.12 requirements/dev.in -o requirements/dev.txt
	@.tools/uv/bin/uv pip compile -q --no-header --universal --generate-hashes --python-version 3.10 requirements/dialogue.in -o requirements/dialogue.txt
