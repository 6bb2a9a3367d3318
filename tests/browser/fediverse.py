#!/usr/bin/env python3
"""What the owner sees and steers of the network, in headless Chromium: hashtags and relays, where posts went, what
is missing in a thread.

    target/test-env/py/bin/python tests/browser/fediverse.py

Alice and Bea follow each other from two servers.
"""
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish, until  # noqa: E402
from page import Page  # noqa: E402
from taure import Taure  # noqa: E402


class Pages(BaseHTTPRequestHandler):
    """A server that shows hashtags to everybody, by Mastodon's API."""
    shown = []

    def do_GET(self):
        body = json.dumps(Pages.shown).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def sign_in(taure, script=True):
    page = Page(taure.folder / "owner", script)
    page.open(f"{taure.url}/auth/sign_in")
    page.fill("password", taure.password)
    page.press("^sign in", css="form button")
    page.one("textarea[name=text]")
    return page


alice, bea = Taure("alice", "Alice"), Taure("bea", "Bea")
for taure in (alice, bea):
    taure.start()
    taure.sign_in()
for one, other in ((alice, bea), (bea, alice)):
    one.post(f"/api/v1/accounts/{one.resolve(other.handle)['id']}/follow")
for one in (alice, bea):
    until(lambda one=one: "follow" in [n["type"] for n in one.get("/api/v1/notifications")], what="the follow")
page = sign_in(alice)

print("Hashtags and relays")
with check("a hashtag is followed on its page"):
    page.open(f"{alice.url}/tags/sailing")
    page.press("^follow$", css="form button")
    assert page.named("^unfollow$", css="form button")
    page.shoot("tag-followed")

with check("hashtag pages of another server bring a stranger's posts home"):
    carol = Taure("carol", "Carol")
    carol.start()
    carol.sign_in()
    Pages.shown = [{"uri": carol.post("/api/v1/statuses", status="A fair wind #sailing")["uri"]}]
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    source = f"localhost:{server.server_port}"
    page.open(f"{alice.url}/settings/discovery")
    page.fill("address", source)
    page.press("^add$", css="form button")
    assert source in page.text()
    until(lambda: any("fair wind" in s["content"] for s in alice.get("/api/v1/timelines/home")), what="the post")
    page.open(f"{alice.url}/settings/discovery")
    assert "brought 1 post" in page.text(), page.text()
    page.shoot("discovery")

with check("what is no source is refused with a reason, and one is taken away"):
    page.fill("address", "not a server")
    page.press("^add$", css="form button")
    assert "no name of a server" in page.text()
    page.press("^remove$", css="form button")
    assert source not in page.text()

print("Where posts went")
with check("an own post tells who has it, and why others do not"):
    bea.kill()
    post = alice.post("/api/v1/statuses", status="Is anybody there?")
    where = f"{alice.url}/@alice/{post['id']}"

    def told():
        page.open(where)
        return "0 of 1, 1 retrying" in page.text()
    until(told, what="the receipt")
    page.shoot("receipt")
    page.press("^delivered to", css="a")
    assert bea.domain in page.text() and "1 try" in page.text(), page.text()
    page.shoot("delivery")
    page.press("^all servers in trouble", css="a")
    assert bea.domain in page.text()
    page.shoot("servers-in-trouble")

with check("a button tries again, and then it has arrived"):
    bea.start()
    page.press("^try now", css="button")
    until(lambda: (page.open(where), "Delivered to 1 of 1" in page.text())[1], what="the delivery")

print("Threads")
with check("a thread is filled when it is opened, and says how whole it is"):
    root = carol.post("/api/v1/statuses", status="Who sails tomorrow?")
    for words in ("I do", "So do I"):
        carol.post("/api/v1/statuses", status=words, in_reply_to_id=root["id"])
    here = alice.resolve(root["uri"], "statuses")
    where = f"{alice.url}/@{here['account']['acct']}/{here['id']}"
    page.open(where)
    assert "being looked for" in page.text()
    until(lambda: (page.open(where), "All 2 replies" in page.text())[1], what="the replies")
    page.shoot("thread-whole")

finish()
