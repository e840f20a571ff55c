"""Each public header compiles alone, twice in a row, as C11 and as C++17, with every compiler; headers and calendar also for Windows.
The umbrella includes every header but the kit's. Signatures keep to the rules that bindings depend on."""
import pathlib
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "lib/tools"))
import make_map

WARNINGS = "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -fsyntax-only".split()
MINGW = "x86_64-w64-mingw32-gcc"
COMPILERS = [["gcc", "-xc", "-std=c11"], ["g++", "-xc++", "-std=c++17"], ["clang", "-xc", "-std=c11"], ["clang++", "-xc++", "-std=c++17"], [MINGW, "-xc", "-std=c11"]]
UMBRELLA = "complaint.h"


def compile_text(compiler, text, what):
    run = subprocess.run([*compiler, *WARNINGS, f"-I{ROOT / 'include'}", f"-I{ROOT / 'lib'}", "-"], input=text, capture_output=True, text=True)
    return [] if run.returncode == 0 else [f"{compiler[0]} {what}:\n{run.stderr}"]


def compile_headers(headers):
    jobs = [(c, f"#include <{h}>\n#include <{h}>\ntypedef int after_{i};\n", h) for i, h in enumerate(headers) for c in COMPILERS]
    everything = "".join(f"#include <{h}>\n" for h in headers)
    jobs += [(c, everything, "all headers together") for c in COMPILERS]
    with ThreadPoolExecutor(2) as pool:
        return [fault for faults in pool.map(lambda job: compile_text(*job), jobs) for fault in faults]


def compile_calendar():
    faults = []
    for source in sorted((ROOT / "lib/calendar").glob("*.c")):
        faults += compile_text([MINGW, "-xc", "-std=c11"], f'#include "{source}"\n', source.relative_to(ROOT))
    return faults


def reachable(header, seen):
    if header in seen or not (ROOT / "include" / header).exists():
        return
    seen.add(header)
    for name in re.findall(r"^\s*#\s*include\s*<(complaint[^>]*)>", (ROOT / "include" / header).read_text(), flags=re.M):
        reachable(name, seen)


def check_umbrella(headers):
    seen = set()
    reachable(UMBRELLA, seen)
    return [f"{UMBRELLA} does not include {h}" for h in headers if h not in seen and h != make_map.KIT]


def check_rules(header):
    """design.md, section 9."""
    text = make_map.without_comments((ROOT / "include" / header).read_text())
    code = re.sub(r"^\s*#.*$", "", text, flags=re.M)
    faults = [f"{header}: {word!r} in a public header" for word in (r"\.\.\.", r"\blong\b", r"\btime_t\b", r"\bssize_t\b", r"\bbool\b", r"\bdouble\b", r"\bfloat\b", r"\w\s*:\s*\d") if re.search(word, code)]
    for declaration in re.findall(r"\bCOMPLAINT_(?:KIT_)?API\b[^;{]*;", code):
        if "COMPLAINT_CALL" not in declaration:
            faults.append(f"{header}: without COMPLAINT_CALL: {' '.join(declaration.split())}")
    for pointer in re.findall(r"\(\s*(?:COMPLAINT_CALL\s*)?\*\s*\w+\s*\)\s*\(", code):
        if "COMPLAINT_CALL" not in pointer:
            faults.append(f"{header}: callback without COMPLAINT_CALL: {pointer}")
    for macro in re.findall(r"^\s*#\s*define\s+(\w+\([^)]*\))", text, flags=re.M):
        faults.append(f"{header}: macro with arguments: {macro}")
    for struct in re.findall(r"typedef struct (\w+)", code):
        for declaration in re.findall(rf"[(,]\s*(?:const\s+)?{struct}\s+\w+\s*[,)]|COMPLAINT_(?:KIT_)?API\s+(?:const\s+)?{struct}\s+COMPLAINT_CALL", code):
            faults.append(f"{header}: struct by value: {declaration}")
    return faults


headers = make_map.public_headers()
faults = compile_headers(headers) + compile_calendar()
faults += [fault for header in headers for fault in check_rules(header)]
if (ROOT / "include" / UMBRELLA).exists():
    faults += check_umbrella(headers)
if len(headers) < 10:
    faults.append("hardly any header was found")
print("\n".join(faults) or f"{len(headers)} headers compile alone with {len(COMPILERS)} compilers")
sys.exit(bool(faults))
