"""docs/policy.schema.json against the library: both read the same documents.

What complaint_policy_parse refuses first is among all that complaint_policy_check finds. What the schema refuses the library must refuse; what the library refuses for its shape alone the schema must refuse too. (Codes that do not
exist and the like are the library's only.) The documents are the built-in policies, those of examples/, and the short policy of docs/policy-format.md
and parts of tests/data/policies/whole.json with every key left out, renamed, and given another type.
"""

import copy
import ctypes
import json
import os
import pathlib
import sys

import jsonschema

if os.environ.get("COMPLAINT_PRELOAD") and not os.environ.get("LD_PRELOAD"):
    # The sanitizer has to be loaded first; Python's own leaks are not ours.
    env = dict(os.environ, LD_PRELOAD=os.environ["COMPLAINT_PRELOAD"], ASAN_OPTIONS="detect_leaks=0")
    os.execve(sys.executable, [sys.executable, *sys.argv], env)

SOURCE = pathlib.Path(os.environ["COMPLAINT_SOURCE"])
SHAPE = (
    "unknown key", "is missing", "this has to be", "is not one of", "is empty", "is no code", "one entry", "occurs twice", "no time of the day", "exactly one of",
    "names nothing", "complainant only", "means something with", "does not go with", "is for the verb", "resume only", "to a case, so nothing", "is not about one unit", "always sealed", "office's own fields",
)  # fmt: skip

library = ctypes.CDLL(os.environ["COMPLAINT_LIBRARY"])
library.complaint_policy_parse.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ctypes.c_void_p)]
library.complaint_policy_check.argtypes = library.complaint_policy_parse.argtypes
library.complaint_policy_free.argtypes = [ctypes.c_void_p]
library.complaint_page_free.argtypes = [ctypes.c_void_p]
library.complaint_page_count.argtypes = [ctypes.c_void_p]
library.complaint_page_count.restype = ctypes.c_int64
library.complaint_page_text_of.argtypes = [ctypes.c_void_p, ctypes.c_int64, ctypes.c_char_p]
library.complaint_page_text_of.restype = ctypes.c_char_p
library.complaint_error_free.argtypes = [ctypes.c_void_p]
for getter in (library.complaint_error_text, library.complaint_error_path):
    getter.restype = ctypes.c_char_p
library.complaint_error_text.argtypes = [ctypes.c_void_p, ctypes.c_int32]
library.complaint_error_path.argtypes = [ctypes.c_void_p]

