# The two commands of the README, and the habits: run · test · lint · bench.
VENV ?= .venv
PY := $(VENV)/bin/python
FLASK := $(VENV)/bin/flask --app wsgi
HOST ?= 127.0.0.1
PORT ?= 5000

.PHONY: run test lint bench compiled

run: $(VENV)/.runtime
	@$(FLASK) office prepare
	@echo "Chartroom is at http://$(HOST):$(PORT)  (stop it with Ctrl-C)"
	@exec $(VENV)/bin/gunicorn --bind $(HOST):$(PORT) --threads 8 --worker-class gthread --log-level warning wsgi:app

test: $(VENV)/.development
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
		|| { echo "The browser tests need Chromium (Debian: apt-get install chromium)" >&2; exit 2; }
	@$(PY) -m pytest -n 2 --dist loadgroup

lint: $(VENV)/.development
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports

# CASES=2000 asks the invariants of fewer cases; QUICK=1 makes every part small; PLAIN=1 measures it as plain Python.
bench: $(VENV)/.benchmarks $(if $(PLAIN),,compiled)
	@$(PY) -m tests.benchmarks.chain
	@cd $(if $(PLAIN),.,instance/compiled) && \
		$(abspath $(PY)) -m tests.benchmarks.aims $(if $(CASES),--cases $(CASES)) $(if $(QUICK),--quick)

# A copy of the program in which the making of cases is machine code, for exports of large populations.
compiled: $(VENV)/.benchmarks
	@$(PY) compile_chain.py instance/compiled

$(VENV)/bin/python:
	@echo "making the virtual environment"
	@command -v python3 >/dev/null || { echo "Python 3.11 or newer is needed: python3 was not found" >&2; exit 2; }
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed" >&2; exit 2; }
	@python3 -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	@echo "installing what the site runs on"
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.benchmarks: requirements-bench.txt requirements.txt requirements-dev.txt | $(VENV)/bin/python
	@echo "installing what the benchmarks measure against"
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	@touch $@ $(VENV)/.runtime $(VENV)/.development

$(VENV)/.development: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	@echo "installing what the checks need"
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime
