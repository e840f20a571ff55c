"""Public headers, version script and shared library name the same symbols, in both directions; the kit's archive has its own."""
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "lib/tools"))
import make_map


def nm(*arguments):
    out = subprocess.run(["nm", *arguments], check=True, capture_output=True, text=True).stdout
    return [line.split() for line in out.splitlines() if line.strip()]


def compare(left_name, left, right_name, right):
    faults = [f"in {left_name}, not in {right_name}: {s}" for s in sorted(set(left) - set(right))]
    return faults + [f"in {right_name}, not in {left_name}: {s}" for s in sorted(set(right) - set(left))]


def exported(library):
    """name → version node"""
    symbols = (fields[-1] for fields in nm("-D", "--defined-only", library) if fields[-2] != "A")
    return dict(re.split("@@?", s, maxsplit=1) if "@" in s else (s, "") for s in symbols)


def check_library(library):
    headers = make_map.library_symbols()
    in_map = {s: node for node, symbols in make_map.read_map(make_map.MAP.read_text()) for s in symbols}
    found = exported(library)
    faults = compare("headers", headers, "map", in_map)
    faults += compare("headers", headers, "library", found)
    faults += [f"{s}: map says {in_map[s]}, library says {found[s]}" for s in sorted(set(in_map) & set(found)) if in_map[s] != found[s]]
    return faults


def check_archive(archive):
    """The archive's other names begin with cpl_; the version script would hide a forgotten declaration."""
    defined = {fields[-1] for fields in nm("--defined-only", "--extern-only", archive) if len(fields) == 3}
    public = {s for s in defined if s.startswith("complaint_")}
    return compare("headers", make_map.library_symbols(), "archive", public)


def check_kit(archive):
    declared = make_map.declared([make_map.KIT])
    defined = {fields[-1] for fields in nm("--defined-only", "--extern-only", archive) if len(fields) == 3}
    return [f"declared in {make_map.KIT}, not in the kit: {s}" for s in sorted(set(declared) - defined)]


faults = check_library(os.environ["COMPLAINT_LIBRARY"]) + check_archive(os.environ["COMPLAINT_ARCHIVE"])
if (ROOT / "include" / make_map.KIT).exists():
    faults += check_kit(os.environ["COMPLAINT_KIT"])
if len(make_map.library_symbols()) < 10:
    faults.append("hardly any declaration was found: the parser is broken")
print("\n".join(faults) or "headers, map and library agree")
if faults:
    print("after changing a public header: python3 lib/tools/make_map.py")
sys.exit(bool(faults))
