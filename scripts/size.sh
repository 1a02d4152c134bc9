#!/usr/bin/env bash
# How large the phone's library is (profile `mobile`, on this machine's processor), with SQLCipher and without it, against
# the gates of docs/performance.md. Link-time optimisation of everything: a quarter of an hour on two cores, twice.
set -euo pipefail
cd "$(dirname "$0")/.."

encrypted_max=9000000 # bytes
plain_max=5000000

mkdir -p "${CARGO_TARGET_DIR:-target}"
target=$(cd "${CARGO_TARGET_DIR:-target}" && pwd)
case $(uname -s) in
    Darwin) library=libxunge_mobile.dylib ;;
    *) library=libxunge_mobile.so ;;
esac

bytes_of() {
    wc -c < "$target/mobile/$library" | tr -d ' '
}

CARGO_TARGET_DIR=$target cargo build --profile mobile --package xunge-mobile --locked
encrypted=$(bytes_of)

# Without SQLCipher only in a copy: the product is never built so.
copy=$target/size-plain
rm -rf "$copy"
mkdir -p "$copy"
git -c safe.directory='*' ls-files -z | tar -c --null --files-from - | tar -x -m -C "$copy"
perl -pi -e 's/"bundled-sqlcipher"/"bundled"/' "$copy/Cargo.toml"
grep -q '^rusqlite.*"bundled",' "$copy/Cargo.toml" || {
    echo "size: Cargo.toml asks for rusqlite in another way than this script knows" >&2
    exit 1
}
(cd "$copy" && CARGO_TARGET_DIR=$target cargo build --profile mobile --package xunge-mobile --offline)
plain=$(bytes_of)

ended=0
report() {
    local verdict=fits
    if [ "$2" -gt "$3" ]; then verdict='too large' ended=1; fi
    printf 'size: %-17s %9d bytes, at most %9d: %s\n' "$1" "$2" "$3" "$verdict"
}
report 'with SQLCipher' "$encrypted" "$encrypted_max"
report 'without SQLCipher' "$plain" "$plain_max"
exit "$ended"
