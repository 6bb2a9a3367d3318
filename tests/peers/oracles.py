#!/usr/bin/env python3
"""Independent verifiers over what a Taure signs: PeerTube's and Misskey's libraries (draft-cavage),
`http-message-signatures` (RFC 9421), `apsig` (proofs of FEP-8b32); and the other way round, requests that
`http-message-signatures` signed and activities that `apsig` did.

    target/test-env/py/bin/python tests/peers/oracles.py
"""
import base64
import datetime
import hashlib
import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import requests
from apsig import ProofSigner, ProofVerifier
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from http_message_signatures import HTTPMessageSigner, HTTPMessageVerifier, HTTPSignatureKeyResolver, algorithms
from multiformats import multibase, multicodec
from requests.structures import CaseInsensitiveDict

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish, until  # noqa: E402
from taure import ENVIRONMENT, Taure  # noqa: E402

CONTEXT = "https://www.w3.org/ns/activitystreams"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PROOFS = ed25519.Ed25519PrivateKey.generate()
taken = []  # what arrived: method, path, headers, body
refuse_cavage = False


class Server(BaseHTTPRequestHandler):
    """Bob's server: keeps whatever it is asked, as it came."""
    protocol_version = "HTTP/1.1"

    def answer(self, status, document=None):
        body = json.dumps(document or {}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/activity+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def keep(self, body):
        taken.append({"method": self.command, "path": self.path, "body": base64.b64encode(body).decode(),
                      "headers": {name.lower(): value for name, value in self.headers.items()}})
        return refuse_cavage and "signature-input" not in taken[-1]["headers"] and "signature" in taken[-1]["headers"]

    def do_GET(self):
        refused = self.keep(b"")
        found = documents.get(self.path.split("?")[0])
        self.answer(401 if refused else 200 if found else 404, found)

    def do_POST(self):
        self.answer(401 if self.keep(self.rfile.read(int(self.headers["Content-Length"]))) else 202)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
BASE = f"http://localhost:{server.server_port}"
BOB = f"{BASE}/users/bob"
MAIL = f"{BASE}/users/mail"
PEM = KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
MULTIKEY = multibase.encode(multicodec.wrap("ed25519-pub", PROOFS.public_key().public_bytes_raw()), "base58btc")


def actor(url):
    name = url.rsplit("/", 1)[1]
    return {"@context": CONTEXT, "id": url, "type": "Person", "preferredUsername": name, "inbox": f"{url}/inbox",
            "outbox": f"{url}/outbox", "publicKey": {"id": f"{url}#main-key", "owner": url, "publicKeyPem": PEM}}


documents = {
    "/users/bob": actor(BOB) | {"assertionMethod": [
        {"id": f"{BOB}#proofs", "type": "Multikey", "controller": BOB, "publicKeyMultibase": MULTIKEY}]},
    "/users/mail": actor(MAIL),
    "/.well-known/webfinger": {"subject": f"acct:bob@{urlsplit(BASE).netloc}", "links": [
        {"rel": "self", "type": "application/activity+json", "href": BOB}]},
}


def key_of(request):
    """The public key that a request's signature names, as the server publishes it."""
    headers = request["headers"]
    named = headers.get("signature-input", "") + headers["signature"]
    actor = f"{alice.url}/actor" if f"{alice.url}/actor#" in named else f"{alice.url}/users/alice"
    return alice.document(actor)["publicKey"]["publicKeyPem"]


def signed(scheme, method):
    """Requests that arrived, signed in that way."""
    def right(request):
        headers = request["headers"]
        return (request["method"] == method and "signature" in headers
                and ("signature-input" in headers) == (scheme == "rfc9421"))
    return [request for request in list(taken) if right(request)]


class Message:
    """What `http_message_signatures` takes for a request."""

    def __init__(self, method, url, headers):
        self.method, self.url, self.headers = method, url, CaseInsensitiveDict(headers)


class Keys(HTTPSignatureKeyResolver):
    def __init__(self, pem):
        self.pem = pem

    def resolve_public_key(self, key_id):
        return serialization.load_pem_public_key(self.pem.encode())

    def resolve_private_key(self, key_id):
        return KEY


alice = Taure("alice", "Alice")
alice.start()
alice.sign_in()
who = alice.resolve(f"@bob@{urlsplit(BASE).netloc}")
alice.post(f"/api/v1/accounts/{who['id']}/follow")
alice.post("/api/v1/statuses", status=f"@bob@{urlsplit(BASE).netloc} hello", visibility="direct")
until(lambda: len(signed("cavage", "POST")) >= 2, what="the deliveries")

print("What PeerTube and Misskey verify")
ours = signed("cavage", "POST") + signed("cavage", "GET")
path = os.pathsep.join([str(ENVIRONMENT / "py" / "bin"), os.environ["PATH"]])
script = ENVIRONMENT / "oracles" / "oracles.mjs"
script.write_text((Path(__file__).parent / "oracles.mjs").read_text())  # beside its packages
done = subprocess.run(["node", script], input=json.dumps([request | {"pem": key_of(request)} for request in ours]),
                      text=True, capture_output=True, timeout=60, env=os.environ | {"PATH": path}, check=False)
verdicts = json.loads(done.stdout) if done.returncode == 0 else []
for which in ("peertube", "misskey", "digest"):
    with check(f"{which}: deliveries of the owner's and fetches of the instance's ({len(ours)})"):
        assert verdicts and len(verdicts) == len(ours), done.stderr[-600:]
        wrong = [(r["method"], r["path"], v[which]) for r, v in zip(ours, verdicts) if v[which] is not True]
        assert not wrong, wrong
with check("neither would take another body or path"):
    other = [ours[0] | {"path": "/elsewhere", "pem": key_of(ours[0])},
             ours[0] | {"body": base64.b64encode(b"{}").decode(), "pem": key_of(ours[0])}]
    done = subprocess.run(["node", script], input=json.dumps(other), text=True, capture_output=True, timeout=60,
                          env=os.environ | {"PATH": path}, check=True)
    moved, changed = json.loads(done.stdout)
    assert moved["peertube"] is not True and moved["misskey"] is not True and changed["digest"] is not True, (moved, changed)

print("RFC 9421")
refuse_cavage = True
alice.post("/api/v1/statuses", status=f"@bob@{urlsplit(BASE).netloc} again", visibility="direct")
until(lambda: signed("rfc9421", "POST"), what="the second knock")
with check("a delivery in RFC 9421 passes, and covers method, address and body"):
    request = signed("rfc9421", "POST")[-1]
    message = Message(request["method"], BASE + request["path"], request["headers"])
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.RSA_V1_5_SHA256, key_resolver=Keys(key_of(request)))
    [result] = verifier.verify(message, max_age=datetime.timedelta(minutes=5))
    covered = {name.strip('"') for name in result.covered_components}
    assert {"@method", "@target-uri", "content-digest"} <= covered, covered
    digest = base64.b64encode(hashlib.sha256(base64.b64decode(request["body"])).digest()).decode()
    assert request["headers"]["content-digest"] == f"sha-256=:{digest}:"


