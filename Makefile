# The commands of this repository. Everything builds into target/, in the dev
# profile, so that the demo, the loop and the tests share what was compiled.

# What `make test` needs besides Rust; scripts/setup.sh knows the reasons.
TOOLS := cc python3

.PHONY: help demo check test

help:
	@echo 'make demo    build and serve the demo city (ARGS="--cases 100" and so on)'
	@echo 'make check   the loop of a working day: format, lints, unit tests, house rules'
	@echo 'make test    everything, as CI runs it; installs what it needs where it may'

demo:
	cargo run --package xunge-server --bin xunge -- demo $(ARGS)

check:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo test --workspace --lib --bins
	cargo test --package xunge-tests --test tidy

# The Python smoke test stands before the Rust tests, so that their closing lines
# are the last ones.
test:
	scripts/setup.sh $(TOOLS)
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	if [ -x scripts/bindings-python.sh ]; then scripts/bindings-python.sh; fi
	cargo test --workspace --locked
