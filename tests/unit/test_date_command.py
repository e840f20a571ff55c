"""`complaint date`: one line out for each line in, every form of tests/data/be_dates.csv, and no growth however many lines come."""
import csv
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(os.environ["COMPLAINT_SOURCE"])
COMMAND = os.environ["COMPLAINT_COMMAND"]
MANY = 200_000
faults = []


def expect(what, got, wanted):
    if got != wanted:
        faults.append(f"{what}: {got!r}, not {wanted!r}")


def run(words, text="", check=True):
    done = subprocess.run([COMMAND, *words], input=text.encode(), capture_output=True)
    if check and done.returncode != 0:
        faults.append(f"{words}: exit status {done.returncode}: {done.stderr.decode()}")
    return done


def answers(words, lines):
    return run(words, "".join(line + "\n" for line in lines)).stdout.decode().splitlines()


def as_printed(expected):
    """`ERR:kind` as the command says it, and a time with its seconds and offset."""
    if expected.startswith("ERR:"):
        return "error:" + expected[4:]
    if "T" not in expected:
        return expected
    return expected + (":00" if len(expected) == 16 else "") + "+07:00"


def check_refusals():
    for words in (["date"], ["date", "read"], ["date", "parse", "x"], ["date", "parse", "--reference", "5/11/69"], ["date", "parse", "--reference", ""], ["date", "format", "--style", "iso"], ["date", "format", "x"]):
        expect(" ".join(words), run(words, "5/11/2569\n", check=False).returncode, 2)


def check_forms():
    with open(ROOT / "tests/data/be_dates.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    got = answers(["date", "parse", "--reference", "2026-11-05"], [row[0] for row in rows])
    expect("lines", len(got), len(rows))
    for row, line in zip(rows, got):
        expect(row[0], line, as_printed(row[1]))


def check_reference():
    expect("--at", answers(["--at", "2026-11-05T08:30", "date", "parse"], ["5/11/69", "5/11/26"]), ["2026-11-05", "error:ambiguous_year"])
    expect("--reference", answers(["--at", "2026-11-05T08:30", "date", "parse", "--reference", "1 มกราคม 2500"], ["5/11/69", "5/11/3"]), ["error:ambiguous_year", "1960-11-05"])
    expect("today", answers(["date", "parse"], ["5/11/2569"]), ["2026-11-05"])


def check_lines():
    expect("a line break", answers(["date", "parse"], ["๕ พฤศจิกายน ๒๕๖๙\\nเวลา ๐๘.๓๐ น.", "5/11\\n/2569", "\\n", "5/11/2569\\"]), ["2026-11-05T08:30:00+07:00", "2026-11-05", "error:empty", "error:trailing_text"])
    expect("no end of line", run(["date", "parse"], "5/11/2569").stdout, b"2026-11-05\n")
    expect("nothing", run(["date", "parse"], "").stdout, b"")
    expect("empty lines", run(["date", "parse"], "\n\r\n").stdout, b"error:empty\nerror:empty\n")
    odd = subprocess.run([COMMAND, "date", "parse"], input=b"5/11/2569\0\n\xff\xfe\n" + b" " * 3_000_000 + b"5/11/2569\n", capture_output=True)
    expect("bytes", odd.stdout, b"error:trailing_text\nerror:syntax\n2026-11-05\n")


def check_styles():
    lines = ["2026-11-05", "2026-11-05T08:30", "2569-11-05", "2026-02-30", "5/11/2569", "", "xyz"]
    bad = ["error:year_out_of_range", "error:invalid_day", "error:syntax", "error:empty", "error:syntax"]
    wanted = {
        ("--style", "long"): ["5 พฤศจิกายน 2569", "5 พฤศจิกายน 2569 เวลา 08.30 น."],
        ("--style", "short"): ["5 พ.ย. 2569", "5 พ.ย. 2569 เวลา 08.30 น."],
        ("--style", "numeric"): ["05/11/2569", "05/11/2569 เวลา 08.30 น."],
        ("--style", "official"): ["วันที่ ๕ เดือน พฤศจิกายน พ.ศ. ๒๕๖๙", "วันที่ ๕ เดือน พฤศจิกายน พ.ศ. ๒๕๖๙ เวลา ๐๘.๓๐ น."],
        ("--style", "long", "--thai-digits"): ["๕ พฤศจิกายน ๒๕๖๙", "๕ พฤศจิกายน ๒๕๖๙ เวลา ๐๘.๓๐ น."],
    }
    for words, good in wanted.items():
        expect(" ".join(words), answers(["date", "format", *words], lines), good + bad)


def page_rows(heading):
    """The rows of the first table below a heading of docs/dates.md: the first cell, and the code in the second."""
    page = (ROOT / "docs/dates.md").read_text(encoding="utf-8")
    section = page.split(f"## {heading}")[1]
    table = re.search(r"(?:^\|.*\n)+", section, flags=re.M).group(0).splitlines()[2:]
    return [(row.split("|")[1].strip(), [e for e in re.findall(r"`([^`]+)`", row.split("|")[2]) if "…" not in e]) for row in table]


def check_page():
    """What the page promises is so. An example that is a year or a time only stands behind a date."""
    words = ["--at", "2026-11-05T12:00", "date", "parse"]
    forms = [example for _, examples in page_rows("What is read") for example in examples]
    expect("forms of the page", len(forms) > 25 and set(answers(words, forms)), {"2026-11-05"})
    for kind, examples in page_rows("What is refused"):
        for example in examples:
            got = answers(words, [example, "5 พฤศจิกายน " + example, "5 พฤศจิกายน 2569 เวลา " + example])
            if f"error:{kind.strip('`')}" not in got:
                faults.append(f"docs/dates.md, {kind}: {example}: {got}")


def resident(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1))


def check_growth():
    """What the command takes after ten lines and after many; it answers each line before it waits for the next."""
    for words, line in ((["date", "parse"], "๕ พ.ย. ๒๕๖๙ เวลา ๐๘.๓๐ น.\n"), (["date", "parse"], "5/11\n"), (["date", "format"], "2026-11-05T08:30\n")):
        process = subprocess.Popen([COMMAND, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        sizes = []
        for lines in (10, MANY):
            for _ in range(lines // 10):
                process.stdin.write(line.encode() * 10)
                process.stdin.flush()
                for _ in range(10):
                    process.stdout.readline()
            sizes.append(resident(process))
        process.stdin.close()
        expect("nothing more", process.stdout.read(), b"")
        expect("exit status", process.wait(), 0)
        if sizes[1] > sizes[0] + 256:
            faults.append(f"{words}: {sizes[0]} kB after 10 lines, {sizes[1]} kB after {MANY}")


for check in (check_refusals, check_forms, check_reference, check_lines, check_styles, check_page, check_growth):
    check()
print("\n".join(faults) or "every line was answered")
sys.exit(bool(faults))
