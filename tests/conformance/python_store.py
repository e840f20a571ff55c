#!/usr/bin/python3
"""A store in Python, with nothing but ctypes and the C headers' text, and the conformance kit run on it.

Rows are tuples in dictionaries. A table is never changed once it is committed: a transaction copies the tables it writes to, so a
reader keeps what it began with; one writer at a time.
"""
import ctypes
import os
import pathlib
import shlex
import subprocess
import sys
import threading
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int32, c_int64, c_size_t, c_void_p

OK, MEMORY, NOT_FOUND, EXISTS, VERSION, BUSY, STORE = 0, 3, 4, 5, 6, 10, 22
NULL, INT64, TEXT, BLOB = range(4)
INSERT, UPDATE, REMOVE, ADD = 1, 2, 3, 4
SCHEMA_READ, READ, WRITE, DESCENDING, ANY_VERSION = 1, 1, 2, 2, -1


class Value(ctypes.Structure):
    _fields_ = [("type", c_int32), ("reserved", c_int32), ("integer", c_int64), ("data", c_void_p), ("size", c_size_t)]


class Change(ctypes.Structure):
    _fields_ = [("kind", c_int32), ("table", c_int32), ("key", POINTER(Value)), ("key_count", c_int32), ("value_count", c_int32),
                ("columns", POINTER(c_int32)), ("values", POINTER(Value)), ("expected", c_int64)]


class Bounds(ctypes.Structure):
    _fields_ = [("lower", POINTER(Value)), ("lower_count", c_int32), ("lower_exclusive", c_int32),
                ("upper", POINTER(Value)), ("upper_count", c_int32), ("upper_exclusive", c_int32)]


class Limits(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("max_value", c_int64), ("max_transaction", c_int64), ("flags", c_int32), ("reserved", c_int32)]


Sink = CFUNCTYPE(c_int32, c_void_p, POINTER(Value), c_int32)
SLOTS = {  # in the order of complaint_store; the first argument is `self`, the last the error sink
    "schema": CFUNCTYPE(c_int32, c_void_p, c_int32, POINTER(c_int32), POINTER(c_int32), c_void_p),
    "limits": CFUNCTYPE(c_int32, c_void_p, POINTER(Limits), c_void_p),
    "begin": CFUNCTYPE(c_int32, c_void_p, c_int32, c_void_p, c_size_t, POINTER(c_void_p), c_void_p),
    "commit": CFUNCTYPE(c_int32, c_void_p, c_void_p, c_void_p),
    "rollback": CFUNCTYPE(None, c_void_p, c_void_p),
    "write": CFUNCTYPE(c_int32, c_void_p, c_void_p, POINTER(Change), c_int32, POINTER(c_int32), c_void_p),
    "get": CFUNCTYPE(c_int32, c_void_p, c_void_p, c_int32, POINTER(Value), c_int32, Sink, c_void_p, c_void_p),
    "select": CFUNCTYPE(c_int32, c_void_p, c_void_p, c_int32, c_int32, POINTER(Bounds), c_int32, c_int64, Sink, c_void_p, c_void_p),
}


class StoreTable(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("self", c_void_p)] + list(SLOTS.items())


class Refused(Exception):
    """Carries the status that a slot answers."""


class Schema:
    """The published tables, read once."""

    def __init__(self, library):
        def call(name, *arguments):
            return getattr(library, "complaint_schema_" + name)(*arguments)
        self.tables = range(call("table_count"))
        self.key_count = [call("key_count", t) for t in self.tables]
        self.version = [call("version_column", t) for t in self.tables]
        columns = [range(call("column_count", t)) for t in self.tables]
        self.types = [[call("column_type", t, c) for c in columns[t]] for t in self.tables]
        self.empty = [[None if call("column_nullable", t, c) else 0 if self.types[t][c] == INT64 else b"" for c in columns[t]] for t in self.tables]
        indexes = [range(call("index_count", t)) for t in self.tables]
        self.index = [[[call("index_column", t, i, p) for p in range(call("index_width", t, i))] for i in indexes[t]] for t in self.tables]
        self.unique = [[self.index[t][i] for i in indexes[t] if i > 0 and call("index_unique", t, i)] for t in self.tables]


