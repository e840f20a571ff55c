#!/bin/sh
# Files written by tools are committed; each tool says whether they are what it would write now.
set -u
cd "$COMPLAINT_SOURCE" || exit 1
failed=0
for tool in make_status make_events make_map; do
  /usr/bin/python3 "lib/tools/$tool.py" --check || { echo "lib/tools/$tool.py --check failed"; failed=1; }
done
exit $failed
