#!/usr/bin/python3
"""What docs/classifier.md says of the shipped model, beyond what complaint_train_classifier --evaluate and --validate print. By hand:

    cmake --build build/release --target complaint complaint_train_classifier
    python3 tests/bench/classify_measure.py build/release

parts       of dev.tsv and fresh.tsv: odd and even ids, lengths, stages
changed     dev.tsv with names and places exchanged, tone marks lost, blanks lost, letters exchanged
polite      dev.tsv and fresh.tsv with greetings, thanks and the formulas of a letter around each message
folds       dev.tsv in ten folds, trained on the other nine with the corpus, and on the other nine alone
writers     each writer of the corpus, trained on the others

With "polite" behind the folder, only this part.

Figures: messages, macro-F1 of the class, F1 of urgent, corruption, sensitive and office_impact (- where nobody labelled them).
"""
import pathlib
import random
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build/release")
MODEL = ROOT / "lib/data/classify/model.bin"
LEXICON = ROOT / "lib/data/classify/lexicon.tsv"
FLAGS = ("urgent", "corruption", "sensitive", "office_impact")
PLACES = ["เชียงราย", "แพร่", "แม่สาย", "เชียงแสน", "เชียงของ", "พาน", "เทิง", "แม่ลาว", "สูงเม่น", "เด่นชัย", "ร้องกวาง", "ลอง", "สอง", "วังชิ้น", "แม่จัน", "แม่ฟ้าหลวง", "ขุนตาล", "พญาเม็งราย", "เวียงชัย", "แม่สรวย"]
OTHERS = ["สุรินทร์", "ตรัง", "บางบาล", "ปากช่อง", "หนองแค", "สิชล", "ด่านซ้าย", "กบินทร์บุรี", "ชะอำ", "ไทรโยค"]
NAMES = ["สมหวัง ทุ่งแสงทอง", "วิภาดา ธารน้ำใส", "ก้องภพ ลมทะเล", "อรทัย สวนมะพร้าว"]

AROUND = (
    ("", ""),
    ("", " ขอบคุณค่ะ"),
    ("สวัสดีค่ะ ", " ขอบคุณค่ะ"),
    ("สวัสดีค่ะแอดมิน ขออนุญาตสอบถามนะคะ ", " รบกวนด้วยนะคะ ขอบคุณค่ะ"),
    ("เรียน ท่านนายแพทย์สาธารณสุขจังหวัดที่เคารพ ", " จึงเรียนมาเพื่อโปรดพิจารณา ขอขอบพระคุณครับ"),
    ("หวัดดีจ้าแอด ทักมาปรึกษานิดนึงน้า ", " ยังไงฝากช่วยดูทีนะจ๊ะ แต๊งกิ้วหลายๆ"),  # words that the lexicon does not have
)


def read(path):
    rows = [line.rstrip("\n").split("\t") for line in (ROOT / path).open(encoding="utf-8")]
    return [row + [""] * (9 - len(row)) for row in rows if row[0] != "id"]


def answer(texts, model=MODEL):
    done = subprocess.run([BUILD / "complaint", "classify", "--model", model], input="\n".join(texts) + "\n", capture_output=True, text=True, check=True)
    return [(line.split("\t")[0], set(line.split("\t")[2].split(","))) for line in done.stdout.splitlines()]


def f1(pairs):
    hit, told, true = sum(a and b for a, b in pairs), sum(b for _, b in pairs), sum(a for a, _ in pairs)
    return 2 * hit / (told + true) if true else None


def flags_of(row):
    return {name for name, there in (("urgent", row[4] == "1"), ("corruption", row[3] == "1")) if there} | set(row[8].split(","))


def say(name, rows, answers):
    classes = sorted({row[2] for row in rows})
    each = [f1([(row[2] == c, told == c) for row, (told, _) in zip(rows, answers)]) for c in classes]
    values = [sum(each) / len(each)] + [f1([(flag in flags_of(row), flag in told) for row, (_, told) in zip(rows, answers)]) for flag in FLAGS]
    print(f"{name:40s} {len(rows):5d} " + "  ".join("    -" if v is None else f"{v:.3f}" for v in values), flush=True)


def train(rows, path):
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as file:
        file.writelines("\t".join(row) + "\n" for row in rows)
        file.flush()
        subprocess.run([BUILD / "complaint_train_classifier", LEXICON, path, file.name], capture_output=True, check=True)


