#!/usr/bin/env bash
# Tries the phone's bindings from Kotlin on the JVM: builds the library, the generator and the hub, generates the
# Kotlin side into android/core-bindings/target and runs the tests there against a real hub on loopback.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh cc java maven

built=${CARGO_TARGET_DIR:-target}/debug
# The whole workspace, because a selection of crates turns on other features and so builds the dependencies anew.
cargo build --workspace --locked
# Maven runs elsewhere.
built=$(cd "$built" && pwd)

case $(uname -s) in
    Darwin) library=libxunge_mobile.dylib ;;
    *) library=libxunge_mobile.so ;;
esac
generated=android/core-bindings/target/generated-sources/uniffi
rm -rf "$generated"
mkdir -p "$generated"
"$built/xunge-bindgen" "$built/$library" kotlin "$generated"

mvn --batch-mode --no-transfer-progress -Dstyle.color=never --quiet --file android/pom.xml "-Dxunge.built=$built" test
cat android/core-bindings/target/surefire-reports/*.txt
