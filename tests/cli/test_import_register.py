"""An old register, and what LINE and Messenger send, by the command line."""
import base64
import csv
import hashlib
import hmac
import json
import os
import re
import signal
import subprocess
import sys
import unittest

from desk import COMMAND, EXPORT, SOURCE, DeskTest

DATA = SOURCE / "tests/data/register"
AT = "2026-11-30T09:00"
HEADING = "ที่,วันที่รับเรื่อง,เรื่อง,ประเภท,สถานะ\n"


class Register(DeskTest):
    def setUp(self):
        super().setUp()
        self.make_desk()

    def load(self, file, *words):
        return self.ask("import", "register", file, *words, at=AT)

    def test_a_dry_run_says_the_same_and_writes_nothing(self):
        dry = self.load(DATA / "register_legacy_cp874.csv", "--dry-run")
        self.assertEqual((dry["rows"], dry["added"], dry["set_aside"], dry["refused"], dry["skipped"]), (500, 434, 17, 37, 12))
        real = self.load(DATA / "register_legacy_cp874.csv")
        self.assertEqual(dry, real)
        again = self.load(DATA / "register_legacy.csv")
        self.assertEqual((again["added"], again["known"]), (0, 451))
        self.assertEqual(self.ask("verify", "--recompute", at=AT)["findings"], [])

    def interrupted(self, number, *words, options=()):
        """The command is in the middle of opening its desk when the signal comes: it waits for its calendar."""
        gate = self.folder / "calendar.json"
        if not gate.exists():
            os.mkfifo(gate)
        command = [COMMAND, "--db", self.db, "--at", AT, "--as", "officer:malee", "--calendar", gate, *options, *map(str, words)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder) as process:
            with open(gate, "w", encoding="utf-8") as calendar:
                process.send_signal(number)
                calendar.write('{"format": 1, "year": 2570, "changes": []}')
            out, err = process.communicate()
        return process.returncode, out.decode(), err.decode()

    def test_ctrl_c_ends_it_at_the_next_step_and_the_same_command_goes_on(self):
        (self.folder / "r.csv").write_text(HEADING + "".join(f"{i},5/11/2568,เรื่องที่ {i},2,ปิดเรื่อง\n" for i in range(1, 101)), encoding="utf-8")
        code, out, err = self.interrupted(signal.SIGINT, "import", "register", "r.csv", "--dry-run")
        self.assertEqual((code, out, len(err.splitlines())), (130, "", 2))
        self.assertIn("ไม่ได้บันทึกสิ่งใด", err)
        code, out, err = self.interrupted(signal.SIGINT, "import", "register", "r.csv")
        kept = int(re.search(r"ทำแล้ว (\d+) รายการและเก็บไว้แล้ว สั่งคำสั่งเดิมอีกครั้งเพื่อทำต่อ", err)[1])
        self.assertEqual((code, out), (130, ""))
        self.assertIn(f"done: {kept}, and kept; the same command goes on from there [E_CANCELLED, r.csv]", err)
        code, out, err = self.interrupted(signal.SIGTERM, "import", "register", "r.csv", options=("--json",))
        self.assertEqual((code, out, json.loads(err)["error"], json.loads(err)["file"]), (143, "", "E_CANCELLED", "r.csv"))
        said = self.load("r.csv")
        self.assertGreater(kept, 0)
        self.assertGreater(said["added"], 0)
        self.assertGreaterEqual(said["known"], kept)
        self.assertEqual(said["added"] + said["known"], 100)

    def test_ctrl_c_between_two_conversations(self):
        code, out, err = self.interrupted(signal.SIGINT, "import", "facebook", EXPORT)
        self.assertEqual((code, out), (130, ""))
        self.assertIn("ทำแล้ว 0 รายการและเก็บไว้แล้ว", err)
        self.assertEqual(self.ask("inbox", at=AT), [])
        self.assertGreater(self.ask("import", "facebook", EXPORT, at=AT)["added"], 0)

    def test_what_is_wrong_is_said_with_its_line(self):
        (self.folder / "r.csv").write_text(HEADING + "1,31/11/2568,ก,2,\n2,5/11/2568,ข,2,ปิดเรื่อง\n", encoding="utf-8")
        said = self.load("r.csv")
        self.assertEqual([(f["line"], f["field"], f["reason"], f["severity"]) for f in said["findings"]], [(2, "received", "invalid_date", "refused")])
        self.assertEqual([r["outcome"] for r in said["records"]], ["refused", "added"])
        lines = self.on_terminal("import", "register", "r.csv", at=AT)
        self.assertIn("ไม่มีวันนี้ในปฏิทิน", " ".join(lines))
        self.assertIn("มีอยู่แล้ว 1 แถว", " ".join(lines))

    def test_a_heading_that_lacks_a_column(self):
        """What is there and not understood is quoted; where all of it is, nothing is."""
        for heading, thai, english in (("เลขที่,วันรับ", "ไม่มีหัวช่องเรื่อง ตามคำ", "those that are there are all known"), ("เลขที่,วันรับ,สีรถ", "หัวช่องแรกที่ไม่รู้จัก: “สีรถ”", "the first that is not known: “สีรถ”")):
            (self.folder / "r.csv").write_text(heading + "\n1,5/11/2568,ก\n", encoding="utf-8")
            refusal = self.refused("E_INVALID", "import", "register", "r.csv", at=AT)
            self.assertIn(thai, refusal["th"])
            self.assertIn(english, refusal["en"])
            self.assertNotIn("“”", refusal["th"] + refusal["en"])

    def test_a_dry_run_says_first_and_last_that_it_is_one(self):
        (self.folder / "r.csv").write_text(HEADING + "1,31/11/2568,ก,2,\n2,5/11/2568,ข,2,\n", encoding="utf-8")
        lines = self.on_terminal("import", "register", "r.csv", "--dry-run", at=AT)
        self.assertIn("ยังค้าง 1 เรื่อง", " ".join(lines))
        self.assertNotIn("complaint today", " ".join(lines))
        self.assertIn("ยังไม่ได้บันทึกอะไร", lines[0])
        self.assertIn("ยังไม่ได้บันทึกอะไร", lines[-1])
        self.assertNotIn("ยังไม่ได้บันทึกอะไร", " ".join(self.on_terminal("import", "register", "r.csv", at=AT)))

    def test_what_was_refused_is_put_right_in_a_file_of_its_own(self):
        (self.folder / "r.csv").write_text(HEADING + '1,5/11/2568,ก,2,\n23,31/11/2568,"น้ำเสีย, กลิ่น",2,\n', encoding="cp874")
        lines = self.on_terminal("import", "register", "r.csv", "--refused", "wrong.csv", "--dry-run", at=AT)
        self.assertIn("แถวที่ไม่รับอยู่ใน wrong.csv", " ".join(lines))
        self.load("r.csv", "--refused", "wrong.csv")
        self.assertIn("แถวที่ไม่รับตอนนำเข้า", self.refused("E_NOT_FOUND", "show", "เดิม:23", at=AT)["th"])
        wrong = self.folder / "wrong.csv"
        rows = list(csv.reader(wrong.read_text(encoding="utf-8-sig").splitlines()))
        self.assertEqual(rows[0][-2:], ["เหตุที่ไม่รับ", "รหัสแถวที่ไม่รับ"])
        self.assertEqual(rows[1][:-1], ["23", "31/11/2568", "น้ำเสีย, กลิ่น", "2", "", "วันที่รับเรื่อง: ไม่มีวันนี้ในปฏิทิน"])
        self.assertRegex(rows[1][-1], "^[a-z][0-9a-f]+$")
        wrong.write_text(wrong.read_text(encoding="utf-8-sig").replace("31/11/2568", "30/11/2568"), encoding="utf-8")
        again = self.load("wrong.csv", "--refused", "none.csv")
        self.assertEqual((again["added"], again["refused"], again["findings"]), (1, 0, []))
        self.assertFalse((self.folder / "none.csv").exists())
        self.ok("show", "เดิม:23", at=AT)
        self.assertEqual(self.load("wrong.csv")["known"], 1)
        self.misused("import", "register", "r.csv", "--refused", "r.csv")

    def test_a_file_that_cannot_be_written_is_found_out_before_anything_is_entered(self):
        (self.folder / "r.csv").write_text(HEADING + "1,5/11/2568,ก,2,\n2,31/11/2568,ข,2,\n", encoding="utf-8")
        for wrong in ("nowhere/wrong.csv", "."):
            said = self.refused("FILE", "import", "register", "r.csv", "--refused", wrong, at=AT)
            self.assertIn("ยังไม่ได้นำเข้า", said["th"])
        self.misused("import", "register", "r.csv", "--refused", "./r.csv")
        self.assertEqual(self.load("r.csv", "--refused", "wrong.csv")["added"], 1)
        self.assertEqual((self.folder / "wrong.csv").stat().st_mode & 0o777, 0o600)

    def test_what_is_written_is_never_the_database_nor_what_is_read(self):
        (self.folder / "r.csv").write_text(HEADING + "1,5/11/2568,ก,2,\n2,31/11/2568,ข,2,\n", encoding="utf-8")
        (self.folder / "m.json").write_text(self.ok("import", "register", "--print-mapping").out, encoding="utf-8")
        database, mapping = (self.folder / "complaint.db").read_bytes(), (self.folder / "m.json").read_bytes()
        (self.folder / "link.db").symlink_to("complaint.db")
        for wrong in ("complaint.db", "./complaint.db", "link.db", "complaint.db-wal", "./complaint.db-journal", "m.json"):
            self.misused("import", "register", "r.csv", "--mapping", "m.json", "--refused", wrong)
        self.misused("import", "register", "r.csv", "--refused", "complaint.db-shm", options=("--db", "link.db"))
        for wrong in ("complaint.db", "complaint.db-wal"):
            self.misused("report", "--fiscal-year", "2569", "--round", "6", "--output", wrong)
            self.misused("deliver", options=("--outbox", wrong))
        self.assertEqual(((self.folder / "complaint.db").read_bytes(), (self.folder / "m.json").read_bytes()), (database, mapping))

    def test_a_file_of_what_was_refused_that_was_put_right_is_not_overwritten(self):
        first = HEADING + "1,31/11/2568,ก,2,\n"
        (self.folder / "r.csv").write_text(first, encoding="utf-8")
        wrong = self.folder / "wrong.csv"
        wrong.write_text("", encoding="utf-8")
        self.load("r.csv", "--refused", "wrong.csv")
        self.load("r.csv", "--refused", "wrong.csv")
        right = wrong.read_text(encoding="utf-8").replace("31/11", "30/11")
        wrong.write_text(right, encoding="utf-8")
        (self.folder / "r.csv").write_text(first + "2,5/11/2568,ข,2,\n", encoding="utf-8")
        for dry in ((), ("--dry-run",)):
            said = self.refused("FILE", "import", "register", "r.csv", "--refused", "wrong.csv", *dry, at=AT)
            self.assertIn("wrong.csv", str(said))
            self.assertIn("ไม่เขียนทับ", said["th"])
        self.assertEqual(wrong.read_text(encoding="utf-8"), right)
        self.assertEqual(self.load("r.csv", "--refused", "other.csv")["added"], 1)
        self.assertEqual(self.load("wrong.csv", "--refused", "wrong2.csv")["added"], 1)

    def test_columns_are_named_as_people_call_them(self):
        (self.folder / "r.csv").write_text("ที่,วันที่รับเรื่อง,เรื่อง,มือถือ,วันที่ตอบรับ\n1,5/11/2568,ก,0812345678,40/1/69\n", encoding="utf-8")
        self.load("r.csv")
        (self.folder / "r.csv").write_text("ที่,วันที่รับเรื่อง,เรื่อง,มือถือ,วันที่ตอบรับ\n1,5/11/2568,ก,0899999999,41/1/69\n", encoding="utf-8")
        said = " ".join(self.on_terminal("import", "register", "r.csv", at=AT))
        self.assertIn("โทรศัพท์", said)
        self.assertIn("วันที่ตอบรับ", said)
        self.assertNotIn(" phone ", said)
        self.assertNotIn(" acknowledged ", said)

    def test_an_offices_own_words(self):
        mapping = self.ok("import", "register", "--print-mapping").out
        self.assertEqual(json.loads(mapping)["format"], 1)
        (self.folder / "m.json").write_text(mapping.replace('"ยุติ*"', '"ยุติ*", "จบแล้วจ้า"'), encoding="utf-8")
        (self.folder / "r.csv").write_text(HEADING + "2,5/11/2568,ข,2,จบแล้วจ้า\n", encoding="utf-8")
        self.assertEqual([f["reason"] for f in self.load("r.csv", "--dry-run")["findings"]], ["unknown_status"])
        self.assertEqual(self.load("r.csv", "--mapping", "m.json")["records"][0]["state"], "closed")
        (self.folder / "m.json").write_text(mapping.replace('"words"', '"wrods"', 1), encoding="utf-8")
        refused = self.refused("E_INVALID", "import", "register", "r.csv", "--mapping", "m.json", at=AT)
        self.assertIn("wrods", refused["en"])

    def test_a_matter_is_named_by_its_old_number(self):
        for wrong in ("12/68", "7/2570"):
            self.assertNotIn("ทะเบียนเดิม", self.refused("E_NOT_FOUND", "show", wrong, at=AT)["th"])
        (self.folder / "r.csv").write_text(HEADING + "12,5/11/2567,ก,2,\n13/68,6/11/2567,ข,2,\n12,5/11/2568,ค,2,\n,5/12/2567,ง,2,\n", encoding="utf-8")
        self.load("r.csv")
        shown = self.on_terminal("show", "๑๓", at=AT)
        self.assertIn("เรื่องร้องเรียนจากทะเบียนเดิม เลขที่ 13/68", shown[0])
        self.assertNotIn("เลขทะเบียน /", "\n".join(shown))
        first = self.refused("E_INVALID", "show", "12", at=AT)
        self.assertIn("คือเลขที่ 12 ปีงบประมาณ 2568 (รับ 5 พ.ย. 2567", first["th"])
        self.assertIn("คือเลขที่ 12 ปีงบประมาณ 2569 (รับ 5 พ.ย. 2568", first["th"])
        ids = re.findall(r"(\d+) is no\. 12 of the fiscal year", first["en"])
        self.assertEqual([self.ask("show", name, at=AT)["case"]["legacy_number"] for name in ids], ["12", "12"])
        self.assertEqual(self.ask("show", "เดิม:12/67", at=AT)["case"]["legacy_number"], "12")
        for name in ("เดิม 13", "เดิม13/68", "เดิม: ๑๓", "เดิม๑๓", "old 13", "old13"):
            self.assertEqual(self.ask("show", name, at=AT)["case"]["legacy_number"], "13/68", name)
        self.misused("show", "เดิมพัน", at=AT)
        self.assertIn("ทั้งในทะเบียนนี้และในทะเบียนเดิม", self.refused("E_NOT_FOUND", "show", "99/2570", at=AT)["th"])
        self.assertNotIn("ทะเบียนเดิม", self.refused("E_NOT_FOUND", "show", "99/2570", at=AT, who="unit:napa", options=("--unit", "quality"))["th"])
        self.refused("E_NOT_FOUND", "show", "old:99", at=AT)
        self.assertIn("เดิม:13/68", " ".join(self.on_terminal("worklist", "open", at=AT)))
        rows = self.ask("worklist", "open", at=AT)
        self.assertEqual([row["legacy_number"] for row in rows], ["12", "13/68", "-", "12"])
        self.ok("do", "link", "13/68", "case=12/67", "link=same_event", at=AT)
        self.refused("E_INVALID", "do", "link", "13/68", "case=12", "link=same_event", at=AT)

    def test_equal_numbers_of_one_day_are_told_apart_on_a_screen_only(self):
        (self.folder / "r.csv").write_text(HEADING + "12,5/11/2567,น้ำเสีย,2,\n12,5/11/2567,ถนนมืด,2,\n", encoding="utf-8")
        self.load("r.csv")
        self.assertNotIn("น้ำเสีย", str(self.refused("E_INVALID", "show", "เดิม:12", at=AT)))
        said = self.on_terminal("show", "เดิม:12", at=AT, refused=True)
        self.assertEqual(len([line for line in said if "รหัส" in line and line.startswith("  ") and ("น้ำเสีย" in line or "ถนนมืด" in line)]), 2, said)

    def test_a_number_of_many_years_is_found_by_its_year(self):
        rows = "".join(f"23,5/5/{year},เรื่องปี {year},2,\n" for year in range(2545, 2566)) + "23/2566,5/11/2565,ปีที่เขียนไว้,2,\n"
        (self.folder / "r.csv").write_text(HEADING + rows, encoding="utf-8")
        self.load("r.csv")
        self.assertEqual(self.ask("show", "เดิม:23/2566", at=AT)["messages"][0]["body"], "ปีที่เขียนไว้")
        self.assertEqual(self.ask("show", "old:๒๓/๖๕", at=AT)["messages"][0]["body"], "เรื่องปี 2565")
        said = self.refused("E_INVALID", "show", "เดิม:23", at=AT)
        self.assertIn("เดิม:12/68", said["th"])
        self.assertIn("และอีก 10 เรื่อง", said["th"])

    def test_old_work_does_not_push_todays_off_the_page(self):
        rows = "".join(f"{n},5/11/2567,เรื่องที่ {n},2,รับเรื่อง\n" for n in range(1, 60))
        (self.folder / "r.csv").write_text(HEADING + rows, encoding="utf-8")
        self.load("r.csv")
        number = self.open_case(at="2026-11-28T09:00")
        page = self.on_terminal("today", at=AT)
        at = next(i for i, line in enumerate(page) if line.startswith("ครบกำหนดวันนี้และเกินกำหนด"))
        self.assertIn("(60 ในจำนวนนี้จากทะเบียนเดิม 59)", page[at])
        self.assertIn(number, page[at + 2])
        self.assertIn("เดิม:", page[at + 3])
        self.assertIn("เลขที่ เดิม:7", self.on_terminal("do", "note", "old:7", "text=โทรแล้ว", at=AT)[0])

    def test_what_was_flagged_is_counted_by_word(self):
        (self.folder / "r.csv").write_text(HEADING + "1,5/11/2567,เรียกรับเงิน,1,\n2,5/11/2567,เรียกรับของขวัญ,1,\n3,5/11/2567,ด่วน น้ำไม่ไหล,2,\n", encoding="utf-8")
        said = "\n".join(self.on_terminal("import", "register", "r.csv", at=AT))
        self.assertIn("“เรียกรับ” 2 แถว", said)
        self.assertIn("“ด่วน” 1 แถว", said)
        self.assertIn("ยังค้าง 3 เรื่อง", said)
        self.assertIn("complaint today", said)

    def test_a_spreadsheets_own_file_is_told(self):
        (self.folder / "r.csv").write_bytes(b"PK\x03\x04\x14\x00\x06\x00")
        self.assertIn("บันทึกเป็นชนิด CSV", self.refused("E_INVALID", "import", "register", "r.csv", at=AT)["th"])
        (self.folder / "r.csv").write_bytes(b"")
        self.assertIn("ไฟล์นี้ว่าง", self.refused("E_INVALID", "import", "register", "r.csv", at=AT)["th"])

    def test_misuse(self):
        for words in (("register",), ("register", "a", "b"), ("register", "a", "--channel", "line"), ("facebook", ".", "--dry-run"), ("line", "a"), ("line", "a", "--signature", "x"), ("pigeon", "a")):
            self.misused("import", *words)
        self.refused("FILE", "import", "register", "nowhere.csv")