schema = json.loads((SOURCE / "docs/policy.schema.json").read_text(encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
members = {name: validator.evolve(schema=inner) for name, inner in schema["properties"].items()}
failures = []


def ask_library(document):
    """The English sentence and the path, or None when the document is a policy."""
    text = json.dumps(document, ensure_ascii=False).encode("utf-8")
    policy, error = ctypes.c_void_p(), ctypes.c_void_p()
    if library.complaint_policy_parse(None, text, len(text), ctypes.byref(policy), ctypes.byref(error)) == 0:
        library.complaint_policy_free(policy)
        return None
    said = library.complaint_error_text(error, 2).decode("utf-8"), library.complaint_error_path(error).decode("utf-8")
    library.complaint_error_free(error)
    return said


def ask_for_all(document):
    """Every mistake, as sentence and path."""
    text = json.dumps(document, ensure_ascii=False).encode("utf-8")
    page, error = ctypes.c_void_p(), ctypes.c_void_p()
    if library.complaint_policy_check(None, text, len(text), ctypes.byref(page), ctypes.byref(error)) != 0:
        raise SystemExit("complaint_policy_check fails")
    rows = range(library.complaint_page_count(page))
    said = [tuple(library.complaint_page_text_of(page, row, column).decode("utf-8") for column in (b"reason_en", b"path")) for row in rows]
    library.complaint_page_free(page)
    return said


def is_fine(document, path):
    """With one place changed in a document that was fine; the schema has no rule across its members, and to go through one of them takes a tenth of the time."""
    return members[path[0]].is_valid(document[path[0]]) if len(path) > 1 else validator.is_valid(document)


def compare(document, path, what):
    fine, said, all_said = is_fine(document, path), ask_library(document), ask_for_all(document)
    if (said in all_said) != bool(said) or bool(all_said) != bool(said):
        failures.append(f"{what}: parsed: {said}; checked: {all_said[:3]}")
    if not fine and said is None:
        failures.append(f"{what}: the schema alone refuses: {next(validator.iter_errors(document)).message[:200]}")
    if fine and said and any(words in said[0] for words in SHAPE):
        failures.append(f"{what}: the library alone refuses: {said[1]}: {said[0]}")


def places(value, path=()):
    """Every place inside of a document, as the keys that lead there."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from places(inner, (*path, key))


def changed(document, path, change):
    copied = parent = copy.copy(document)
    for key in path[:-1]:
        parent[key] = copy.copy(parent[key])
        parent = parent[key]
    change(parent, path[-1])
    return copied


def rename(parent, key):
    if isinstance(parent, dict):
        parent["zzz"] = parent.pop(key)
    else:
        parent.append("zzz")


def replace(value):
    return lambda parent, key: parent.__setitem__(key, value)


CHANGES = {
    "left out": lambda parent, key: parent.__delitem__(key),
    "renamed": rename,
    "a number": replace(7),
    "an empty string": replace(""),
    "an empty list": replace([]),
    "an object": replace({"zzz": 1}),
    "null": replace(None),
    "true": replace(True),
    "a word": replace("zzz"),
    "a line break": replace("z\nz"),
    "a big letter": replace("Zzz"),
}


def short_policy():
    page = (SOURCE / "docs/policy-format.md").read_text(encoding="utf-8")
    return json.loads(page.split("```json\n")[1].split("```")[0])


# One of each form that the short policy does without.
WHOLE_PLACES = (
    ("roles", 0), ("channels", 0), ("origins", 0), ("classes", 9), ("units", 0), ("fields", 27), ("fields", 30), ("fields", 33), ("fields", 38), ("guards", "examination_when_flagged"),
    ("reports",), ("actions", "assign"), ("actions", "extend"), ("actions", "resume"), ("actions", "recuse"), ("actions", "withdraw"), ("notices", "acknowledgement_information"),
    ("notices", "answer_refused"), ("notices", "urgent_soon"), ("notices", "due_soon"), ("notices", "origin_answered"), ("notices", "no_complaint"), ("notices", "unchecked"), ("clocks", "forward"),
    ("clocks", "unit_result"), ("clocks", "reply_to_origin"),
)  # fmt: skip

MORE_CHANGES = (
    (("reports", "rounds", 0, "last_month"), 0),
    (("reports", "rounds", 0, "last_month"), 13),
    (("reports", "rounds", 0, "due_days"), -1),
    (("reports", "rounds", 1, "first_month"), 0),
    (("reports", "analyses", 0, "id"), "month"),
    (("reports", "analyses", 0, "groups", 1, "unless"), {}),
    (("channels", 0, "daily"), False),
    (("channels", 0, "remind_at"), "24:00"),
    (("states", 5, "id"), "back"),
    (("fields", 11, "min"), 0),
    (("fields", 11, "max"), 3651),
    (("fields", 33, "sealed"), False),
    (("fields", 33, "identity"), False),
    (("fields", 33, "identity"), True),
    (("fields", 35, "identity"), True),
    (("fields", 35, "identity"), False),
    (("fields", 38, "sealed"), False),
    (("fields", 3, "identity"), True),
    (("fields", 27, "choices", 1), "repeat"),
    (("actions", "note", "extends"), ["unit_result"]),
    (("actions", "note", "to"), "back"),
    (("actions", "note", "unless"), {"flags": ["urgent"]}),
    (("actions", "withdraw", "unless"), {}),
    (("notices", "answer", "on"), ["classify:service"]),
    (("notices", "answer", "on"), ["classify:"]),
    (("notices", "answer", "on"), ["receive"]),
    (("notices", "no_complaint", "on"), ["set_aside:"]),
    (("notices", "no_complaint", "on"), ["set_aside:thanks", "answer"]),
    (("notices", "unchecked", "on"), ["duty_unchecked:"]),
    (("clocks", "forward", "starts"), ["duty_unchecked"]),
    (("clocks", "forward", "starts"), ["consider:agreed"]),
    (("clocks", "forward", "starts"), ["consider:"]),
    (("clocks", "forward", "starts"), ["set_aside:thanks"]),
    (("notices", "answer", "on"), ["warned"]),
    (("notices", "urgent_soon", "to"), ["head", "head"]),
    (("notices", "urgent_soon", "when"), {}),
    (("notices", "result", "to"), ["complainant"]),
    (("notices", "result", "to"), ["complainant", "head"]),
    (("clocks", "unit_result", "starts"), ["triage"]),
    (("clocks", "unit_result", "date_field"), "origin_due"),
    (("clocks", "reply_to_origin", "length"), 3),
    (("clocks", "reply_to_origin", "paused_in"), ["waiting_info"]),
    (("clocks", "unit_result", "warnings", 0, "after_due"), {"length": 1, "unit": "minutes"}),
    (("clocks", "unit_result", "warnings", 0, "repeat"), True),
    (("clocks", "unit_result", "warnings", 2, "at"), "08:30"),
    (("clocks", "unit_result", "warnings", 2, "before"), {"length": 1, "unit": "working_minutes"}),
    (("clocks", "unit_result", "warnings", 2, "before"), {"length": -1, "unit": "minutes"}),
    (("clocks", "unit_result", "warnings", 3, "after_due"), {"length": 0, "unit": "minutes"}),
    (("clocks", "unit_result", "warnings", 3, "after_due"), {"length": 3651, "unit": "calendar_days"}),
)


def part(document, path):
    for key in path:
        document = document[key]
    return document


def check_whole():
    whole = json.loads((SOURCE / "tests/data/policies/whole.json").read_text(encoding="utf-8"))
    compare(whole, (), "the whole policy")
    for start in WHOLE_PLACES:
        for path in (p for p in places(part(whole, start), start) if not {"label", "source", "from", "roles"} & set(p[len(start) :])):  # the short policy has those
            for name, change in CHANGES.items():
                compare(changed(whole, path, change), path, f"whole: {'.'.join(map(str, path))}: {name}")
    for path, value in MORE_CHANGES:
        compare(changed(whole, path, replace(value)), path, f"whole: {'.'.join(map(str, path))}: {value}")


def check_verbs():
    rows = [line.split("\t") for line in (SOURCE / "lib/record/events.tsv").read_text(encoding="utf-8").splitlines() if line[:1].isdigit()]
    persons = sorted(row[1] for row in rows if row[3] == "person")
    known = sorted([*schema["properties"]["intake"]["properties"], *schema["properties"]["actions"]["properties"]])
    if known != persons:
        failures.append(f"verbs of the schema and of events.tsv differ: {set(known) ^ set(persons)}")


def main():
    for path in [*sorted((SOURCE / "lib/data/policies").glob("*.json")), SOURCE / "examples/data/hospital.json", SOURCE / "tests/data/policies/whole.json"]:
        document = json.loads(path.read_text(encoding="utf-8"))
        failures.extend(f"{path.name}: {error.json_path}: {error.message[:200]}" for error in validator.iter_errors(document))
    short = short_policy()
    failures.extend(f"the short policy: {error.json_path}: {error.message[:200]}" for error in validator.iter_errors(short))
    said = ask_library(short)
    if said:
        failures.append(f"the short policy: {said[1]}: {said[0]}")
    for path in places(short):
        for name, change in CHANGES.items():
            compare(changed(short, path, change), path, f"{'.'.join(map(str, path))}: {name}")
    check_whole()
    check_verbs()
    for failure in failures:
        print(failure)
    return 1 if failures else 0


sys.exit(main())