def part(name, rows, chosen):
    rows = [row for row in rows if chosen(row)]
    say(name, rows, answer([row[1] for row in rows]))


def exchange(text, chance):
    for place in PLACES:
        text = re.sub(r"(?<=[ .])" + place + r"(?=[ ,)]|$)", lambda _: chance.choice(OTHERS), text)
    return re.sub(r"((?:นาย|นาง|นางสาว|น\.ส\.|ด\.ช\.|ด\.ญ\.|ชื่อ|คุณ) ?)[ก-๙]{2,14} [ก-๙]{3,20}(?= |$)", lambda m: m[1] + chance.choice(NAMES), text)


def swap(text, chance):
    letters = list(text)
    for i in range(len(letters) - 1):
        if chance.random() < 0.03:
            letters[i], letters[i + 1] = letters[i + 1], letters[i]
    return "".join(letters)


def changed(rows):
    chance = random.Random(1)
    ways = (
        ("names and places exchanged", lambda t: exchange(t, chance)),
        ("a tone mark in seven lost", lambda t: re.sub("[่-๋]", lambda m: "" if chance.random() < 1 / 7 else m[0], t).replace("แ", "เเ")),
        ("blanks between Thai letters lost", lambda t: re.sub(r"(?<=[ก-๙]) (?=[ก-๙])", "", t)),
        ("three letters in a hundred exchanged", lambda t: swap(t, chance)),
    )
    for name, change in ways:
        say(name, rows, answer([change(row[1]) for row in rows]))


def polite(name, rows):
    for before, behind in AROUND:
        answers = answer([before + row[1] + behind for row in rows])
        say(f"{name} {before[:14]}…{behind[:14]}", rows, answers)
        matters = [(row, flags) for row, (told, flags) in zip(rows, answers) if row[2] != "none" and told == "none"]
        print(f"{'':40s} urgent found {sum(row[4] == '1' and 'urgent' in flags for row, (_, flags) in zip(rows, answers))}, a matter that is surely none {sum('unsure' not in flags for _, flags in matters)}")


def folds(dev, corpus, name):
    answers = {}
    with tempfile.TemporaryDirectory() as folder:
        model = pathlib.Path(folder) / "model.bin"
        for fold in range(10):
            train(corpus + [row for i, row in enumerate(dev) if i % 10 != fold], model)
            own = [row for i, row in enumerate(dev) if i % 10 == fold]
            answers |= {row[0]: told for row, told in zip(own, answer([row[1] for row in own], model))}
    say(name, dev, [answers[row[0]] for row in dev])


def writers(corpus):
    kept, told = [], []
    with tempfile.TemporaryDirectory() as folder:
        model = pathlib.Path(folder) / "model.bin"
        for writer in sorted({row[0][:2] for row in corpus}):
            own = [row for row in corpus if row[0].startswith(writer)]
            train([row for row in corpus if not row[0].startswith(writer)], model)
            answers = answer([row[1] for row in own], model)
            say(f"writer {writer}", own, answers)
            kept, told = kept + own, told + answers
    say("each writer, from the others", kept, told)


def main():
    dev, fresh, corpus = read("tests/data/corpus/dev.tsv"), read("tests/data/corpus/fresh.tsv"), read("lib/data/classify/corpus.tsv")
    print(f"{'':40s} count class  urgent corr.  sens.  office")
    polite("fresh.tsv", fresh)
    polite("dev.tsv", dev)
    if sys.argv[2:] == ["polite"]:
        return
    part("dev.tsv", dev, lambda row: True)
    part("odd ids", dev, lambda row: int(row[0][1:]) % 2 == 1)
    part("even ids", dev, lambda row: int(row[0][1:]) % 2 == 0)
    part("less than 90 characters", dev, lambda row: len(row[1]) < 90)
    part("90 to 190", dev, lambda row: 90 <= len(row[1]) <= 190)
    part("more", dev, lambda row: len(row[1]) > 190)
    for stage in ("", "f", "g", "h", "k"):
        part(f"fresh.tsv {stage}", fresh, lambda row, stage=stage: row[0].startswith(stage))
    changed(dev)
    writers(corpus)
    folds(dev, [row[:9] for row in corpus], "ten folds, with the corpus")
    folds(dev, [], "ten folds, alone")


main()
