"""`complaint redact`: one line out for each line in, what it masks, what it is given, and how it refuses."""
import subprocess
import unittest

from desk import COMMAND, DeskTest


class Redact(DeskTest):
    def redact(self, text, *words):
        answer = self.run_words("redact", *words, stdin=text)
        self.assertEqual((answer.code, answer.err), (0, ""))
        return answer.out

    def test_wrong_words(self):
        for words in (["x"], ["--name", "ก"], ["--name", "สมชาย ใจดี,"  "ก"], ["--nothing"], ["--name"]):
            self.assertEqual(self.run_words("redact", *words).code, 2, words)
        self.assertEqual(self.run_words("redact", "--words", self.folder / "none.tsv").code, 1)
        bad = self.folder / "bad.tsv"
        bad.write_text("title\tสหาย\nnonsense\tx\n", encoding="utf-8")
        answer = self.run_words("redact", "--words", bad)
        self.assertEqual(answer.code, 1)
        self.assertIn("2", answer.err)
        self.assertIn(str(bad), answer.err)

    def unread(self, text, *words):
        """What is said of lines that are no text: the lines behind them were answered, and the program failed."""
        answer = self.run_words(*words, stdin=text)
        self.assertEqual(answer.code, 1)
        return answer

    def test_what_cannot_be_read_is_not_repeated(self):
        answer = self.unread("ขึ้น\n".encode() + "โทร 0812345678\nอีก\n".encode("cp874") + b"0812345678\n", "redact")
        self.assertEqual(answer.out, "ขึ้น\t\nerror:utf8\t\nerror:utf8\t\n[โทรศัพท์]\tphone\n")
        thai, english = answer.err.splitlines()
        for line in (thai, english):
            self.assertRegex(line, r"\b2\b.*\b2\b.*UTF-8.*Windows-874.*iconv -f WINDOWS-874")
        self.assertTrue(thai.startswith("complaint: อ่านไม่ได้ 2 บรรทัด"))
        self.assertTrue(english.endswith("[E_UTF8, line 2]"))

    def test_a_file_of_two_byte_characters(self):
        answer = self.unread("ก\nข\n".encode("utf-16"), "redact")
        self.assertEqual(set(answer.out.splitlines()), {"error:utf8\t", "error:nul\t"})
        self.assertRegex(answer.err, r"UTF-16.*iconv -f UTF-16")
        self.assertNotIn("874", answer.err)

    def test_the_first_line_is_named_with_its_own_reason(self):
        for command in ("redact", "classify"):
            answer = self.unread(b"\xa1\na\0b\n\xa2\n", command)
            thai, english = answer.err.splitlines()
            self.assertTrue(english.endswith("[E_UTF8, line 1]"), english)
            self.assertIn("(no UTF-8: 2, with U+0000: 1)", english)
            self.assertIn("(ไม่ใช่ UTF-8 2 บรรทัด มี U+0000 1 บรรทัด)", thai)

    def test_classifying_says_the_same(self):
        answer = self.unread(b"\xa1\nok\n", "classify")
        self.assertTrue(answer.out.startswith("error:utf8\t\t\t\n"))
        self.assertEqual(answer.out.count("\n"), 2)
        self.assertIn("WINDOWS-874", answer.err)
        self.assertEqual(self.unread(b"\xa1\n", "--json", "redact").refusal["line"], 1)

    def test_dates_that_are_none_are_answers(self):
        answer = self.run_words("date", "parse", stdin="never\n")
        self.assertEqual((answer.code, answer.err), (0, ""))

    def test_lines(self):
        self.assertEqual(self.redact("นายสมชาย ใจดี\\nโทร 0812345678 หรือ 0898765432\n\nไม่มีอะไร"), "นาย[ชื่อบุคคล]\\nโทร [โทรศัพท์] หรือ [โทรศัพท์]\tname,phone\n\t\nไม่มีอะไร\t\n")

    def test_columns_stay(self):
        self.assertEqual(self.redact("a\tb a@b.org\n"), "a\tb [อีเมล]\temail\n")
        self.assertEqual(self.redact("12\tนายสมชาย\tใจดี\t\t0812345678\tรอนาน\n"), "12\tนาย[ชื่อบุคคล]\t[ชื่อบุคคล]\t\t[โทรศัพท์]\tรอนาน\tname,phone\n")

    def test_names_and_words_that_are_given(self):
        words = self.folder / "own.tsv"
        words.write_text("title\tสหาย\n", encoding="utf-8")
        text = "เมื่อวาน สมศรี มีสุข กับ สหายสมศักดิ์ มั่นคง และ มานะ ชูใจ\n"
        self.assertEqual(self.redact(text), text[:-1] + "\t\n")
        self.assertEqual(self.redact(text, "--name", "นางสมศรี มีสุข,มานะ ชูใจ", "--words", words), "เมื่อวาน [ชื่อบุคคล] กับ สหาย[ชื่อบุคคล] และ [ชื่อบุคคล]\tname\n")

    def test_lines_are_answered_one_by_one(self):
        with subprocess.Popen([COMMAND, "redact"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            for line, answer in (("โทร 02-123-4567", "โทร [โทรศัพท์]\tphone"), ("HN 12345", "HN [HN]\thn")):
                process.stdin.write(f"{line}\n".encode())
                process.stdin.flush()
                self.assertEqual(process.stdout.readline().decode(), answer + "\n")
            process.stdin.close()
        self.assertEqual(process.returncode, 0)


if __name__ == "__main__":
    unittest.main()
