# The commands of this repository. Everything builds into target/, in the dev
# profile, so that the demo, the loop and the tests share what was compiled.

# What `make test` needs besides Rust; scripts/setup.sh knows the reasons.
TOOLS := cc curl python3 venv java maven screens swift

.PHONY: help demo field-app screens check test histories simulate simulate-on-files mutants kills crash hostile fuzz load bench bench-linear photo-bench size store-bench limit-bench import-bench

help:
	@echo 'make demo    build and serve the demo city (ARGS="--cases 100" and so on)'
	@echo 'make field-app  the app of the field in a window, over the real core (FIELD_APP=folder of its data)'
	@echo 'make screens   the pictures of its screens, drawn anew into docs/screens'
	@echo 'make check   the loop of a working day: format, lints, unit tests, house rules'
	@echo 'make test    everything, as CI runs it; installs what it needs where it may'
	@echo 'make histories  a million random working lives of a case over five replicas (HISTORIES=…)'
	@echo 'make simulate  100,000 seeded schedules of both halves of sync (ARGS="--seed 7" and so on)'
	@echo 'make simulate-on-files  500 of them on real SQLite files'
	@echo 'make mutants   six mistakes planted in the product, each to be found within 2,000 schedules'
	@echo 'make kills     300 kills of real processes in the middle of writes and rounds'
	@echo 'make hostile   ten million mutated inputs against the guard and the wire (ARGS="--seed 7" and so on)'
	@echo 'make fuzz      libFuzzer on every entry; needs the nightly compiler and cargo-fuzz'
	@echo 'make crash     killed at every system call, 10,000 power cuts, the disk failing at every write (ARGS="--kind power")'
	@echo 'make load      500 devices at one hub, a minute of work and a reconnect storm, without and with backups (ARGS="--devices 100")'
	@echo 'make bench     workload W1 against its gates, unsigned and signed (PROFILE=dev to build less)'
	@echo 'make photo-bench  12 and 48 megapixels to three copies, time and memory beside vipsthumbnail (ARGS="--json")'
	@echo 'make size      the phone'\''s library with and without SQLCipher, against its gates (half an hour)'
	@echo 'make store-bench  a device with 100,000 cases, asked what a screen asks, against its gates (CASES=1000 for less)'
	@echo 'make limit-bench  what a million time limits cost'
	@echo 'make import-bench a made-up city of the real size into an empty hub, and look-ups in it (PROFILE=dev to build less)'
	@echo 'make bench-linear  what a case costs at 1,000, 10,000 and 100,000 cases'

demo:
	cargo run --package xunge-server --bin xunge -- demo $(ARGS)

# The folder is one device: its store, its keys, its settings, and position.txt, where it says to be.
FIELD_APP ?= target/field-app
field-app:
	scripts/screens.sh --app $(FIELD_APP)

screens:
	scripts/screens.sh --keep

check:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo test --workspace --lib --bins
	cargo test --package xunge-tests --test tidy

# The oracles, the bindings and the screens are tried from Python, Kotlin and Swift before the Rust
# tests, so that the closing lines of those are the last ones. Android's jar comes beside the first builds: where that fails,
# scripts/screens.sh fetches it itself.
test:
	scripts/setup.sh $(TOOLS)
	@scripts/fetch-android.sh >/dev/null 2>&1 &
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	scripts/oracle.sh
	scripts/bindings-generated.sh
	scripts/mirror-follows.sh
	scripts/bindings-python.sh
	scripts/screens.sh
	scripts/swift.sh
	cargo test --workspace --locked

# Long runs of what `make test` does a little of; docs/reliability.md says what
# they check. A finding names its seed.
HISTORIES ?= 1000000
histories:
	XUNGE_HISTORIES=$(HISTORIES) cargo test --package xunge-documents --test histories -- --nocapture

simulate:
	cargo run --package xunge-tests --features testing --bin simulate -- --schedules 100000 $(ARGS)

simulate-on-files:
	cargo run --package xunge-tests --features testing --bin simulate -- --schedules 500 --on-files $(ARGS)

# The mistakes are compiled in by this feature alone, and planted one at a time.
mutants:
	cargo run --package xunge-tests --features testing --bin simulate -- --mutants --schedules 2000 $(ARGS)

kills:
	cargo run --package xunge-tests --bin kills -- --kills 300 $(ARGS)

# A twelfth of the inputs goes to photos and entries: ten million and more are left for the guard and the wire.
hostile:
	cargo run --package xunge-tests --bin hostile -- --inputs 11000000 $(ARGS)

FUZZ_TARGETS := guard plain columns frames photo entries
FUZZ_SECONDS := 60

fuzz:
	@cargo +nightly fuzz --version >/dev/null 2>&1 || { echo 'make fuzz needs the nightly compiler and cargo-fuzz:'; \
	  echo '  rustup toolchain install nightly && cargo install cargo-fuzz'; exit 1; }
	cp Cargo.lock tests/fuzz/Cargo.lock
	for target in $(FUZZ_TARGETS); do mkdir -p tests/fuzz/corpus/$$target && \
	  cargo +nightly fuzz run --fuzz-dir tests/fuzz $$target tests/fuzz/corpus/$$target tests/corpus/$$target -- \
	  -max_total_time=$(FUZZ_SECONDS) -timeout=5 -rss_limit_mb=2048 || exit 1; done

crash:
	cargo run --package xunge-tests --bin crash -- $(ARGS)

# Figures are taken in the profile the product is released with; docs/performance.md holds them.
PROFILE := release
BINARIES = target/$(if $(filter dev,$(PROFILE)),debug,$(PROFILE))

load:
	cargo build --workspace --locked --profile $(PROFILE)
	$(BINARIES)/load $(ARGS)
	$(BINARIES)/load --backup $(ARGS)

# Without signatures the hub is the bench's own binary, because the product has no such switch. The gates are set for
# that; the signed run beside it shows what signatures cost.
bench:
	cargo build --package xunge-tests --features testing --locked --profile $(PROFILE) --bin sync-bench
	$(BINARIES)/sync-bench --unsigned --gates $(ARGS); unsigned=$$?; \
	  cargo build --workspace --locked --profile $(PROFILE) && \
	  { $(BINARIES)/sync-bench --gates $(ARGS); exit $$unsigned; }

bench-linear:
	cargo build --workspace --locked --profile $(PROFILE)
	$(BINARIES)/sync-bench --cases 1000,10000,100000 $(ARGS)

photo-bench:
	cargo build --package xunge-tests --bin photo-bench --locked --profile $(PROFILE)
	$(BINARIES)/photo-bench $(ARGS)

size:
	scripts/size.sh

CASES := 100000

store-bench:
	cargo build --workspace --locked --profile $(PROFILE)
	$(BINARIES)/store-bench --cases $(CASES) --gates $(ARGS)

limit-bench:
	cargo bench --package xunge-domain --bench limits --locked --profile $(PROFILE)

import-bench:
	cargo build --workspace --locked --profile $(PROFILE)
	$(BINARIES)/import-bench $(ARGS)
