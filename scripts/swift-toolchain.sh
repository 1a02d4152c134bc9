#!/usr/bin/env bash
# Swift 6 for Linux, in a folder of its own and of no concern to the system: Debian trixie's packages, unpacked.
#
# scripts/swift-toolchain.sh               fetches and unpacks it, where it is not there (540 MB to fetch, 2 GB on disk)
# scripts/swift-toolchain.sh run COMMAND…  runs a command in it
# scripts/swift-toolchain.sh where         says where the repository and the build folder are for that command
#
# A Swift 6 that is installed (a Mac with Xcode 16, swift.org) is taken instead, and `run` then runs in place.
set -euo pipefail
cd "$(dirname "$0")/.."

mkdir -p "${CARGO_TARGET_DIR:-target}"
target=$(cd "${CARGO_TARGET_DIR:-target}" && pwd)
folder=$target/swift-toolchain
root=$folder/root
# Named by what it is made of, so that a change of the list unpacks anew. libc6-dev and libstdc++ are what Foundation's C is
# compiled against, and only recommended by the others.
packages=(swiftlang libc6-dev libstdc++-14-dev)
stamp="trixie ${packages[*]}"

# Who is not root is root in a namespace of its own.
as_root=()
[ "$(id -u)" = 0 ] || as_root=(--map-root-user)

has_own_swift() {
    command -v swift >/dev/null || return 1
    swift --version 2>/dev/null | grep -Eq 'Swift version ([6-9]|[1-9][0-9])\.'
}

install() {
    [ "$(cat "$folder/stamp" 2>/dev/null)" != "$stamp" ] || return 0
    if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null || ! command -v unshare >/dev/null; then
        echo "swift-toolchain: no Swift 6 here, and no Debian to take one from: see swift.org" >&2
        return 1
    fi
    if ! unshare ${as_root[@]+"${as_root[@]}"} --mount true 2>/dev/null; then
        echo "swift-toolchain: no Swift 6 here, and one of Debian needs a mount namespace, which this machine does not give" >&2
        return 1
    fi
    echo "swift-toolchain: fetching Swift 6 (540 MB) into $folder"
    rm -rf "$folder"
    mkdir -p "$folder/apt/lists/partial" "$folder/apt/archives/partial" "$root"
    : > "$folder/apt/status"
    # From where this machine takes its own packages.
    local mirror
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -E '/debian/?$' | head -n 1 || true)
    if [ -z "$mirror" ]; then
        echo "swift-toolchain: no Swift 6 here, and none of this machine's package sources is a mirror of Debian's: see swift.org" >&2
        return 1
    fi
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" > "$folder/apt/sources.list"
    # An apt of its own: it knows no package that is installed here, and changes none.
    local apt=(
        -q -o "Dir::Etc::sourcelist=$folder/apt/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State=$folder/apt"
        -o "Dir::State::status=$folder/apt/status" -o "Dir::Cache=$folder/apt" -o "APT::Sandbox::User=$(id -un)"
        -o APT::Install-Recommends=false -o Acquire::Languages=none -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false
        -o Acquire::Retries=3
    )
    apt-get "${apt[@]}" update
    apt-get "${apt[@]}" install -y --download-only "${packages[@]}" > "$folder/apt/log" || { tail -n 20 "$folder/apt/log"; return 1; }
    mkdir -p "$root/usr/bin" "$root/usr/sbin" "$root/usr/lib" "$root/usr/lib64"
    for name in bin sbin lib lib64; do ln -s "usr/$name" "$root/$name"; done
    # Debuggers, the server of editors and what links without shared libraries: half of it, and not used here.
    local package
    for package in "$folder"/apt/archives/*.deb; do
        dpkg-deb --fsys-tarfile "$package" | tar -x -C "$root" --keep-directory-symlink --no-same-owner \
            --exclude='*/swift_static' --exclude='*/lldb*' --exclude='*/liblldb*' --exclude='*/clangd' \
            --exclude='*/sourcekit-lsp' --exclude='*/docc' --exclude='*/share/doc' --exclude='*/share/man'
    done
    mkdir -p "$root/proc" "$root/dev" "$root/tmp" "$root/xunge" "$root/target"
    rm -rf "$folder/apt"
    echo "$stamp" > "$folder/stamp"
}

# Mounts are this command's own and go with it.
run_inside() {
    exec unshare ${as_root[@]+"${as_root[@]}"} --mount --fork bash -c '
        set -e
        root=$1 repository=$2 target=$3
        shift 3
        mount --rbind /proc "$root/proc"
        mount --rbind /dev "$root/dev"
        mount --bind "$repository" "$root/xunge"
        mount --bind "$target" "$root/target"
        mount -t tmpfs tmpfs "$root/tmp"
        chroot=$(PATH=$PATH:/usr/sbin:/sbin command -v chroot)
        exec env -i PATH=/usr/libexec/swift/bin:/usr/bin:/bin HOME=/tmp LANG=C.UTF-8 XUNGE_HUB=/target/debug/xunge \
            "$chroot" "$root" "$@"
    ' bash "$root" "$PWD" "$target" "$@"
}

own=no
has_own_swift && own=yes
[ "$own" = yes ] || install
case ${1-} in
    '') ;;
    where)
        if [ "$own" = yes ]; then printf '%s\n' "$PWD" "$target"; else printf '%s\n' /xunge /target; fi
        ;;
    run)
        shift
        if [ "$own" = yes ]; then XUNGE_HUB=$target/debug/xunge exec "$@"; else run_inside "$@"; fi
        ;;
    *)
        echo "swift-toolchain: unknown argument '$1'; see the first lines of $0" >&2
        exit 2
        ;;
esac
