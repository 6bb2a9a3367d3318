#!/usr/bin/env python3
"""Web Push as an app receives it, opened by other people's code: http_ece, cryptography, PyJWT and Mastodon.py.

    target/test-env/py/bin/python tests/clients/web_push.py

A small HTTP server on loopback is the push service; a second Taure mentions the owner of the first.
"""
import base64
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import http_ece
import jwt
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from mastodon import Mastodon
from mastodon.errors import MastodonError, MastodonNotFoundError

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish, until  # noqa: E402
from taure import Taure  # noqa: E402

DAY = 24 * 60 * 60


class Service(BaseHTTPRequestHandler):
    """Keeps what is posted to it, per path, and answers what the test wants."""
    protocol_version = "HTTP/1.1"
    seen, status = [], 201

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Service.seen.append((self.path, self.headers, body))
        self.send_response(Service.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
threading.Thread(target=server.serve_forever, daemon=True).start()
origin = f"http://localhost:{server.server_port}"


def seen(path):
    return [(headers, body) for at, headers, body in Service.seen if at == path]


def raw(text):
    """Base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def claims(token, key):
    """The claims of a VAPID token, its signature checked with the key that came beside it."""
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(key))
    assert jwt.get_unverified_header(token)["alg"] == "ES256"
    return jwt.decode(token, public, algorithms=["ES256"], audience=origin, options={"require": ["exp", "aud", "sub"]})


def is_a_claim(said):
    assert said["sub"].startswith(("mailto:", "https://")) and said["aud"] == origin, said
    assert 0 < said["exp"] - time.time() <= DAY, said


alice, bea = Taure("alice", "Alice"), Taure("bea", "Bea \U0001f431")
alice.start()
bea.start()
bea.sign_in()
tokens = [alice.sign_in(name=name) for name in ("old app", "new app")]
old, new = [Mastodon(api_base_url=alice.url, access_token=token, request_timeout=30) for token in tokens]
private, public = old.push_subscription_generate_keys()
fresh_private, fresh_public = new.push_subscription_generate_keys()
secret = ec.derive_private_key(fresh_private["privkey"], ec.SECP256R1())

def subscription(token):
    """As it stands in the answer, without Mastodon.py's casts."""
    return requests.get(f"{alice.url}/api/v1/push/subscription", timeout=30,
                        headers={"Authorization": f"Bearer {token}"}).json()


print("Web Push: subscribing")
with check("there is no subscription at first"):
    try:
        old.push_subscription()
        raise AssertionError("there is one")
    except MastodonNotFoundError:
        pass

with check("Mastodon.py subscribes, reads it back and changes it"):
    made = old.push_subscription_set(f"{origin}/old", public, mention_events=True, favourite_events=True)
    assert made.endpoint == f"{origin}/old" and made.alerts.mention is True and made.standard is False, made
    # Mastodon.py makes a text of it, as the documentation says; Ice Cubes and Tusky read a number.
    assert isinstance(subscription(tokens[0])["id"], int)
    assert made.alerts.follow is False and old.push_subscription() == made
    changed = old.push_subscription_update(mention_events=True, follow_events=True)
    assert changed.alerts.follow is True and changed.alerts.favourite is False and changed.id == made.id, changed

with check("another app subscribes to the standard encoding"):
    answer = requests.post(f"{alice.url}/api/v1/push/subscription", timeout=30,
                           headers={"Authorization": f"Bearer {tokens[1]}"}, json={
        "subscription": {"endpoint": f"{origin}/new", "standard": True, "keys": {
            "p256dh": base64.urlsafe_b64encode(fresh_public["pubkey"]).decode(),
            "auth": base64.urlsafe_b64encode(fresh_public["auth"]).decode()}},
        "data": {"alerts": {"mention": True}, "policy": "all"}}).json()
    assert answer["standard"] is True and answer["policy"] == "all", answer

with check("the server key is the one of the instance and of the app"):
    key = old.instance_v2().configuration.vapid.public_key
    assert made.server_key == answer["server_key"] == key == old.app_verify_credentials().vapid_key
    assert len(raw(key)) == 65

with check("keys that are none are refused"):
    try:
        old.push_subscription_set(f"{origin}/bad", {"pubkey": b"\4" * 65, "auth": b"x" * 16}, mention_events=True)
        raise AssertionError("they were taken")
    except MastodonError as error:
        assert "422" in str(error), error
    assert old.push_subscription().endpoint == f"{origin}/old"

# A stranger's first word would wait on the shelf, and push nothing.
friend = until(lambda: old.search_v2(bea.handle, resolve=True, result_type="accounts").accounts, what="Bea")[0]
old.account_follow(friend)
until(lambda: old.account_relationships(friend)[0].following, what="an Accept")

print("Web Push: a mention from another server")
TEXT = f"{alice.handle} Labr\u012bt & <b>hello</b> \U0001f44b"
bea.post("/api/v1/statuses", status=TEXT)


def is_the_mention(told, token):
    there = old.notifications(types=["mention"])[0]
    assert told["access_token"] == token, told
    assert told["notification_id"] == int(there.id) < 2 ** 53 and told["notification_type"] == "mention", told
    assert told["title"] == "Bea \U0001f431 mentioned you" and told["preferred_locale"] == "en", told
    assert told["body"].endswith("Labr\u012bt & <b>hello</b> \U0001f44b") and told["icon"] == there.account.avatar, told
    assert new.notifications(there.id).status.id == there.status.id


with check("the old app gets it in the drafts' encoding; Mastodon.py and http_ece open it"):
    headers, body = until(lambda: seen("/old"))[0]
    assert headers["Content-Encoding"] == "aesgcm" and headers["Urgency"] == "normal" and headers["TTL"] == "172800"
    told = old.push_subscription_decrypt_push(body, private, headers["Encryption"], headers["Crypto-Key"])
    is_the_mention({**told, "notification_id": int(told["notification_id"])}, tokens[0])  # a text by its cast
    parts = dict(part.split("=", 1) for part in headers["Crypto-Key"].split(";"))
    plain = http_ece.decrypt(body, salt=raw(headers["Encryption"].removeprefix("salt=")), dh=raw(parts["dh"]),
                             private_key=ec.derive_private_key(private["privkey"], ec.SECP256R1()),
                             auth_secret=private["auth"], keylabel="P-256", version="aesgcm")
    is_the_mention(json.loads(plain), tokens[0])

with check("its VAPID token is signed with the server key, for this push service and less than a day"):
    scheme, token = headers["Authorization"].split(" ")
    assert scheme == "WebPush" and parts["p256ecdsa"] == key, headers
    said = claims(token, parts["p256ecdsa"])
    is_a_claim(said)

with check("the new app gets it in the standard encoding; http_ece opens it"):
    headers, body = until(lambda: seen("/new"))[0]
    assert headers["Content-Encoding"] == "aes128gcm" and headers["TTL"] == "172800" and "Crypto-Key" not in headers
    assert headers["Content-Type"] == "application/octet-stream" and len(body) <= 4096
    plain = http_ece.decrypt(body, private_key=secret, auth_secret=fresh_private["auth"], version="aes128gcm")
    is_the_mention(json.loads(plain), tokens[1])

with check("its VAPID token is right, too"):
    scheme, parameters = headers["Authorization"].split(" ", 1)
    parts = dict(part.split("=", 1) for part in parameters.split(","))
    assert scheme == "vapid" and parts["k"] == key, headers
    is_a_claim(claims(parts["t"], parts["k"]))

with check("it is pushed once to each"):
    bea.post("/api/v1/statuses", status=f"{alice.handle} and again")
    until(lambda: len(seen("/old")) == 2 and len(seen("/new")) == 2, what="the second mention")

print("Web Push: ending")
with check("a push service that says 410 is not called again"):
    Service.status = 410
    bea.post("/api/v1/statuses", status=f"{alice.handle} a third time")
    until(lambda: len(seen("/old")) == 3 and len(seen("/new")) == 3, what="the third mention")
    for app in (old, new):
        def gone(app=app):
            try:
                return app.push_subscription() is None
            except MastodonNotFoundError:
                return True
        until(gone, what="the end of the subscription")

with check("an app unsubscribes, twice if it likes"):
    Service.status = 201
    old.push_subscription_set(f"{origin}/old", public, mention_events=True)
    old.push_subscription_delete()
    old.push_subscription_delete()
    bea.post("/api/v1/statuses", status=f"{alice.handle} to nobody")
    until(lambda: len(old.notifications(types=["mention"])) == 4, what="the fourth mention")
    assert len(seen("/old")) == 3

finish()
