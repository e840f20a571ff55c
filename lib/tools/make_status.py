#!/usr/bin/python3
"""lib/base/status.tsv -> include/complaint/status.h, lib/base/status_table.inc, docs/status.md. With --check: compares only."""

import sys

import generated

COMMAND = "python3 lib/tools/make_status.py"
COLUMNS = ["number", "name", "thai", "english", "meaning"]

HEADER = """\
/**
 * @file complaint/status.h
 * The numbers that calls answer. Generated from lib/base/status.tsv by lib/tools/make_status.py; docs/status.md is the same as a table.
 *
 * A number is class + 256 * detail and is never reused. A program branches on the class, complaint_status_class(): it understands a
 * detail that a later version adds. All calls are pure and thread-safe.
 */
#ifndef COMPLAINT_STATUS_H
#define COMPLAINT_STATUS_H

#include <complaint/define.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Statuses. Values are permanent. */
enum {
%s
};

/** The name without its prefix: `E_STATE` for COMPLAINT_E_STATE; `E_INTERNAL` for a number that is not in the registry. Static, never NULL. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_status_name(complaint_status status);

/**
 * The general sentence of a status in COMPLAINT_THAI or COMPLAINT_ENGLISH of error.h (anything else answers English). What a call has to
 * say about its own failure is complaint_error_text(). A number that is not in the registry answers the text of its class, else of
 * COMPLAINT_E_INTERNAL. Static, never NULL.
 */
COMPLAINT_API const char *COMPLAINT_CALL complaint_status_text(complaint_status status, int32_t language);

/** The class: the low byte. COMPLAINT_E_TEXT for COMPLAINT_E_UTF8, say; a class answers itself. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_status_class(complaint_status status);

#ifdef __cplusplus
}
#endif
#endif
"""

DOC = """\
# Statuses

Generated from `lib/base/status.tsv` by `lib/tools/make_status.py`. Every call that can fail answers one of these numbers
(`complaint_status`, `int32_t`). A number is class + 256 × detail and is never reused; a program branches on the class
(`complaint_status_class`), so that it understands details that come later.

| number | class | name | English | Thai | meaning |
|---:|---:|---|---|---|---|
%s
"""


def main():
    path, rows = generated.read("lib/base/status.tsv", COLUMNS)
    names = {row["number"]: row["name"] for row in rows}
    for row in rows:
        number, name = row["number"], row["name"]
        if number % 256 not in names or number > 0x7FFFFFFF or (number == 0) != (name == "OK") or (number and not name.startswith("E_")):
            generated.refuse(path, 0, f"{name}: the class is missing, the number too large, or the name wrong")
        if "%" in row["thai"] + row["english"]:
            generated.refuse(path, 0, f"{name}: a text with a percent sign would be taken for a format")
    enum = "\n".join(f"    /** {row['english'][0].upper()}{row['english'][1:]}. {row['meaning']} */\n    COMPLAINT_{row['name']} = {row['number']}," for row in rows)
    table = "\n".join(
        f"    {{{row['number']}, {generated.quote(row['name'])}, {generated.quote(row['thai'])}, {generated.quote(row['english'])}}},"
        for row in sorted(rows, key=lambda row: row["number"])
    )
    doc = "\n".join(
        f"| {row['number']} | {row['number'] % 256} | `COMPLAINT_{row['name']}` | {row['english']} | {row['thai']} | {row['meaning']} |" for row in rows
    )
    outputs = {
        "include/complaint/status.h": HEADER % enum.rstrip(","),
        "lib/base/status_table.inc": f"/* Generated from lib/base/status.tsv by lib/tools/make_status.py; ascending numbers. */\n{table}\n",
        "docs/status.md": DOC % doc,
    }
    return generated.finish(outputs, COMMAND)


if __name__ == "__main__":
    sys.exit(main())
