#!/usr/bin/env python3
"""A server that is written to all the time is backed up, killed, lost and restored: what stood in the backup is there.

    target/test-env/py/bin/python tests/system/backup.py

The second half needs a small file system that can be filled; mounting it needs root, and without it is left out.
"""
import io
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import requests
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish  # noqa: E402
from small_disk import SmallDisk  # noqa: E402
from taure import Taure, strip  # noqa: E402

WORDS = "seven grey horses at night"
dice = random.Random(11)

alice = Taure("alice", "Alice", environment={"TAURE_RATE_LIMIT": "0"})
alice.start()
token = alice.sign_in()
pictures, answered = {}, []


def draw():
    out = io.BytesIO()
    Image.frombytes("RGB", (200, 200), dice.randbytes(120_000)).save(out, "PNG")
    media = alice.call("POST", "/api/v2/media", files={"file": ("noise.png", out.getvalue())})
    alice.post("/api/v1/statuses", status="a picture", media_ids=[media["id"]])
    pictures[media["url"]] = requests.get(media["url"], timeout=30).content


def ours(command, *arguments, stdin=""):
    """A command with its own --data or none; gives the finished process."""
    return subprocess.run([alice.binary, command, *arguments], input=stdin, text=True, capture_output=True,
                          env=alice.environment, timeout=120, check=False)


class Load(threading.Thread):
    """Posts without a pause; remembers what was answered, and how long the slowest took."""

    def __init__(self):
        super().__init__(daemon=True)
        self.going, self.slowest, self.wrong = True, 0, []

    def run(self):
        session = requests.Session()
        session.headers["Authorization"] = f"Bearer {token}"
        while self.going:
            text, began = f"number {len(answered)}", time.monotonic()
            try:
                answer = session.post(alice.url + "/api/v1/statuses", json={"status": text}, timeout=30)
            except requests.RequestException:
                return  # it was killed
            self.slowest = max(self.slowest, time.monotonic() - began)
            if answer.status_code == 200:
                answered.append((answer.json()["id"], text))
            else:
                self.wrong.append(answer.text[:200])


for _ in range(5):
    draw()
load = Load()
load.start()
time.sleep(1)
before = len(answered)
plain, sealed = alice.folder / "taure.tar", alice.folder / "taure.sealed"

with check("a backup is made while it is written to, and holds up nobody"):
    alice.run("backup", str(plain))
    alice.run("backup", str(sealed), "--passphrase-stdin", stdin=WORDS + "\n")
    assert len(answered) > before, "nothing was posted meanwhile"
    assert load.slowest < 2, f"a post took {load.slowest:.1f} s"
    assert not load.wrong, load.wrong[0]

with check("both are whole, and any tar reads the plain one"):
    for arguments, stdin in (((plain,), ""), ((sealed, "--passphrase-stdin"), WORDS + "\n")):
        done = ours("verify-backup", *arguments, stdin=stdin)
        assert done.returncode == 0, done.stderr
    listed = subprocess.run(["tar", "tf", plain], capture_output=True, text=True, check=True).stdout.split()
    assert listed[0] == "taure.db" and listed[-1] == "manifest.json", listed
    assert sum(name.startswith("media/") for name in listed) >= len(pictures), listed

with check("the status says what it can"):
    told = alice.run("status", "--listen", f"127.0.0.1:{alice.port}")
    assert "Last backup     0 min ago" in told and "Answers         yes" in told, told

alice.kill()
load.going = False
load.join(10)
shutil.rmtree(alice.data)
promised = answered[:before]

for name, file, extra in (("plain", plain, ()), ("sealed", sealed, ("--passphrase-stdin",))):
    with check(f"after a kill and the loss of everything, the {name} one brings all back"):
        shutil.rmtree(alice.data, ignore_errors=True)
        done = ours("restore", file, "--data", alice.data, *extra, stdin=WORDS + "\n")
        assert done.returncode == 0, done.stderr
        with sqlite3.connect(alice.data / "taure.db") as base:
            assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        alice.start()
        for post, text in promised:
            assert strip(alice.get(f"/api/v1/statuses/{post}")["content"]) == text
        for url, content in pictures.items():
            assert requests.get(url, timeout=30).content == content
        alice.post("/api/v1/statuses", status="and on it goes")
        alice.kill()

disk = SmallDisk(24)
if disk.kind:
    with check("a full disk under a backup is said, and leaves nothing"):
        disk.fill(64 << 10)
        done = ours("backup", disk.root / "it.tar", "--data", alice.data)
        assert done.returncode == 1 and "full" in done.stderr, done.stderr
        done = ours("restore", plain, "--data", disk.root / "data")
        assert done.returncode == 1 and "full" in done.stderr, done.stderr
        left = sorted(path.name for path in disk.root.iterdir() if path.name != "lost+found")
        assert left == ["filler"], left
        disk.empty()

    with check("a backup on a disk that fills up meanwhile leaves the one before it"):
        assert ours("backup", disk.root / "it.tar", "--data", alice.data).returncode == 0
        was = (disk.root / "it.tar").read_bytes()
        disk.fill(256 << 10)
        assert ours("backup", disk.root / "it.tar", "--data", alice.data).returncode == 1
        assert (disk.root / "it.tar").read_bytes() == was
        assert ours("verify-backup", disk.root / "it.tar").returncode == 0
        disk.empty()
        (disk.root / "it.tar").unlink()

    with check("no new schema without room for a copy, unless its owner says so"):
        older = disk.root / "old"
        older.mkdir()
        schema = (Path(__file__).resolve().parents[1] / "fixtures" / "schema" / "4.sql").read_text("utf-8")
        with sqlite3.connect(older / "taure.db") as base:
            # Python may have an older SQLite; it is copied, and not read.
            base.executescript(schema.replace(", contentless_delete = 1", ""))
            base.execute("PRAGMA user_version = 4")
        base.close()
        disk.fill(300 << 10)
        done = ours("token", "--name", "x", "--data", older)
        assert done.returncode == 1 and "--no-snapshot" in done.stderr, done.stderr
        with sqlite3.connect(older / "taure.db") as base:
            assert base.execute("PRAGMA user_version").fetchone() == (4,)
        left = [path.name for path in (older / "snapshots").glob("*")]
        assert not left, left
        disk.empty()

finish()
