#!/usr/bin/env bash
# Runs everything that is written in Kotlin: builds the library and the hub, takes the Kotlin side of the bindings from
# mobile-bindings/generated, and tries bindings, screens and the app over the real core against a real hub on loopback.
#
# scripts/screens.sh            all tests, with those of the phone's side over Android's own code (185 MB, fetched once)
# scripts/screens.sh --keep     those of the screens, and keeps their pictures in docs/screens
# scripts/screens.sh --app DIR  opens the app in a window, with its data in DIR
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh cc java maven screens

keep=no app=
case ${1-} in
    '') ;;
    --keep) keep=yes ;;
    --app) app=${2:?"screens: --app needs a folder for its data"} ;;
    *)
        echo "screens: unknown argument '$1'; see the first lines of $0" >&2
        exit 2
        ;;
esac

built=${CARGO_TARGET_DIR:-target}/debug
# The whole workspace, as `make test` builds it, because a selection of crates turns on other features and so builds the dependencies anew.
cargo build --workspace --locked
# Maven runs elsewhere.
built=$(cd "$built" && pwd)

# The generated Kotlin is checked in: what is not what the library says does not get further.
scripts/bindings-generated.sh
generated=android/core-bindings/target/generated-sources/uniffi
rm -rf "$generated"
mkdir -p "$generated"
cp -R mobile-bindings/generated/kotlin/. "$generated/"

maven=(mvn --batch-mode --no-transfer-progress -Dstyle.color=never --quiet --file android/pom.xml "-Dxunge.built=$built")
export MAVEN_OPTS=${MAVEN_OPTS:--Xmx1g}

if [ -n "$app" ]; then
    mkdir -p "$app"
    app=$(cd "$app" && pwd)
    scripts/setup.sh window
    "${maven[@]}" compile dependency:build-classpath -Dmdep.outputFile=target/classpath
    exec java "-Djna.library.path=$built" -cp "android/desktop/target/classes:$(cat android/desktop/target/classpath)" \
        xunge.desktop.MainKt "$app"
fi

if [ "$keep" = yes ]; then
    rm -f docs/screens/*.png
    maven+=(-Dxunge.pictures=../../docs/screens)
else
    maven+=(--activate-profiles phone)
fi
"${maven[@]}" test
cat android/*/target/surefire-reports/*.txt
[ "$keep" = no ] || echo "screens: the pictures are in docs/screens: look at each before they are committed"
