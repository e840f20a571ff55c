#!/bin/sh
# install-packages.sh GROUP...: installs those packages of the groups in packages.txt that are missing; asks apt for nothing else.
set -eu
list="$(dirname "$0")/packages.txt"
missing=
for group; do
  for package in $(sed -n "s/^$group //p" "$list"); do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
  done
done
[ -n "$missing" ] || exit 0

as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
echo "installing:$missing"
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update </dev/null
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install $missing </dev/null
