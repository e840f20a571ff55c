#!/bin/sh
# pkg-config, shared and --static, C and C++, from a moved prefix.
. "$COMPLAINT_SOURCE/tests/consumer/common.inc"
build="$stage/pkg_config"
rm -rf "$build"
mkdir -p "$build"
pc=$(find "$prefix" -name complaint.pc)
PKG_CONFIG_PATH=$(dirname "$pc")
export PKG_CONFIG_PATH
lib=$(dirname "$PKG_CONFIG_PATH")

# A host gets no flags of libraries that only the inside of libcomplaint uses, and links none that nothing uses.
case "$(pkg-config --cflags complaint) $(pkg-config --static --libs complaint)" in
*UTF8PROC_EXPORTS* | *icui18n*)
  echo "complaint.pc says too much: $(pkg-config --static --cflags --libs complaint)" >&2
  exit 1
  ;;
esac

# compile NAME COMPILER SOURCE WORDS: WORDS are pkg-config's, quoted as a shell reads them
compile() { eval "$2 $flags \"$here/$3\" -o \"$build/$1\" $4"; }
compile shared_c "$CC -std=c11" program.c "$(pkg-config --cflags --libs complaint)"
compile shared_cc "$CXX -std=c++17" program.cc "$(pkg-config --cflags --libs complaint)"
compile with_kit "$CC -std=c11 -DWITH_KIT" program.c "$(pkg-config --cflags --libs complaint-conformance)"
for program in shared_c shared_cc with_kit; do
  LD_LIBRARY_PATH="$lib" "$build/$program"
done
archive=$(pkg-config --static --cflags --libs complaint | sed 's/-lcomplaint/-l:libcomplaint.a/')
compile static_c "$CC -std=c11" program.c "$archive"
compile static_cc "$CXX -std=c++17" program.cc "$archive"
for program in static_c static_cc; do
  "$build/$program"
done
