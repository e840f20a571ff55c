"""Sizes and offsets of all public structs and values of all public constants against the committed list layout.golden.

The structs and constants are found in the headers, so nothing can be forgotten. `--update` appends what is new; a line that is
already there is changed by hand only, with its reason in lib/abi/HISTORY.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = pathlib.Path(__file__).with_name("layout.golden")
sys.path.insert(0, str(ROOT / "lib/tools"))
import make_map


def field_name(declaration):
    pointer = re.search(r"\(\s*(?:COMPLAINT_CALL\s*)?\*\s*(\w+)\s*\)\s*\(", declaration)
    return pointer.group(1) if pointer else re.search(r"(\w+)\s*(?:\[[^\]]*\]\s*)?$", declaration).group(1)


def questions(header):
    """C expressions whose values are the layout."""
    text = make_map.without_comments((ROOT / "include" / header).read_text())
    for name, body in re.findall(r"typedef struct (\w+)\s*\{(.*?)\}\s*\1\s*;", text, flags=re.S):
        yield f"sizeof({name})"
        for declaration in filter(None, (d.strip() for d in body.split(";"))):
            yield f"offsetof({name}, {field_name(declaration)})"
    for body in re.findall(r"\benum\b[^{;]*\{(.*?)\}", text, flags=re.S):
        for constant in re.findall(r"\b(COMPLAINT_\w+)\s*(?:=|,|$)", body.strip()):
            yield constant
    for macro in re.findall(r"^\s*#\s*define\s+(COMPLAINT_\w+)\s+(?=[-(0-9])", text, flags=re.M):
        if not macro.startswith("COMPLAINT_VERSION_"):
            yield macro


def measured():
    headers = [h for h in make_map.public_headers() if h != "complaint.h"]
    asked = list(dict.fromkeys(q for h in headers for q in questions(h)))
    lines = "".join(f"#include <{h}>\n" for h in headers) + "#include <stdio.h>\nint main(void) {\n"
    lines += "".join(f'    printf("%s %lld\\n", "{q}", (long long)({q}));\n' for q in asked) + "}\n"
    with tempfile.TemporaryDirectory() as folder:
        source, program = pathlib.Path(folder, "layout.c"), pathlib.Path(folder, "layout")
        source.write_text(lines)
        subprocess.run([os.environ.get("CC", "cc"), "-std=c11", f"-I{ROOT / 'include'}", source, "-o", program], check=True)
        return subprocess.run([program], check=True, capture_output=True, text=True).stdout.splitlines()


now = measured()
golden = [line for line in GOLDEN.read_text().splitlines() if line and not line.startswith("#")] if GOLDEN.exists() else []
known = {line.rsplit(" ", 1)[0] for line in golden}
new = [line for line in now if line.rsplit(" ", 1)[0] not in known]
if "--update" in sys.argv[1:]:
    with GOLDEN.open("a") as file:
        file.writelines(f"{line}\n" for line in new)
    golden, new = golden + new, []
faults = [f"promised, but not so any more: {line}" for line in golden if line not in now]
faults += [f"new: {line}   (python3 tests/abi/layout.py --update)" for line in new]
if "sizeof(complaint_value) 32" not in now:
    faults.append("complaint_value must have 32 bytes")
print("\n".join(faults) or f"{len(now)} sizes, offsets and values are as promised")
sys.exit(bool(faults))
