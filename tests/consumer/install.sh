#!/bin/sh
# Installs, moves the whole prefix to a place with a space in its name, and looks that everything is there.
. "$COMPLAINT_SOURCE/tests/consumer/common.inc"
rm -rf "$stage/first" "$prefix"
mkdir -p "$stage"
"$COMPLAINT_CMAKE" --install "$COMPLAINT_BUILD" --prefix "$stage/first" >"$stage/install.log"
mv "$stage/first" "$prefix"

must() { [ -e "$prefix/$1" ] || { echo "not installed: $1"; missing=1; }; }
missing=0
(cd "$COMPLAINT_SOURCE/include" && find . -name '*.h') | sort >"$stage/headers"
while read -r header; do must "include/$header"; done <"$stage/headers"
lib=$(dirname "$(cd "$prefix" && find . -name 'libcomplaint.so.0')")
for file in libcomplaint.so libcomplaint.so.0 libcomplaint.a libcomplaint_conformance.a pkgconfig/complaint.pc cmake/complaint/complaint-config.cmake; do
  must "$lib/$file"
done
for file in bin/complaint share/man/man1/complaint.1; do must "$file"; done
[ $missing = 0 ] || exit 1
readelf -d "$prefix/$lib/libcomplaint.so" | grep -q 'SONAME.*\[libcomplaint\.so\.0\]' || { echo "wrong soname"; exit 1; }
ldd "$prefix/bin/complaint" | grep -q "=> $prefix/.*libcomplaint.so.0" || { echo "bin/complaint does not find its library"; exit 1; }
