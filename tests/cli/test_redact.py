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

    def test_what_cannot_be_read_is_not_repeated(self):
        self.assertEqual(self.redact(b"a\xffb 0812345678\nok\n"), "error:utf8\t\nok\t\n")
        self.assertEqual(self.redact(b"a\0b\n"), "error:nul\t\n")

    def test_lines(self):
        self.assertEqual(self.redact("นายสมชาย ใจดี\\nโทร 0812345678 หรือ 0898765432\n\nไม่มีอะไร"), "นาย[ชื่อบุคคล]\\nโทร [โทรศัพท์] หรือ [โทรศัพท์]\tname,phone\n\t\nไม่มีอะไร\t\n")
        self.assertEqual(self.redact("a\tb a@b.org\n"), "a b [อีเมล]\temail\n")

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
