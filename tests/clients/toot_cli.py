#!/usr/bin/env python3
"""`toot`, the command-line client, as its user would type it; out-of-band OAuth included.

    target/test-env/py/bin/python tests/clients/toot_cli.py

Its plain output goes through toot's own strict entity classes, so both that and --json are used.
"""
import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish, until  # noqa: E402
from forms import Browser  # noqa: E402
from taure import Taure, picture, strip  # noqa: E402

TOOT = Path(sys.executable).with_name("toot")
alice, bea = Taure("alice", "Alice"), Taure("bea", "Bea")
alice.start()
bea.start()
bea.sign_in()
environment = os.environ | {"XDG_CONFIG_HOME": str(alice.folder / "config"), "HOME": str(alice.folder),
                            "PYTHONUNBUFFERED": "1", "COLUMNS": "100"}


def toot(*arguments, stdin=""):
    """Runs toot and returns what it printed; its error text when it fails."""
    done = subprocess.run([TOOT, *map(str, arguments)], input=stdin, text=True, capture_output=True, env=environment,
                          timeout=60, check=False)
    if done.returncode:
        raise AssertionError(f"toot {' '.join(map(str, arguments))}: {(done.stderr or done.stdout).strip()[-600:]}")
    return done.stdout


def data(*arguments):
    return json.loads(toot(*arguments, "--json"))


def log_in():
    """Runs `toot login`, takes the printed address to the pages and types the code that they show."""
    process = subprocess.Popen([TOOT, "login", "--instance", alice.url], stdin=subprocess.PIPE, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment)
    lines = queue.Queue()
    threading.Thread(target=lambda: [lines.put(line) for line in process.stdout], daemon=True).start()
    address, printed = None, ""
    while not address:
        line = lines.get(timeout=20)
        printed += line
        address = line.strip() if "/oauth/authorize" in line else None
    code = Browser().authorise(address, alice.username, alice.password)["code"]
    process.stdin.write(f"n\n{code}\n")
    process.stdin.close()
    assert process.wait(timeout=30) == 0, printed + "".join(list(lines.queue))


print("toot: signing in")
with check("toot signs in with the code that the page shows"):
    log_in()
    assert "alice" in toot("auth") and "alice" in toot("whoami")
    assert data("whoami")["username"] == "alice"

with check("toot shows the instance"):
    assert alice.domain in toot("instance")

print("toot: posting")
with check("a post with an image, alt text, content warning and language"):
    lamp = picture(alice.folder / "lamp.png")
    post = data("post", "Hello from #toot", "--media", lamp, "--description", "A lamp", "--spoiler-text", "lamps",
                "--language", "lv", "--visibility", "public")
    assert post["language"] == "lv" and post["spoiler_text"] == "lamps"
    assert post["media_attachments"][0]["description"] == "A lamp"
    assert "Hello from #toot" in toot("status", post["id"])

with check("home and the thread show it, through toot's own classes"):
    reply = data("post", "a reply", "--reply-to", post["id"])
    home = toot("timelines", "home", "--no-pager")
    assert "Hello from #toot" in home and "a reply" in home
    thread = toot("thread", post["id"])
    assert thread.index("Hello from #toot") < thread.index("a reply")

with check("favourite, bookmark, boost, pin, and each undone"):
    for verb, mark in (("favourite", "favourited"), ("bookmark", "bookmarked"), ("reblog", "reblogged"), ("pin", "pinned")):
        toot(verb, post["id"])
        assert data("status", post["id"])[mark] is True, verb
        toot(f"un{verb}", post["id"])
        assert data("status", post["id"])[mark] is False, f"un{verb}"

with check("the profile changes with an avatar"):
    face = picture(alice.folder / "face.png", (300, 300))
    toot("update-account", "--display-name", "Alice T.", "--note", "By toot", "--avatar", face)
    assert data("whoami")["display_name"] == "Alice T."

print("toot: with somebody on another server")
with check("search with --resolve finds a handle and a post's address"):
    assert f"bea@{bea.domain}" in toot("search", bea.handle, "--resolve")
    hers = bea.post("/api/v1/statuses", status="A post from Bea")
    found = data("search", hers["url"], "--resolve", "--type", "statuses")["statuses"][0]
    assert strip(found["content"]) == "A post from Bea"

with check("follow, see the next post in home, reply to it, unfollow"):
    toot("follow", bea.handle)
    until(lambda: f"bea@{bea.domain}" in toot("following"))
    until(lambda: bea.get("/api/v1/notifications"), what="the follow on her side")
    bea.post("/api/v1/statuses", status="Second post from Bea")
    got = until(lambda: [s for s in data("timelines", "home") if "Second post from Bea" in s["content"]])[0]
    toot("favourite", got["id"])
    toot("reblog", got["id"])
    toot("post", f"@bea@{bea.domain} seen", "--reply-to", got["id"])
    until(lambda: {"mention", "favourite", "reblog"} <= {n["type"] for n in bea.get("/api/v1/notifications")})
    toot("unfollow", bea.handle)
    assert not data("following")

with check("her mention is a notification"):
    bea.post("/api/v1/statuses", status=f"{alice.handle} good morning")
    until(lambda: "good morning" in toot("notifications"))
    assert data("notifications", "--type", "mention")[0]["type"] == "mention"
    toot("notifications", "--clear")

with check("delete and log out"):
    toot("delete", reply["id"])
    assert "a reply" not in toot("timelines", "home", "--no-pager")
    toot("logout", f"alice@{alice.domain}")

finish()
