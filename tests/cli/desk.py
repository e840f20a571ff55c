"""What the tests of the command line share: a desk in a folder of its own, and its clock. Nothing here asks the machine's time."""
import fcntl
import json
import os
import pathlib
import pty
import struct
import subprocess
import tempfile
import termios
import unicodedata
import unittest

SOURCE = pathlib.Path(os.environ.get("COMPLAINT_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
COMMAND = os.environ.get("COMPLAINT_COMMAND", str(SOURCE / "build/dev/complaint"))
EXPORT = SOURCE / "examples/data/inbox_export"
POLICY = SOURCE / "lib/data/policies/moph-chiangrai-2569.json"
NOON = "2025-11-05T12:00"  # a Wednesday
for office in ("COMPLAINT_DB", "COMPLAINT_POLICY", "COMPLAINT_CALENDAR"):  # of whoever runs the tests
    os.environ.pop(office, None)


class Answer:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def refusal(self):
        return json.loads(self.err)

    @property
    def rows(self):
        """TSV with a heading as a list of dictionaries."""
        lines = [line.split("\t") for line in self.out.splitlines()]
        return [dict(zip(lines[0], line)) for line in lines[1:]]

    @property
    def pairs(self):
        """NAME TAB VALUE lines as a dictionary."""
        return dict(line.split("\t", 1) for line in self.out.splitlines())


def width(text):
    """Columns on a screen, by Unicode's own tables: the library's and the command's are not asked."""
    return sum(0 if unicodedata.category(c) in ("Mn", "Me", "Cf", "Cc") else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


class DeskTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="complaint-cli-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.db, self.outbox = self.folder / "complaint.db", self.folder / "outbox.jsonl"

    def run_words(self, *words, stdin=b"", **options):
        if isinstance(stdin, str):
            stdin = stdin.encode()
        done = subprocess.run([COMMAND, *map(str, words)], input=stdin, capture_output=True, cwd=self.folder, **options)
        self.assertNotIn(b"Sanitizer", done.stderr, done.stderr.decode(errors="replace"))
        self.assertIn(done.returncode, (0, 1, 2), done.stderr)
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())

    def call(self, *words, at=NOON, who="officer:malee", options=(), stdin=b"", **more):
        return self.run_words("--db", self.db, "--at", at, "--as", who, "--outbox", self.outbox, *options, *words, stdin=stdin, **more)

    def ok(self, *words, **options):
        answer = self.call(*words, **options)
        self.assertEqual(answer.code, 0, f"{words}: {answer.err}")
        self.assertEqual(answer.err, "")
        return answer

    def ask(self, *words, options=(), **more):
        """The answer in JSON."""
        return self.ok(*words, options=("--json", *options), **more).json

    def refused(self, status, *words, options=(), **more):
        """Refused with this status, in one line of JSON and in two lines for people; both say the same."""
        answer = self.call(*words, options=("--json", *options), **more)
        self.assertEqual(answer.code, 1, f"{words}: {answer.out}")
        self.assertEqual(answer.refusal["error"], status, answer.err)
        people = self.call(*words, options=options, **more)
        lines = people.err.splitlines()
        self.assertEqual((people.code, len(lines)), (1, 2), people.err)
        self.assertIn(answer.refusal["th"], lines[0])
        self.assertIn(answer.refusal["en"], lines[1])
        self.assertIn(status, lines[1])
        return answer.refusal

    def misused(self, *words, **options):
        answer = self.call(*words, **options)
        self.assertEqual(answer.code, 2, f"{words}: {answer.out}{answer.err}")
        self.assertEqual((answer.out, len(answer.err.splitlines())), ("", 2), answer.err)
        return answer.err

    def make_desk(self):
        self.ok("init", at="2025-10-01T09:00")

    def receive(self, text="รอคิวสี่ชั่วโมง", *words, **options):
        return self.ask("receive", "--channel", "facebook", *words, text, **options)["message"]

    def open_case(self, *words, **options):
        """A case, registered: its number as people write it."""
        case = self.ask("triage", self.receive("เรื่องใหม่", *words, **options), "--open", "identity=named", **options)["case_id"]
        done = self.ask("do", "register", case, **options)
        return f"{done['register_number']}/{done['fiscal_year']}"

    def do(self, verb, number, *words, **options):
        return self.ask("do", verb, number, *words, **options)

    def on_terminal(self, *words, at=NOON, who="officer:malee", options=(), columns=0, environment=None, refused=False):
        """What the command prints on a terminal of so many columns (0: it does not say), line by line; `refused`: with its errors, and it ends with one."""
        outer, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        command = [COMMAND, "--db", self.db, "--at", at, "--as", who, "--outbox", self.outbox, *options, *map(str, words)]
        environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"} | (environment or {})
        with subprocess.Popen(command, stdout=inner, stderr=inner if refused else None, stdin=subprocess.DEVNULL, cwd=self.folder, env=environment) as process:
            os.close(inner)
            out = b""
            while True:
                try:
                    piece = os.read(outer, 65536)
                except OSError:
                    break
                if not piece:
                    break
                out += piece
        os.close(outer)
        self.assertEqual(process.returncode, 1 if refused else 0)
        return out.decode().replace("\r\n", "\n").splitlines()
