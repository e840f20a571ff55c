#!/bin/sh
# abi_baseline.sh write: writes lib/abi/complaint.abi, what a compiled host may rely on: symbols, functions and the types that they take.
# abi_baseline.sh check [LIBRARY]: compares a library with it; without one, that of the dev preset, which is built. What was added is no fault.
# 77: it cannot be compared here, and why.
set -eu
baseline=lib/abi/complaint.abi

usage() {
  echo "usage: abi_baseline.sh write | check [LIBRARY]" >&2
  exit 2
}

skip() {
  echo "$1: skipped"
  exit 77
}

build() {
  sh cmake/install-packages.sh build test
  cmake --preset dev >/dev/null
  cmake --build --preset dev -j2 --target complaint >/dev/null
}

# dump LIBRARY FILE: no path of this machine stands in it
dump() {
  abidw --suppressions lib/abi/private.abignore --exported-interfaces-only --no-elf-needed --no-comp-dir-path --no-corpus-path --no-show-locs --no-parameter-names --out-file "$2" "$1"
  sed -i "s|path='$PWD/|path='|" "$2"
}

[ $# -ge 1 ] && [ $# -le 2 ] || usage
mode="$1" library=
[ $# = 1 ] || library="$(realpath "$2")"
cd "$(dirname "$0")/../.."
case "$mode${library:+ it}" in
  write | check)
    build
    library=build/dev/libcomplaint.so.0
    ;;
  'check it') ;;
  *) usage ;;
esac
command -v abidw >/dev/null || skip "abigail-tools are not installed"
[ "$(uname -m)" = x86_64 ] || skip "the baseline is that of x86_64"
readelf -S "$library" | grep -q '\.debug_info' || skip "$library has no debug information"
if [ "$mode" = write ]; then
  dump "$library" "$baseline"
  exit
fi
now=$(mktemp)
trap 'rm -f "$now"' EXIT
dump "$library" "$now"
abidiff --no-added-syms "$baseline" "$now" && exit
echo "the binary interface is not that of $baseline. If it is meant: lib/tools/abi_baseline.sh write, and a line in lib/abi/HISTORY"
exit 1
