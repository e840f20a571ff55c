#!/bin/sh
# Installs what is missing, builds with sanitizers, runs every test. The last line is `N passed, N failed`.
#   tests/run.sh              everything but the tests labelled long; the fuzz corpora also with clang
#   tests/run.sh --all        those too, the thread tests under ThreadSanitizer; optimised as a release is, the unit tests, and scenarios and faults under valgrind
#   tests/run.sh --coverage   instead: what the unit, scenario and fault tests run of lib/; fails below the limits of coverage.cfg
set -u
exec </dev/null
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.." || exit 1

case "${1-}" in
  '' | --all | --coverage) mode="${1-}" ;;
  *) echo "usage: tests/run.sh [--all | --coverage]" >&2; exit 2 ;;
esac
passed=0
failed=0
finish() {
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
  exit
}

# run_preset PRESET CTEST-OPTION...: builds and tests one preset and adds to the totals
run_preset() {
  preset="$1"
  shift
  echo "== $preset"
  if ! cmake --preset "$preset" || ! cmake --build --preset "$preset" -j2; then
    echo "$preset: the build failed"
    failed=$((failed + 1))
    finish
  fi
  report="$PWD/build/$preset.xml"
  rm -f "$report"
  ctest --test-dir "build/$preset" -j2 --output-on-failure --no-tests=error --output-junit "$report" "$@"
  tests=$(count tests) failures=$(($(count failures) + $(count disabled) + $(count skipped)))
  passed=$((passed + tests - failures))
  failed=$((failed + failures))
  [ "$tests" -gt 0 ] || failed=$((failed + 1))
}

# count ATTRIBUTE: of the report's first element; a test that could not run is no test that passed
count() {
  n=$(sed -n "1,/>/s/.*[[:space:]]$1=\"\([0-9]*\)\".*/\1/p" "$report" 2>/dev/null | head -n 1)
  echo "${n:-0}"
}

# count_lines: file by file, the least covered branches first, and the whole; the pages of build/coverage/report show each line
count_lines() {
  rm -rf build/coverage/report
  mkdir -p build/coverage/report
  gcovr --config tests/coverage.cfg --csv build/coverage/report/files.csv --html-details build/coverage/report/index.html --print-summary build/coverage \
    >build/coverage/report/summary.txt
  met=$?
  echo "   lines     not  branches    not"
  sed 1d build/coverage/report/files.csv | awk -F, '{ printf "%7.1f%% %7d %8.1f%% %6d  %s\n", 100 * $4, $2 - $3, 100 * $7, $5 - $6, $1 }' | sort -k 4nr -k 5
  grep -E '^(lines|branches)' build/coverage/report/summary.txt
  [ "$met" = 0 ] || { echo "coverage is below the limits of tests/coverage.cfg"; failed=$((failed + 1)); }
}

mkdir -p build
groups="build test"
[ -z "$mode" ] || groups="$groups long"
# shellcheck disable=SC2086
sh cmake/install-packages.sh $groups || { echo "packages are missing"; failed=1; finish; }
case "$mode" in
  --all)
    run_preset asan
    run_preset clang -L '^fuzz$'
    run_preset tsan -L '^tsan$'
    run_preset optimised -L '^(unit|memcheck)$'
    ;;
  --coverage)
    find build/coverage -name '*.gcda' -delete 2>/dev/null # what an earlier run counted
    run_preset coverage -L '^(unit|scenario|fault)$' -LE '^long$'
    count_lines
    ;;
  *)
    run_preset asan -LE '^long$'
    run_preset clang -L '^fuzz$'
    ;;
esac
finish