class Webhook(DeskTest):
    def setUp(self):
        super().setUp()
        self.make_desk()
        (self.folder / "secret").write_text("รหัสลับ\n", encoding="utf-8")

    def send(self, service, body, signature, refused=False):
        words = ("import", service, "-", "--signature", signature, "--secret-file", "secret")
        return self.refused("E_SIGNATURE", *words, stdin=body) if refused else self.ask(*words, stdin=body)

    def test_line(self):
        body = json.dumps({"events": [{"type": "message", "timestamp": 1762300000000, "source": {"type": "user", "userId": "U1"}, "message": {"type": "text", "id": "1", "text": "น้ำเสีย"}},
                                      {"type": "follow", "timestamp": 1762300000000}]})
        mac = hmac.new("รหัสลับ".encode(), body.encode(), hashlib.sha256)
        first = self.send("line", body, base64.b64encode(mac.digest()).decode())
        self.assertEqual((first["added"], first["known"], first["skipped_count"]), (1, 0, 1))
        self.assertEqual([(row["path"], row["line"], row["type"], row["status"]) for row in first["skipped"]], [("$.events[1]", 1, "follow", 0)])
        again = self.send("line", body, base64.b64encode(mac.digest()).decode())
        self.assertEqual((again["added"], again["known"]), (0, 1))
        self.send("line", body + " ", base64.b64encode(mac.digest()).decode(), refused=True)

    def test_what_was_taken_back_before_it_came_is_nowhere(self):
        """Its words and its files; the officer who enters it by hand is told so. A file that another message has is that one's."""
        body = json.dumps({"events": [{"type": "unsend", "timestamp": 1762300000000, "source": {"type": "user", "userId": "U1"}, "unsend": {"messageId": "7"}}]})
        self.send("line", body, base64.b64encode(hmac.new("รหัสลับ".encode(), body.encode(), hashlib.sha256).digest()).decode())
        (self.folder / "photo").write_bytes(b"PHOTO-OF-HERS" * 99)
        entered = ("receive", "--channel", "line", "--id", "7", "--thread", "U1", "--evidence", "photo", "WORDS-OF-HERS")
        answer = self.call(*entered)
        self.assertEqual((answer.code, answer.pairs["repeated"]), (0, "1"))
        self.assertIn("ไม่เก็บเนื้อความและไฟล์แนบ", answer.err)
        self.ok(*entered)  # known by now, and still nothing is kept
        kept = b"".join(file.read_bytes() for file in self.folder.glob("complaint.db*"))
        self.assertNotIn(b"PHOTO-OF-HERS", kept)
        self.assertNotIn(b"WORDS-OF-HERS", kept)
        self.ok("receive", "--channel", "line", "--id", "8", "--thread", "U1", "--evidence", "photo", "อีกข้อความหนึ่ง")
        self.assertIn(b"PHOTO-OF-HERS", b"".join(file.read_bytes() for file in self.folder.glob("complaint.db*")))
        self.assertEqual(self.ask("verify", who="auditor:dao")["findings"], [])

    def test_one_bad_event_is_named_and_the_others_are_taken(self):
        event = {"type": "message", "timestamp": 1762300000000, "source": {"type": "user", "userId": "U1"}}
        body = json.dumps({"events": [dict(event, message={"type": "text", "id": "1", "text": "น้ำ\0เสีย"}), dict(event, webhookEventId="E2", message={"type": "text", "text": "x"}),
                                      dict(event, message={"type": "text", "id": "3", "text": "ขยะ"})]})
        signature = base64.b64encode(hmac.new("รหัสลับ".encode(), body.encode(), hashlib.sha256).digest()).decode()
        answer = self.call("import", "line", "-", "--signature", signature, "--secret-file", "secret", stdin=body)
        said = answer.err
        self.assertEqual(answer.code, 0)
        self.assertIn("added\t2\n", answer.out)
        self.assertIn("รับไว้โดยมีข้อสังเกต 1 ($.events[0]): ข้อความมีอักขระที่ใช้ไม่ได้", said)
        self.assertIn("รับไม่ได้ E2 ($.events[1]): บรรทัด 1 ที่ $.events[1].message: ขาด (id)", said)

    def test_an_empty_secret_is_named(self):
        (self.folder / "secret").write_text("\n", encoding="utf-8")
        said = self.refused("E_INVALID", "import", "line", "-", "--signature", "x", "--secret-file", "secret", stdin="{}")
        self.assertEqual((said["file"], said["subject"]), ("secret", "secret"))

    def test_messenger(self):
        body = json.dumps({"object": "page", "entry": [{"messaging": [{"sender": {"id": "P"}, "recipient": {"id": "PAGE"}, "timestamp": 1762300000000, "message": {"mid": "m", "text": "น้ำเสีย"}}]}]})
        mac = hmac.new("รหัสลับ".encode(), body.encode(), hashlib.sha256)
        self.assertEqual(self.send("messenger", body, "sha256=" + mac.hexdigest())["added"], 1)
        self.send("messenger", body, base64.b64encode(mac.digest()).decode(), refused=True)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"] if len(sys.argv) == 1 else sys.argv)
