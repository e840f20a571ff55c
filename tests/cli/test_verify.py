"""The auditor's command: what was altered is named, in his language; an audit may be spread over several nights."""
import hashlib
import pathlib
import sqlite3
import sys
import unittest

from desk import DeskTest


class Verify(DeskTest):
    def setUp(self):
        super().setUp()
        self.make_desk()
        for _ in range(3):
            number = self.open_case()
            self.do("classify", number, "class=service")
            self.do("forward", number, "unit=quality")

    def alter(self, *statements):
        with sqlite3.connect(self.db) as store:
            for statement in statements:
                store.execute(*statement)
        store.close()

    def findings(self, *words):
        answer = self.call("verify", *words, who="auditor:dao", options=("--json",))
        self.assertEqual((answer.code, answer.refusal["error"]), (1, "E_CORRUPT"))
        return answer.json["findings"]

    def test_words(self):
        self.misused("verify", "all")
        for words in (["--budget", "0"], ["--budget", "x"], ["--budget"], ["--token"], ["--recompute=yes"]):
            self.misused("verify", *words)
            self.misused("recompute", *words)
        for command in ("verify", "recompute"):
            self.refused("E_INVALID", command, "--token", "tomorrow")

    def test_a_damaged_file_is_named_and_what_to_do_wherever_it_lies(self):
        """Thai has three bytes a letter: whatever is cut of a long sentence is cut between two, and it is the advice's end, not the file."""
        whole = self.db.read_bytes()
        damaged = whole[:4096] + b"".join(b"\xee" * 200 + whole[at + 200:at + 4096] for at in range(4096, len(whole), 4096))
        for deep in (1, 4):
            for letters in range(3):
                self.db = self.folder / ("x" * letters + "ศูนย์รับเรื่องร้องเรียน") / pathlib.Path(*["ฐานข้อมูล ปี ๒๕๖๙"] * deep) / "c.db"
                self.db.parent.mkdir(parents=True)
                self.db.write_bytes(damaged)
                (self.db.parent / "c.db-wal").write_bytes(b"x" * 100)
                refusal = self.call("inbox", options=("--json",)).refusal
                self.assertEqual(refusal["error"], "E_CORRUPT")
                self.assertTrue(refusal["th"].startswith(f"{self.db}: ไฟล์ฐานข้อมูลเสียหาย"), refusal["th"])
                self.assertIn(f"(SQLite 11) in {self.db}: the file is damaged", refusal["en"])
                if deep == 1:
                    self.assertTrue(refusal["th"].endswith("แล้วกู้จากไฟล์สำรอง"), refusal["th"])

    def test_a_row_that_nobody_caused(self):
        self.alter(("INSERT INTO complaint_clock SELECT office, 4711, seq, version, rule, cycle, state, started_at, nominal_at, due_at, stopped_at, late_ms, referral, length, wake_at, warned, extended, paused, interim "
                    "FROM complaint_clock WHERE seq = 1 LIMIT 1",))
        found = self.findings()
        self.assertEqual([(row["stream"], row["what"], row["subject"]) for row in found], [("4711", "orphan", "complaint_clock")])
        self.assertTrue(found[0]["th"] and found[0]["en"])

    def test_an_altered_definition(self):
        self.alter(("UPDATE complaint_definition SET body = CAST(replace(body, 'national', 'nationaI') AS BLOB) WHERE kind = 'calendar'",))
        self.assertIn("altered", {row["what"] for row in self.findings()})
        deadlines = [row for row in self.findings("--recompute") if row["what"] == "deadline"]
        self.assertEqual({row["subject"] for row in deadlines}, {"acknowledge", "forward", "follow_up"})
        self.assertTrue(all(row["clock"] > 0 and row["recorded"] > 0 for row in deadlines))

    def test_a_deadline_that_was_given_away(self):
        """By somebody who knows how to make all hashes right again."""
        with sqlite3.connect(self.db) as store:
            store.row_factory = sqlite3.Row
            case, due = store.execute("SELECT case_id, due_at FROM complaint_clock WHERE rule = 'follow_up'").fetchone()
            previous = bytes(32)
            for event in store.execute("SELECT rowid, * FROM complaint_event WHERE stream = ? ORDER BY seq", (case,)).fetchall():
                event = dict(event) | {"prev": previous, "payload": event["payload"].replace(b'"due":%d' % due, b'"due":%d' % (due + 86400000))}
                previous = self.hash_of(event)
                store.execute("UPDATE complaint_event SET payload = ?, prev = ?, hash = ? WHERE rowid = ?", (event["payload"], event["prev"], previous, event["rowid"]))
            store.execute("UPDATE complaint_clock SET due_at = due_at + 86400000 WHERE case_id = ? AND rule = 'follow_up'", (case,))
            store.execute("UPDATE complaint_case SET head = ? WHERE case_id = ?", (previous, case))
        store.close()
        self.assertEqual(self.ask("verify")["findings"], [])
        found = self.findings("--recompute")
        self.assertEqual([(row["stream"], row["what"], row["subject"], row["recorded"], row["computed"]) for row in found], [(str(case), "deadline", "follow_up", due + 86400000, due)])

    @staticmethod
    def hash_of(event):
        def value(kind, data):
            return bytes([kind]) + len(data).to_bytes(8, "little") + data

        data = b"libcomplaint/event/1" + value(3, event["prev"]) + value(2, event["office"].encode())
        for name in ("stream", "seq", "kind", "happened_at", "entered_at"):
            data += value(1, event[name].to_bytes(8, "little", signed=True))
        for name in ("actor", "actor_role", "actor_unit", "on_behalf", "acting_for", "request"):
            data += value(2, event[name].encode())
        return hashlib.sha256(data + value(3, event["payload"]) + value(3, event["sealed"])).digest()

    def test_in_parts(self):
        whole, checked, calls, words = self.ask("verify")["checked"], 0, 0, []
        while True:
            part = self.ask("verify", "--budget", "1", *words)
            checked, calls = checked + part["checked"], calls + 1
            if "token" not in part:
                break
            words = ["--token", part["token"]]
        self.assertEqual(checked, whole)
        self.assertGreater(calls, 3)
        self.assertTrue(self.ok("verify", "--budget", "1").pairs["token"])

    def test_the_last_part_remembers(self):
        self.alter(("UPDATE complaint_case SET state = 'closed' WHERE register_number = 1",))
        words, found = [], 0
        for _ in range(200):
            answer = self.call("verify", "--budget", "1", *words, options=("--json",))
            found += len(answer.json["findings"])
            if "token" not in answer.json:
                break
            self.assertEqual(answer.code, 0)
            words = ["--token", answer.json["token"]]
        self.assertEqual((answer.code, answer.json["findings"], answer.refusal["error"]), (1, [], "E_CORRUPT"))
        self.assertGreater(found, 0)

    def test_recompute_in_parts(self):
        first = self.ask("recompute", "--budget", "2")
        self.assertEqual((first["cases"], first["moved"]), (2, 0))
        self.assertEqual(self.ask("recompute", "--token", first["token"]), {"cases": 1, "moved": 0, "reverted": 0, "damaged": 0})
        self.assertEqual(self.ok("recompute", "--budget", "2").pairs["token"], first["token"])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"] if len(sys.argv) == 1 else sys.argv)
