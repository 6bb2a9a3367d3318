#!/usr/bin/env python3
"""A real-shaped Mastodon archive of 10,000 posts with 2,000 media files imports beside a running server, is resumed
after a kill, and its report adds up.

    target/test-env/py/bin/python tests/system/import.py
"""
import json
import re
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import requests

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
sys.path.insert(0, str(Path(__file__).resolve().parent))
from archive import large  # noqa: E402
from checks import check, finish  # noqa: E402
from taure import Taure, strip  # noqa: E402

POSTS, FILES = 10_000, 2_000
alice = Taure("alice", "Alice", environment={"TAURE_RATE_LIMIT": "0"})
alice.start()
token = alice.sign_in()
file = alice.folder / "archive.zip"
made = large(file, POSTS, FILES)
command = [alice.binary, "import", str(file), "--data", str(alice.data)]
took = 0.0


def ask(sql):
    with sqlite3.connect(alice.data / "taure.db") as base:
        return base.execute(sql).fetchall()


def totals():
    rows = ask("SELECT totals FROM imports ORDER BY id DESC LIMIT 1")
    return json.loads(rows[0][0]) if rows else {}


def adds_up(told):
    for tally in told.values():
        assert tally["found"] == tally["taken"] + tally["there"] + tally["waiting"] + sum(tally["left"].values()), told


def bring():
    """Runs it to its end; gives what it printed."""
    global took
    began = time.monotonic()
    done = subprocess.run([*command, "--yes"], text=True, capture_output=True, env=alice.environment, timeout=300,
                          check=False)
    took += time.monotonic() - began
    assert done.returncode == 0, done.stderr
    return done.stdout


class Owner(threading.Thread):
    """Posts meanwhile; remembers how long the slowest took."""

    def __init__(self):
        super().__init__(daemon=True)
        self.going, self.times = True, []

    def run(self):
        session = requests.Session()
        session.headers["Authorization"] = f"Bearer {token}"
        while self.going:
            began = time.monotonic()
            answer = session.post(alice.url + "/api/v1/statuses", json={"status": f"meanwhile {began}"}, timeout=30)
            assert answer.status_code == 200, answer.text
            self.times.append(time.monotonic() - began)
            time.sleep(0.05)


with check("a preview says what is there, and changes nothing"):
    told = subprocess.run([*command, "--preview"], text=True, capture_output=True, env=alice.environment, timeout=60,
                          check=True).stdout
    assert re.search(rf"Posts +{made['items']} found, {POSTS} to be taken", told), told
    assert re.search(rf"{made['boosts']} left out: boosts", told), told
    assert ask("SELECT count(*) FROM imports") == [(0,)]

with check("killed on the way, it has taken what it counted"):
    owner = Owner()
    owner.start()
    began = time.monotonic()
    process = subprocess.Popen([*command, "--yes"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                               env=alice.environment)
    while totals().get("posts", {}).get("found", 0) < made["items"] * 0.4:
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.05)
    process.kill()
    process.wait()
    took += time.monotonic() - began
    told = totals()
    adds_up(told)
    assert told["posts"]["taken"] == ask("SELECT count(*) FROM imported")[0][0]

with check("it is resumed by the same command, and its report adds up"):
    printed = bring()
    assert "goes on from there" in printed, printed
    told = totals()
    adds_up(told)
    posts, files = told["posts"], told["files"]
    assert (posts["found"], posts["taken"], posts["there"]) == (made["items"], POSTS, 0), posts
    assert posts["left"] == {"boost": made["boosts"], "direct": made["letters"]}, posts
    assert files["taken"] == made["files"] - made["missing"] and files["left"] == {"missing": made["missing"]}, files
    assert re.search(rf"Posts +{made['items']} found = {POSTS} taken \+ 0 already there \+ ", printed), printed
    assert ask("SELECT count(*), count(DISTINCT uri) FROM imported") == [(POSTS, POSTS)]
    assert ask("SELECT count(*) FROM media JOIN imported USING (status_id)") == [(files["taken"],)]
    assert ask("PRAGMA foreign_key_check") == [] and ask("PRAGMA integrity_check") == [("ok",)]

with check("the server was hardly held up"):
    owner.going = False
    owner.join(30)
    times = sorted(owner.times)
    print(f"  posts meanwhile: {len(times)}, median {times[len(times) // 2] * 1000:.0f} ms, slowest {times[-1] * 1000:.0f} ms")
    assert times[-1] < 2, times[-5:]

with check("a second time nothing is taken twice"):
    before = ask("SELECT count(*) FROM statuses")
    bring()
    told = totals()
    adds_up(told)
    assert (told["posts"]["taken"], told["posts"]["there"]) == (0, POSTS), told["posts"]
    assert ask("SELECT count(*) FROM statuses WHERE content NOT LIKE '%meanwhile%'")[0][0] == POSTS
    assert before[0][0] == ask("SELECT count(*) FROM statuses")[0][0]

with check("nobody was told"):
    assert ask("SELECT count(*) FROM deliveries") == [(0,)]
    assert ask("SELECT count(*) FROM activities a JOIN imported i ON i.status_id = a.status_id") == [(0,)]
    assert ask("SELECT count(*) FROM notifications") == [(0,)]

with check("posts have their dates, pictures and threads"):
    post = ask("SELECT i.status_id FROM imported i JOIN media m USING (status_id) LIMIT 1")[0][0]
    shown = alice.get(f"/api/v1/statuses/{post}")
    assert shown["created_at"].startswith(("2019", "202")) and "otters" in strip(shown["content"]), shown
    assert len(shown["media_attachments"]) in (3, 4) and shown["media_attachments"][0]["description"].startswith("Picture")
    assert requests.get(shown["media_attachments"][0]["url"], timeout=30).status_code == 200
    tied = ask("SELECT count(*) FROM statuses s JOIN statuses p ON p.id = s.in_reply_to_id JOIN imported i ON i.status_id = s.id")
    assert tied[0][0] > 500, tied

print(f"  {POSTS} posts and {FILES} files in {took:.0f} s, all runs together")
assert took < 60 or "debug" in str(alice.binary), took
finish()
