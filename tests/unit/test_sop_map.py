"""docs/sop-map.md: each clause of the two procedures has a rule and a test, nobody cites a clause that does not exist, and the page says so as the tree is now."""

import os
import pathlib
import subprocess
import sys

SOURCE = pathlib.Path(os.environ.get("COMPLAINT_SOURCE", pathlib.Path(__file__).resolve().parents[2]))

sys.exit(subprocess.run([sys.executable, SOURCE / "lib/tools/make_sop_map.py", "--check"], cwd=SOURCE, check=False).returncode)
