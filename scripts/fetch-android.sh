#!/usr/bin/env bash
# Fetches the code of Android that android/platform is compiled against and tested on (185 MB) into Maven's repository.
set -euo pipefail
cd "$(dirname "$0")/.."
version=$(sed -n 's|.*<android.version>\(.*\)</android.version>.*|\1|p' android/platform/pom.xml)
mvn --batch-mode --no-transfer-progress --quiet \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get -Dtransitive=false "-Dartifact=org.robolectric:android-all:$version"
