"""Who may include what (docs/internals/conventions.md): arrows between modules point downwards, each dependency belongs to one
module, hosts' code sees public headers only. Proves itself on planted violations first."""
import pathlib
import re
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODULES = "api intake desk paper report search view process policy classify calendar text record host base data".split()
OWNERS = {"jansson.h": "base", "utf8proc.h": "base", "sodium.h": "record", "sqlite3.h": "store/sqlite", "unicode/": "text", "xlsxwriter.h": "paper"}
# What is missing here has a reason: assert aborts, ctype and wchar read the locale, time asks the system, math is floating point.
CORE_C = "errno inttypes limits stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib string".split()
ALL_C = CORE_C + "assert complex ctype fenv float iso646 locale math setjmp signal stdnoreturn tgmath threads time uchar wchar wctype".split()
POSIX = ("store/sqlite", "examples")


def place(path):
    """The room a file belongs to: a module, store/NAME, kit, examples, public; None where anything goes."""
    parts = path.parts
    if parts[0] in ("kit", "examples"):
        return parts[0]
    if parts[0] == "include":
        return "public"
    if parts[0] == "lib" and parts[1] == "store":
        return "/".join(parts[1:3])
    return parts[1] if parts[0] == "lib" and parts[1] in MODULES else None


def dependency(name):
    return next((owner for header, owner in OWNERS.items() if name == header or header.endswith("/") and name.startswith(header)), None)


def judge_system(room, name):
    """Fault of `#include <name>` in a room, or None."""
    if name == "complaint.h" or name.startswith("complaint/"):
        if name == "complaint/conformance.h" and room not in ("kit", "examples", "public"):
            return "the conformance kit is not part of the library"
        return None
    owner = dependency(name)
    if owner:
        return None if owner == room else f"only {owner} includes it"
    stem = name.removesuffix(".h")
    if room == "public":
        return None if stem in ("stddef", "stdint") else "public headers include stddef.h, stdint.h and each other"
    if room in MODULES:
        return None if stem in CORE_C else "not allowed in the core"
    return None if stem in ALL_C or room in POSIX else "POSIX belongs to store/sqlite and examples"


def judge_quoted(root, path, room, name):
    """Fault of `#include "name"` in a file, or None."""
    if (root / path.parent / name).exists() and ".." not in name:
        return None if room != "public" else "public headers are included with <>"
    if room not in MODULES:
        return "sees public headers only"
    target, _, rest = name.partition("/")
    if target not in MODULES:
        return "is no module's header"
    if target == room:
        return None
    if MODULES.index(target) < MODULES.index(room):
        return f"{room} lies below {target}"
    return None if rest == f"{target}.h" else f"another module's header is {target}/{target}.h"


def faults(root):
    found, files = [], 0
    for path in sorted(p.relative_to(root) for top in ("lib", "kit", "examples", "include") for p in (root / top).rglob("*")):
        if path.suffix not in (".c", ".h", ".inc") or not (room := place(path)):
            continue
        files += 1
        for number, line in enumerate((root / path).read_text(encoding="utf-8").splitlines(), 1):
            match = re.match(r'\s*#\s*include\s*(?:<([^>]+)>|"([^"]+)")', line)
            if not match:
                continue
            system, quoted = match.groups()
            fault = judge_system(room, system) if system else judge_quoted(root, path, room, quoted)
            if fault:
                found.append(f"{path}:{number}: {system or quoted}: {fault}")
    return found, files


PLANTED = {
    "lib/base/up.c": '#include "record/record.h"',
    "lib/desk/json.c": "#include <jansson.h>",
    "lib/process/icu.c": "#include <unicode/ubrk.h>",
    "lib/calendar/clock.c": "#include <time.h>",
    "lib/report/posix.c": "#include <unistd.h>",
    "lib/desk/deep.c": '#include "record/secret.h"',
    "lib/store/memory/inside.c": '#include "base/base.h"',
    "lib/store/memory/posix.c": "#include <pthread.h>",
    "lib/store/sqlite/other.c": "#include <jansson.h>",
    "kit/inside.c": '#  include "base/base.h"',
    "examples/inside.c": '#include "../lib/base/base.h"',
    "include/complaint/leak.h": "#include <stdio.h>",
    "lib/api/kit.c": "#include <complaint/conformance.h>",
}
LAWFUL = {
    "lib/desk/desk.c": '#include "desk/desk.h"\n#include "record/record.h"\n#include "own.h"\n#include <complaint/desk.h>\n#include <string.h>',
    "lib/desk/own.h": "",
    "lib/base/json.c": "#include <jansson.h>",
    "lib/store/sqlite/store.c": "#include <complaint/host/store.h>\n#include <sqlite3.h>\n#include <unistd.h>",
    "examples/minimal.c": "#include <complaint.h>\n#include <unistd.h>",
}


def self_test():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in {**PLANTED, **LAWFUL}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text + "\n")
        found, _ = faults(root)
        caught = {line.split(":")[0] for line in found}
    return [f"planted violation not caught: {n}" for n in PLANTED if n not in caught] + [f"lawful include refused: {n}" for n in LAWFUL if n in caught]


wrong = self_test()
found, files = faults(ROOT)
wrong += found
if files < 10:
    wrong.append("hardly any file was read")
print("\n".join(wrong) or f"{files} files include what they may")
sys.exit(bool(wrong))
