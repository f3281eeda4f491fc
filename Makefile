# `make demo` and `make test` are the front door: each sets everything up by itself.
UV := .tools/bin/uv
export UV_PYTHON_DOWNLOADS := never
PYTHON ?= python3
RUN := $(UV) run --locked --no-sync
WORKERS ?= 2

.PHONY: demo test check bench soak format setup clean

setup: .venv/.ready

# A private uv in .tools, so that a Python which refuses `pip install` works too; then exactly what uv.lock says.
.venv/.ready: pyproject.toml uv.lock
	@test -x $(UV) || { $(PYTHON) -m venv .tools && .tools/bin/pip install -q --disable-pip-version-check uv; }
	@$(UV) sync --quiet --locked --compile-bytecode
	@touch $@

demo: setup
	@$(RUN) sitrep demo

test: setup
	@$(RUN) pytest -n $(WORKERS) -m "not soak"

check: setup
	@$(RUN) ruff format --check .
	@$(RUN) ruff check .
	@$(RUN) mypy
	@$(RUN) lint-imports --no-logo
	@$(RUN) deptry .
	@$(RUN) hadolint Dockerfile

bench: setup
	@$(RUN) python -m benchmarks

soak: setup
	@$(RUN) pytest -m soak --timeout 3600

format: setup
	@$(RUN) ruff check --fix --quiet . ; $(RUN) ruff format .

clean:
	rm -rf .tools .venv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .grimp_cache
