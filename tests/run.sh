#!/bin/sh
# Installs what is missing, builds with sanitizers, runs every test. The last line is `N passed, N failed`.
#   tests/run.sh          everything but the tests labelled long
#   tests/run.sh --all    those too, the thread tests under ThreadSanitizer, and the unit tests optimised as a release is
set -u
exec </dev/null
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.." || exit 1

case "${1-}" in
  '') all= ;;
  --all) all=yes ;;
  *) echo "usage: tests/run.sh [--all]" >&2; exit 2 ;;
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

mkdir -p build
sh cmake/install-packages.sh build test || { echo "packages are missing"; failed=1; finish; }
if [ -n "$all" ]; then
  run_preset asan
  run_preset tsan -L '^tsan$'
  run_preset optimised -L '^unit$'
else
  run_preset asan -LE '^long$'
fi
finish
