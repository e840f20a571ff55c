"""The year that the quickstart replays: what its screen says is what the desk says, and it says the same each time."""
import json
import re
import subprocess
import sys
import unittest

from desk import COMMAND, EXPORT, SOURCE, DeskTest

LABELS = SOURCE / "examples/data/inbox_labels.tsv"


class Replay(DeskTest):
    def replay(self, folder):
        done = subprocess.run(["/usr/bin/python3", SOURCE / "examples/replay.py", COMMAND, EXPORT, LABELS, folder], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def test_a_year(self):
        folder = self.folder / "quickstart"
        screen = self.replay(folder)
        self.assertLess(len(screen.splitlines()), 24)
        count = {line.split()[0]: int(re.search(r" (\d+)  ", line)[1]) for line in screen.splitlines() if re.match(r"  \S+\s+\d+  ", line)}
        self.assertEqual((count["ข้อความเข้า"], count["เรื่องร้องเรียน"], count["ตอบรับ"]), (144, 53, 53))
        self.assertIn("พบข้อผิดพลาด 0 รายการ", screen)
        self.assertIn("เลขทะเบียน 1 ถึง 51/2569, 1 ถึง 2/2570", screen)
        self.assertIn("ค้างคัดกรอง 0", screen)
        self.assertTrue(0 < count["ปิดเรื่อง"] < 53)  # some stay open, so that the worklist shows something

        notices = [json.loads(line) for line in (folder / "outbox.jsonl").read_text(encoding="utf-8").splitlines()]
        acknowledged = [notice for notice in notices if notice["template"] in ("acknowledgement", "acknowledgement_information")]
        self.assertEqual(len({notice["intent"] for notice in notices}), len(notices))
        self.assertEqual(len(acknowledged), 53)
        self.assertTrue(all(notice["address"] for notice in acknowledged))

        labelled = [klass for line in LABELS.read_text(encoding="utf-8").splitlines()[1:] for klass in line.split("\t")[9].split() if klass != "none"]
        figures = json.loads((folder / "report-2569-12.json").read_text(encoding="utf-8"))
        found = {row["key"]: row["amount"] for row in figures["classes"] if row["amount"]}
        self.assertEqual(found, {klass: labelled.count(klass) for klass in labelled})

        self.db = folder / "complaint.db"
        self.assertEqual(self.ask("verify", "--recompute", at="2026-10-09T16:00")["findings"], [])  # each deadline of the year by what its event cites
        open_cases = self.ask("worklist", at="2026-10-09T16:00")
        self.assertEqual(len(open_cases), 53 - count["ปิดเรื่อง"])

        # README shows this screen; only where the files lie is another place here.
        said = [line for line in screen.splitlines() if line.startswith("  ") and "/" + folder.name not in line and "--db" not in line]
        readme = (SOURCE / "README.md").read_text(encoding="utf-8").splitlines()
        self.assertEqual([line for line in said if line not in readme], [])

        self.assertEqual(self.replay(folder), screen)  # again: from a fresh folder, the same year


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"] if len(sys.argv) == 1 else sys.argv)
