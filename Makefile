# Needs Python 3.11 or later and nothing else. `make help` says what there is.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
# For how many seconds `make attack` tries each thing.
SECONDS ?= 600
# How the tests are started; .ci/run measures coverage on the way, and asks for the others afterwards.
PYTEST ?= -m pytest
ONLY ?=

# What Python has compiled is kept beside it: without that, every process that a test starts would compile it again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help serve html check test quick lint attack read audit bench mutants publish clean lock reference words

help: ## say what each command does
	@echo "make COMMAND, where COMMAND is one of:"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1	\2/p' $(MAKEFILE_LIST)

serve: $(VENV)/.build ## show the site while you write, at http://127.0.0.1:8000; Ctrl-C ends it
	@$(BIN)/campaign serve

html: $(VENV)/.build ## check the content and build the site into output/
	@$(BIN)/campaign build

check: $(VENV)/.build ## check every update and figure, and build nothing
	@$(BIN)/campaign check

test: $(VENV)/.test $(VENV)/.browser ## run every test, those in a browser too, and name the ten slowest
	@$(BIN)/python $(PYTEST) -n auto --dist loadgroup --no-loadscope-reorder --durations 10 $(ONLY)

quick: $(VENV)/.test ## run the tests that need neither a browser nor a built site
	@$(BIN)/python $(PYTEST) -q -n auto --dist worksteal -m "quick and not attack" --ignore tests/browser

lint: $(VENV)/.test ## look at the form and the types of the code, in seconds
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

attack: $(VENV)/.test ## try to break it, for as long as SECONDS says
	@EXAMPLES=1000 $(BIN)/python $(PYTEST) -q -n auto -m "hypothesis and not attack" --ignore tests/browser
	@SECONDS_TO_ATTACK="$(SECONDS)" $(BIN)/python $(PYTEST) -q -s -m attack tests

read: $(VENV)/.test ## print what every page of every appeal here says at each of its phases, as plain text
	@$(BIN)/python tests/reading.py

audit: $(VENV)/.test $(VENV)/.browser ## measure the pages as a slow phone gets them
	@$(BIN)/python benchmarks/audit.py

bench: $(VENV)/.test ## build the same updates with this project, Pelican, Hugo and Eleventy, in turn; SIZES=100,1000 RUNS=5
	@$(BIN)/python benchmarks/peers.py $(if $(SIZES),--sizes $(SIZES)) $(if $(RUNS),--runs $(RUNS))

mutants: $(VENV)/.test ## change one place of core/ at a time and say what no fast test notices; SEED=1 SECONDS=600 MODULE=dates TESTS=tests/core/reading
	@$(BIN)/python benchmarks/mutants.py --seed $(or $(SEED),1) --seconds $(or $(SECONDS),600) \
		$(if $(MODULE),--only $(MODULE)) $(if $(TESTS),--tests $(TESTS))

publish: $(VENV)/.build ## build the site for the public; SITEURL=https://… says where it will be
	@$(BIN)/campaign build --publish

clean: ## remove what was built, and the environment that builds it
	@rm -rf output .output.* .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.* plugins/*.egg-info node_modules $(VENV)
	@find plugins tests -name __pycache__ -prune -exec rm -rf {} +

lock: $(VENV)/.test ## choose the newest packages and write them down with their hashes (needs uv)
	@for name in requirements requirements-dev requirements-uv; do \
	  uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header $$name.in --output-file $$name.txt || exit 1; \
	done

reference: $(VENV)/.test ## bring the tables of fields, the schemas, docs/data.md and docs/theme.md up to date with the code
	@$(BIN)/python docs/reference.py

words: $(VENV)/.test ## bring theme/locale up to date with the words in the templates
	@words=$$(mktemp); \
	  $(BIN)/pybabel -q extract -F pyproject.toml --no-location --omit-header -o "$$words" . \
	  && for catalog in theme/locale/*.po; do \
	    $(BIN)/pybabel -q update -i "$$words" -o "$$catalog" -l "$$(basename "$$catalog" .po)" --no-fuzzy-matching \
	      --ignore-obsolete --omit-header --width 0 || exit 1; \
	  done; \
	  status=$$?; rm -f "$$words"; exit $$status

# The environment: made once, and again when what it holds is changed. A log is shown only when a step fails.

define install
@echo "Installing $(2); this is done once …"
@{ $(BIN)/python -m pip install --disable-pip-version-check --no-input --require-hashes --requirement $(1) \
   && $(BIN)/python -m pip install --disable-pip-version-check --no-input --no-build-isolation --no-deps --editable . ; \
 } > $(VENV)/install.log 2>&1 \
 || { cat $(VENV)/install.log; \
      echo "Installing $(2) failed; the lines above say why. Is there a connection to the Internet?"; exit 1; }
@touch $@
endef

$(VENV)/.build: requirements.txt pyproject.toml | $(VENV)/.python
	$(call install,requirements.txt,what a build needs)

$(VENV)/.test: requirements-dev.txt pyproject.toml | $(VENV)/.python
	$(call install,requirements-dev.txt,what a build and its tests need)

$(VENV)/.browser: package-lock.json tests/browser/machine $(VENV)/.test
	@tests/browser/machine $(BIN)/python
	@touch $@

$(VENV)/.python:
	@command -v "$(PYTHON)" > /dev/null 2>&1 || { \
	  echo "There is no $(PYTHON) on this machine. Install Python 3.11 or later:"; \
	  echo "  Debian, Ubuntu: sudo apt install python3 python3-venv"; \
	  echo "  Fedora: sudo dnf install python3"; \
	  echo "  macOS, Windows: the installer from python.org"; \
	  echo "or name one that is there: make $(MAKECMDGOALS) PYTHON=/path/to/python3"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$$("$(PYTHON)" --version) is too old; this needs 3.11 or later."; \
	  echo "Where a newer one is installed too, name it: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2> /dev/null || { \
	  echo "$(PYTHON) comes without its venv module here."; \
	  echo "  Debian, Ubuntu: sudo apt install python3-venv"; \
	  echo "Then run make $(MAKECMDGOALS) again."; exit 1; }
	@echo "Making an environment in $(VENV) …"
	@"$(PYTHON)" -m venv "$(VENV)" > /dev/null || { \
	  echo "The environment could not be made; the lines above say why."; exit 1; }
	@touch $@