def message_to_alice(text):
    """A Create of Bob's."""
    note = {"id": f"{BASE}/notes/{text}", "type": "Note", "attributedTo": BOB, "content": text,
            "to": [f"{alice.url}/users/alice"], "cc": [], "published": datetime.datetime.now(datetime.UTC).isoformat(),
            "tag": [{"type": "Mention", "href": f"{alice.url}/users/alice"}], "location": {"latitude": -25.273962e-3}}
    return {"@context": [CONTEXT, "https://w3id.org/security/data-integrity/v1"], "id": f"{BASE}/activities/{text}",
            "type": "Create", "actor": BOB, "to": note["to"], "cc": [], "object": note}


def sends(activity, spoil=False, by=BOB):
    """The status that Alice's inbox answers to it, signed by the library."""
    body = json.dumps(activity).encode()
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    message = Message("POST", f"{alice.url}/users/alice/inbox", {"content-digest": f"sha-256=:{digest}:"})
    HTTPMessageSigner(signature_algorithm=algorithms.RSA_V1_5_SHA256, key_resolver=Keys(PEM)).sign(
        message, key_id=f"{by}#main-key", created=datetime.datetime.now(datetime.UTC),
        covered_component_ids=("@method", "@target-uri", "content-digest"), use_existing_digest=True)
    headers = dict(message.headers) | {"Content-Type": "application/activity+json"}
    return requests.post(message.url, data=body + b" " if spoil else body, headers=headers, timeout=10).status_code


def heard():
    """What Alice was told, in words."""
    return [n["status"]["content"] for n in alice.get("/api/v1/notifications") if n["type"] == "mention"]


with check("a request that the library signed is taken, and a changed one is not"):
    assert sends(message_to_alice("hello")) == 202
    until(lambda: "hello" in str(heard()), what="the message")
    assert sends(message_to_alice("spoilt"), spoil=True) == 401

print("Proofs inside activities")
multikey = alice.document(f"{alice.url}/users/alice")["assertionMethod"][0]
verifier = ProofVerifier(multikey["publicKeyMultibase"])


def apsig_says(activity):
    """Whether apsig finds the proof right. By its parts: its own `verify_proof` compares the contexts with a function
    that takes only text, and ours has terms of its own."""
    plain = {name: value for name, value in activity.items() if name != "proof"}
    options = {name: value for name, value in activity["proof"].items() if name != "proofValue"}
    assert options["verificationMethod"] == multikey["id"] and options["@context"] == plain["@context"]
    text = verifier.hashing(verifier.transform(plain, options), verifier.canonicalize(options))
    try:
        verifier.verify_signature(multibase.decode(activity["proof"]["proofValue"]), text)
    except Exception:  # noqa: BLE001 whatever it is, it says no
        return False
    return True


with check("apsig believes each activity of the owner's, and none that was changed"):
    sent = [json.loads(base64.b64decode(request["body"])) for request in list(taken) if request["method"] == "POST"]
    assert {activity["type"] for activity in sent} >= {"Follow", "Create"}, sent
    for activity in sent:
        assert apsig_says(activity), activity
        assert not apsig_says(activity | {"actor": BOB}), activity
with check("what apsig signed is believed from whoever hands it on, and what was changed is not"):
    options = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "proofPurpose": "assertionMethod",
               "verificationMethod": f"{BOB}#proofs",
               "created": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")}
    proven = ProofSigner(PROOFS).sign(message_to_alice("proven"), options)
    forged = ProofSigner(PROOFS).sign(message_to_alice("forged"), options)
    forged["object"]["content"] = "forged with other words"
    assert sends(forged, by=MAIL) == 202 and sends(proven, by=MAIL) == 202
    until(lambda: "proven" in str(heard()), what="the message that was handed on")
    assert "forged" not in str(heard()), heard()
finish()
