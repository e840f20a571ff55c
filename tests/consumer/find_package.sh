#!/bin/sh
# find_package: C and C++, shared library and archive, from a moved prefix; and the version is checked.
. "$COMPLAINT_SOURCE/tests/consumer/common.inc"
build="$stage/find_package"
rm -rf "$build"
build_cmake "$here/find_package" "$build" -DCMAKE_PREFIX_PATH="$prefix"
for program in shared_c shared_cc static_c static_cc with_kit; do "$build/$program"; done
if ldd "$build/static_c" | grep libcomplaint; then
  echo "the static program loads the shared library"
  exit 1
fi
