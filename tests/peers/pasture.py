#!/usr/bin/env python3
"""Odd objects: all of fediverse-pasture-inputs through the real inbox, each in a signed Create by a followed account.

    target/test-env/pasture/bin/python tests/peers/pasture.py [--show]

Nothing is answered with 5xx, nothing is lost that Mastodon keeps, and each shows as it does there, by judgement from
Mastodon's parser: `DROPPED` and `SHOWN` say what, and what is otherwise on purpose. `--show` prints what became of each.
"""
import base64
import hashlib
import json
import sys
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import requests
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from fediverse_pasture_inputs import available

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish, until  # noqa: E402
from taure import Taure  # noqa: E402

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
CONTEXT = ["https://www.w3.org/ns/activitystreams", {"Hashtag": "as:Hashtag", "sensitive": "as:sensitive"}]
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
documents = {}


class Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        found = documents.get(self.path.split("?")[0])
        body = json.dumps(found or {}).encode()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "application/activity+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


received = []
server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
BASE = f"http://localhost:{server.server_port}"
BOB = f"{BASE}/actor"


def actor(path, name):
    pem = KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    uri = f"{BASE}{path}"
    documents[path] = {
        "@context": CONTEXT, "id": uri, "type": "Person", "preferredUsername": name, "name": name, "inbox": f"{uri}/inbox",
        "outbox": f"{uri}/outbox", "followers": f"{uri}/followers",
        "publicKey": {"id": f"{uri}#main-key", "owner": uri, "publicKeyPem": pem.decode()}}


actor("/actor", "bob")
actor("/second", "second")
documents["/.well-known/webfinger"] = {"subject": f"acct:bob@{urlsplit(BASE).netloc}", "links": [
    {"rel": "self", "type": "application/activity+json", "href": BOB}]}
for n in (1, 2):
    documents[f"/assets/note{n}.jsonap"] = {
        "@context": CONTEXT, "type": "Note", "id": f"{BASE}/assets/note{n}.jsonap", "to": [PUBLIC], "cc": [],
        "attributedTo": BOB, "content": f"note {n}", "published": "2024-01-01T00:00:00Z"}


def post(inbox, document):
    """Signs as Mastodon does (draft-cavage)."""
    body = json.dumps(document).encode()
    where = urlsplit(inbox)
    headers = {"Host": where.netloc, "Date": formatdate(usegmt=True), "Content-Type": "application/activity+json",
               "Digest": "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode()}
    names = ["(request-target)", "host", "date", "digest"]
    lines = [f"(request-target): post {where.path}"] + [f"{name}: {headers[name.title()]}" for name in names[1:]]
    signature = base64.b64encode(KEY.sign("\n".join(lines).encode(), padding.PKCS1v15(), hashes.SHA256())).decode()
    headers["Signature"] = (f'keyId="{BOB}#main-key",algorithm="rsa-sha256",headers="{" ".join(names)}",'
                            f'signature="{signature}"')
    return requests.post(inbox, data=body, headers=headers, timeout=20).status_code


def send(suite, number, example):
    """Delivers one input; returns its id and the answer."""
    text = json.dumps(example).replace("http://pasture-one-actor", BASE).replace("http://remote.example", BASE)
    change = json.loads(text)
    note = {"@context": CONTEXT, "type": "Note", "id": f"{BASE}/objects/{suite}/{number}", "attributedTo": BOB,
            "to": [PUBLIC], "cc": [f"{BOB}/followers"],
            "published": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())} | change
    note = {key: value for key, value in note.items() if value is not None}
    if "id" in note:
        documents[urlsplit(note["id"]).path] = note
    create = {"@context": note.get("@context", CONTEXT), "id": f"{BASE}/activities/{suite}/{number}", "type": "Create",
              "actor": BOB, "to": note["to"], "cc": note["cc"], "object": note}
    return note, post(f"{alice.url}/inbox", create)


