#!/bin/sh
# static_checks.sh [clang-tidy | cppcheck]: reads lib, kit and examples with the tool named, or with both. It has failed when there is a finding; 77: the tool is not installed.
# What they look for, and what not and why: .clang-tidy and lib/tools/cppcheck.txt. tests/CMakeLists.txt registers both under the label long.
set -u
cd "$(dirname "$0")/../.." || exit 1
posix=-D_POSIX_C_SOURCE=200809L
xsi=-D_XOPEN_SOURCE=700

need() {
  command -v "$1" >/dev/null && return
  echo "$1 is not installed: skipped (sh cmake/install-packages.sh long)"
  exit 77
}

# tidy FOLDER FLAG...: one file at a time; told of several, clang-tidy 14 mistakes the va_list of one for that of another
tidy() {
  folder="$1"
  shift
  find "$folder" -name '*.c' ! -path 'lib/tools/*' ! -path "${apart:-none}/*" | sort | xargs -P 2 -I FILE clang-tidy --quiet FILE -- -std=c11 -Iinclude "$@" 2>"$said" ||
    { grep -v '^[0-9]* warnings* generated\|^Suppressed\|^Use -header-filter' "$said"; failed=1; }
}

clang_tidy() {
  need clang-tidy
  said=$(mktemp)
  apart=lib/store tidy lib -Ilib -DCOMPLAINT_BUILDING
  tidy lib/store -DCOMPLAINT_BUILDING "$posix"
  tidy kit
  tidy examples "$xsi"
  rm -f "$said"
}

cpp_check() {
  need cppcheck
  cppcheck --quiet --std=c11 --enable=warning,performance,portability,style --inline-suppr --suppressions-list=lib/tools/cppcheck.txt --error-exitcode=1 -j 2 \
    -Iinclude -Ilib -DCOMPLAINT_BUILDING -ilib/tools lib kit examples || failed=1
}

failed=0
case "${1-}" in
  clang-tidy) clang_tidy ;;
  cppcheck) cpp_check ;;
  '') clang_tidy; cpp_check ;;
  *) echo "usage: static_checks.sh [clang-tidy | cppcheck]" >&2; exit 2 ;;
esac
exit "$failed"
