#!/usr/bin/env python3
"""A disk that runs full under a Taure: nothing is lost that was promised, and each refusal says why.

    target/test-env/py/bin/python tests/system/disk_full.py

The data folder stands on a small file system; somebody else's file fills it, and leaves more or less. Mounting needs
root; without it this is skipped, with exit code 77.
"""
import atexit
import io
import os
import random
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import requests
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish, until  # noqa: E402
from small_disk import SmallDisk  # noqa: E402
from taure import Taure, strip  # noqa: E402

LEVELS = [8 << 20, 2 << 20, 512 << 10, 64 << 10, 16 << 10, 4 << 10, 0]
TEXTS = 20  # that must go through on a full disk

disk = SmallDisk(64)
if not disk.kind:
    print("skipped: no small disk can be mounted here")
    sys.exit(77)
print(f"A full disk: 64 MiB of {disk.kind}")

alice = Taure("alice", "Alice", init=False, environment={"TAURE_RATE_LIMIT": "0"})
alice.data = disk.root / "data"
atexit.register(disk.remove)
atexit.register(alice.kill)  # the last that was registered comes first
alice.run("init", "--url", alice.url, "--username", alice.username, "--display-name", alice.display_name,
          "--password-stdin", stdin=alice.password + "\n")
alice.start()
alice.sign_in()

dice = random.Random(7)
texts, pictures, marked, deleted = {}, {}, set(), set()  # what was promised: id -> text, address -> bytes of the file
dropped, last = [], []  # connections that ended unannounced, and the request before
count = 0


def told(answer, what):
    """The JSON of a success, or None for a refusal that says that there is no space; anything else is an error."""
    if answer.status_code == 200:
        return answer.json()
    assert answer.status_code in (422, 503, 507), f"{what} answered {answer.status_code}: {answer.text[:300]}"
    error = answer.json()["error"]
    assert re.search("space|full|disk", error, re.I), f"{what} answered {answer.status_code} and said {error!r}"
    return None


def send(method, path, **rest):
    """One request; a connection that was dropped under it is remembered, and it is sent once more."""
    try:
        answer = alice.http.request(method, alice.url + path, timeout=60, **rest)
    except requests.ConnectionError as error:
        try:
            ended = alice.process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            ended = None
        assert ended is None, f"{method} {path}: the server ended with {ended}: {alice.tail(3)}"
        dropped.append(f"{method} {path} after {last}: {error}")
        answer = alice.http.request(method, alice.url + path, timeout=60, **rest)
    last[:] = [method, path, answer.status_code, answer.headers.get("connection", "stays open")]
    return answer


def write():
    """Posts a short text; returns its id, or None when it was refused."""
    global count
    count += 1
    text = f"Number {count}. " + "A few words more. " * (count % 5 * 5)
    made = told(send("POST", "/api/v1/statuses", json={"status": text}), "a text")
    if made:
        texts[made["id"]] = text.strip()
        return made["id"]
    return None


def drawing(size):
    """A picture that cannot be made much smaller, as PNG."""
    out = io.BytesIO()
    Image.frombytes("RGB", (size, size), dice.randbytes(size * size * 3)).save(out, "PNG")
    return out.getvalue()


def draw(size):
    """Uploads a picture and posts it; returns whether both were accepted."""
    answer = send("POST", "/api/v2/media", files={"file": ("noise.png", drawing(size))})
    if answer.status_code == 202:
        accepted = answer.json()["id"]
        answer = until(lambda: (got := send("GET", f"/api/v1/media/{accepted}")).status_code != 206 and got)
    media = told(answer, "a picture")
    if not media:
        return False
    assert media["url"], f"200 without an address: {media}"
    pictures[media["url"]] = size
    made = told(send("POST", "/api/v1/statuses", json={"status": "A picture", "media_ids": [media["id"]]}),
                "a text with a picture")
    if made:
        texts[made["id"]] = "A picture"
        assert made["media_attachments"][0]["url"] == media["url"], made["media_attachments"]
    return bool(made)


def mark(post):
    if told(send("POST", f"/api/v1/statuses/{post}/favourite"), "a favourite"):
        marked.add(post)


def delete(post):
    if told(send("DELETE", f"/api/v1/statuses/{post}"), "a deletion"):
        deleted.add(post)
        texts.pop(post)
        marked.discard(post)


