#!/usr/bin/env bash
# Makes the oracles of working time again and compares them with the files that the Rust tests compare the product with:
# limits and clocks counted minute by minute, and the days of PyPI's chinesecalendar. `--write` writes them instead.
set -euo pipefail
cd "$(dirname "$0")/.."

oracle=core/domain/tests/oracle
environment=${CARGO_TARGET_DIR:-target}/oracle-python
if ! cmp -s "$oracle/requirements.txt" "$environment/requirements.txt"; then
    rm -rf "$environment"
    python3 -m venv "$environment"
    "$environment/bin/pip" install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
        --requirement "$oracle/requirements.txt"
    cp "$oracle/requirements.txt" "$environment/"
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export PYTHONDONTWRITEBYTECODE=1
python3 "$oracle/limits.py" > "$folder/limits.csv"
python3 "$oracle/clocks.py" > "$folder/clocks.csv"
"$environment/bin/python" "$oracle/days.py" > "$folder/days.csv"

for file in limits.csv clocks.csv days.csv; do
    if [ "${1:-}" = --write ]; then
        cp "$folder/$file" "$oracle/$file"
    elif ! diff -u "$oracle/$file" "$folder/$file" > "$folder/difference"; then
        head -n 20 "$folder/difference"
        echo "oracle: $file is not what its script writes; scripts/oracle.sh --write makes it anew" >&2
        exit 1
    fi
    echo "oracle: $file, $(($(wc -l < "$oracle/$file") - 1)) rows"
done
