#!/usr/bin/python3
"""An auditor without the library: proves a log from docs/event-format.md alone, with hashlib and sqlite3.

A desk is filled by the command line, audited, and agreed upon by `complaint verify`. Then a copy is altered in every way the page says is seen, and both have to
see it. `test_event_hash.py FILE` audits a file.
"""
import collections
import datetime
import hashlib
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(os.environ.get("COMPLAINT_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
NONE_RUNS, FINISHED = 9223372036854775806, 9223372036854775807
NEVER = FINISHED
PEOPLE_BELOW = 200
DAYS_BELOW = 1000000
FATES = {"open": {"waiting", "claimed", "accepted"}, "by_hand": {"by_hand"}, "silent": {"silent"}, "refused": {"refused", "replaced"}, "delivered": {"delivered"}}
STEP_TIMES = {"accepted": "accepted_at", "interim": "interim_at", "reported": "resulted_at", "handed_back": "resulted_at", "waived": "resulted_at"}


# ---- the auditor ----------------------------------------------------------------------------------------------------------


def value(type_byte, data):
    return bytes([type_byte]) + len(data).to_bytes(8, "little") + data


def event_hash(e):
    data = b"libcomplaint/event/1" + value(3, e["prev"]) + value(2, e["office"].encode())
    for name in ("stream", "seq", "kind", "happened_at", "entered_at"):
        data += value(1, e[name].to_bytes(8, "little", signed=True))
    for name in ("actor", "actor_role", "actor_unit", "on_behalf", "acting_for", "request"):
        data += value(2, e[name].encode())
    return hashlib.sha256(data + value(3, e["payload"]) + value(3, e["sealed"])).digest()


def seal(events, until):
    data = b"libcomplaint/seal/1" + value(1, until.to_bytes(8, "little", signed=True))
    for e in events:
        if e["entered_at"] < until:
            data += value(1, e["stream"].to_bytes(8, "little", signed=True)) + value(1, e["seq"].to_bytes(8, "little", signed=True)) + value(3, e["hash"])
    return hashlib.sha256(data).hexdigest()


def notice_proof(row):
    return hashlib.sha256(b"libcomplaint/notice/1" + value(3, row["salt"]) + value(2, row["channel"].encode()) + value(3, row["address"]) + value(3, row["body"])).hexdigest()


def sha(data):
    return hashlib.sha256(data).hexdigest()


class Notices:
    """What the events of a stream say of its notices."""

    def __init__(self, about):
        self.about, self.made, self.named, self.left, self.ended = about, [], {}, set(), set()

    def fold(self, e):
        p, seq = json.loads(e["payload"]), e["seq"]
        looked_at = p["fields"]["channel"] if e["kind"] == 45 else None
        for notice in self.made:
            notice["moot"] |= (self.about == "message" and e["kind"] in (2, 3, 202)) or (looked_at is not None and notice["channel"] == looked_at)
        speaks = next((clock["seq"] for clock in p.get("clocks", ()) if clock["do"] == "warn"), None)
        for notice in self.made:
            notice["moot"] |= speaks is not None and notice["clock"] == speaks and notice["to"] in [new["to"] for new in p.get("notices", ())]
        self.ended |= {clock["seq"] for clock in p.get("clocks", ()) if clock["do"] in ("stop", "cancel")}
        for notice in p.get("notices", ()):
            fate = next((fate for fate in ("by_hand", "silent", "refused") if notice.get(fate)), "open")
            self.made.append(notice | {"cause": seq, "fate": fate, "moot": False, "channel": p.get("channel"), "clock": speaks})
        if "notice" in p:
            self.made[p["notice"] - 1] |= {"fate": {200: "delivered", 201: "refused"}.get(e["kind"], "by_hand"), "sent": (p.get("body"), p.get("address"))}
        for kept in p.get("silenced", ()):
            self.made[kept["seq"] - 1]["fate"] = "silent"
        for moved in p.get("rerouted", ()):
            self.made[moved["seq"] - 1] |= {"proof": moved["proof"]} | ({"fate": "refused"} if moved.get("refused") else {})
        for party in (*p.get("parties", ()), *p.get("withdrawn", ()), *p.get("returned", ())):
            self.named[party["seq"]] = seq
        self.left |= {party["seq"] for party in p.get("withdrawn", ())}

    def may_rest(self, notice):
        party = int(notice["to"].partition("-")[2] or 1) if notice["to"].startswith("complainant") else 0
        return notice["moot"] or notice["clock"] in self.ended or (party in self.left and notice["cause"] <= self.named[party])

    def states(self, notice):
        return FATES[notice["fate"]] | ({"withdrawn"} if notice["fate"] == "open" and self.may_rest(notice) else set())


class Case:
    """What the events of a case say."""

    COLUMNS = (
        "version revision cycle state phase class nature flags channel fiscal_year register_number received_at entered_at registered_at acknowledged_at considered_at forwarded_at resulted_at told_at closed_at "
        "due_at lead_unit assignee origin blind head"
    ).split()

    def __init__(self):
        self.row = {name: 0 for name in self.COLUMNS} | {name: "" for name in ("state", "phase", "class", "nature", "channel", "lead_unit", "assignee", "origin")} | {"cycle": 1}
        self.clocks, self.referrals, self.parties, self.notices, self.blind = [], [], [], [], []
        self.papers = self.evidence = 0

    def fold(self, e):
        row, p, happened = self.row, json.loads(e["payload"]), e["happened_at"]
        if "cycle" in p:
            self.begin_cycle(p["cycle"], e["seq"])
        for name in ("state", "phase", "class", "nature", "channel", "received_at", "assignee", "origin"):
            row[name] = p.get(name, row[name])
        row["flags"] = (row["flags"] | p.get("flags_set", 0)) & ~p.get("flags_cleared", 0)
        if "number" in p:
            row["fiscal_year"], row["register_number"] = p["year"], p["number"]
        self.parties += [new | {"state": "active", "told": False, "version": e["seq"]} for new in p.get("parties", ())]
        for changed in p.get("amended", ()):
            self.parties[changed["seq"] - 1] |= changed | {"version": e["seq"]}
        for gone in p.get("withdrawn", ()):
            self.parties[gone["seq"] - 1] |= {"state": "withdrawn", "version": e["seq"]}
        self.notices += [notice["to"] for notice in p.get("notices", ())]
        self.papers += len(p.get("papers", ()))
        self.evidence += len(p.get("evidence", ()))
        self.blind += [{name: b.get(name) for name in ("person", "unit", "role") if b.get(name)} for b in p.get("blind", ())]
        for seen in p.get("seeing", ()):
            self.blind = [b for b in ({name: v for name, v in b.items() if seen.get(name) != v} for b in self.blind) if b]
        row["blind"] = len(self.blind)
        for c in p.get("clocks", ()):
            self.clock(c, e["seq"])
        for r in p.get("referrals", ()):
            self.referrals.append({"cycle": row["cycle"], "kind": r["kind"], "unit": r["unit"], "is_lead": r["lead"], "state": "sent", "sent_at": happened, "accepted_at": 0, "interim_at": 0, "resulted_at": 0, "outcome": "", "version": e["seq"]})
            row["lead_unit"] = r["unit"] if r["lead"] else row["lead_unit"]
        for r in p.get("steps", ()):
            referral = self.referrals[r["seq"] - 1]
            referral |= {STEP_TIMES[r["state"]]: happened, "outcome": r.get("outcome", "") or referral["outcome"], "version": e["seq"]}
            referral["state"] = referral["state"] if r["state"] == "interim" else r["state"]
        for r in p.get("retimed", ()):
            self.referrals[r["seq"] - 1] |= {name: r[name] for name in ("sent_at", "accepted_at", "interim_at", "resulted_at") if name in r} | {"version": e["seq"]}
        for times in p.get("times", ()):
            row.update({name: at for name, at in times.items() if name in row})
        if "lead" in p:
            row["lead_unit"] = self.referrals[p["lead"] - 1]["unit"] if p["lead"] else ""
            for number, referral in enumerate(self.referrals, 1):
                if referral["cycle"] == row["cycle"] and referral["is_lead"] != (number == p["lead"]):
                    referral |= {"is_lead": int(number == p["lead"]), "version": e["seq"]}
        if "acknowledged" in p.get("counts", ()):
            row["acknowledged_at"] = row["acknowledged_at"] or happened
        if "told" in p.get("counts", ()):
            self.told(p, happened)
        self.by_kind(e["kind"], e)
        row["revision"] += e["kind"] < PEOPLE_BELOW
        row["version"], row["head"] = e["seq"], e["hash"]

    def begin_cycle(self, cycle, seq):
        self.row |= {"cycle": cycle, "lead_unit": ""} | {name: 0 for name in ("resulted_at", "told_at", "closed_at", "forwarded_at", "considered_at")}
        for party in self.parties:
            party["told"] = False
        for referral in self.referrals:
            if referral["state"] in ("sent", "accepted"):
                referral |= {"state": "replaced", "version": seq}

    def told(self, p, happened):
        to = self.notices[p["notice"] - 1] if "notice" in p else ""
        number = int(to.partition("-")[2] or 1) if to.startswith("complainant") else 0
        owed = [party for party in self.parties if party["part"] == "complainant" and party["state"] == "active"]
        for party in owed:
            heard = number == party["seq"] if number else "heard" not in p or {"seq": party["seq"]} in p["heard"]
            party["told"] = party["told"] or heard
        if all(party["told"] for party in owed):
            self.row["told_at"] = self.row["told_at"] or happened

    def clock(self, c, seq):
        new = {"wake_at": c.get("wake", NEVER)} | ({"nominal_at": c["nominal"], "due_at": c["due"]} if "nominal" in c else {})
        if c["do"] == "start":
            self.clocks.append({"rule": c["rule"], "state": "running", "started_at": c["from"], "length": c["length"], "referral": c.get("referral", 0), "stopped_at": 0,
                                "late_ms": 0, "warned": 0, "extended": 0, "paused": 0, "interim": 0, "still": None, "version": seq} | new)
            return
        clock = self.clocks[c["seq"] - 1]
        clock["version"] = seq
        if c["do"] in ("stop", "cancel", "correct"):
            at = min(c["at"], clock["still"] or c["at"])
            assert c["do"] == "correct" or c["late"] == (0 if at < clock["due_at"] else at - clock["due_at"] + 1)
            clock |= {"started_at": c["from"], "nominal_at": c["nominal"], "due_at": c["due"]} if "from" in c else {}
            clock |= {"state": {"cancel": "cancelled"}.get(c["do"], "stopped"), "stopped_at": c["at"], "late_ms": c["late"], "wake_at": NEVER}
        elif c["do"] == "pause":
            clock |= {"state": "paused", "paused": clock["paused"] + 1, "still": c["at"], "wake_at": NEVER}
        elif c["do"] == "resume":
            clock |= new | {"state": "running", "still": None, "warned": c.get("warned", clock["warned"])}
        elif c["do"] == "extend":
            clock |= new | {"extended": clock["extended"] + 1}
        elif c["do"] == "move":
            clock |= new | {"rule": c.get("rule", clock["rule"]), "length": c.get("length", clock["length"]), "started_at": c.get("from", clock["started_at"])} | ({"wake_at": NEVER} if clock["state"] == "paused" else {})
        elif c["do"] == "warn":
            clock |= {"wake_at": new["wake_at"], "warned": c["warned"]}
        else:
            assert c["do"] == "interim"
            clock["interim"] = clock["interim"] or int(c["late"] == 0)

    def by_kind(self, kind, e):
        row, happened = self.row, e["happened_at"]
        if kind in (2, 46):
            row["entered_at"] = e["entered_at"]
        elif kind == 7:
            row["registered_at"] = happened
        elif kind == 16:
            row["considered_at"] = happened
        elif kind in (20, 21):
            row["forwarded_at"] = row["forwarded_at"] or happened
        elif kind in (22, 30):
            row["resulted_at"] = max(row["resulted_at"], happened)
        elif kind == 35:
            row["closed_at"] = happened

    def due(self):
        running = [c["due_at"] for c in self.clocks if c["state"] == "running"]
        return min(running, default=FINISHED if self.row["phase"] in ("closed", "rejected", "withdrawn") else NONE_RUNS)


class Audit:
    def __init__(self, path):
        self.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.db.row_factory = sqlite3.Row
        self.findings, self.events, self.cited = [], 0, set()
        self.cases, self.messages, self.numbers = {}, {}, {}

    def rows(self, sql, *values):
        return [dict(row) for row in self.db.execute(sql, values)]

    def check(self, holds, *words):
        if not holds:
            self.findings.append(" ".join(map(str, words)))

    def run(self):
        for (office, stream), events in self.streams().items():
            try:
                self.stream(office, stream, events)
            except (ValueError, KeyError, IndexError, AssertionError) as e:
                self.check(False, "stream", stream, "does not fold:", repr(e))
        for row in self.rows("SELECT * FROM complaint_case"):
            self.case(row, self.cases.pop((row["office"], row["case_id"]), None))
        for row in self.rows("SELECT * FROM complaint_message"):
            self.message(row, self.messages.pop((row["office"], row["message"]), None))
        self.check(not self.cases and not self.messages, "streams without a row", *self.cases, *self.messages)
        self.definitions()
        self.registers()
        return self.findings

    def count(self, table, office, column, number):
        return self.rows(f"SELECT count(*) AS n FROM complaint_{table} WHERE office = ? AND {column} = ?", office, number)[0]["n"]

    def streams(self):
        found = collections.defaultdict(list)
        for e in self.rows("SELECT * FROM complaint_event ORDER BY office, stream, seq"):
            found[e["office"], e["stream"]].append(e)
        return found

    def stream(self, office, stream, events):
        prev, entered = bytes(32), events[0]["entered_at"]
        days = [e["kind"] for e in events] if stream < DAYS_BELOW else None
        for number, e in enumerate(events, 1):
            self.events += 1
            self.check(e["seq"] == number, "stream", stream, "gap before", e["seq"])
            self.check(e["prev"] == prev, "stream", stream, "chain broken at", e["seq"])
            self.check(e["hash"] == event_hash(e), "stream", stream, "event altered:", e["seq"])
            self.check(e["entered_at"] >= entered, "stream", stream, "time runs backwards at", e["seq"])
            self.check(e["happened_at"] <= e["entered_at"], "stream", stream, "from the future:", e["seq"])
            prev, entered = e["hash"], e["entered_at"]
        self.notices(office, stream, events, "day" if days is not None else "message" if events[0]["kind"] == 1 else "case")
        if days is not None:
            self.check(days.count(45) == self.count("duty", office, "day", stream), "day", stream, "number of rows in duty")
            return
        if events[0]["kind"] == 1:
            self.messages[office, stream] = events
            return
        case = Case()
        for e in events:
            case.fold(e)
            payload = json.loads(e["payload"])
            self.cited |= {(office, kind, payload[kind]) for kind in ("policy", "calendar") if kind in payload}
            if "number" in payload:
                self.numbers[office, payload["year"], payload["number"]] = stream
        case.row["due_at"] = case.due()
        self.cases[office, stream] = case

    def notices(self, office, stream, events, about):
        log = Notices(about)
        for e in events:
            log.fold(e)
        found = self.rows("SELECT * FROM complaint_notice WHERE office = ? AND stream = ? ORDER BY seq", office, stream)
        self.check(len(found) == len(log.made), "stream", stream, "number of rows in notice")
        for notice, row in zip(log.made, found):
            what = f"stream {stream} notice {row['seq']}"
            self.same(what, {"seq": notice["seq"], "cause": notice["cause"], "template": notice["template"], "recipient": notice["to"], "about": about}, row)
            self.check(row["state"] in log.states(notice), what, "is", row["state"], "and not one of", *sorted(log.states(notice)))
            self.check(notice["proof"] == notice_proof(row), what, "altered")
            self.check(notice["fate"] != "delivered" or notice["sent"] == (sha(row["body"]), sha(row["address"])), what, "is not what was sent")

    def same(self, what, expected, found):
        for name, wanted in expected.items():
            self.check(found[name] == wanted, what, name, "is", found[name], "and not", wanted)

    def case(self, row, case):
        if case is None:
            return self.check(False, "case without a log:", row["case_id"])
        key = row["office"], row["case_id"]
        self.same(f"case {key[1]}", case.row, row)
        for table, expected in (("clock", case.clocks), ("referral", case.referrals)):
            found = self.rows(f"SELECT * FROM complaint_{table} WHERE office = ? AND case_id = ? ORDER BY seq", *key)
            self.check(len(found) == len(expected), "case", key[1], "number of rows in", table)
            for number, (e, f) in enumerate(zip(expected, found), 1):
                self.same(f"case {key[1]} {table} {number}", {name: wanted for name, wanted in e.items() if name not in ("still", "cycle")} | {"seq": number}, f)
        for table, expected in (("party", len(case.parties)), ("paper", case.papers)):
            self.check(self.count(table, key[0], "case_id", key[1]) == expected, "case", key[1], "number of rows in", table)
        for expected, found in zip(case.parties, self.rows("SELECT * FROM complaint_party WHERE office = ? AND case_id = ? ORDER BY seq", *key)):
            self.same(f"case {key[1]} party {expected['seq']}", {name: expected[name] for name in ("part", "identity", "channel", "state", "version")}, found)
            for name in ("name", "address"):
                self.check(expected[name] == sha(found[name]), "case", key[1], "party", expected["seq"], name, "altered")
        self.evidence(*key, None, case.evidence)

    def message(self, row, events):
        if events is None:
            return self.check(False, "message without a log:", row["message"])
        payload = json.loads(events[0]["payload"])
        self.check(row["version"] == events[-1]["seq"], "message", row["message"], "version")
        for e in events[1:]:
            if e["kind"] == 202:
                payload |= json.loads(e["payload"])
        for name in ("sender", "body", "address"):
            self.check(payload[name] == sha(row[name]), "message", row["message"], name, "altered")
        expected = {name: payload[name] for name in ("channel", "external_id", "thread", "form", "direction", "sent_at")}
        expected |= {"state": "reply" if payload["direction"] == 2 else "new", "case_id": 0, "entered_at": events[0]["entered_at"], "evidence_count": len(payload["evidence"])}
        expected["unsent_at"] = events[0]["entered_at"] if json.loads(events[0]["payload"])["form"] == "unsent" else 0
        for e in events[1:]:
            p = json.loads(e["payload"])
            if e["kind"] in (2, 3):
                expected |= {"state": p["state"], "case_id": int(p.get("case", 0))}
            elif e["kind"] == 202:
                expected["unsent_at"] = e["happened_at"]
        self.same(f"message {row['message']}", expected, row)
        self.evidence(row["office"], row["message"], payload["evidence"], len(payload["evidence"]))

    def evidence(self, office, owner, digests, count):
        items = self.rows("SELECT * FROM complaint_evidence WHERE office = ? AND owner = ? ORDER BY seq", office, owner)
        self.check(len(items) == count, "owner", owner, "number of rows of evidence")
        self.check(digests is None or digests == [i["digest"] for i in items], "owner", owner, "evidence exchanged")
        for item in items:
            chunks = self.rows("SELECT data FROM complaint_evidence_chunk WHERE office = ? AND digest = ? ORDER BY chunk", office, item["digest"])
            whole = b"".join(c["data"][1:] for c in chunks)
            self.check(sha(whole) == item["digest"] and len(whole) == item["size_bytes"], "owner", owner, "evidence altered:", item["digest"])

    def definitions(self):
        there = set()
        for d in self.rows("SELECT * FROM complaint_definition"):
            there.add((d["office"], d["kind"], d["digest"]))
            self.check(sha(d["body"]) == d["digest"], d["kind"], d["digest"], "altered")
        self.check(self.cited <= there, "cited and not there:", self.cited - there)

    def registers(self):
        for r in self.rows("SELECT * FROM complaint_register"):
            found = self.rows("SELECT * FROM complaint_number WHERE office = ? AND fiscal_year = ? ORDER BY register_number", r["office"], r["fiscal_year"])
            self.check([n["register_number"] for n in found] == list(range(1, r["last_number"] + 1)), "register", r["fiscal_year"], "has gaps")
            for n in found:
                self.check(self.numbers.pop((r["office"], r["fiscal_year"], n["register_number"]), None) == n["case_id"], "number", n["register_number"], "is another case's")
        self.check(not self.numbers, "numbers that are not in the register:", *self.numbers)


# ---- a log to audit --------------------------------------------------------------------------------------------------------


class Desk:
    def __init__(self, folder):
        self.db, self.minute = folder / "desk.db", 0
        self.program = os.environ["COMPLAINT_COMMAND"]
        self.base = [self.program, "--db", str(self.db), "--outbox", str(folder / "outbox.jsonl"), "--sync", "off", "--json"]

    def __call__(self, *words, who="officer:malee", more=(), at=None):
        self.minute += 1
        at = at or f"2025-11-05T{9 + self.minute // 60:02}:{self.minute % 60:02}"
        done = subprocess.run([*self.base, "--as", who, "--at", at, *more, *words], capture_output=True, text=True, encoding="utf-8")
        assert done.returncode == 0, f"{words}: {done.stderr}"
        return json.loads(done.stdout) if done.stdout.strip() else None

    def verify(self, db):
        done = subprocess.run([self.program, "--db", str(db), "--read-only", "--as", "auditor:a", "--at", "2026-10-01T00:00", "verify"], capture_output=True, text=True, encoding="utf-8")
        return done.returncode, done.stdout + done.stderr


def find(answer, name):
    """A member of the answer, wherever it is."""
    if isinstance(answer, dict):
        if name in answer:
            return answer[name]
        answer = list(answer.values())
    for inner in answer if isinstance(answer, list) else ():
        found = find(inner, name)
        if found is not None:
            return found
    return None


def fill(desk):
    """One life with everything in it, one set aside, one open, and three days of a real inbox with its photos."""
    desk("init")
    message = find(desk("receive", "--channel", "facebook", "--id", "1", "--thread", "t-1", "--from", "สมชาย", "รอคิวสี่ชั่วโมง \"ไม่ไหว\"\n{}"), "message")
    case = str(find(desk("triage", str(message), "--open", "identity=named"), "case_id"))
    desk("do", "register", case)
    desk("do", "acknowledge", case, "particle=ค่ะ")
    desk("deliver")
    desk("do", "classify", case, "class=service", "nature=grievance", "reason=เห็นตามข้อความ")
    desk("do", "flag", case, "flag=corruption")
    desk("do", "flag", case, "flag=urgent")
    desk("do", "flag", case, "flag=urgent", "clear=1", "reason=ตรวจแล้วไม่เร่งด่วน")
    desk("do", "consider", case, "decision=agreed", who="head:somchai", more=("--acting-for", "ผู้อำนวยการ"))
    desk("do", "forward", case, "unit=quality,hr", "days=3")
    desk("do", "follow_up", case, "text=โทรถามแล้ว", at="2025-11-12T10:00")
    later = iter(range(1, 9))
    for unit in ("hr", "quality"):
        desk("do", "report_result", case, f"from_unit={unit}", "outcome=resolved", "text=แก้ไขแล้ว", more=("--on-behalf", unit), at=f"2025-12-0{next(later)}T10:00")
    desk("do", "notify_result", case, "text=แก้ไขแล้ว", "by_hand=phone", at="2025-12-04T10:00")
    desk("do", "close", case, at="2025-12-05T10:00")
    thanks = find(desk("receive", "--channel", "line", "--id", "2", "--thread", "t-2", "ขอบคุณค่ะ", at="2025-12-05T11:00"), "message")
    desk("triage", str(thanks), "--set-aside", "thanks", at="2025-12-05T11:01")
    desk("deliver", at="2025-12-05T11:02")
    other = find(desk("receive", "--channel", "phone", "--id", "3", "สอบถาม", at="2025-12-05T11:02"), "message")
    other_case = str(find(desk("triage", str(other), "--open", at="2025-12-05T11:03"), "case_id"))
    desk("do", "register", other_case, at="2025-12-05T11:04")
    third = find(desk("receive", "--channel", "phone", "--id", "4", "โทรมาอีก", at="2025-12-05T11:05"), "message")
    desk("triage", str(third), "--join", other_case, at="2025-12-05T11:06")
    a_second_life(desk, other_case)
    fourth = find(desk("receive", "--channel", "facebook", "--id", "5", "--thread", "t-5", "ห้องน้ำสกปรก", at="2026-02-02T09:00"), "message")
    desk("do", "acknowledge", str(find(desk("triage", str(fourth), "--open", at="2026-02-02T09:01"), "case_id")), at="2026-02-02T09:02")  # and it waits
    for number in ("6", "7"):
        thanks = find(desk("receive", "--channel", "line", "--id", number, "--thread", "t-6", "ขอบคุณครับ", at="2026-02-02T09:03"), "message")
        desk("triage", str(thanks), "--set-aside", "thanks", at="2026-02-02T09:04")
    desk("triage", str(thanks), "--open", at="2026-02-02T09:05")  # a matter after all: its answer is owed no more
    desk("tick", at="2026-02-07T15:30")  # a Saturday on which nobody looked, and then somebody did
    desk("duty", "check", "facebook", at="2026-02-07T16:00")
    for said in ("\"is_unsent\":true", "\"content\":\"Sorry\""):  # a message that comes after its withdrawal
        export = desk.db.parent / "late"
        (export / "messages/inbox/s_7").mkdir(parents=True, exist_ok=True)
        (export / "messages/inbox/s_7/message_1.json").write_text("{\"thread_path\":\"inbox/s_7\",\"messages\":[{\"sender_name\":\"Somsri\",\"timestamp_ms\":1770000000000,%s}]}" % said)
        desk("import", "facebook", str(export), at="2026-02-08T09:00")
    desk("import", "facebook", str(ROOT / "examples/data/inbox_export"), at="2026-10-09T10:00")


def a_second_life(desk, case):
    """Clocks that speak up, stand still, get more time and begin again; two complainants; a unit that goes step by step; somebody who may not look; a second cycle."""
    desk("duty", "check", "facebook", at="2025-12-05T11:10")
    desk("duty", "check", "facebook", at="2025-12-05T14:10")
    desk("do", "acknowledge", case, "by_hand=phone", at="2025-12-05T11:11")
    desk("do", "add_complainant", case, "identity=named", "channel=phone", "name=แก้ว", "address=081", at="2025-12-05T11:12")
    desk("do", "recuse", case, "person=ใครคนหนึ่ง", "reason=ญาติ", at="2025-12-05T11:13")
    desk("do", "recuse", case, "role=executive", "person=อีกคน", "reason=มีส่วนได้เสีย", at="2025-12-05T11:13")
    desk("do", "recuse", case, "role=executive", "clear=1", "reason=คนละตำแหน่ง", who="head:somchai", at="2025-12-05T11:13")
    desk("do", "classify", case, "class=service", at="2025-12-05T11:14")
    desk("do", "request_info", case, "text=วันไหนคะ", "by_hand=phone", at="2025-12-05T11:15")
    desk("tick", at="2025-12-07T15:30")  # a Sunday on which nobody looked
    desk("deliver", at="2025-12-07T15:31")
    desk("tick", at="2025-12-08T09:00")
    desk("do", "resume", case, at="2025-12-09T11:15")
    desk("do", "forward", case, "unit=hr", "days=3", "paper_no=ชร 0033/1", "direction=out", "subject=เรื่องร้องเรียน", at="2025-12-09T11:20")
    desk("do", "extend", case, "days=2", "reason=รอพยาน", who="head:somchai", at="2025-12-09T11:30")
    desk("do", "accept", case, "from_unit=hr", more=("--on-behalf", "hr"), at="2025-12-09T13:00")
    desk("do", "report_progress", case, "from_unit=hr", "text=กำลังสอบ", more=("--on-behalf", "hr"), at="2025-12-09T14:00")
    desk("tick", at="2026-01-20T09:00")
    desk("do", "withdraw", case, "party=2", "reason=ไม่ติดใจ", at="2026-01-20T09:10")
    desk("do", "add_complainant", case, "channel=email", "address=kaew@example.org", at="2026-01-20T09:20")
    desk("do", "acknowledge", case, "party=3", at="2026-01-20T09:30")
    desk("do", "update_complainant", case, "party=3", "name=แก้ว ใจดี", "channel=line", "address=u-3", "identity=named", at="2026-01-20T09:40")
    desk("do", "update_complainant", case, "party=1", "address=089", "reason=จดเลขหมายผิด", at="2026-01-20T09:41")
    desk("do", "report_result", case, "from_unit=hr", "outcome=resolved", "text=แก้แล้ว", more=("--on-behalf", "hr"), at="2026-01-20T10:00")
    desk("do", "notify_result", case, "text=แก้แล้ว", "by_hand=phone", at="2026-01-20T11:00")
    desk("deliver", at="2026-01-20T11:30")
    desk("do", "close", case, at="2026-01-20T12:00")
    desk("do", "reopen", case, "reason=เกิดขึ้นอีก", at="2026-01-21T12:00")
    desk("deliver", at="2026-01-21T12:01")
    desk("do", "forward", case, "unit=quality", "days=2", at="2026-01-21T13:00")
    desk("do", "request_info", case, "text=วันไหนคะ", "by_hand=phone", at="2026-01-22T08:40")  # the reminder of 08:30 is not said any more
    desk("do", "resume", case, at="2026-01-22T10:00")
    desk("do", "forward", case, "unit=finance", "days=4", "--happened", "2026-01-21T15:00", at="2026-01-22T11:00")  # it has stood still since
    passed_on(desk)


def passed_on(desk):
    """What is owed to others outlives the end of the case, until it is met."""
    for number, answered in ((5, False), (6, True)):
        message = find(desk("receive", "--channel", "letter", "--id", str(number), "ส่งต่อมา", at="2026-01-22T11:10"), "message")
        case = str(find(desk("triage", str(message), "--open", "origin=traffy", "origin_due=2026-02-20", at="2026-01-22T11:11"), "case_id"))
        desk("do", "withdraw", case, at="2026-01-22T11:12")
        if answered:
            desk("do", "reply_origin", case, "paper_no=ชร 0033/9", "text=ถอนเรื่องแล้ว", at="2026-01-22T11:13")


ALTERED = {
    "a payload": "UPDATE complaint_event SET payload = CAST(replace(CAST(payload AS TEXT), 'service', 'cyber') AS BLOB) WHERE kind = 11",
    "an actor": "UPDATE complaint_event SET actor = 'somebody' WHERE kind = 16",
    "a role": "UPDATE complaint_event SET actor_role = 'executive' WHERE kind = 16",
    "a kind": "UPDATE complaint_event SET kind = 42 WHERE kind = 25",
    "a time": "UPDATE complaint_event SET happened_at = happened_at - 1 WHERE kind = 20",
    "free text": "UPDATE complaint_event SET sealed = CAST(x'00' || '{}' AS BLOB) WHERE kind = 30",
    "a hash": "UPDATE complaint_event SET hash = zeroblob(32) WHERE kind = 20",
    "an event taken out": "DELETE FROM complaint_event WHERE kind = 16",
    "the end cut off": "DELETE FROM complaint_event WHERE kind = 35",
    "a text": "UPDATE complaint_message SET body = CAST(x'00' || 'x' AS BLOB) WHERE external_id = '1'",
    "a sender": "UPDATE complaint_message SET sender = x'' WHERE external_id = '1'",
    "an address": "UPDATE complaint_message SET address = CAST(x'00' || 't-2' AS BLOB) WHERE external_id = '1'",
    "sender and text exchanged": "UPDATE complaint_message SET sender = body, body = sender WHERE external_id = '1'",
    "a triage undone": "UPDATE complaint_message SET state = 'new', case_id = 0 WHERE external_id = '4'",
    "a message taken away": "DELETE FROM complaint_message WHERE external_id = '2'",
    "a state": "UPDATE complaint_case SET state = 'registered' WHERE state = 'closed'",
    "a deadline": "UPDATE complaint_clock SET due_at = due_at + 86400000 WHERE rule = 'forward'",
    "a lateness": "UPDATE complaint_clock SET late_ms = late_ms + 1 WHERE rule = 'follow_up'",
    "a result": "UPDATE complaint_referral SET outcome = 'unsubstantiated' WHERE unit = 'hr'",
    "a referral taken away": "DELETE FROM complaint_referral WHERE unit = 'hr'",
    "a notice taken away": "DELETE FROM complaint_notice WHERE template = 'acknowledgement'",
    "an answer taken away": "DELETE FROM complaint_notice WHERE about = 'message'",
    "an answer's text": "UPDATE complaint_notice SET body = CAST(x'00' || 'x' AS BLOB) WHERE about = 'message'",
    "a reminder taken away": "DELETE FROM complaint_notice WHERE about = 'day' AND seq = 1",
    "a reminder's text": "UPDATE complaint_notice SET body = CAST(x'00' || 'x' AS BLOB) WHERE about = 'day' AND seq = 1",
    "whom a notice was for": "UPDATE complaint_notice SET recipient = 'origin' WHERE template = 'acknowledgement'",
    "which words a notice had": "UPDATE complaint_notice SET template = 'result' WHERE template = 'acknowledgement'",
    "why a notice went out": "UPDATE complaint_notice SET cause = cause + 1 WHERE template = 'acknowledgement'",
    "a notice's number": "UPDATE complaint_notice SET seq = 99 WHERE template = 'acknowledgement' AND recipient = 'complainant'",
    "what a notice is about": "UPDATE complaint_notice SET about = 'case' WHERE about = 'day'",
    "the words of a notice that waits": "UPDATE complaint_notice SET body = CAST(x'00' || 'x' AS BLOB) WHERE state = 'waiting' AND about = 'case'",
    "where a notice that waits goes": "UPDATE complaint_notice SET address = CAST(x'00' || 'x' AS BLOB) WHERE state = 'waiting' AND about = 'case'",
    "the way it goes": "UPDATE complaint_notice SET channel = 'line' WHERE state = 'waiting' AND about = 'case'",
    "what its proof is made with": "UPDATE complaint_notice SET salt = x'00' WHERE state = 'waiting' AND about = 'case'",
    "a notice that went nowhere": "UPDATE complaint_notice SET state = 'delivered' WHERE state = 'waiting' AND about = 'case'",
    "a notice that nobody took back": "UPDATE complaint_notice SET state = 'withdrawn' WHERE state = 'waiting' AND about = 'case'",
    "a notice to be sent again": "UPDATE complaint_notice SET state = 'waiting' WHERE state = 'delivered' AND about = 'case'",
    "the words of an answer that waits": "UPDATE complaint_notice SET body = CAST(x'00' || 'x' AS BLOB) WHERE state = 'waiting' AND about = 'message'",
    "an answer that nobody took back": "UPDATE complaint_notice SET state = 'withdrawn' WHERE state = 'waiting' AND about = 'message'",
    "the words of a reminder that waits": "UPDATE complaint_notice SET body = CAST(x'00' || 'x' AS BLOB) WHERE state = 'waiting' AND about = 'day'",
    "a reminder that nobody took back": "UPDATE complaint_notice SET state = 'withdrawn' WHERE state = 'waiting' AND about = 'day'",
    "how well a complainant is known": "UPDATE complaint_party SET identity = 'anonymous' WHERE seq = 2",
    "a number": "UPDATE complaint_number SET register_number = 9 WHERE register_number = 2",
    "the register": "UPDATE complaint_register SET last_number = 3",
    "a photo taken away": "DELETE FROM complaint_evidence_chunk WHERE digest = (SELECT min(digest) FROM complaint_evidence)",
    "a photo altered": "UPDATE complaint_evidence_chunk SET data = CAST(data || x'00' AS BLOB) WHERE digest = (SELECT min(digest) FROM complaint_evidence)",
    "a photo's name taken away": "DELETE FROM complaint_evidence WHERE digest = (SELECT min(digest) FROM complaint_evidence)",
    "a duty taken away": "DELETE FROM complaint_duty WHERE seq = 2",
    "a letter taken away": "DELETE FROM complaint_paper",
    "a waking": "UPDATE complaint_clock SET wake_at = 1 WHERE rule = 'follow_up'",
    "a complainant's name": "UPDATE complaint_party SET name = CAST(x'00' || 'x' AS BLOB) WHERE seq = 2",
    "a policy": "UPDATE complaint_definition SET body = CAST('{}' AS BLOB) WHERE kind = 'policy'",
    "a calendar taken away": "DELETE FROM complaint_definition WHERE kind = 'calendar'",
}


def alter(source, target, sql):
    shutil.copy(source, target)
    db = sqlite3.connect(target)
    changed = db.execute(sql).rowcount
    db.commit()
    db.close()
    assert changed > 0, f"nothing altered: {sql}"


def check_page():
    """The page has the kinds of lib/record/events.tsv, and its two examples are right."""
    page = (ROOT / "docs/event-format.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| (\d+) \| `(\w+)` \| (\w+) \|$", page, re.M)
    kinds = [line.split("\t")[:3] for line in (ROOT / "lib/record/events.tsv").read_text(encoding="utf-8").splitlines() if line[:1].isdigit()]
    assert [tuple(k) for k in kinds] == listed, "docs/event-format.md lists other kinds than lib/record/events.tsv"
    names = ("office", "stream", "seq", "kind", "happened_at", "entered_at", "actor", "actor_role", "actor_unit", "on_behalf", "acting_for", "request", "payload", "sealed", "prev")
    first = dict(zip(names, ("cr", 7, 1, 1, 1000, 2000, "malee", "officer", "", "", "", "r1", b"{}", b"", bytes(32))))
    second = dict(zip(names, ("cr", 7, 2, 2, -1, 2001, "ก", "head", "hr", "quality", "boss", "r2", b'{"case":"9"}', b'\0{"reason":"x"}', event_hash(first))))
    for e in (first, second):
        assert event_hash(e).hex() in page, "an example of docs/event-format.md has another hash"


def check_archive(desk, folder):
    """What was read from an archive is a log like any other; what waited says why it was not sent."""
    if subprocess.run([desk.program, "help", "import-archive"], capture_output=True).returncode:
        return
    archive, copy = folder / "office.jsonl", folder / "copy.db"
    common = ["--as", "officer:malee", "--at", "2026-10-09T12:00", "--sync", "off"]
    archive.write_bytes(subprocess.run([desk.program, "--db", str(desk.db), *common, "export"], capture_output=True, check=True).stdout)
    for words in (["init"], ["import-archive", str(archive)]):
        subprocess.run([desk.program, "--db", str(copy), *common, *words], check=True, stdout=subprocess.DEVNULL)
    audit = Audit(copy)
    findings = audit.run()
    assert not findings, "\n".join(findings)
    silenced = {row["about"] for row in audit.rows("SELECT * FROM complaint_notice WHERE state = 'silent'")}
    assert silenced == {"case", "message", "day"}, silenced
    assert audit.rows("SELECT * FROM complaint_event WHERE kind = 206") and not audit.rows("SELECT * FROM complaint_notice WHERE state = 'waiting'")
    code, words = desk.verify(copy)
    assert code == 0, words


def check_seal(desk):
    """The seal of the page is the one that the command prints, where it has the command."""
    if subprocess.run([desk.program, "help", "seal"], capture_output=True).returncode:
        return
    rows = Audit(desk.db).rows("SELECT * FROM complaint_event WHERE office = 'cr' ORDER BY stream, seq")
    for until in ("2025-11-05T09:05", "2025-12-05T11:03", "2026-10-09T11:00"):
        instant = int(datetime.datetime.fromisoformat(until + "+07:00").timestamp() * 1000)
        words = [desk.program, "--db", str(desk.db), "--read-only", "--as", "auditor:a", "--at", "2026-10-09T12:00", "seal", "--until", until]
        done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8")
        assert done.returncode == 0, done.stderr
        assert seal(rows, instant) in done.stdout, f"the seal until {until} is another: {done.stdout}"
    assert seal(rows, instant) != seal(rows[:-1], instant)


def main():
    if len(sys.argv) > 1:
        findings = Audit(sys.argv[1]).run()
        print("\n".join(findings) or "the log is whole")
        return 1 if findings else 0
    check_page()
    with tempfile.TemporaryDirectory() as name:
        folder, faults = pathlib.Path(name), []
        desk = Desk(folder)
        fill(desk)
        subprocess.run([desk.program, "--db", str(desk.db), "--at", "2026-10-09T11:00", "--as", "auditor:a", "verify"], check=True, stdout=subprocess.DEVNULL)
        sqlite3.connect(desk.db).execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        audit = Audit(desk.db)
        findings = audit.run()
        assert not findings, "\n".join(findings)
        code, words = desk.verify(desk.db)
        assert code == 0, words
        assert audit.events > 150 and str(audit.events) in words, f"{audit.events} events here; {words}"
        check_seal(desk)
        check_archive(desk, folder)
        for what, sql in ALTERED.items():
            copy = folder / f"{what}.db"
            alter(desk.db, copy, sql)
            if not Audit(copy).run():
                faults.append(f"{what}: not seen by the auditor")
            if desk.verify(copy)[0] != 1:
                faults.append(f"{what}: not seen by complaint verify")
        print(f"{audit.events} events proved without the library, {len(ALTERED)} alterations tried")
        print("\n".join(faults))
        return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
