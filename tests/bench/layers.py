"""Where the processor time of a call goes, layer by layer: samples of `perf record`, each counted for the folder of lib/ whose function was running, or for
the library below. The benchmarks run as in run.sh; what is asked for here is their share of time, not their speed.

    layers.py BUILD-FOLDER    of the release preset; run.sh --layers builds it. Needs perf (Debian: linux-perf) and nm.
"""
import collections
import pathlib
import re
import subprocess
import sys
import tempfile

build = pathlib.Path(sys.argv[1])
CALLS = [
    ("intake", "bench_desk", "desk_intake/2"),
    ("transition", "bench_desk", "desk_transition/2"),
    ("import", "bench_desk", "desk_import/2"),
    ("fold", "bench_log", "fold"),
    ("verify", "bench_log", "verify"),
]
BELOW = [("sqlite", "SQLite"), ("kernel", "kernel: the file"), ("sodium", "SHA-256 (libsodium)"), ("utf8proc", "UTF-8 (utf8proc)"), ("libc.", "C library"), ("jansson", "JSON (jansson)"), ("ld-linux", "loading the program"), ("bench_", "the benchmark itself"), ("complaint", "libcomplaint, elsewhere")]
rooms = {}
for binary in [*build.glob("libcomplaint.so.*.*"), build / "tests/bench/bench_log"]:
    for line in subprocess.run(["nm", "-l", "--defined-only", binary], capture_output=True, text=True, check=True).stdout.splitlines():
        found = re.match(r"\S+ [tTwW] (\S+)\t.*/lib/([a-z]+)/(?:(sqlite|memory)/)?[^/]*$", line)
        if found:
            rooms[found[1].split(".")[0]] = "lib/" + found[2]


def layer(symbol, library):
    if ("complaint.so" in library or "bench_log" in library) and symbol.split(".")[0] in rooms:
        return rooms[symbol.split(".")[0]]
    return next((name for part, name in BELOW if part in library), "other")


def shares(program, filter_):
    with tempfile.TemporaryDirectory() as folder:
        data = f"{folder}/perf.data"
        subprocess.run(["perf", "record", "-q", "-o", data, "-e", "cpu-clock", build / "tests/bench" / program, f"--benchmark_filter=^{filter_}(/|$)", "--benchmark_min_time=1", "--benchmark_repetitions=8"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={"COMPLAINT_BENCH_CASES": "10000", "PATH": "/usr/bin:/bin"})
        lines = subprocess.run(["perf", "script", "-i", data, "-F", "ip,sym,dso"], check=True, capture_output=True, text=True).stdout.splitlines()
    samples = [re.match(r"\s*\w+ (.*?)(?:\+0x\w+)? \((.*)\)$", line) for line in lines]
    counted = collections.Counter(layer(one[1], one[2]) for one in samples if one)
    return {name: 100 * n / sum(counted.values()) for name, n in counted.items()}


table = {call: shares(program, filter_) for call, program, filter_ in CALLS}
names = sorted({name for column in table.values() for name in column}, key=lambda name: -sum(column.get(name, 0) for column in table.values()))
print("| % of processor time | " + " | ".join(table) + " |\n|---" + "|---" * len(table) + "|")
for name in names:
    if any(column.get(name, 0) >= 0.5 for column in table.values()):
        print(f"| {name} | " + " | ".join(f"{column.get(name, 0):.0f}" for column in table.values()) + " |")
