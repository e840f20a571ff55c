"""docs/holidays.schema.json and the library agree: each JSON text of the fuzz corpus that the library accepts is valid by the schema, each that breaks the form is not.

The library also refuses what contradicts the calendar (a holiday to remove that is none), which no schema can know.
"""
import ctypes
import json
import os
import pathlib
import sys

import jsonschema

if os.environ.get("COMPLAINT_PRELOAD") and not os.environ.get("LD_PRELOAD"):
    environment = {**os.environ, "LD_PRELOAD": os.environ["COMPLAINT_PRELOAD"], "ASAN_OPTIONS": "detect_leaks=0"}
    os.execve(sys.executable, [sys.executable, *sys.argv], environment)

ROOT = pathlib.Path(os.environ["COMPLAINT_SOURCE"])
library = ctypes.CDLL(os.environ["COMPLAINT_LIBRARY"])
library.complaint_status_class.restype = ctypes.c_int32
schema = json.loads((ROOT / "docs/holidays.schema.json").read_text())
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
FORM = {2: "INVALID", 16: "REQUIRED"}  # classes that speak of the form

base = ctypes.c_void_p()
assert library.complaint_calendar_builtin(None, None, ctypes.byref(base), None) == 0


def load(text):
    edit = ctypes.c_void_p()
    assert library.complaint_calendar_edit_new(base, ctypes.byref(edit), None) == 0
    data = text.encode()
    status = library.complaint_calendar_edit_load_json(edit, data, ctypes.c_size_t(len(data)), None)
    library.complaint_calendar_edit_free(edit)
    return status


def agrees(name, text):
    try:
        document = json.loads(text)
    except ValueError:
        return load(text) != 0
    status, valid = load(text), validator.is_valid(document)
    if status == 0 and not valid:
        return f"{name}: the library accepts what the schema refuses: {next(validator.iter_errors(document)).message}"
    if status in (285, 541) or (valid and status & 0xFF in FORM and name not in BEYOND):
        return status in (285, 541) or f"{name}: the schema accepts what the library refuses as {FORM[status & 0xFF]}"
    return True


# A date that does not exist, a day outside `year`, a change without any source, a year that has to have a lunar type.
BEYOND = {"beyond-day", "beyond-year", "beyond-source", "beyond-lunar"}
texts = {path.stem: path.read_text() for path in (ROOT / "tests/fuzz/corpus/holidays").glob("*.json")}
texts["beyond-day"] = '{"format":1,"source":"x","changes":[{"remove":"2027-02-30"}]}'
results = [agrees(name, text) for name, text in sorted(texts.items())]
faults = [r for r in results if r is not True]
print("\n".join(map(str, faults)) or f"{len(results)} texts")
sys.exit(bool(faults))
