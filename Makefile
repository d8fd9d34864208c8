# make run    sets everything up, builds the sample cases, opens the window
# make test   sets everything up and runs all tests
# make check  format, lint, types, layers, then the tests

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3)
BIN := .venv/bin
DEMO ?= out/demo
TEXTS := -tr-function-alias QT_TRANSLATE_NOOP+=mark -extensions py -locations none -no-obsolete

.PHONY: run test check bench screenshots translations installer installer-check setup clean

run: setup
	$(BIN)/casebook demo --out $(DEMO)
	$(BIN)/casebook desktop $(DEMO)/chest_radiographs.casebook

test: setup
	$(BIN)/pytest -q -n auto --dist loadfile

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

bench: setup
	$(BIN)/python -m tests.benchmarks

screenshots: setup
	$(BIN)/python docs/make_screenshots.py

# The CPU flavor for this system, from what is committed: minutes, about 3 GB below build/; see installers/README.md
installer:
	$(PYTHON) -m installers.build

# Only the program folder, and its self-test where no Python is in the PATH: what .ci/run tries
installer-check:
	$(PYTHON) -m installers.build --folder-only --try

# Take new texts of the window into the translations (texts without one stay to be written) and build them.
translations: setup
	$(BIN)/pyside6-lupdate $(TEXTS) desktop -ts resources/translations/casebook_de.ts
	$(BIN)/pyside6-lupdate $(TEXTS) -pluralonly desktop -ts resources/translations/casebook_en.ts
	$(BIN)/pyside6-lrelease resources/translations/casebook_de.ts resources/translations/casebook_en.ts

setup:
	@$(PYTHON) installers/environment.py

clean:
	rm -rf out build dist .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
