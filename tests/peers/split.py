#!/usr/bin/env python3
"""Handles on one domain, the server on another, over https: the apex passes on what is well-known, nothing more.

Two hosts that need no entry anywhere: the apex is localhost, the server 127.0.0.1, each with its port, which counts as a part
of the domain.

    target/test-env/py/bin/python tests/peers/split.py
"""
import sys
import tempfile
from pathlib import Path

import requests

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish, until  # noqa: E402
from taure import strip  # noqa: E402
from tls import Apex, Authority, secure  # noqa: E402

folder = tempfile.TemporaryDirectory(prefix="taure-test-")
authority = Authority(folder.name)
apex = Apex(authority)
me = secure(authority, "me", "Me", host="127.0.0.1", domain=apex.domain)
apex.leads_to(me.url)
bea, carl = secure(authority, "bea", "Bea"), secure(authority, "carl", "Carl")
for server in (me, bea, carl):
    server.start()
    server.sign_in()
acct = f"me@{apex.domain}"
actor = f"{me.url}/users/me"


def ask(url, **rest):
    return requests.get(url, timeout=10, verify=str(authority.file), **rest)


print(f"Split domain: @{acct} at {me.url}")
with check("the handle is of the apex, every address of the server"):
    account = me.get("/api/v1/accounts/verify_credentials")
    assert account["username"] == "me" and account["url"] == f"{me.url}/@me", account
    instance = me.get("/api/v2/instance")
    assert instance["domain"] == apex.domain, instance["domain"]
    document = ask(actor, headers={"Accept": "application/activity+json"}).json()
    assert document["webfinger"] == acct and document["id"] == actor, document
    for key in ("inbox", "outbox", "followers", "following", "featured", "url"):
        assert document[key].startswith(f"{me.url}/"), document[key]

with check("WebFinger says the same on both hosts, whichever of the names is asked for"):
    host = me.url.removeprefix("https://")
    answers = [ask(f"{base}/.well-known/webfinger", params={"resource": resource})
               for base in (apex.url, me.url) for resource in (f"acct:{acct}", f"acct:me@{host}", actor)]
    for answer in answers:
        jrd = answer.json()
        assert jrd["subject"] == f"acct:{acct}", jrd
        assert {"rel": "self", "type": "application/activity+json", "href": actor} in jrd["links"], jrd
        assert answer.url.startswith(me.url) and answer.headers["Content-Type"].startswith("application/jrd+json")
    assert ask(f"{apex.url}/.well-known/webfinger", params={"resource": f"acct:you@{apex.domain}"}).status_code == 404

with check("host-meta and NodeInfo are found from the apex, too"):
    meta = ask(f"{apex.url}/.well-known/host-meta")
    assert meta.url.startswith(me.url) and f"{me.url}/.well-known/webfinger?resource={{uri}}" in meta.text
    links = ask(f"{apex.url}/.well-known/nodeinfo").json()["links"]
    info = ask(next(link["href"] for link in links if link["rel"].endswith("schema/2.0"))).json()
    assert info["software"]["name"] == "taure" and info["metadata"]["nodeName"] == apex.domain, info

with check("another server finds the handle, with the query carried over, and follows"):
    his = bea.resolve(f"@{acct}")
    assert his["acct"] == acct and his["uri"] == actor and his["url"] == f"{me.url}/@me", his
    assert any(path.startswith("/.well-known/webfinger?resource=acct") for path in apex.asked), apex.asked
    bea.post(f"/api/v1/accounts/{his['id']}/follow")
    until(lambda: bea.get("/api/v1/accounts/relationships", **{"id[]": his["id"]})[0]["following"])
    until(lambda: me.get("/api/v1/notifications", **{"types[]": "follow"}))

with check("the handle at the server and the address lead to the same account"):
    for other in (f"@me@{host}", actor, f"{me.url}/@me"):
        assert bea.resolve(other)["id"] == his["id"], other

with check("she reads posts and mentions under the handle of the apex, and answers to it"):
    post = me.post("/api/v1/statuses", status=f"{bea.handle} from the apex")
    assert post["uri"].startswith(f"{actor}/statuses/"), post["uri"]
    seen = until(lambda: bea.get("/api/v1/timelines/home"))[0]
    assert seen["account"]["acct"] == acct and "from the apex" in strip(seen["content"]), seen
    mention = until(lambda: bea.get("/api/v1/notifications", **{"types[]": "mention"}))[0]
    assert mention["account"]["acct"] == acct, mention["account"]
    bea.post("/api/v1/statuses", status=f"@{acct} and back", in_reply_to_id=seen["id"])
    answer = until(lambda: me.get("/api/v1/notifications", **{"types[]": "mention"}))[0]["status"]
    assert answer["in_reply_to_id"] == post["id"] and [m["acct"] for m in answer["mentions"]] == ["me"], answer
    note = ask(answer["uri"], headers={"Accept": "application/activity+json"}).json()
    tag = next(tag for tag in note["tag"] if tag["type"] == "Mention")
    assert tag == {"type": "Mention", "href": actor, "name": f"@{acct}"}, tag

with check("who is written to out of the blue asks the server, then the apex, and believes both"):
    apex.asked.clear()
    me.post("/api/v1/statuses", status=f"{carl.handle} do you know me?")
    # It waits on the shelf, as a stranger's does.
    first = until(lambda: carl.get("/api/v1/notifications/requests"))[0]
    assert first["account"]["acct"] == acct and first["account"]["uri"] == actor, first["account"]
    assert apex.asked, "the apex was not asked whether this is its account"

with check("an apex that names somebody else's actor, or none, lends its name to nobody"):
    for leads_to in (me.url, None):
        wrong = Apex(authority)
        liar = secure(authority, "me", "Liar", host="127.0.0.1", domain=wrong.domain)
        if leads_to:
            wrong.leads_to(leads_to)  # there, acct:me@wrong is nobody, and acct:me@apex somebody else
        liar.start()
        liar.sign_in()
        for what in (f"@me@{wrong.domain}", f"{liar.url}/users/me"):
            found = bea.get("/api/v2/search", q=what, resolve="true", type="accounts")["accounts"]
            assert not any(one["acct"] == f"me@{wrong.domain}" for one in found), found
        liar.stop()

for server in (me, bea, carl):
    server.stop()
folder.cleanup()
finish()
