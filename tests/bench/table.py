"""The figures of one run as a table: nanoseconds of processor time, and how often ours fits into each.

    table.py FOLDER    with the benchmarks' JSON files and numpy.txt
"""
import json
import pathlib
import platform
import sys

folder = pathlib.Path(sys.argv[1])
times, context = {}, {}
for file in sorted(folder.glob("*.json")):
    document = json.loads(file.read_text())
    context = document["context"]
    for one in document["benchmarks"]:
        times[one["name"]] = one["cpu_time"] * {"ns": 1, "us": 1e3, "ms": 1e6}[one["time_unit"]]
for line in (folder / "numpy.txt").read_text().splitlines():
    name, value = line.split()
    times[name] = float(value)


def show(value):
    return f"{value:,.1f}" if value < 1000 else f"{value:,.0f}"


print(f"{context.get('num_cpus')} processors of {context.get('mhz_per_cpu')} MHz, {platform.machine()}; nanoseconds of processor time\n")
for family, peers in (("add", ("floor", "quantlib", "icu", "numpy_call", "numpy_array")), ("count", ("floor", "quantlib", "numpy_array"))):
    print(f"| {family} n working days | n = 1 | n = 7 | n = 15 | n = 250 |\n|---|---|---|---|---|")
    ours = [times.get(f"{family}_ours/{n}") for n in (1, 7, 15, 250)]
    print(f"| ours | {' | '.join(show(t) for t in ours)} |")
    for peer in peers:
        cells = [(times.get(f"{family}_{peer}/{n}"), t) for n, t in zip((1, 7, 15, 250), ours)]
        if all(c[0] for c in cells):
            print(f"| {peer} | {' | '.join(f'{show(a)} ({a / b:,.2g} ×)' if a / b < 10 else f'{show(a)} ({a / b:,.0f} ×)' for a, b in cells)} |")
    print()
rest = [name for name in times if not name.startswith(("add_", "count_"))]
print("| | ns |\n|---|---|")
for name in rest:
    print(f"| {name} | {show(times[name])} |")
