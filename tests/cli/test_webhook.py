"""examples/webhook.c behind a web server: who is answered yes, and what is done with a body."""
import base64
import hashlib
import hmac
import json
import os
import pathlib
import subprocess
import sys
import unittest

from desk import COMMAND, DeskTest

PROGRAM = pathlib.Path(COMMAND).parent / "examples/webhook"
SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"


class Cgi(DeskTest):
    def serve(self, method, body=b"", **environment):
        """Status and text of the answer, as the web server reads them."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("LINE_", "MESSENGER_", "HTTP_", "COMPLAINT_"))}
        done = subprocess.run([PROGRAM], input=body, capture_output=True, cwd=self.folder,
                              env=clean | {"REQUEST_METHOD": method, "CONTENT_LENGTH": str(len(body)), "COMPLAINT_DB": str(self.db)} | environment)
        self.assertNotIn(b"Sanitizer", done.stderr, done.stderr.decode(errors="replace"))
        self.log = done.stderr.decode()
        head, text = done.stdout.decode().split("\r\n\r\n", 1)
        return int(head.split("\r\n")[0].removeprefix("Status: ")), text.strip()

    def asked(self, token, word, challenge="1158201444"):
        environment = {} if word is None else {"MESSENGER_VERIFY": word}
        return self.serve("GET", QUERY_STRING=f"hub.mode=subscribe&hub.challenge={challenge}&hub.verify_token={token}", **environment)

    def signed(self, text):
        body = json.dumps({"events": [{"type": "message", "timestamp": 1762300000000, "source": {"userId": "U1"}, "message": {"type": "text", "id": "7", "text": text}}]}).encode()
        return body, base64.b64encode(hmac.new(SECRET.encode(), body, hashlib.sha256).digest()).decode()

    def test_without_a_word_nobody_is_answered_yes(self):
        """An office that has set none must not confirm the address to whoever asks with none."""
        for word in (None, ""):
            for token in ("", "x"):
                self.assertEqual(self.asked(token, word), (403, "no"), (word, token))
            self.assertEqual(self.serve("GET", **({} if word is None else {"MESSENGER_VERIFY": word})), (403, "no"))

    def test_who_knows_the_word_gets_his_challenge_back(self):
        for token in ("", "mali", "malee ", "Malee", "malee2", "x" * 300):
            self.assertEqual(self.asked(token, "malee"), (403, "no"), token)
        self.assertEqual(self.asked("malee", "malee"), (200, "1158201444"))
        for challenge in ("<script>", "12%0d%0a34"):
            self.assertEqual(self.asked("malee", "malee", challenge), (403, "no"))

    def test_only_what_is_signed_is_taken(self):
        self.make_desk()
        body, signed = self.signed("น้ำเสีย")
        self.assertEqual(self.serve("POST", body, LINE_SECRET=SECRET), (401, "no signature"))
        self.assertEqual(self.serve("POST", body, LINE_SECRET="another", HTTP_X_LINE_SIGNATURE=signed), (401, "not signed"))
        self.assertEqual(self.serve("POST", body, HTTP_X_LINE_SIGNATURE=signed)[0], 500)
        self.assertEqual(self.serve("PUT", body, LINE_SECRET=SECRET, HTTP_X_LINE_SIGNATURE=signed)[0], 405)
        self.assertEqual(self.ok("inbox").rows, [])
        for _ in range(2):
            self.assertEqual(self.serve("POST", body, LINE_SECRET=SECRET, HTTP_X_LINE_SIGNATURE=signed), (200, "ok"))
            self.assertEqual([row["body"] for row in self.ok("inbox").rows], ["น้ำเสีย"])

    def test_a_desk_that_cannot_be_opened_is_in_the_log_and_nothing_is_begun(self):
        """Another office's policy founds no second office where messages would lie unseen; the service sends again, and the log says what is to be mended."""
        self.make_desk()
        body, signed = self.signed("น้ำเสีย")
        wrong = [({"COMPLAINT_POLICY": "moph-phrae"}, r"complaint\.db: E_NOT_FOUND \S.*office"),
                 ({"COMPLAINT_POLICY": "moph-nan-2599"}, r"^moph-nan-2599: E_NOT_FOUND \S"),
                 ({"COMPLAINT_DB": str(self.folder / "nowhere.db")}, r"nowhere\.db: E_STORE \S"),
                 ({"COMPLAINT_DB": str(self.folder / "none" / "desk.db")}, r"none/desk\.db: E_STORE \S")]
        before = self.ok("export").out
        for environment, logged in wrong:
            with self.subTest(**environment):
                self.assertEqual(self.serve("POST", body, LINE_SECRET=SECRET, HTTP_X_LINE_SIGNATURE=signed, **environment), (500, "again"))
                self.assertRegex(self.log, logged)
        self.assertEqual(self.ok("export").out, before)
        self.assertFalse((self.folder / "nowhere.db").exists())
        self.refused("E_NOT_FOUND", "inbox", options=("--policy", "moph-phrae"))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"] if len(sys.argv) == 1 else sys.argv)
