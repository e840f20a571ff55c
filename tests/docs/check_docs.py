#!/usr/bin/python3
"""Proves the documents: README.md and every page below docs/.

C blocks are compiled with -std=c11 -Wall -Wextra -Wpedantic -Werror against the library that was built.

    ```c run    a complete program: it is linked and run, and has to answer 0. An ```output block right behind it is what it prints.
    ```c file   definitions (callbacks, small functions); every later block of the page may use them.
    ```c        statements, put into the body of `complaint_status block(void)` with what USUAL declares at hand. A block that does not end
                with a return gets `return COMPLAINT_OK;`.

A ```console block of README.md whose first command begins with `$ complaint` is a session. All sessions of the page run in one empty folder, in one
shell, one after the other. What follows a command is what it prints, on either stream; a line `...` stands for any number of lines, and a number of
18 or 19 digits, which is an id and differs each time, for any other. Every command has to answer 0, but one that is shown to be refused (`complaint: ...`), which has to answer 1.

A relative link, with its anchor, has to lead somewhere. A path, a name of the interface or a status that a page names has to exist. Every public
header is linked from docs/guide.md, and every page below docs/ from another page. (`complaint_noun_verb` and MODULE are patterns.)
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

ROOT = pathlib.Path(os.environ.get("COMPLAINT_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
BUILD = pathlib.Path(os.environ.get("COMPLAINT_BUILD", ROOT / "build/dev"))
LIBRARY = pathlib.Path(os.environ.get("COMPLAINT_LIBRARY", BUILD / "libcomplaint.so"))
COMMAND = os.environ.get("COMPLAINT_COMMAND")
SANITIZE = os.environ.get("COMPLAINT_SANITIZE", "")
CC = os.environ.get("CC", "cc")
FLAGS = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-D_POSIX_C_SOURCE=200809L", f"-I{ROOT / 'include'}"]
if SANITIZE:
    FLAGS += [f"-fsanitize={SANITIZE}", "-fno-sanitize-recover=all"]

HEAD = """#include <complaint.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
"""
# What a fragment may take for granted; a block that declares one of the names itself shadows it.
USUAL = """extern complaint_setup *setup;
extern complaint_desk *desk;
extern complaint_policy *policy;
extern complaint_calendar *calendar;
extern complaint_actor *officer, *head;
extern complaint_draft *draft;
extern complaint_outcome *outcome;
extern complaint_page *page;
extern complaint_store store;
extern int64_t case_id, message, revision;
"""

faults = []


def fault(page, line, words):
    faults.append(f"{page.relative_to(ROOT)}:{line}: {words}")


def pages():
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(page):
    """(language, line of the first line inside, text) of every fenced block."""
    found, fence, start, lines = [], None, 0, []
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        mark = re.match(r"\s*```(.*)", line)
        if mark and fence is None:
            fence, start, lines = mark.group(1).strip(), number + 1, []
        elif mark:
            found.append((fence, start, "\n".join(lines) + "\n"))
            fence = None
        elif fence is not None:
            lines.append(line)
    if fence is not None:
        fault(page, start - 1, "a block is not closed")
    return found


def prose(page):
    """(line, text) of every line outside of fenced blocks."""
    inside = False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if re.match(r"\s*```", line):
            inside = not inside
        elif not inside:
            yield number, line


# ---- C -----------------------------------------------------------------------------------------------------------------


def compile_c(page, line, source, output, *link):
    path = output.with_suffix(".c")
    path.write_text(source, encoding="utf-8")
    made = subprocess.run([CC, *FLAGS, path, "-o", output, *link], capture_output=True, text=True)
    if made.returncode:
        fault(page, line, f"does not compile\n{made.stderr.strip()}")
    return made.returncode == 0


LINK = [f"-L{LIBRARY.parent}", "-lcomplaint", f"-Wl,-rpath,{LIBRARY.parent}"]


def check_program(page, line, text, expected, folder):
    program = folder / "program"
    if not compile_c(page, line, f'#line {line} "{page.relative_to(ROOT)}"\n{text}', program, *LINK):
        return
    done = subprocess.run([program], cwd=folder, capture_output=True, text=True, timeout=120)
    if done.returncode:
        fault(page, line, f"answers {done.returncode}\n{done.stdout}{done.stderr}")
    elif expected is not None and done.stdout != expected:
        fault(page, line, f"prints\n{done.stdout}instead of\n{expected}")


def check_fragments(page, found, folder):
    parts, functions = [HEAD, USUAL], 0
    for language, line, text in found:
        place = f'#line {line} "{page.relative_to(ROOT)}"\n'
        if language == "c file":
            parts.append(place + text)
        if language == "c":
            functions += 1
            last = [row for row in text.splitlines() if row.strip()][-1]
            end = "" if last.startswith("return ") else "return COMPLAINT_OK;\n"
            parts.append(f"complaint_status block_{functions}(void);\ncomplaint_status block_{functions}(void) {{\n{place}{text}{end}}}\n")
    if len(parts) > 2:
        compile_c(page, 1, "\n".join(parts), folder / "fragments.o", "-c")


def check_c(page, folder):
    found = blocks(page)
    for at, (language, line, text) in enumerate(found):
        if language == "c run":
            following = found[at + 1] if at + 1 < len(found) else ("", 0, "")
            check_program(page, line, text, following[2] if following[0] == "output" else None, folder)
        elif language.startswith("c ") and language != "c file":
            fault(page, line, f"a block cannot be `{language}`")
    check_fragments(page, found, folder)


# ---- sessions ------------------------------------------------------------------------------------------------------------

MARK = "--- end of command, status"


def read_session(text):
    """[(command, [expected lines])]; a command goes on in the next line behind a backslash."""
    steps = []
    for line in text.splitlines():
        if line.startswith("$ "):
            steps.append([line[2:], []])
        elif steps and steps[-1][0].endswith("\\") and line.startswith("> "):
            steps[-1][0] = steps[-1][0][:-1] + line[2:]
        elif steps:
            steps[-1][1].append(line)
    return steps


def sessions(page):
    return [(line + i, command, expected) for language, line, text in blocks(page) if language == "console" and re.match(r"\$ (\w+=\$\()?complaint\b", text)
            for i, (command, expected) in enumerate(read_session(text))]


def plain(line):
    return re.sub(r"\d{18,19}", "#", line).rstrip()


def agrees(expected, printed):
    """Do the lines match, `...` standing for any number of them?"""
    if not expected:
        return not printed
    if expected[0] == "...":
        return any(agrees(expected[1:], printed[i:]) for i in range(len(printed) + 1))
    return bool(printed) and expected[0] == printed[0] and agrees(expected[1:], printed[1:])


def check_sessions(page, folder):
    steps = sessions(page)
    if not steps or not COMMAND:
        return
    script = "exec 2>&1 </dev/null\n" + "".join(f"{command}\necho '{MARK}' $?\n" for _, command, _ in steps)
    environment = dict(os.environ, PATH=f"{pathlib.Path(COMMAND).parent}:{os.environ['PATH']}", LC_ALL="C.UTF-8", LOGNAME="malee", USER="malee")
    done = subprocess.run(["sh", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    parts = re.split(rf"^{re.escape(MARK)} (\d+)\n", done.stdout, flags=re.M)
    for (line, command, expected), printed, status in zip(steps, parts[0::2], parts[1::2]):
        refused = any(row.startswith("complaint: ") for row in expected)
        if status != str(int(refused)) or not agrees([plain(row) for row in expected], [plain(row) for row in printed.splitlines()]):
            fault(page, line, f"`{command}` answers {status} and prints\n{printed}instead of\n" + "\n".join(expected))


# ---- links and names -------------------------------------------------------------------------------------------------------


def anchors(page):
    found = set()
    for _, line in prose(page):
        title = re.match(r"#+\s+(.*)", line)
        if title:
            words = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", title.group(1)).lower()
            kept = "".join(c for c in words if c in "-_ " or unicodedata.category(c)[0] in "LMN")
            found.add(kept.strip().replace(" ", "-"))
    return found


def links(page):
    for number, line in prose(page):
        for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", line)):
            if not re.match(r"[a-z]+:", target):
                yield number, target


def check_links(page):
    for number, target in links(page):
        path, _, anchor = target.partition("#")
        to = (page.parent / path).resolve() if path else page
        if not to.exists():
            fault(page, number, f"{target} leads nowhere")
        elif anchor and to.suffix == ".md" and anchor not in anchors(to):
            fault(page, number, f"{target}: there is no such heading")


ROOMS = "bindings|cmake|docs|examples|include|kit|lib|tests"
NAME = re.compile(r"\b(?:(?:complaint|cpl)_[a-z0-9_]+|(?:COMPLAINT|CPL)_[A-Z0-9_]+)\b(?!\*)")


def known_names():
    words = set()
    for room in ("include", "lib", "kit", "cmake", "tests", "examples", "CMakeLists.txt", "CMakePresets.json"):
        files = [ROOT / room] if (ROOT / room).is_file() else (ROOT / room).rglob("*")
        for file in files:
            if file.suffix in (".h", ".c", ".inc", ".tsv", ".txt", ".cmake", ".in", ".json", ".map") and file.is_file() and "data" not in file.parts:
                words.update(NAME.findall(file.read_text(encoding="utf-8", errors="replace")))
    return words


def check_names(page, names):
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        for name in NAME.findall(line):
            if name not in names and not name.endswith("_") and "noun" not in name:
                fault(page, number, f"{name} is not in the sources")
        for status in re.findall(r"(?<!\w)E_[A-Z0-9_]+\b", line):
            if f"COMPLAINT_{status}" not in names:
                fault(page, number, f"{status} is no status")
        for path in re.findall(rf"`((?:{ROOMS})/[\w./*-]*)`", line):
            if not list(ROOT.glob(path.rstrip("/").replace("MODULE", "*"))):
                fault(page, number, f"{path} is not there")


def check_reach(all_pages):
    linked = {(page.parent / target.partition("#")[0]).resolve() for page in all_pages for _, target in links(page)}
    guide = ROOT / "docs/guide.md"
    from_guide = {(guide.parent / target.partition("#")[0]).resolve() for _, target in links(guide)}
    for page in all_pages[1:]:
        if page.resolve() not in linked:
            fault(page, 1, "no page links here")
    for header in sorted((ROOT / "include").rglob("*.h")):
        if header.resolve() not in from_guide:
            fault(guide, 1, f"does not link {header.relative_to(ROOT)}")


def main():
    names, all_pages = known_names(), pages()
    for page in all_pages:
        check_links(page)
        check_names(page, names)
        with tempfile.TemporaryDirectory() as folder:
            check_c(page, pathlib.Path(folder))
        with tempfile.TemporaryDirectory() as folder:
            check_sessions(page, pathlib.Path(folder))
    check_reach(all_pages)
    print("\n".join(faults) if faults else f"{len(all_pages)} pages")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
