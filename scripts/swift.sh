#!/usr/bin/env bash
# Runs everything that is written in Swift and needs no kit of Apple's: compiles ios/ but for its screens under Swift 6, runs
# its tests over the library that cargo built and a real hub on loopback, and parses the screens. Needs 4 minutes the first
# time, most of it fetching the compiler (scripts/swift-toolchain.sh).
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh cc swift

# The whole workspace, because a selection of crates turns on other features and so builds the dependencies anew.
cargo build --workspace --locked
scripts/bindings-generated.sh

{ read -r repository; read -r target; } < <(scripts/swift-toolchain.sh where)

# Screens first: it takes seconds.
screens=()
while IFS= read -r file; do screens+=("$repository/$file"); done < <(find ios/Sources/XungeUi -name '*.swift' | sort)
scripts/swift-toolchain.sh run swiftc -swift-version 6 -parse "${screens[@]}" "$repository/ios/App/XungeApp.swift"
echo "swift: ${#screens[@]} files of screens parsed, none compiled: there is no SwiftUI here"

link=()
if [ "$(uname -s)" = Linux ]; then
    # Observation of 6.0 names a function that it does not bring; nobody calls it before a fatal error.
    link=(-Xlinker "-L$target/debug" -Xlinker "-rpath=$target/debug" -Xlinker --allow-shlib-undefined)
fi
said=$(mktemp)
trap 'rm -f "$said"' EXIT
ended=0
scripts/swift-toolchain.sh run swift test --package-path "$repository/ios" \
    --scratch-path "$target/swift-build" --explicit-target-dependency-import-check error ${link[@]+"${link[@]}"} \
    2>&1 | tee "$said" || ended=$?

# The last of XCTest's sums is that of everything.
sum=$(grep -E '^[[:space:]]*Executed [0-9]+ tests?, with [0-9]+ failures?' "$said" | tail -n 1 || true)
[ -n "$sum" ] || { echo "swift: no test was run" >&2; exit 1; }
read -r _ tests _ _ failures _ <<< "$sum"
echo "$((tests - failures)) passed, $failures failed"
exit "$ended"
