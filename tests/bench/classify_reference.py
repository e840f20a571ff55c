#!/usr/bin/python3
"""What others make of the same messages: the reference and the methods that were compared before one was chosen. By hand; needs python3-sklearn:

    /usr/bin/python3 tests/bench/classify_reference.py

reference   character n-gram TF-IDF with a linear SVM or logistic regression, trained on tests/data/corpus/dev.tsv alone, 10-fold cross validation
methods     trained on lib/data/classify/corpus.tsv, measured on the odd ids of dev.tsv; `chosen` is the library's own without its integers

Figures: macro-F1 of the class, F1 of urgent, F1 of corruption. docs/classifier.md keeps the table.
"""
import pathlib
import re
import unicodedata

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import ComplementNB
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

ROOT = pathlib.Path(__file__).resolve().parents[2]


def normal(text):
    """About the library's normal form and letters."""
    text = unicodedata.normalize("NFC", text.replace("\\n", " ").replace("\u200b", "").replace("\u00a0", " ")).lower()
    text = text.replace("เเ", "แ").replace("ํา", "ำ").translate({0x0E50 + i: str(i) for i in range(10)})
    text = re.sub(r"\d", "0", re.sub(r"([^\d])\1{2,}", r"\1", text))
    return " " + re.sub(r"\s+", " ", re.sub(r"0{4,}", "000", text)).strip() + " "


def read(path):
    rows = [line.rstrip("\n").split("\t") for line in (ROOT / path).open(encoding="utf-8")]
    return [r for r in rows if r[0] != "id"]


def labels(rows):
    return np.array([r[2] for r in rows]), np.array([int(r[4]) for r in rows]), np.array([int(r[3]) for r in rows])


def read_lexicon():
    terms = {}
    for line in (ROOT / "lib/data/classify/lexicon.tsv").open(encoding="utf-8"):
        if line.startswith("#"):
            continue
        group, _, phrases = line.rstrip("\n").split("\t")
        for phrase in phrases.split(" | "):
            terms.setdefault(normal(phrase).strip(), []).append(group)
    return terms


TERMS = read_lexicon()
LONGEST = max(map(len, TERMS))


def hangs(letter):
    return bool(letter) and ("\u0e30" <= letter <= "\u0e3a" or "\u0e47" <= letter <= "\u0e4e")


def phrases(text):
    """Terms, their groups, and groups that follow one another."""
    found, i = [], 0
    while i < len(text):
        end = next((i + n for n in range(min(LONGEST, len(text) - i), 0, -1) if text[i : i + n] in TERMS and not hangs(text[i + n : i + n + 1])), None)
        if end:
            found.append(text[i:end])
        i = end or i + 1
    out = []
    for here, behind in zip(found, [*found[1:], None]):
        out += ["t:" + here, *("g:" + g for g in TERMS[here])]
        out += [f"{a}>{b}" for a in TERMS[here] for b in TERMS.get(behind, ())]
    return out


def characters(least, most, rare=2):
    return TfidfVectorizer(analyzer="char", ngram_range=(least, most), sublinear_tf=True, min_df=rare)


class Both:
    """Binary n-grams and phrases, each block of length one, the second weighing less."""

    def __init__(self, weight):
        self.weight, self.blocks = weight, (TfidfVectorizer(analyzer="char", ngram_range=(2, 4), binary=True, min_df=2), TfidfVectorizer(analyzer=phrases, binary=True, min_df=2))

    def fit_transform(self, texts):
        a, b = (block.fit_transform(texts) for block in self.blocks)
        return sp.hstack([a, b * self.weight]).tocsr()

    def transform(self, texts):
        a, b = (block.transform(texts) for block in self.blocks)
        return sp.hstack([a, b * self.weight]).tocsr()


def figures(truth, answers):
    return f1_score(truth[0], answers[0], average="macro"), f1_score(truth[1], answers[1]), f1_score(truth[2], answers[2])


def print_row(name, values):
    print(f"{name:44s} " + "  ".join(f"{v:.3f}" for v in values), flush=True)


def reference(rows):
    texts, truth = np.array([r[1] for r in rows]), labels(rows)
    for name, model in (("linear SVM", LinearSVC(C=0.3, class_weight="balanced")), ("logistic regression", LogisticRegression(C=1, max_iter=1000, class_weight="balanced"))):
        answers = [np.empty_like(t) for t in truth]
        for k, t in enumerate(truth):
            for train, test in StratifiedKFold(10, shuffle=True, random_state=1).split(texts, t):
                pipe = make_pipeline(characters(2, 4, 1), model).fit(texts[train], t[train])
                answers[k][test] = pipe.predict(texts[test])
        print_row(f"reference, {name}, dev.tsv alone", figures(truth, answers))


def methods(train, test):
    a, b = [normal(r[1]) for r in train], [normal(r[1]) for r in test]
    known, truth = labels(train), labels(test)

    def row(name, features, model):
        answers = []
        for k in range(3):
            f = features(k)
            answers.append(model(k).fit(f.fit_transform(a), known[k]).predict(f.transform(b)))
        print_row(name, figures(truth, answers))

    def svm(k, cost=1.0):
        return LinearSVC(C=cost, class_weight="balanced" if k else None)

    row("naive Bayes (complement), characters 2-4", lambda k: CountVectorizer(analyzer="char", ngram_range=(2, 4), min_df=2), lambda k: ComplementNB())
    row("linear SVM, phrases of the lexicon alone", lambda k: TfidfVectorizer(analyzer=phrases, binary=True, min_df=2), svm)
    row("logistic regression, characters 2-5", lambda k: characters(2, 5), lambda k: LogisticRegression(C=10, max_iter=1000, class_weight="balanced" if k else None))
    row("linear SVM, characters 2-5", lambda k: characters(2, 5), svm)
    row("linear SVM, characters 2-4", lambda k: characters(2, 4), svm)
    row("chosen: SVM, characters 2-4 and phrases", lambda k: Both(0.4 if k else 0.6), svm)
    row("logistic regression, both", lambda k: Both(0.4 if k else 0.6), lambda k: LogisticRegression(C=30, max_iter=1000, class_weight="balanced" if k else None))


if __name__ == "__main__":
    dev = read("tests/data/corpus/dev.tsv")
    print(f"{'':44s} class  urgent corruption")
    reference(dev)
    methods(read("lib/data/classify/corpus.tsv"), [r for r in dev if int(r[0][1:]) % 2])
