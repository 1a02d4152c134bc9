#!/usr/bin/env bash
# Tries the phone's bindings from Python: builds the library, the generator and the hub, generates the Python side
# into a temporary folder and runs mobile-bindings/tests/smoke.py against a real hub on loopback.
set -euo pipefail
cd "$(dirname "$0")/.."

built=${CARGO_TARGET_DIR:-target}/debug
# The whole workspace, because a selection of crates turns on other features and so builds the dependencies anew.
cargo build --workspace --locked

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/python" "$folder/work"

case $(uname -s) in
    Darwin) library=libxunge_mobile.dylib ;;
    *) library=libxunge_mobile.so ;;
esac
"$built/xunge-bindgen" "$built/$library" python "$folder/python"
# The generated module looks for the library beside itself.
cp "$built/$library" "$folder/python/"

PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$folder/python" \
    python3 mobile-bindings/tests/smoke.py "$built/xunge" "$folder/work"
