# The two commands of a fresh machine are `make demo` and `make test`.
CARGO ?= cargo

.PHONY: demo test lint fmt release

demo: ## build, make a small lake with planted attacks, hunt, leave a report
	$(CARGO) run --quiet --package harrier-cli -- demo --out demo-out

test: ## everything that CI checks
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets -- --deny warnings
	$(CARGO) test --workspace --quiet

release: ## what users run and benchmarks measure
	$(CARGO) build --release --package harrier-cli

lint:
	$(CARGO) clippy --workspace --all-targets -- --deny warnings

fmt:
	$(CARGO) fmt --all
