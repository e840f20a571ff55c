"""What the generators of this folder share: reading a registry (.tsv), C strings, writing or comparing the outputs.

Owns: the shape of a registry file and the meaning of --check. Must not know: what any column means.
"""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def refuse(path, line, why):
    print(f"{path.relative_to(ROOT)}:{line}: {why}", file=sys.stderr)
    sys.exit(2)


def read(relative, columns):
    """The rows of a registry as dictionaries with the number as an int, checked; comments begin with #."""
    path = ROOT / relative
    rows, numbers, names, header = [], set(), set(), None
    for at, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not text or text.startswith("#"):
            continue
        cells = text.split("\t")
        if header is None:
            header = cells
            if header != columns:
                refuse(path, at, f"the columns are {header}, not {columns}")
            continue
        if len(cells) != len(header) or any(cell != cell.strip() or not cell for cell in cells):
            refuse(path, at, "wrong number of cells, an empty cell, or blanks around one")
        row = dict(zip(header, cells))
        if not row["number"].isdigit() or row["number"] in numbers:
            refuse(path, at, "the number is no number or is taken")
        if row["name"] in names:
            refuse(path, at, "the name is taken")
        if "*/" in text or "|" in text or not row["english"].isascii():
            refuse(path, at, "a text would break a C comment or a table, or the English text is not ASCII")
        numbers.add(row["number"])
        names.add(row["name"])
        row["number"] = int(row["number"])
        rows.append(row)
    return path, rows


def quote(text):
    """A C string literal; UTF-8 stays as it is."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def finish(outputs, command):
    """Writes {relative path: text}; with --check compares instead and answers 1 when a file differs."""
    if sys.argv[1:] not in ([], ["--check"]):
        print(f"usage: {command} [--check]", file=sys.stderr)
        return 2
    stale = []
    for relative, text in outputs.items():
        path, data = ROOT / relative, text.encode("utf-8")
        if path.exists() and path.read_bytes() == data:
            continue
        stale.append(relative)
        if not sys.argv[1:]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    if sys.argv[1:] and stale:
        print(f"out of date: {', '.join(stale)}; run {command}", file=sys.stderr)
        return 1
    return 0
