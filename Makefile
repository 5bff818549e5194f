# Two commands do all: `make demo` and `make check`. Both set up what they need in .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo check setup format lock wheels clean

demo: .venv/.run
	$(BIN)/guvoh demo

check: .venv/.check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --dist loadfile

format: .venv/.check
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

setup: .venv/.run

.venv/.run: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	touch $@

.venv/.check: .venv/.run requirements-check.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-check.lock
	touch $@

# A folder of wheels for machines without network: copy it, then
# `pip install --no-index --find-links wheels guvoh`.
wheels: .venv/.run
	$(BIN)/python -m pip wheel --quiet --wheel-dir wheels .

lock:
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options --no-header -o requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options --no-header -c requirements.lock -o requirements-check.lock requirements-check.in

clean:
	rm -rf .venv wheels .mypy_cache .pytest_cache .ruff_cache
