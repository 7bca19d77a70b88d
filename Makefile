# The two commands a newcomer needs are `make demo` and `make test`; CONTRIBUTING.md tells the rest.

PORT ?= 8000
BIN := .venv/bin
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python \
	-c requirements.lock --build-constraint requirements.lock
CHECKS := lint format types imports templates migrations secrets
# The largest wheels are tens of megabytes; a slow line deserves patience.
export UV_HTTP_TIMEOUT ?= 300
MINUTES = awk "BEGIN { printf \"%s: %.1f minutes\n\", \"$(1)\", ($$(date +%s) - $$began) / 60 }"

.PHONY: demo serve check $(CHECKS:%=check-%) test bench evidence lock clean

demo: .venv/.ready-run
	$(BIN)/huiqi demo --port $(PORT)

serve: .venv/.ready-run
	$(BIN)/huiqi serve --port $(PORT)

# Every step runs even when an earlier one failed, so one run shows everything there is to repair.
check: .venv/.ready-dev
	@began=$$(date +%s); failed=; \
	for step in $(CHECKS); do \
		$(MAKE) --no-print-directory check-$$step || failed="$$failed $$step"; \
	done; \
	$(call MINUTES,make check); \
	test -z "$$failed" || { echo "make check: failed:$$failed" >&2; exit 1; }

check-lint: .venv/.ready-dev
	$(BIN)/ruff check --quiet .

check-format: .venv/.ready-dev
	$(BIN)/ruff format --quiet --check .

# The settings are read as under test and without a database file, so that a check leaves nothing behind.
check-types check-migrations: export HUIQI_MODE = test
check-types check-migrations: export HUIQI_DATABASE_URL = sqlite://:memory:

check-types: .venv/.ready-dev
	$(BIN)/mypy --no-error-summary $(addprefix src/huiqi/,core catalogue population demo) \
		$$(find src/huiqi -name __pycache__ -prune -o \( -name 'actions*' -o -name 'queries*' -o -name search -o -name sqlite -o -name fields -o -name search.py \) -prune -print)

check-imports: .venv/.ready-dev
	$(BIN)/lint-imports --no-logo

check-templates: .venv/.ready-dev
	$(BIN)/djlint --lint --quiet src

check-migrations: .venv/.ready-dev
	$(BIN)/python -m django makemigrations --check --dry-run --settings huiqi.config.settings

check-secrets: .venv/.ready-dev
	git ls-files -z --cached --others --exclude-standard | \
		xargs -0 $(BIN)/detect-secrets-hook --no-verify --baseline .secrets.baseline

# Everything on SQLite and what touches the database on PostgreSQL, in two halves beside each other.
test: .venv/.ready-dev
	@sh tools/test_needs.sh
	@began=$$(date +%s); failed=0; \
	sh tools/test.sh || failed=1; \
	$(call MINUTES,make test); exit $$failed

bench: .venv/.ready-bench
	$(BIN)/python -m benchmarks

evidence: .venv/.ready-bench
	$(BIN)/python -m benchmarks.evidence

# One lock for every group; installs use it as a constraints file (docs/adr/0006).
lock: .venv/.uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --no-header --quiet --extra postgres --group build --group dev --group bench \
		pyproject.toml -o requirements.lock

clean:
	rm -rf .venv build dist reports .huiqi .hypothesis .*_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.uv: tools/environment.sh requirements.lock
	sh tools/environment.sh

.venv/.ready-run: .venv/.uv pyproject.toml
	$(INSTALL) -e .
	@touch $@

.venv/.ready-dev: .venv/.uv pyproject.toml
	$(INSTALL) -e '.[postgres]' --group dev
	@touch $@

.venv/.ready-bench: .venv/.ready-dev
	$(INSTALL) -e '.[postgres]' --group dev --group bench
	@touch $@
