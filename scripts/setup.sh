#!/usr/bin/env bash
# Sees to the tools that building and testing need: `scripts/setup.sh cc python3`.
# Installs what is missing where it may (root, with apt); says what is missing
# otherwise, and ends with 1. Where nothing is missing it changes nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
packages=()

# need COMMAND DEBIAN-PACKAGES... REASON
need() {
    local command=$1 reason=${*: -1}
    command -v "$command" >/dev/null && return
    missing+=("$command ($reason)")
    packages+=("${@:2:$#-2}")
}

# have_library NAME DEBIAN-PACKAGE REASON, on Linux
have_library() {
    [ "$(uname -s)" = Linux ] || return 0
    # Read to its end: a reader that stops early would fail the pipe.
    /sbin/ldconfig -p | grep -F "$1" >/dev/null && return
    missing+=("$1 ($3)")
    packages+=("$2")
}

need git git "the tidy test asks it for the tracked files"
for tool in "$@"; do
    case $tool in
        make) need make make "the commands of the README" ;;
        cc)
            need cc gcc libc6-dev "SQLCipher is compiled from C"
            need make make "jemalloc is built by it"
            need perl perl "scripts edit copies of files with it"
            ;;
        python3) need python3 python3 "the bindings are tried from Python" ;;
        venv)
            if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
                missing+=("python3's venv (the oracle of days is a package of PyPI)")
                packages+=(python3-venv)
            fi
            ;;
        java) need java default-jdk-headless "bindings and screens are Kotlin, on Java 17 or newer" ;;
        maven) need mvn maven "it builds what is Kotlin" ;;
        screens)
            have_library libGL.so.1 libgl1 "screens are drawn by Skia, which wants it even where it is not used"
            have_library libX11.so.6 libx11-6 "as libGL"
            have_library libfontconfig.so.1 libfontconfig1 "screens find their fonts with it"
            need fc-list fontconfig "screens are drawn with Chinese fonts"
            if [ "$(uname -s)" = Linux ] && ! { fc-list 2>/dev/null || true; } | grep -F 'Noto Sans CJK SC' >/dev/null; then
                missing+=("Noto Sans CJK (screens are drawn with it)")
                packages+=(fonts-noto-cjk)
            fi
            ;;
        window) have_library libXtst.so.6 default-jre "a window needs more of Java than its headless part" ;;
        swift) scripts/swift-toolchain.sh || missing+=("Swift 6 (ios/ is written in it; see swift.org)") ;;
        curl) need curl curl "the tour of the README acts for the desks with it" ;;
        chromium) need chromium chromium "pages are looked at in a browser" ;;
        *)
            echo "setup: unknown tool '$tool'; known: make, cc, curl, python3, venv, java, maven, screens, swift, window, chromium" >&2
            exit 2
            ;;
    esac
done

if [ ${#packages[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "setup: installing ${packages[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q
    apt-get install -q -y --no-install-recommends "${packages[@]}"
    missing=()
fi

if ! command -v cargo >/dev/null; then
    missing+=("cargo (Rust; see rust-lang.org)")
else
    wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
    found=$(rustc --version | cut -d' ' -f2)
    if [ "$(printf '%s\n' "$wanted" "$found" | sort -V | head -n 1)" != "$wanted" ]; then
        missing+=("Rust $wanted or newer (found $found)")
    fi
    for component in fmt clippy; do
        cargo "$component" --version >/dev/null 2>&1 \
            || { command -v rustup >/dev/null && rustup component add "${component/#fmt/rustfmt}"; } \
            || missing+=("cargo $component (rustup component add ${component/#fmt/rustfmt})")
    done
fi

if [ ${#missing[@]} -gt 0 ]; then
    echo "setup: missing here:" >&2
    printf '  - %s\n' "${missing[@]}" >&2
    [ ${#packages[@]} -eq 0 ] || echo "setup: on Debian: apt-get install ${packages[*]}" >&2
    exit 1
fi
