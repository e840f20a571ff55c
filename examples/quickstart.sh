#!/bin/sh
# Installs what is missing from Debian, builds, replays a fiscal year of a page's inbox at the complaint desk, and says what happened and where
# the files lie. Again: it starts from a fresh build/quickstart/.
set -eu
exec </dev/null
export LC_ALL=C.UTF-8
unset COMPLAINT_DB COMPLAINT_POLICY COMPLAINT_CALENDAR
cd "$(dirname "$0")/.."
build="$PWD/build"
mkdir -p "$build"

# quietly STEP COMMAND...: runs it, and shows the end of its log only when it fails
quietly() {
  echo "$1"
  shift
  "$@" >"$build/quickstart.log" 2>&1 || {
    tail -n 30 "$build/quickstart.log"
    echo "quickstart: $* failed; the whole log is build/quickstart.log" >&2
    exit 1
  }
}

install_packages() {
  sh cmake/install-packages.sh build
  [ -x /usr/bin/python3 ] || install_python
}

# The replay below is the only thing here that needs it.
install_python() {
  as_root=
  [ "$(id -u)" = 0 ] || as_root=sudo
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install python3
}

build_command() {
  tests=
  pkg-config --exists cmocka || tests=-DCOMPLAINT_TESTS=OFF
  # shellcheck disable=SC2086
  cmake --preset release $tests
  cmake --build --preset release --target complaint_command -j2
}

quietly "1/3 packages" install_packages
quietly "2/3 build" build_command
echo "3/3 replay of a year"
/usr/bin/python3 examples/replay.py build/release/complaint examples/data/inbox_export examples/data/inbox_labels.tsv build/quickstart
