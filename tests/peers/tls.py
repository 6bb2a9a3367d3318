#!/usr/bin/env python3
"""Two Taures that speak https, as on the open network: behind a proxy that takes TLS off, with an authority of our own.

    target/test-env/py/bin/python tests/peers/tls.py
"""
import sys
import tempfile
from pathlib import Path

import requests

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish, until  # noqa: E402
from taure import strip  # noqa: E402
from tls import Authority, secure  # noqa: E402

folder = tempfile.TemporaryDirectory(prefix="taure-test-")
authority = Authority(folder.name)
alice, bea = secure(authority, "alice", "Alice"), secure(authority, "bea", "Bea")
alice.start()
bea.start()
for server in (alice, bea):
    server.sign_in()

print("Over https")
with check("addresses are https, and streams wss"):
    instance = alice.get("/api/v2/instance")
    assert instance["configuration"]["urls"]["streaming"] == f"wss://{alice.domain}", instance["configuration"]["urls"]
    me = alice.get("/api/v1/accounts/verify_credentials")
    assert me["url"] == f"{alice.url}/@alice" and me["avatar"].startswith(f"{alice.url}/"), me
    actor = requests.get(f"{alice.url}/users/alice", headers={"Accept": "application/activity+json"}, timeout=10,
                         verify=alice.http.verify).json()
    assert actor["id"] == f"{alice.url}/users/alice" and actor["inbox"].startswith(alice.url), actor

with check("requests of a token are counted, and the headers say so"):
    answer = alice.http.get(f"{alice.url}/api/v1/preferences", timeout=10)
    assert answer.headers["X-RateLimit-Limit"] == "300" and int(answer.headers["X-RateLimit-Remaining"]) < 300

with check("the session's cookie is for https and this host alone"):
    form = requests.Session()
    form.verify, form.trust_env = alice.http.verify, False
    page = form.get(f"{alice.url}/auth/sign_in", timeout=10)
    answer = form.post(f"{alice.url}/auth/sign_in", data={"password": alice.password}, timeout=10, allow_redirects=False)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-") and "Secure" in cookie and "HttpOnly" in cookie and "SameSite" in cookie, cookie
    assert page.status_code == 200

with check("one finds the other by handle, follows, and reads what she posts"):
    her = alice.resolve(bea.handle)
    alice.post(f"/api/v1/accounts/{her['id']}/follow")
    until(lambda: alice.get("/api/v1/accounts/relationships", **{"id[]": her["id"]})[0]["following"])
    bea.post("/api/v1/statuses", status=f"{alice.handle} over a safe line")
    seen = until(lambda: alice.get("/api/v1/timelines/home"))[0]
    assert "over a safe line" in strip(seen["content"]) and seen["uri"].startswith(bea.url)

with check("who does not trust the authority is not reached, and says so"):
    stranger = secure(authority, "carl", "Carl", TAURE_EXTRA_CA="")
    stranger.start()
    stranger.sign_in()
    found = stranger.get("/api/v2/search", q=bea.handle, resolve="true", type="accounts")
    assert found["accounts"] == [], found
    stranger.stop()

alice.stop()
bea.stop()
folder.cleanup()
finish()
