#!/usr/bin/env bash
# Shows that a field added to a record of the core breaks the build until its mirror in the bindings follows: adds one to a
# copy of the repository and wants the compiler to miss it in the mirror, and nowhere else. Nothing here is changed.
set -euo pipefail
cd "$(dirname "$0")/.."

record=core/field/src/tables/classes.rs # holds `ClassView` and the only place that makes one
mirror=mobile-bindings/src/mirror/classes.rs

# Always in the same place, so that a second run compiles little.
mkdir -p "${CARGO_TARGET_DIR:-target}"
target=$(cd "${CARGO_TARGET_DIR:-target}" && pwd)
copy=$target/mirror-follows
rm -rf "$copy"
mkdir -p "$copy"
git -c safe.directory='*' ls-files -z | tar -c --null --files-from - | tar -x -m -C "$copy"
cd "$copy"

# The other crates stay, empty: with them the dependencies are those that the lints have just compiled, not built anew for
# another selection of features.
: > sync-server/src/lib.rs
: > tests/src/lib.rs
perl -pi -e '
    s{^    pub self_handled: bool,$}{$&\n    /// Known to no mirror.\n    pub newcomer: bool,};
    s{^            self_handled: .*,$}{$&\n            newcomer: false,};
' "$record"
[ "$(grep -c newcomer "$record")" = 2 ] || {
    echo "mirror-follows: $record is not what this script knows; name another record in it" >&2
    exit 1
}

# A bench beside the libraries, because only then the dependencies of tests count, as they did for the lints.
said=$target/mirror-follows.txt
if CARGO_TARGET_DIR=$target cargo check --workspace --lib --bench limits --locked --color never > "$said" 2>&1; then
    echo "mirror-follows: a field was added to a mirrored record, and everything compiled" >&2
    exit 1
fi
errors=$(grep -c '^error\[' "$said" || true)
if ! grep -q 'missing field `newcomer` in initializer of `ClassView`' "$said" \
    || ! grep -q -- "--> $mirror" "$said" || [ "$errors" != 1 ]; then
    tail -n 40 "$said"
    echo "mirror-follows: the compiler says something else than that $mirror misses a field" >&2
    exit 1
fi
echo "mirror-follows: a field added to a record of the core does not compile until $mirror has it"
