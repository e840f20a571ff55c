#!/bin/sh
# The source tree inside another project: targets under the same names, and nothing of ours leaks into the host's project.
. "$COMPLAINT_SOURCE/tests/consumer/common.inc"
build="$stage/add_subdirectory"
build_cmake "$here/add_subdirectory" "$build"
for program in shared_c shared_cc static_c; do "$build/$program"; done
if "$COMPLAINT_CMAKE" --install "$build" --prefix "$build/prefix" | grep complaint; then
  echo "a host's install lays down our files unasked"
  exit 1
fi
