.PHONY: start demo test test-all format lock

start:
	bin/start

demo:
	bin/start --demo

test:
	bin/test

test-all:
	bin/test --all

format:
	.venv/bin/ruff check --fix . bin/assets
	.venv/bin/ruff format . bin/assets

# Needs uv (pip install uv) and npm. Writes no address into a lock.
lock:
	for name in app test assets; do \
	  uv pip compile --upgrade --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
	    --no-header --no-annotate requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done
	npm update --package-lock-only
