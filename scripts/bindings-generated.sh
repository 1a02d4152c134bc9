#!/usr/bin/env bash
# The Kotlin and Swift under mobile-bindings/generated/ are what the library that was just built says: generates both anew
# and compares.
#
# scripts/bindings-generated.sh           compares; a difference fails
# scripts/bindings-generated.sh --update  writes what is generated instead
set -euo pipefail
cd "$(dirname "$0")/.."

update=no
case ${1-} in
    '') ;;
    --update) update=yes ;;
    *)
        echo "bindings-generated: unknown argument '$1'; see the first lines of $0" >&2
        exit 2
        ;;
esac

built=${CARGO_TARGET_DIR:-target}/debug
# The whole workspace, because a selection of crates turns on other features and so builds the dependencies anew.
cargo build --workspace --locked

case $(uname -s) in
    Darwin) library=libxunge_mobile.dylib ;;
    *) library=libxunge_mobile.so ;;
esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for language in kotlin swift; do
    mkdir "$folder/$language"
    "$built/xunge-bindgen" "$built/$library" "$language" "$folder/$language"
done
# The Swift package has a module map of its own, which says what to link.
rm "$folder"/swift/*.modulemap

generated=mobile-bindings/generated
if [ "$update" = yes ]; then
    rm -rf "$generated"
    mkdir -p "$generated"
    cp -R "$folder/kotlin" "$folder/swift" "$generated/"
    echo "bindings-generated: written to $generated"
elif ! diff -r -q "$generated" "$folder" >/dev/null; then
    { diff -r -u "$generated" "$folder" || true; } | head -n 40
    echo "bindings-generated: $generated is not what the core says; scripts/bindings-generated.sh --update writes it anew" >&2
    exit 1
else
    echo "bindings-generated: $generated is what the core says"
fi
