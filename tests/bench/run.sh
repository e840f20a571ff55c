#!/bin/sh
# Builds the release preset with its benchmarks, runs ours and the peers beside them, and prints tables. No test depends on a timing.
#   tests/bench/run.sh [--json|--layers] [SECONDS-A-BENCHMARK]
# --json: a line of JSON for each figure instead, with its peer and their ratio. --layers: instead, the share of each layer in the processor time of a
# call (needs perf). COMPLAINT_BENCH_CASES=100000 leaves out the register of a million cases, which takes minutes and 6 GB.
set -eu
form=--tables
case "${1-}" in --json|--layers) form=$1; shift ;; esac
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/../.."
sh cmake/install-packages.sh build bench
build=build/release
export COMPLAINT_COMMAND="$PWD/$build/complaint"
{
  cmake --preset release
  cmake --build "$build" -j2 --target complaint complaint_command bench
} >"${TMPDIR:-/tmp}/complaint-bench.log" 2>&1 || { tail -n 30 "${TMPDIR:-/tmp}/complaint-bench.log"; exit 1; }
[ "$form" != --layers ] || exec /usr/bin/python3 tests/bench/layers.py "$build"
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
for program in "$build"/tests/bench/bench_*; do
  [ -x "$program" ] && [ -f "$program" ] || continue
  "$program" --benchmark_min_time="${1:-0.2}" --benchmark_format=json >"$results/$(basename "$program").json" 2>/dev/null
done
/usr/bin/python3 tests/bench/bench_calendar_numpy.py "$build/complaint" >"$results/numpy.txt"
/usr/bin/python3 tests/bench/table.py "$form" "$results"
