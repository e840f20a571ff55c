#!/usr/bin/python3
"""lib/record/events.tsv -> include/complaint/verb.h, lib/record/events.inc, lib/record/event_table.inc, docs/verbs.md. With --check: compares only."""

import sys

import generated

COMMAND = "python3 lib/tools/make_events.py"
COLUMNS = ["number", "name", "scope", "by", "thai", "english", "meaning"]
FIRST_SYSTEM = 200

HEADER = """\
/**
 * @file complaint/verb.h
 * What people do with messages and cases. Generated from lib/record/events.tsv by lib/tools/make_events.py; docs/verbs.md is the same as a table.
 *
 * A verb is the kind of the event its action leaves in the log. Which of them an office uses, and who may, is said by its policy.
 * Kinds from %d are the system's own (a notice was delivered, say): they have names and labels, but nobody asks for them.
 * All calls are pure and thread-safe.
 */
#ifndef COMPLAINT_VERB_H
#define COMPLAINT_VERB_H

#include <complaint/define.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Verbs. Values are permanent. */
enum {
%s
};

/** The name that policies and logs use, `forward` for COMPLAINT_VERB_FORWARD; also of the system's kinds. Static; NULL for an unknown number. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_verb_name(int32_t verb);

/** The verb of a name; 0 when there is none. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_verb_find(const char *name);

/** Of a name that is no verb's, the verb that may have been meant (`clasify`, `foward`, half a name); 0 when none is near. For a question back, never to act on. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_verb_near(const char *name);

/** The words for people, in COMPLAINT_THAI or COMPLAINT_ENGLISH of error.h (anything else answers English). Static; NULL for an unknown number. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_verb_label(int32_t verb, int32_t language);

#ifdef __cplusplus
}
#endif
#endif
"""

DOC = """\
# Verbs and events

Generated from `lib/record/events.tsv` by `lib/tools/make_events.py`. Every action leaves an event of its kind in the log of a
case, a message or the desk (`any`: of whichever it is about). Numbers are permanent and never reused.

## Verbs: what people do

| number | verb | label | ไทย | log | meaning |
|---:|---|---|---|---|---|
%s

## The system's events

| number | name | label | ไทย | log | meaning |
|---:|---|---|---|---|---|
%s
"""


def line(row):
    return f"| {row['number']} | `{row['name']}` | {row['english']} | {row['thai']} | {row['scope']} | {row['meaning']} |"


def main():
    path, rows = generated.read("lib/record/events.tsv", COLUMNS)
    for row in rows:
        system = row["by"] == "system"
        if row["by"] not in ("person", "system") or row["scope"] not in ("case", "message", "desk", "any") or row["number"] == 0 or system != (row["number"] >= FIRST_SYSTEM):
            generated.refuse(path, 0, f"{row['name']}: scope, by or number is wrong")
        if not row["name"].replace("_", "").isalpha() or row["name"] != row["name"].lower():
            generated.refuse(path, 0, f"{row['name']}: not a name")
    rows.sort(key=lambda row: row["number"])
    verbs = [row for row in rows if row["by"] == "person"]
    enum = "\n".join(f"    /** {row['meaning']} */\n    COMPLAINT_VERB_{row['name'].upper()} = {row['number']}," for row in verbs)
    kinds = "\n".join(f"    CPL_EV_{row['name'].upper()} = {row['number']}," for row in rows).rstrip(",")
    table = "\n".join(
        f"    {{{row['number']}, {'true' if row['by'] == 'person' else 'false'}, {generated.quote(row['name'])}, "
        f"{generated.quote(row['thai'])}, {generated.quote(row['english'])}}},"
        for row in rows
    )
    origin = "Generated from lib/record/events.tsv by lib/tools/make_events.py"
    outputs = {
        "include/complaint/verb.h": HEADER % (FIRST_SYSTEM, enum.rstrip(",")),
        "lib/record/events.inc": f"/* {origin}. */\nenum {{\n{kinds}\n}};\n",
        "lib/record/event_table.inc": f"/* {origin}; ascending numbers. */\n{table}\n",
        "docs/verbs.md": DOC % ("\n".join(map(line, verbs)), "\n".join(line(row) for row in rows if row["by"] == "system")),
    }
    return generated.finish(outputs, COMMAND)


if __name__ == "__main__":
    sys.exit(main())
