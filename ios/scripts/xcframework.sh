#!/usr/bin/env bash
# Makes ios/build/xunge_mobileFFI.xcframework: the core for phones, simulators and Macs, which ios/Package.swift takes.
#
# NEVER RUN YET: it needs a Mac with Xcode 16 and its command-line tools, and none has been at hand. Needs besides:
#   rustup target add aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios aarch64-apple-darwin
set -euo pipefail
cd "$(dirname "$0")/../.."

if ! command -v xcodebuild >/dev/null; then
    echo "xcframework: this needs a Mac with Xcode 16 or newer; it has never been run anywhere yet" >&2
    exit 1
fi

export IPHONEOS_DEPLOYMENT_TARGET=17.0 MACOSX_DEPLOYMENT_TARGET=14.0
for triple in aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios aarch64-apple-darwin; do
    cargo build --profile mobile --package xunge-mobile --target "$triple" --locked
done

built=${CARGO_TARGET_DIR:-target}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/headers" "$work/simulator"
cp mobile-bindings/generated/swift/xunge_mobileFFI.h "$work/headers/"
printf 'module xunge_mobileFFI {\n    header "xunge_mobileFFI.h"\n    export *\n}\n' > "$work/headers/module.modulemap"
# One library for simulators on both kinds of Macs.
lipo -create -output "$work/simulator/libxunge_mobile.a" \
    "$built/aarch64-apple-ios-sim/mobile/libxunge_mobile.a" "$built/x86_64-apple-ios/mobile/libxunge_mobile.a"

framework=ios/build/xunge_mobileFFI.xcframework
rm -rf "$framework"
mkdir -p ios/build
xcodebuild -create-xcframework -output "$framework" \
    -library "$built/aarch64-apple-ios/mobile/libxunge_mobile.a" -headers "$work/headers" \
    -library "$work/simulator/libxunge_mobile.a" -headers "$work/headers" \
    -library "$built/aarch64-apple-darwin/mobile/libxunge_mobile.a" -headers "$work/headers"
echo "xcframework: $framework"
