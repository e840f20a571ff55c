#!/usr/bin/python3
"""Rewrites lib/abi/complaint.map from the public headers.

A symbol stays in the version node where it first appeared; a new one goes to the node of the current version. Symbols of
conformance.h live in the kit's archive and are in no map. `--check` writes nothing and fails when the map is out of date.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
MAP = ROOT / "lib/abi/complaint.map"
KIT = "complaint/conformance.h"


def without_comments(text):
    return re.sub(r"/\*.*?\*/|//[^\n]*", " ", text, flags=re.S)


def public_headers(root=ROOT):
    include = root / "include"
    return sorted(p.relative_to(include).as_posix() for p in include.rglob("*.h"))


def declared(headers, root=ROOT):
    """The functions declared COMPLAINT_API, with the header each is in."""
    found = {}
    for header in headers:
        text = without_comments((root / "include" / header).read_text(encoding="utf-8"))
        text = re.sub(r"^\s*#.*$", "", text, flags=re.M)
        for name in re.findall(r"\bCOMPLAINT_(?:KIT_)?API\b[^;{]*?\b(\w+)\s*\(", text):
            found[name] = header
    return found


def library_symbols(root=ROOT):
    return declared([h for h in public_headers(root) if h != KIT], root)


def read_map(text):
    """[(node, [symbols])] in the order of the file."""
    nodes = []
    for name, body in re.findall(r"(\w[\w.]*)\s*\{(.*?)\}", without_comments(text), flags=re.S):
        body = body.partition("local:")[0].replace("global:", "")
        nodes.append((name, re.findall(r"\w+", body)))
    return nodes


def current_node():
    text = (ROOT / "include/complaint/version.h").read_text(encoding="utf-8")
    major, minor = (re.search(rf"COMPLAINT_VERSION_{part} (\d+)", text).group(1) for part in ("MAJOR", "MINOR"))
    return f"COMPLAINT_{major}.{minor}"


def write_map(nodes):
    parts = []
    for i, (name, symbols) in enumerate(nodes):
        lines = "".join(f"    {s};\n" for s in sorted(symbols))
        local = "  local:\n    *;\n" if i == 0 else ""
        parent = "" if i == 0 else f" {nodes[i - 1][0]}"
        parts.append(f"{name} {{\n  global:\n{lines}{local}}}{parent};\n")
    return "\n".join(parts)


def updated(text):
    symbols = set(library_symbols())
    nodes = [(name, [s for s in listed if s in symbols]) for name, listed in read_map(text)]
    known = {s for _, listed in nodes for s in listed}
    node = current_node()
    if node not in (name for name, _ in nodes):
        nodes.append((node, []))
    nodes = [(name, listed + sorted(symbols - known) if name == node else listed) for name, listed in nodes]
    return write_map([(name, listed) for name, listed in nodes if listed])


def main():
    old = MAP.read_text(encoding="utf-8") if MAP.exists() else ""
    new = updated(old)
    if new == old:
        return 0
    if "--check" in sys.argv[1:]:
        before, after = ({s for _, listed in read_map(t) for s in listed} for t in (old, new))
        print(f"{MAP.relative_to(ROOT)} is out of date; run python3 lib/tools/make_map.py")
        for name in sorted(after - before):
            print(f"  missing: {name}")
        for name in sorted(before - after):
            print(f"  declared nowhere: {name}")
        return 1
    MAP.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
