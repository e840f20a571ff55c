"""Library, kit and examples also compile without a warning under clang (the build itself is gcc's)."""
import pathlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parents[2]
FLAGS = "-std=c11 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -fsyntax-only".split()
POSIX = "-D_POSIX_C_SOURCE=200809L"
XSI = "-D_XOPEN_SOURCE=700"


def options(source):
    path = source.relative_to(ROOT).as_posix()
    if path.startswith("lib/store/"):
        return ["-Iinclude", "-DCOMPLAINT_BUILDING", POSIX]
    if path.startswith("lib/"):
        return ["-Iinclude", "-Ilib", "-DCOMPLAINT_BUILDING"]
    return ["-Iinclude", XSI] if path.startswith("examples/") else ["-Iinclude"]


def check(source):
    run = subprocess.run(["clang", *FLAGS, *options(source), source], cwd=ROOT, capture_output=True, text=True)
    return run.stderr or f"{source}: failed\n" if run.returncode else ""


sources = sorted(p for top in ("lib", "kit", "examples") for p in (ROOT / top).rglob("*.c"))
with ThreadPoolExecutor(2) as pool:
    faults = [fault for fault in pool.map(check, sources) if fault]
if len(sources) < 10:
    faults.append("hardly any source was found")
print("\n".join(faults) or f"{len(sources)} files")
sys.exit(bool(faults))
