# Two commands do everything on a fresh machine with Python 3.11+ and make: `make run` and `make test`. Either may be first.
PYTHON ?= python3
PY := .venv/bin/python
export DAGSTER_DISABLE_TELEMETRY := 1

.PHONY: run test dev lint docs bench lock clean

run: .venv/ready
	.venv/bin/tongbi build --examples

test: .venv/ready
	@sh tests/browser/install.sh
	.venv/bin/ruff check . && .venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PY) -m pytest -n 2 --dist loadfile

dev: .venv/ready
	.venv/bin/tongbi dev

bench: .venv/ready
	$(PY) bench/run.py

docs: .venv/ready
	$(PY) docs/make.py

# The environment: made once, and again when what it is made of changes.
.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Tongbi needs Python 3.11 or newer as $(PYTHON): install it, or name it with make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing: install it (on Debian and Ubuntu: apt install python3-venv) and run again"; exit 1; }
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check uv==0.13.9
	$(PY) -m uv pip install --python $(PY) --quiet --compile-bytecode --require-hashes -r requirements.lock
	$(PY) -m uv pip install --python $(PY) --quiet --no-deps -e .
	touch .venv/ready

lock: .venv/ready
	$(PY) -m uv pip compile pyproject.toml --extra dev --generate-hashes --no-emit-index-url --no-strip-extras --universal --python-version 3.11 --custom-compile-command "make lock" -o requirements.lock

clean:
	rm -rf .venv warehouse/shards warehouse/tongbi.duckdb warehouse/report warehouse/.dagster
