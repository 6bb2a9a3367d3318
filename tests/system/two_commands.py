#!/usr/bin/env python3
"""From an empty machine to the Fediverse: with the binary, a name in DNS and an ACME authority, two commands bring an https
instance that a second one follows.

    target/test-env/py/bin/python tests/system/two_commands.py

It makes a small internet of its own (tests/lib/machines.py), which needs root; without it is skipped.
"""
import re
import sys
import time
from pathlib import Path

import requests

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish  # noqa: E402
from machines import Internet, Machine, enter, wait  # noqa: E402

enter()
from taure import BINARY  # noqa: E402

net = Internet()
one, two = Machine(net, "10.77.0.1", BINARY), Machine(net, "10.77.0.2", BINARY)
web = requests.Session()
web.verify, web.trust_env = str(net.roots), False
DATA = ("--data", "/var/lib/taure")


def answers(host):
    """Once https is there, with a certificate that is trusted."""
    def ask():
        try:
            return web.get(f"https://{host}/health", timeout=5).status_code == 200
        except requests.RequestException:
            return None
    return ask


class Client:
    def __init__(self, machine, host):
        done = machine.run("taure", "token", *DATA, "--name", "tests")
        self.host, self.head = host, {"Authorization": f"Bearer {done.stdout.strip()}"}

    def get(self, path, **query):
        answer = web.get(f"https://{self.host}{path}", params=query, headers=self.head, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def post(self, path, **form):
        answer = web.post(f"https://{self.host}{path}", data=form, headers=self.head, timeout=30)
        answer.raise_for_status()
        return answer.json()


print("Before it can work")
with check("a name that leads elsewhere is told, with where it should lead, and nothing is made"):
    net.name("one.test", "10.77.0.9")
    done = one.run("taure", "init", "me@one.test", *DATA)
    assert done.returncode != 0 and "10.77.0.9" in done.stderr + done.stdout, done
    assert not (one.root / "var/lib/taure/taure.db").exists()

print("Two commands")
net.name("one.test", "10.77.0.1")
net.name("two.test", "10.77.0.2")
net.name("social.two.test", "10.77.0.2")
began = time.monotonic()
with check("taure init me@one.test"):
    done = one.run("taure", "init", "me@one.test", *DATA, "--authority", net.directory)
    assert done.returncode == 0, done.stderr + done.stdout
    print("\n".join("          " + line for line in done.stdout.splitlines()))
    link = re.search(r"https://one\.test/auth/link/\S+", done.stdout)[0]
with check("taure serve"):
    one.start("taure", "serve", *DATA)
    try:
        wait(answers("one.test"), 40, "https")
    except AssertionError:
        print(one.tail())
        raise
    print(f"          https after {time.monotonic() - began:.1f} s")
with check("the link signs in"):
    answer = web.get(link, timeout=10)
    assert answer.status_code == 200 and "one.test" in answer.text
with check("http leads to https"):
    answer = web.get("http://one.test/@me?a=b", timeout=10, allow_redirects=False)
    assert answer.status_code in (301, 308) and answer.headers["location"] == "https://one.test/@me?a=b", answer.headers

print("A second instance, its handle on another name")
with check("comes up in the same way"):
    done = two.run("taure", "init", "you@two.test", "--host", "social.two.test", *DATA, "--authority", net.directory)
    assert done.returncode == 0, done.stderr + done.stdout
    two.start("taure", "serve", *DATA)
    try:
        wait(answers("social.two.test"), 40, "https")
    except AssertionError:
        print(two.tail())
        raise
with check("the other name is certified, too, and answers WebFinger"):
    found = web.get("https://two.test/.well-known/webfinger", params={"resource": "acct:you@two.test"}, timeout=10)
    assert found.status_code == 200 and found.json()["subject"] == "acct:you@two.test", found.text
with check("the doctor finds nothing wrong with either"):
    for machine in (one, two):
        done = machine.run("taure", "doctor", *DATA)
        assert done.returncode == 0, done.stdout + done.stderr

print("They meet")
me, you = Client(one, "one.test"), Client(two, "social.two.test")
with check("the second follows the first"):
    found = you.get("/api/v2/search", q="@me@one.test", resolve="true")["accounts"]
    assert [account["acct"] for account in found] == ["me@one.test"], found
    you.post(f"/api/v1/accounts/{found[0]['id']}/follow")
    wait(lambda: you.get("/api/v1/accounts/relationships", **{"id[]": found[0]["id"]})[0]["following"], 20, "the follow")
    mine = me.get("/api/v1/accounts/verify_credentials")
    assert [who["acct"] for who in me.get(f"/api/v1/accounts/{mine['id']}/followers")] == ["you@two.test"]
with check("and a post arrives"):
    me.post("/api/v1/statuses", status="two commands")
    wait(lambda: any("two commands" in post["content"] for post in you.get("/api/v1/timelines/home")), 20, "the post")
with check("both end in time, and start again with what they have"):
    for machine, host in ((one, "one.test"), (two, "social.two.test")):
        machine.stop()
        assert machine.process.wait(timeout=10) is not None
        machine.start("taure", "serve", *DATA)
        wait(answers(host), 10, "https again")
finish()
