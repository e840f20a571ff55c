"""`complaint classify`: one line out for each line in, four cells, whatever the line; an office's own model; the policy's threshold."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(os.environ["COMPLAINT_SOURCE"])
COMMAND = os.environ["COMPLAINT_COMMAND"]
faults = []


def expect(what, got, wanted):
    if got != wanted:
        faults.append(f"{what}: {got!r}, not {wanted!r}")


def run(words, data):
    return subprocess.run([COMMAND, *words], input=data, capture_output=True)


def answers(words, lines):
    done = run(words, "".join(line + "\n" for line in lines).encode())
    expect(f"{words}: exit status", done.returncode, 0)
    return [line.split("\t") for line in done.stdout.decode().splitlines()]


def check_refusals():
    for words in (["classify", "x"], ["classify", "--share", "50"], ["classify", "--model", "m", "--share", "0"], ["classify", "--model", "m", "--share", "5x"]):
        expect(" ".join(words), run(words, b"").returncode, 2)
    done = run(["classify", "--model", "no-such-file"], b"")
    expect("no such model", (done.returncode, b"no-such-file" in done.stderr), (1, True))
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"this is no model")
        file.flush()
        done = run(["classify", "--model", file.name], b"")
        expect("no model", (done.returncode, b"no model" in done.stderr), (1, True))


def check_lines():
    texts = [line.split("\t")[1] for line in (ROOT / "tests/data/corpus/dev.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    got = answers(["classify"], texts)
    expect("lines", len(got), len(texts))
    for text, cells in zip(texts, got):
        if len(cells) != 4 or not re.fullmatch("[a-z_]+", cells[0]) or not re.fullmatch(r"[01]\.\d{3}", cells[1]):
            faults.append(f"{text}: {cells}")
            continue
        flags = set(cells[2].split(",")) - {""}
        flagged_nothing = cells[0] == "none" and bool(flags - {"unsure"})
        expect(f"unsure: {text}", "unsure" in flags, float(cells[1]) < 0.6 or flagged_nothing)
        for term in re.split(", |; ", re.sub(r"(^|; )(urgent|corruption|sensitive|office_impact): ", r"\1", cells[3])):
            if term and term not in text.replace("\\n", "\n") and not re.search(r"[,;\s]", text):
                faults.append(f"{text}: “{term}” does not stand in it")
    right = sum(cells[0] == line.split("\t")[2] for cells, line in zip(got, (ROOT / "tests/data/corpus/dev.tsv").read_text(encoding="utf-8").splitlines()[1:]))
    if right < 500:
        faults.append(f"{right} of {len(texts)} right")


def check_odd_lines():
    expect("odd lines", [(cells[0], len(cells)) for cells in answers(["classify"], ["", "ขอบคุณค่ะ\\nบริการดีมาก ประทับใจ\r"])], [("none", 4), ("none", 4)])
    done = run(["classify"], "รอคิว".encode() + b"\xff\nab\x00c\nx")
    expect("bad bytes", [line.split("\t") for line in done.stdout.decode().splitlines()][:2], [["error:utf8", "", "", ""], ["error:nul", "", "", ""]])
    expect("bad bytes: lines", (done.returncode, done.stdout.count(b"\n")), (1, 3))


def check_model():
    model = str(ROOT / "lib/data/classify/model.bin")
    lines = ["รอคิวนานมาก", "ขอบคุณค่ะ", "ล็อกสเปกเครื่องเอกซเรย์"]
    builtin = answers(["classify"], lines)
    expect("the built-in model as a file", answers(["classify", "--model", model], lines), builtin)
    expect("and half of each", [cells[0] for cells in answers(["classify", "--model", model, "--share", "50"], lines)], [cells[0] for cells in builtin])


def check_policy():
    text = (ROOT / "lib/data/policies/moph-phrae.json").read_text(encoding="utf-8")
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        file.write(text.replace('"unsure_below": 600', '"unsure_below": 1000'))
        file.flush()
        expect("unsure below 1", "unsure" in answers(["--policy", file.name, "classify"], ["รอคิวนานมาก"])[0][2], True)
    expect("unsure below 0.6", answers(["classify"], ["ล็อกสเปกเครื่องเอกซเรย์ในการประกวดราคา"])[0][2].split(",").count("unsure"), 0)


for check in (check_refusals, check_lines, check_odd_lines, check_model, check_policy):
    check()
print("\n".join(faults) if faults else "as it should be")
sys.exit(bool(faults))
