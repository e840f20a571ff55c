"""The labelled messages are in order, and what the model learns from repeats nothing of what it is measured on."""
import collections
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(os.environ["COMPLAINT_SOURCE"])
CLASSES = {"personnel", "service", "establishment", "health_threat", "cyber", "procurement", "out_of_jurisdiction", "information_request", "none"}
FLAGS = {"sensitive", "office_impact"}
SHORT = 12  # letters: two people may write "ขอบคุณค่ะ"
ALIKE = 0.5  # of the runs of four letters that either has, both have so many
RARE = 60  # messages: a run that more of them have says nothing about who copied whom
faults = []


def read(path):
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("id\t")]


def check_order(path, rows):
    for row in rows:
        flags = set(row[8].split(",")) - {""} if len(row) > 8 else set()
        if len(row) not in (8, 9) or row[2] not in CLASSES or not {row[3], row[4], row[5]} <= {"0", "1"} or not flags <= FLAGS or not row[1].strip():
            faults.append(f"{path}: {row[0]} is not in order")
    for name, count in collections.Counter(row[0] for row in rows).items():
        if count > 1:
            faults.append(f"{path}: {name} occurs {count} times")


def runs(text):
    letters = re.sub(r"\s+", "", text.replace("\\n", ""))
    return {letters[i : i + 4] for i in range(len(letters) - 3)} if len(letters) >= SHORT else set()


def check_apart(corpus, measured):
    where = collections.defaultdict(list)
    learned = [runs(row[1]) for row in corpus]
    for i, own in enumerate(learned):
        for run in own:
            where[run].append(i)
    for row in measured:
        own = runs(row[1])
        met = collections.Counter(i for run in own if len(where.get(run, ())) <= RARE for i in where.get(run, ()))
        for i in (i for i, count in met.items() if count > 1):
            if len(own & learned[i]) > ALIKE * len(own | learned[i]):
                faults.append(f"{corpus[i][0]} “{corpus[i][1]}” repeats {row[0]} “{row[1]}”")


def main():
    corpus, dev, fresh = (read(path) for path in ("lib/data/classify/corpus.tsv", "tests/data/corpus/dev.tsv", "tests/data/corpus/fresh.tsv"))
    for path, rows in (("corpus.tsv", corpus), ("dev.tsv", dev), ("fresh.tsv", fresh)):
        check_order(path, rows)
    check_apart(corpus, dev + fresh)


main()
print("\n".join(faults) if faults else "as it should be")
sys.exit(bool(faults))
