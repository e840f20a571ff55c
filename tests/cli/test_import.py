"""A page's inbox: all of it once, what is new afterwards, and nothing from outside its folder."""
import json
import os
import shutil
import sys
import unittest

from desk import EXPORT, DeskTest

END = "2026-10-09T16:00"


def as_facebook(text):
    """UTF-8 bytes written as Latin-1 characters, as the export does."""
    return text.encode().decode("latin-1")


class Import(DeskTest):
    def setUp(self):
        super().setUp()
        self.make_desk()

    def load(self, folder, at=END, *words):
        return self.ask("import", "facebook", folder, *words, at=at)

    def make_export(self, messages, thread="inbox/mali_1234567890", file="message_1.json", root="messages"):
        folder = self.folder / "export"
        path = folder / root / thread
        path.mkdir(parents=True, exist_ok=True)
        document = {"participants": [{"name": as_facebook("มะลิ")}, {"name": as_facebook("เพจ")}], "messages": messages, "title": as_facebook("มะลิ"), "is_still_participant": True,
                    "thread_path": thread, "magic_words": []}
        (path / file).write_text(json.dumps(document), encoding="utf-8")
        return folder

    @staticmethod
    def said(text, at, **more):
        return {"sender_name": as_facebook("มะลิ"), "timestamp_ms": at, "content": as_facebook(text), "is_geoblocked_for_viewer": False, **more}

    def test_all_of_it_once(self):
        first = self.load(EXPORT)
        self.assertEqual((first["files"], first["messages"], first["added"], first["known"], first["later"], first["missing"]), (60, 144, 144, 0, 0, 0))
        again = self.load(EXPORT)
        self.assertEqual((again["messages"], again["added"], again["known"]), (144, 0, 144))
        self.assertEqual(self.ask("verify", at=END)["findings"], [])

    def test_the_tally_for_people(self):
        said = " ".join(self.on_terminal("import", "facebook", EXPORT, at="2025-12-31T12:00"))
        tally = self.load(EXPORT, "2025-12-31T12:00")
        self.assertIn(f"อ่าน 60 ไฟล์, พบ 144 ข้อความ, เพิ่มใหม่ {tally['known']} ข้อความ", said)
        self.assertIn(f"ยังไม่ถึงเวลา {tally['later']} ข้อความ", said)
        self.assertNotIn("added", said)
        pairs = self.ok("import", "facebook", EXPORT, at="2025-12-31T12:00").pairs
        self.assertEqual({name: int(count) for name, count in pairs.items()}, tally)

    def test_up_to_the_clock(self):
        early = self.load(EXPORT, "2025-12-31T12:00")
        self.assertEqual(early["added"] + early["later"], 144)
        self.assertTrue(0 < early["added"] < 144)
        rest = self.load(EXPORT)
        self.assertEqual((rest["added"], rest["known"], rest["later"]), (early["later"], early["added"], 0))

    def test_one_more_message_adds_one(self):
        folder = self.folder / "export"
        shutil.copytree(EXPORT, folder)
        self.load(folder)
        path = next(folder.glob("messages/inbox/annann_*/message_1.json"))
        document = json.loads(path.read_text(encoding="utf-8"))
        newest = dict(document["messages"][0], content=as_facebook("อีกเรื่องค่ะ"), timestamp_ms=document["messages"][0]["timestamp_ms"] + 60000)
        document["messages"].insert(0, newest)
        path.write_text(json.dumps(document), encoding="utf-8")
        tally = self.load(folder)
        self.assertEqual((tally["added"], tally["known"]), (1, 144))

    def test_thai_is_put_right(self):
        self.load(self.make_export([self.said("รอคิวนานมากค่ะ", 1762308000000)]))
        row = self.ask("inbox", at=END)[0]
        self.assertEqual((row["sender"], row["body"], row["external_id"]), ("มะลิ", "รอคิวนานมากค่ะ", "1234567890:1762308000000:1"))

    def test_what_its_sender_took_back_is_marked_in_every_list(self):
        words, at = [self.said("ขอยกเลิกค่ะ" + "ยาวมาก" * 20, 1762308000000), self.said("ยังอยู่ค่ะ", 1762308060000)], "2025-11-06T12:00"
        self.load(self.make_export(words), at)
        self.assertEqual([row["unsent_at"] for row in self.ok("inbox", at=at).rows], ["", ""])
        self.assertNotIn("ยกเลิกแล้ว", "".join(self.on_terminal("inbox", at=at)) + self.ok("today", at=at).out)
        words[0] = dict(words[0], is_unsent=True)
        self.assertEqual(self.load(self.make_export(words), "2025-11-06T12:01")["withdrawn"], 1)
        self.assertEqual([row["unsent_at"] for row in self.ok("inbox", at=at).rows], ["2025-11-06T12:01:00+07:00", ""])
        self.assertEqual([row["unsent_at"] > 0 for row in self.ask("inbox", at=at)], [True, False])
        case = self.ask("triage", self.ask("inbox", at=at)[1]["message"], "--open", "identity=named", at=at)["case_id"]
        for columns in (60, 80, 140):
            lines = self.on_terminal("inbox", at=at, columns=columns)
            self.assertEqual(sum("[ผู้ส่งยกเลิกแล้ว]" in line for line in lines), 1, "\n".join(lines))
            self.assertTrue(columns < 140 or "] ขอยกเลิกค่ะ" in "".join(lines))
        self.ask("triage", self.ask("inbox", at=at)[0]["message"], "--join", case, at=at)
        for words in (["show", case], ["inbox", "joined"]):
            self.assertIn("[ผู้ส่งยกเลิกแล้ว] ขอยกเลิกค่ะ", " ".join(self.on_terminal(*words, at=at)))

    def test_what_is_today_marks_it_too(self):
        self.load(self.make_export([dict(self.said("", 1762308000000), is_unsent=True)]), "2025-11-06T12:00")
        self.assertIn("[ผู้ส่งยกเลิกแล้ว]", self.ok("today", at="2025-11-06T12:00").out)

    def test_photos_become_evidence(self):
        self.load(EXPORT)
        with_photos = [row for state in ("new", "reply") for row in self.ask("inbox", state, at=END) if row["evidence_count"]]
        self.assertTrue(with_photos)
        shown = self.ask("message", with_photos[0]["message"], at=END)
        self.assertEqual(len(shown["evidence"]), with_photos[0]["evidence_count"])

    def test_attachments_are_read_below_the_folder_only(self):
        secret = self.folder / "secret.txt"
        secret.write_text("ความลับ")
        inside = self.folder / "export/messages/inbox/mali_1234567890"
        inside.mkdir(parents=True)
        (inside / "photo.jpg").write_bytes(b"jpeg")
        (inside / "link.jpg").symlink_to(secret)
        (inside / "door").symlink_to(self.folder)
        os.mkfifo(inside / "pipe.jpg")
        below = "messages/inbox/mali_1234567890"
        bad = ["../secret.txt", f"{below}/../../../../secret.txt", str(secret), f"{below}/link.jpg", f"{below}/door/secret.txt", f"{below}/pipe.jpg", below, f"{below}//photo.jpg", "x" * 300,
               "https://example.com/a.jpg"]
        messages = [self.said("", 1762308000000 + i, photos=[{"uri": uri, "creation_timestamp": 1762308000}]) for i, uri in enumerate([*bad, f"{below}/photo.jpg"])]
        for message in messages:
            del message["content"]
        tally = self.load(self.make_export(messages))
        self.assertEqual((tally["added"], tally["missing"], tally["evidence"]), (len(messages), len(bad), 1))

    def test_long_conversations_and_the_newer_layout(self):
        for file, at in (("message_2.json", 1762308000000), ("message_10.json", 1762307000000), ("message_1.json", 1762309000000)):
            folder = self.make_export([self.said(file, at)], file=file, root="your_facebook_activity/messages")
        self.assertEqual(self.load(folder)["files"], 3)
        self.assertEqual([row["body"] for row in self.ask("inbox", at=END)], ["message_10.json", "message_2.json", "message_1.json"])

    def test_pages_of_a_long_list_make_one(self):
        texts = [f"ข้อความ {i}" for i in range(2100)]
        tally = self.load(self.make_export([self.said(text, 1762308000000 + i) for i, text in reversed(list(enumerate(texts)))]))
        self.assertEqual(tally["added"], len(texts))
        self.assertEqual([row["body"] for row in self.ask("inbox", at=END)], texts)
        self.assertEqual([row["body"] for row in self.ok("inbox", at=END).rows], texts)

    def test_a_folder_without_an_inbox(self):
        for folder in (self.folder, self.folder / "nowhere", EXPORT / "messages"):
            answer = self.call("import", "facebook", folder)
            self.assertEqual((answer.code, len(answer.err.splitlines())), (1, 2))
            self.assertIn(str(folder), answer.err)

    def test_a_broken_file_is_named_and_loses_nothing(self):
        self.make_export([self.said("ก่อน", 1762308000000)], thread="inbox/a_1111111111")
        folder = self.make_export([self.said("หลัง", 1762308000000)], thread="inbox/b_2222222222")
        broken = folder / "messages/inbox/b_2222222222/message_1.json"
        good = broken.read_text(encoding="utf-8")
        broken.write_text(good[:-20], encoding="utf-8")
        answer = self.call("import", "facebook", folder, at=END)
        self.assertEqual((answer.code, answer.out, len(answer.err.splitlines())), (1, "", 2))
        self.assertIn("b_2222222222/message_1.json", answer.err)
        refusal = self.call("import", "facebook", folder, at=END, options=("--json",)).refusal
        self.assertEqual((refusal["error"], refusal["file"]), ("E_SYNTAX", "messages/inbox/b_2222222222/message_1.json"))
        self.assertEqual([row["body"] for row in self.ask("inbox", at=END)], ["ก่อน"])
        broken.write_text(good, encoding="utf-8")
        self.assertEqual(self.load(folder)["added"], 1)

    def test_unknown_channel_and_wrong_role(self):
        self.refused("E_UNKNOWN_CODE", "import", "facebook", EXPORT, "--channel", "telegraph", at=END)
        self.refused("E_ROLE", "import", "facebook", EXPORT, at=END, who="auditor:somsri")
        self.assertEqual(self.ask("inbox", at=END), [])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"] if len(sys.argv) == 1 else sys.argv)
