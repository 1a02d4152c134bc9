#!/usr/bin/env bash
# The core for phones: target/jniLibs/<abi>/libxunge_mobile.so for four ABIs in the profile `mobile`, pages of 16 KB, and the
# Kotlin side of its bindings in target/bindings. Called by Gradle. Needs ANDROID_NDK_HOME (NDK 28), cargo-ndk 4.1 and
#   rustup target add aarch64-linux-android armv7-linux-androideabi x86_64-linux-android i686-linux-android
#
# ABIS="arm64-v8a" native.sh    builds only these
set -euo pipefail
app=$(cd "$(dirname "$0")" && pwd)
cd "$app/../.."

command -v cargo-ndk >/dev/null || {
    echo "native: cargo-ndk is missing: cargo install cargo-ndk --version 4.1.2 --locked" >&2
    exit 1
}
: "${ANDROID_NDK_HOME:?"native: the folder of the NDK, for example ~/Android/Sdk/ndk/28.2.13676358"}"

# The generator reads the library of this machine: the stripped ones for phones have no names left.
cargo build --locked --package xunge-mobile --package xunge-bindgen
case $(uname -s) in
    Darwin) library=libxunge_mobile.dylib ;;
    *) library=libxunge_mobile.so ;;
esac
built=${CARGO_TARGET_DIR:-target}/debug
rm -rf "$app/target/bindings"
mkdir -p "$app/target/bindings"
"$built/xunge-bindgen" "$built/$library" kotlin "$app/target/bindings"

read -r -a abis <<<"${ABIS:-arm64-v8a armeabi-v7a x86_64 x86}"
targets=()
for abi in "${abis[@]}"; do targets+=(-t "$abi"); done
# Android 15 has phones with pages of 16 KB; they refuse a library that is laid out for 4.
export RUSTFLAGS="${RUSTFLAGS:-} -C link-arg=-Wl,-z,max-page-size=16384"
rm -rf "$app/target/jniLibs"
cargo ndk "${targets[@]}" --platform 26 -o "$app/target/jniLibs" build --locked --profile mobile --package xunge-mobile
for abi in "${abis[@]}"; do ls -l "$app/target/jniLibs/$abi/libxunge_mobile.so"; done