# What Mastodon drops: objects without an id, an author or a type, and types that are no posts.
DROPPED = {
    ("necessary_properties", "without id"), ("necessary_properties", "without attributedTo"),
    ("necessary_properties", "without type"), ("object_types", "Profile"), ("object_types", "Relationship"),
    ("object_types", "Tombstone"), ("object_types", None),
}
# What we do otherwise than Mastodon, and why:
# - Document and Place are posts here, with their title: GNU Social and Mobilizon send them, and a followed account's are
#   wanted.
# - Articles, Pages, Videos and Events show their text below the title, and not only a link.
# - A tag without a type whose name begins with # is a hashtag: Mitra reads it so.
# - An attachment whose `href` stands for `url` is kept.
# What must show; `None` stands for what Mastodon leaves empty.
SHOWN = {
    ("hashtags", 2): ("tags", ["withdash_under"]), ("hashtags", 6): ("tags", []), ("hashtags", 7): ("tags", ["camelcase"]),
    ("hashtags", 9): ("tags", []), ("hashtags", 10): ("tags", []), ("hashtags", 11): ("tags", ["牛"]),
    ("hashtag_jsonld", 1): ("tags", ["test"]), ("hashtag_jsonld", 3): ("tags", ["test"]),
    ("content_warnings", 0): ("warning", (True, "")), ("content_warnings", 1): ("warning", (True, "summary")),
    ("content_warnings", 3): ("warning", (False, "")),
    ("language", 0): ("language", None), ("language", 1): ("language", "de"), ("language", 3): ("language", "en"),
    ("language", 4): ("language", "de"), ("language", 7): ("language", "en"), ("language", 8): ("language", "de"),
    ("image_description", 0): ("alt", [None]), ("image_description", 1): ("alt", ["summary"]),
    ("image_description", 2): ("alt", ["name"]), ("image_attachments", 11): ("media", ["image"]),
    ("image_attachments", 14): ("media", ["image"]), ("attachments", 1): ("media", ["video"]),
    ("attachments", 3): ("media", ["audio"]), ("attachments", 4): ("media", []), ("attachments", 8): ("media", []),
    ("attachments", 10): ("media", ["image"] * 10), ("mentions", 1): ("mentions", 1), ("mentions", 3): ("mentions", 1),
    ("mentions", 5): ("mentions", 0), ("mentions", 8): ("mentions", 0), ("mentions", 9): ("mentions", 1),
    ("in_reply_to", 0): ("reply", True), ("in_reply_to", 1): ("reply", False), ("in_reply_to", 3): ("reply", True),
    ("in_reply_to", 6): ("reply", True), ("url", 1): ("url", "/objects/123"), ("url", 4): ("url", "/objects/url/4"),
}
SHOWN |= {("public_addressing", n): ("visibility", "public") for n in range(3)}
SHOWN |= {("quotes", n): ("quote", True) for n in range(5)}


def name_of(suite, example):
    kind = example.get("type", "Note")
    return (kind if isinstance(kind, str) or kind is None else "several") if suite == "object_types" else example.get("content")


def shown(status, what):
    return {
        "tags": lambda: [t["name"] for t in status["tags"]],
        "warning": lambda: (status["sensitive"], status["spoiler_text"]),
        "language": lambda: status["language"],
        "alt": lambda: [m["description"] for m in status["media_attachments"]],
        "media": lambda: [m["type"] for m in status["media_attachments"]],
        "mentions": lambda: len(status["mentions"]),
        "reply": lambda: bool(status["in_reply_to_id"]),
        "url": lambda: status["url"].removeprefix(BASE),
        "visibility": lambda: status["visibility"],
        "quote": lambda: bool(status["quote"]),
    }[what]()


alice = Taure("alice", "Alice")
alice.start()
alice.sign_in()
who = alice.resolve(f"@bob@{urlsplit(BASE).netloc}")
alice.post(f"/api/v1/accounts/{who['id']}/follow")
follow = until(lambda: [a for a in received if a["type"] == "Follow"], what="the Follow")[0]
assert post(f"{alice.url}/inbox", {"@context": CONTEXT, "id": f"{BASE}/accept", "type": "Accept", "actor": BOB,
                                   "object": follow}) == 202
until(lambda: alice.get("/api/v1/accounts/relationships", **{"id[]": who["id"]})[0]["following"], what="the Accept")

sent, answers = {}, {}
for suite, data in available.items():
    for number, example in enumerate(data.examples):
        sent[suite, number], answers[suite, number] = send(suite, number, example)
last = post(f"{alice.url}/inbox", {
    "@context": CONTEXT, "id": f"{BASE}/activities/last", "type": "Create", "actor": BOB, "to": [PUBLIC], "cc": [],
    "object": {"type": "Note", "id": f"{BASE}/objects/last", "attributedTo": BOB, "to": [PUBLIC], "cc": [], "content": "last"}})
assert last == 202


def stored(uri):
    hits = alice.get("/api/v2/search", q=uri, resolve="false", type="statuses")["statuses"]
    return hits[0] if hits else None


until(lambda: stored(f"{BASE}/objects/last"), 60, "the last of them")
found = {key: stored(note["id"]) if "id" in note else None for key, note in sent.items()}
if "--show" in sys.argv:
    for (suite, number), status in found.items():
        example = available[suite].examples[number]
        told = status and {what: shown(status, what) for what in (
            "tags", "warning", "language", "media", "alt", "mentions", "reply", "url", "visibility", "quote")}
        told = status and told | {"content": status["content"]}
        print(suite, number, json.dumps(example)[:220], "\n    ->", json.dumps(told))

for suite, data in available.items():
    with check(f"{suite}: {len(data.examples)} inputs"):
        wrong = []
        for number, example in enumerate(data.examples):
            status, kept = found[suite, number], (suite, name_of(suite, example)) not in DROPPED
            if answers[suite, number] >= 400:
                wrong.append(f"{number} was answered with {answers[suite, number]}")
            if bool(status) != kept:
                wrong.append(f"{number} is {'lost' if kept else 'kept'}: {json.dumps(example)[:200]}")
            elif status and (suite, number) in SHOWN:
                what, wanted = SHOWN[suite, number]
                if (got := shown(status, what)) != wanted:
                    wrong.append(f"{number} shows {what} {got!r} and not {wanted!r}")
            if status and any(bad in status["content"].lower() for bad in ("<script", "<style", "<iframe", "onerror=", "javascript:")):
                wrong.append(f"{number} is not safe: {status['content'][:200]}")
        assert not wrong, "; ".join(wrong)
finish()
