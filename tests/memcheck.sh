#!/bin/sh
# memcheck.sh PROGRAM: runs a test under valgrind; it has failed when memory was misused or is lost. 77: valgrind is not installed.
# There is no list of suppressions: SQLite, libsodium, jansson and utf8proc need none.
command -v valgrind >/dev/null || { echo "valgrind is not installed: skipped (sh cmake/install-packages.sh long)"; exit 77; }
exec valgrind --quiet --error-exitcode=9 --leak-check=full --show-leak-kinds=definite,indirect,possible --errors-for-leak-kinds=definite,indirect,possible --num-callers=30 "$@"