def take(values, count):
    """Values of C as a tuple of int, bytes and None; copied, for they are gone when the slot returns."""
    return tuple(None if v.type == NULL else v.integer if v.type == INT64 else ctypes.string_at(v.data, v.size) if v.size else b"" for v in values[:count])


class Place:
    """What all connections share: the committed tables, as {key: row}, and whose turn it is to write."""

    def __init__(self, schema):
        self.schema, self.version, self.turn = schema, (0, 0), threading.Lock()
        self.tables = [{} for _ in schema.tables]


class Transaction:
    def __init__(self, place, mode, office):
        self.place, self.mode, self.office = place, mode, office
        self.tables, self.mine = list(place.tables), set()

    def rows(self, table):
        """The table's rows, to be changed: a copy of this transaction's own."""
        if table not in self.mine:
            self.tables[table] = dict(self.tables[table])
            self.mine.add(table)
        return self.tables[table]

    def put(self, table, key, row):
        for columns in self.place.schema.unique[table]:
            if any(all(row[c] == other[c] for c in columns) for k, other in self.tables[table].items() if k != key):
                raise Refused(EXISTS)
        self.rows(table)[key] = row

    def apply(self, change):
        table, key = change.table, take(change.key, change.key_count)
        row = self.tables[table].get(key)
        values = take(change.values, change.value_count) if change.value_count else ()
        if change.kind == INSERT:
            if row is not None:
                raise Refused(EXISTS)
            self.put(table, key, values)
            return
        if change.kind == ADD:
            new = list(row or key + tuple(self.place.schema.empty[table][len(key):]))
            for column, amount in zip(change.columns[:change.value_count], values):
                new[column] = (new[column] or 0) + amount
            self.put(table, key, tuple(new))
            return
        if row is None:
            raise Refused(NOT_FOUND)
        if change.expected != ANY_VERSION and row[self.place.schema.version[table]] != change.expected:
            raise Refused(VERSION)
        if change.kind == REMOVE:
            del self.rows(table)[key]
            return
        new = list(row)
        for column, value in zip(change.columns[:change.value_count], values):
            new[column] = value
        self.put(table, key, tuple(new))

    def select(self, table, index, bounds, descending, limit):
        columns = self.place.schema.index[table][index]
        lower = take(bounds.lower, bounds.lower_count) if bounds.lower_count else (self.office,)
        upper = take(bounds.upper, bounds.upper_count) if bounds.upper_count else (self.office,)
        after, before = bounds.lower_count and bounds.lower_exclusive, bounds.upper_count and bounds.upper_exclusive
        found = []
        for row in self.tables[table].values():
            order = tuple(row[c] for c in columns)
            low, high = order[:len(lower)], order[:len(upper)]
            if (low > lower if after else low >= lower) and (high < upper if before else high <= upper):
                found.append((order, row))
        found.sort(key=lambda pair: pair[0], reverse=descending)
        return [row for _, row in found[:limit or None]]


