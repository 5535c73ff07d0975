# Every target sets up what it needs; `make demo` and `make test` are where to start.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
DEMO ?= demo

.PHONY: help install demo test check lint types layers cover conformance bench pictures commands stalls lock clean

help:
	@echo "make demo         build the demo branch, print its papers, open its window"
	@echo "make test         run the tests"
	@echo "make check        everything that must pass before a change lands"
	@echo "make conformance  check every paper of the demo against PDF/UA-1 and PDF/A-2a"
	@echo "make bench        timings, as ratios, and the cases of half a million rows"
	@echo "make stalls       the jobs in the window, failing wherever it did not answer for 50 ms"
	@echo "make pictures     render the pictures of README and manual afresh"
	@echo "make screens      a picture of every screen and question, to look at, into build/screens"
	@echo "make commands     list afresh what each page can do, for the command box"
	@echo "make translations bring the files of the languages up to date and compile them"
	@echo "make lock         resolve the lock files again"

# Two stamps: what the program needs, and what its developers need besides.
.venv/run: packaging/lock.txt packaging/set_up.py pyproject.toml
	@$(PYTHON) packaging/set_up.py run

.venv/dev: packaging/lock-dev.txt packaging/set_up.py pyproject.toml
	@$(PYTHON) packaging/set_up.py dev

install: .venv/dev

demo: .venv/run
	@$(BIN)/branch-desk demo $(DEMO) --force
	@$(BIN)/python packaging/show.py $(DEMO)/demo.branch

test: .venv/dev
	@$(BIN)/python -m pytest -n 2 --cov --cov-report=

check: lint types layers cover conformance

lint: .venv/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: .venv/dev
	@$(BIN)/mypy

layers: .venv/dev
	@$(BIN)/lint-imports

cover: test
	@$(BIN)/python packaging/coverage_floor.py

conformance: .venv/dev
	@rm -rf build/conformance
	@$(BIN)/branch-desk demo build/conformance
	@$(BIN)/python packaging/conformance.py build/conformance/papers

bench: .venv/dev
	@$(BIN)/python -m pytest tests/bench -m "bench or long" --benchmark-only --benchmark-columns=min,median,max,rounds
	@$(BIN)/python -m pytest tests -m long -n 2

stalls: .venv/dev
	@BRANCH_DESK_STALLS=1 PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest tests/desk/journeys -n 0

pictures: .venv/dev
	@$(BIN)/python packaging/pictures.py

screens: .venv/dev
	@$(BIN)/python packaging/screens.py

commands: .venv/dev
	@$(BIN)/python packaging/commands.py

translations: .venv/dev
	@$(BIN)/python packaging/translations.py

lock: .venv/dev
	@$(BIN)/python packaging/lock.py

clean:
	rm -rf build dist demo .venv .coverage* .*_cache .hypothesis .benchmarks
