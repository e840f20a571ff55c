#!/bin/sh
# abi_baseline.sh write|check: writes the baseline of the binary interface, or compares the library of the dev preset with it.
set -eu
cd "$(dirname "$0")/../.."
sh cmake/install-packages.sh build test abi
cmake --preset dev >/dev/null
cmake --build --preset dev -j2 --target complaint >/dev/null
library=build/dev/libcomplaint.so.0
baseline=lib/abi/complaint.abi
case "${1-}" in
  write) abidw --headers-dir include --no-comp-dir-path --no-corpus-path --out-file "$baseline" "$library" ;;
  check) abidiff --headers-dir2 include "$baseline" "$library" ;;
  *) echo "usage: abi_baseline.sh write|check" >&2; exit 2 ;;
esac