class Connection:
    """One desk's store table. Every slot catches what Python raises: nothing may fly through C."""

    def __init__(self, place, library):
        self.place, self.library, self.open, self.last = place, library, {}, 0
        self.slots = {name: kind(self.guard(getattr(self, name))) for name, kind in SLOTS.items()}

    def guard(self, method):
        def slot(_, *arguments):
            try:
                return method(*arguments) or OK
            except Refused as refusal:
                return refusal.args[0]
            except MemoryError:
                return MEMORY
            except Exception as problem:  # the host's words, for the library's error
                text = repr(problem).encode()
                self.library.complaint_host_error_set(arguments[-1], 1, text, len(text))
                return STORE
        return slot

    def table(self):
        return StoreTable(ctypes.sizeof(StoreTable), None, **self.slots)

    def schema(self, operation, major, minor, _):
        if operation == SCHEMA_READ:
            major[0], minor[0] = self.place.version
        else:
            self.place.version = max(self.place.version, (major[0], minor[0]))

    def limits(self, limits, _):
        limits[0].max_value, limits[0].max_transaction = 512 * 1024, 2 * 1024 * 1024

    def begin(self, mode, office, size, out, _):
        if mode == WRITE and not self.place.turn.acquire(timeout=10):
            return BUSY
        self.last += 1
        self.open[self.last] = Transaction(self.place, mode, ctypes.string_at(office, size))
        out[0] = self.last

    def commit(self, number, _):
        transaction = self.open.pop(number)
        if transaction.mode == WRITE:
            self.place.tables = transaction.tables
            self.place.turn.release()

    def rollback(self, number):
        if self.open.pop(number).mode == WRITE:
            self.place.turn.release()

    def write(self, number, changes, count, failed_at, _):
        for n in range(count):
            failed_at[0] = n
            self.open[number].apply(changes[n])

    def get(self, number, table, key, count, sink, context, _):
        row = self.open[number].tables[table].get(take(key, count))
        if row is None:
            return NOT_FOUND
        self.give(table, row, sink, context)

    def select(self, number, table, index, bounds, direction, limit, sink, context, _):
        for row in self.open[number].select(table, index, bounds[0], direction == DESCENDING, limit):
            if self.give(table, row, sink, context):
                break

    def give(self, table, row, sink, context):
        values = (Value * len(row))()
        for value, cell, kind in zip(values, row, self.place.schema.types[table]):
            if cell is None:
                continue
            value.type = kind
            if kind == INT64:
                value.integer = cell
            else:  # `row` keeps the bytes alive until the sink has copied them
                value.data, value.size = ctypes.cast(c_char_p(cell), c_void_p).value, len(cell)
        return sink(context, values, len(row))


# ---- the kit on this store ------------------------------------------------------------------------------------------------------

Wipe = CFUNCTYPE(c_int32, c_void_p)
Open = CFUNCTYPE(c_int32, c_void_p, c_int32, POINTER(StoreTable))
Close = CFUNCTYPE(None, c_void_p, c_int32)
Report = CFUNCTYPE(None, c_void_p, c_char_p, c_int32, c_char_p)


class Host(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("self", c_void_p), ("flags", c_int32), ("reserved", c_int32), ("wipe", Wipe), ("open", Open), ("close", Close), ("together", c_void_p)]


def load():
    """The library, and the kit, which is an archive, as a shared object in the work folder."""
    library, archive, made = os.environ["COMPLAINT_LIBRARY"], os.environ["COMPLAINT_KIT"], pathlib.Path("kit.so").resolve()
    sanitize = os.environ.get("COMPLAINT_SANITIZE")
    environment = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
    subprocess.run([os.environ.get("CC", "cc"), "-shared", "-o", made, "-Wl,--whole-archive", archive, "-Wl,--no-whole-archive", library,
                    f"-Wl,-rpath,{pathlib.Path(library).resolve().parent}"] + ([f"-fsanitize={sanitize}"] if sanitize else []) +
                   shlex.split(os.environ["COMPLAINT_CFLAGS"]), check=True, env=environment)
    loaded = ctypes.CDLL(library)
    loaded.complaint_host_error_set.argtypes = [c_void_p, c_int64, c_char_p, c_size_t]
    loaded.complaint_host_error_set.restype = None
    return loaded, ctypes.CDLL(str(made))


def main():
    library, kit = load()
    schema = Schema(library)
    state = {"place": None, "connections": {}}

    def wipe(_):
        state["place"] = Place(schema)
        return OK

    def connect(_, number, table):
        state["connections"][number] = Connection(state["place"], library)
        table[0] = state["connections"][number].table()
        return OK

    def disconnect(_, number):
        del state["connections"][number]

    passed = []

    def report(_, name, outcome, detail):
        passed.append(outcome == 1)
        if outcome != 1:
            print(("", "passed", "FAILED", "skipped")[outcome], name.decode(), detail.decode(errors="replace"))

    host = Host(ctypes.sizeof(Host), None, 0, 0, Wipe(wipe), Open(connect), Close(disconnect), None)
    failed, told = c_int32(-1), Report(report)
    answer = kit.complaint_conformance_run(ctypes.byref(host), None, told, None, ctypes.byref(failed))
    print(f"{sum(passed)} of {len(passed)} checks passed")
    return 0 if answer == OK and failed.value == 0 and sum(passed) >= len(passed) - 1 else 1


if __name__ == "__main__":
    sys.exit(main())
