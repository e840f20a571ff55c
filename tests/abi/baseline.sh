#!/bin/sh
# The library against the committed baseline of its binary interface.
exec sh "$COMPLAINT_SOURCE/lib/tools/abi_baseline.sh" check "$COMPLAINT_LIBRARY"
