"""The figures of one run: as tables of nanoseconds of processor time, or as lines of JSON, each with its peer of the same run and how they compare.

    table.py --tables|--json FOLDER    with the benchmarks' JSON files and numpy.txt
"""
import json
import pathlib
import platform
import sys

form, folder = sys.argv[1], pathlib.Path(sys.argv[2])
runs, context = {}, {}
for file in sorted(folder.glob("*.json")):
    document = json.loads(file.read_text())
    context = document["context"]
    for one in document["benchmarks"]:
        runs[one["name"]] = one
times = {name: one["cpu_time"] * {"ns": 1, "us": 1e3, "ms": 1e6}[one["time_unit"]] for name, one in runs.items()}
for line in (folder / "numpy.txt").read_text().splitlines():
    name, value = line.split()
    times[name] = float(value)


def find(name):
    """A benchmark by the beginning of its name: `desk_intake/0` of `desk_intake/0/iterations:4/real_time`."""
    return next((one for full, one in runs.items() if full == name or full.startswith(name + "/")), None)


# ---- ours beside what is written by hand: (figure, ours, peer, what is compared, unit, target of the ratio) ----------------------

FULL, NORMAL, OFF = 0, 1, 2
pairs = []
for name, floors in (("intake", (0.85, None, 0.5)), ("transition", (0.85, None, 0.5)), ("import", (0.6, 0.6, 0.6))):
    for mode, label in ((FULL, "FULL"), (NORMAL, "NORMAL"), (OFF, "OFF")):
        pairs.append((f"{name}, synchronous {label}", f"desk_{name}/{mode}", f"byhand_{name}/{mode}", "actions", "1/s", floors[mode]))


def rate(one, what):
    return one[what] if what in one else 1e9 / (one["cpu_time"] * {"ns": 1, "us": 1e3, "ms": 1e6}[one["time_unit"]])


def figures():
    """(figure, value, unit, peer's value or None, ratio or None, target or None)"""
    for figure, ours, peer, what, unit, target in pairs:
        a, b = find(ours), find(peer)
        if a and b:
            yield figure, rate(a, what), unit, rate(b, what), rate(a, what) / rate(b, what), target and f">= {target}"
    for cases in (10_000, 100_000, 1_000_000):
        a, b = find(f"desk_find/{cases}"), find(f"byhand_find/{cases}")
        if a and b:
            yield f"case by number among {cases:,}", rate(a, ""), "1/s", rate(b, ""), rate(a, "") / rate(b, ""), ">= 0.5"
    for name, figure in (("desk_worklist", "worklist of 50"), ("desk_tick", "tick, 1,000 clocks due")):
        small = find(f"{name}/10000")
        for cases in (10_000, 100_000, 1_000_000):
            a = find(f"{name}/{cases}")
            if a and small:
                yield f"{figure} among {cases:,}", a["cpu_time"], a["time_unit"], small["cpu_time"], a["cpu_time"] / small["cpu_time"], "<= 2"
    for name, target in (("fold", ">= 1,000,000"), ("verify", ">= 100,000"), ("hash", None)):
        a = find(name)
        if a:
            yield name, a["events"], "events/s", None, None, target
    a = find("bytes")
    if a:
        for what in ("case", "transition"):
            yield f"bytes of a {what}", a[what], "B", a[what + "_own"], a[what] / a[what + "_own"], "<= 1.5"
    a = find("memory")
    if a:
        yield "memory of a desk, open", a["open"], "B", None, None, None
        yield "memory of a desk, at most", a["most"], "B", None, None, "<= 2,000,000"
    a, b = find("first_answer"), find("nothing")
    if a and b:
        yield "first answer of the command", a["real_time"] - b["real_time"], "ms", b["real_time"], None, "<= 20"


def show(value):
    return f"{value:,.1f}" if value < 1000 else f"{value:,.0f}"


def calendar_tables():
    for family, peers in (("add", ("floor", "quantlib", "icu", "numpy_call", "numpy_array")), ("count", ("floor", "quantlib", "numpy_array"))):
        print(f"| {family} n working days | n = 1 | n = 7 | n = 15 | n = 250 |\n|---|---|---|---|---|")
        ours = [times.get(f"{family}_ours/{n}") for n in (1, 7, 15, 250)]
        if not all(ours):
            continue
        print(f"| ours | {' | '.join(show(t) for t in ours)} |")
        for peer in peers:
            cells = [(times.get(f"{family}_{peer}/{n}"), t) for n, t in zip((1, 7, 15, 250), ours)]
            if all(c[0] for c in cells):
                print(f"| {peer} | {' | '.join(f'{show(a)} ({a / b:,.2g} ×)' if a / b < 10 else f'{show(a)} ({a / b:,.0f} ×)' for a, b in cells)} |")
        print()


def print_tables():
    print(f"{context.get('num_cpus')} processors of {context.get('mhz_per_cpu')} MHz, {platform.machine()}; the calendar in nanoseconds of processor time\n")
    calendar_tables()
    print("| | ns |\n|---|---|")
    for name in times:
        if name in runs and not name.startswith(("add_", "count_", "desk_", "byhand_")) and "events" not in runs[name]:
            print(f"| {name} | {show(times[name])} |")
    print("\n| | ours | | beside it | ratio | target |\n|---|---|---|---|---|---|")
    for figure, value, unit, peer, ratio, target in figures():
        print(f"| {figure} | {show(value)} | {unit} | {show(peer) if peer else ''} | {f'{ratio:.2f}' if ratio else ''} | {target or ''} |")


def print_lines():
    for name, value in times.items():
        print(json.dumps({"benchmark": name, "ns": value}, ensure_ascii=False))
    for figure, value, unit, peer, ratio, target in figures():
        print(json.dumps({"figure": figure, "value": value, "unit": unit, "beside": peer, "ratio": ratio, "target": target}, ensure_ascii=False))


print_lines() if form == "--json" else print_tables()