def reads():
    """Reading needs no space."""
    for path in ("/api/v1/timelines/home", "/api/v1/notifications", "/api/v1/accounts/verify_credentials",
                 "/api/v2/instance"):
        answer = send("GET", path)
        assert answer.status_code == 200, f"{path} answered {answer.status_code}: {answer.text[:300]}"


def kept():
    """Everything that was promised is there, and nothing that was deleted."""
    for post, text in texts.items():
        shown = alice.get(f"/api/v1/statuses/{post}")
        assert strip(shown["content"]).strip() == text, f"{post}: {shown['content']!r}"
        assert shown["favourited"] == (post in marked), f"{post}: favourited is {shown['favourited']}"
    for url, size in pictures.items():
        answer = requests.get(url, timeout=30)
        assert answer.status_code == 200, f"{url} answered {answer.status_code}"
        picture = Image.open(io.BytesIO(answer.content))
        picture.load()
        assert picture.size == (size, size), picture.size
    for post in deleted:
        assert send("GET", f"/api/v1/statuses/{post}").status_code == 404, f"{post} is back"


def try_everything():
    """A bit of all that an app does; each is a success or a refusal for want of space."""
    for size in (40, 300):
        draw(size)
    for _ in range(3):
        write()
    for post in [post for post in texts if post not in marked][:2]:
        mark(post)
    delete(write() or next(iter(texts)))
    reads()


def all_works():
    assert write() and draw(60), "refused although there is space"
    before = len(marked)
    mark(list(texts)[-1])
    assert len(marked) == before + 1
    reads()
    kept()


def power_cut():
    """Ends it at once and starts it on the disk as it is. Where that fails, what was promised is looked for with space."""
    alice.kill()
    try:
        alice.start()
    except RuntimeError as error:
        disk.empty()
        alice.kill()
        alice.start()
        kept()
        raise AssertionError(f"it does not start: {str(error)[-300:]}") from None
    reads()
    kept()


def named(size):
    return f"{size >> 20} MiB" if size >= 1 << 20 else f"{size >> 10} KiB"


with check("with space, everything works"):
    for _ in range(5):
        all_works()

for left in LEVELS:
    with check(f"with {named(left)} left, each thing is done or refused for want of space, and what was promised is there"):
        disk.fill(left)
        try_everything()
        try_everything()
        kept()
    with check(f"with {named(left)} left, it starts again after a power cut and has what was promised"):
        power_cut()
    with check(f"after the {named(left)}, everything works as soon as there is space, without a restart"):
        disk.empty()
        all_works()

with check("a disk that others filled to the last byte still takes twenty texts"):
    # A fresh start: the journal of the database is empty, and no room in it hides that there is none.
    alice.stop()
    alice.start()
    all_works()
    alice.stop()
    alice.start()
    whole = disk.used_by(alice.data)
    nothing = disk.fill(0)
    assert nothing < 4096, f"{nothing} bytes are left"
    taken = sum(write() is not None for _ in range(TEXTS))
    assert taken == TEXTS, f"{taken} of {TEXTS} texts"
    reads()
    kept()

with check("and refuses a picture, with a reason"):
    draw(1200)
    kept()

with check("the twenty survive a power cut on the full disk"):
    power_cut()

with check("when there is space again, the reserve is laid back without a restart"):
    disk.empty()
    all_works()
    until(lambda: disk.used_by(alice.data) >= whole, 90, "as much taken as before")

with check("and the next full disk takes twenty texts again"):
    disk.fill(0)
    taken = sum(write() is not None for _ in range(TEXTS))
    disk.empty()
    all_works()
    assert taken == TEXTS, f"{taken} of {TEXTS} texts"

with check("a refusal that ends the connection says so, and the next request on it is not lost"):
    assert not dropped, f"{len(dropped)} times: {dropped[0]}"

with check("the database is whole"):
    alice.stop()
    with sqlite3.connect(alice.data / "taure.db") as base:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []

with check("nothing half-written stands in the folder of files, and nothing panicked"):
    alice.start()
    kept()
    alice.stop()
    stray = [str(path) for path in (alice.data / "media" / "unfinished").rglob("*") if path.is_file()]
    assert not stray, stray
    assert "panicked" not in alice.log.read_text("utf-8", "replace")

os.sync()
finish()
