#!/usr/bin/env python3
"""A Taure that has its certificates from an authority: `pebble`, which speaks ACME on loopback, and one that refuses.

    target/test-env/py/bin/python tests/peers/acme.py
"""
import json
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish, until  # noqa: E402
from pebble import Pebble, Refusing  # noqa: E402
from taure import Taure, free_port  # noqa: E402
from tls import Authority  # noqa: E402

folder = tempfile.TemporaryDirectory(prefix="taure-test-")
authority = Authority(folder.name)
NAME = "social.example.test"


class Secured(Taure):
    """One that speaks https at `https`, and http that leads there at `plain`."""

    def __init__(self, directory, *, https=None, plain=None, host=NAME, **tls):
        super().__init__(init=False, environment={"TAURE_EXTRA_CA": str(authority.file)})
        self.https, self.plain = https or free_port(), plain or free_port()
        self.chooses(directory, **tls)
        self.url = f"https://{host}:{self.https}"
        self.run("init", "--url", self.url, "--username", "alice", "--password-stdin", stdin=self.password + "\n")

    def chooses(self, directory, **tls):
        chosen = {"listen": [f"127.0.0.1:{self.https}"], "listen_http": [f"127.0.0.1:{self.plain}"],
                  "directory": directory} | tls
        self.data.mkdir(mode=0o700, exist_ok=True)
        lines = [f"{key} = {json.dumps(value)}" for key, value in chosen.items()]
        (self.data / "taure.toml").write_text("[tls]\n" + "\n".join(lines) + "\n")

    def state(self):
        file = self.data / "tls" / "state.json"
        return json.loads(file.read_text()) if file.exists() else {"faults": [], "failures": 0, "file": ""}

    def report(self, *arguments):
        """The exit code and the lines of `taure certificate`."""
        done = subprocess.run([self.binary, "certificate", "--data", self.data, *arguments], text=True,
                              capture_output=True, env=self.environment, timeout=30, check=False)
        return done.returncode, done.stdout + done.stderr

    def shown(self, name=NAME, root=None):
        """The certificate that a visitor gets, checked against `root`; else unchecked, in DER."""
        context = ssl.create_default_context(cadata=root) if root else ssl._create_unverified_context()
        with socket.create_connection(("127.0.0.1", self.https), timeout=5) as plain, \
                context.wrap_socket(plain, server_hostname=name) as wire:
            return wire.getpeercert() if root else wire.getpeercert(binary_form=True)

    def is_certified(self, root, name=NAME):
        try:
            return self.shown(name, root)
        except (ssl.SSLError, OSError):
            return None

    def fails(self, seconds=30):
        """Waits for a fault, and returns what is known."""
        return until(lambda: (state := self.state())["failures"] and state, seconds, f"a fault; {self.tail()}")

    def words(self):
        return "\n".join(fault["text"] for fault in self.state()["faults"])

    def renews(self):
        """Asks for a new one; returns what the file was before."""
        before = (self.data / "tls" / f"{NAME}.pem").read_bytes() if self.state()["file"] else b""
        code, said = self.report("--renew")
        assert code == 0 and "within a minute" in said, said
        return before

    def file(self):
        return (self.data / "tls" / f"{NAME}.pem").read_bytes()


print("A certificate from an authority")
closed = free_port()
taure = Secured("https://localhost/")
pebble = Pebble(authority, taure.plain, closed, environment={"PEBBLE_WFE_NONCEREJECT": "50"})
taure.chooses(pebble.directory, contact="owner@example.test")
with check("by HTTP-01, from an authority that does not like half of our nonces"):
    taure.start()
    shown = until(lambda: taure.is_certified(pebble.root), 30, f"a certificate; {taure.tail()}")
    assert ("DNS", NAME) in shown["subjectAltName"], shown
    code, said = taure.report()
    assert code == 0 and NAME in said and "Pebble" in said and "Fault" not in said, said

with check("its files are for our eyes alone"):
    assert (taure.data / "tls").stat().st_mode & 0o777 == 0o700
    files = sorted(file.name for file in (taure.data / "tls").iterdir())
    assert files == ["account.pem", f"{NAME}.pem", "state.json"], files
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in (taure.data / "tls").iterdir())

with check("after a restart it is the same, and the authority is not asked"):
    before, account, orders = taure.file(), (taure.data / "tls" / "account.pem").read_bytes(), pebble.orders()
    taure.stop()
    taure.start()
    assert taure.is_certified(pebble.root)
    time.sleep(1)
    assert (taure.file(), pebble.orders()) == (before, orders) and orders >= 1

with check("--renew has a new one while it runs"):
    before = taure.renews()
    until(lambda: taure.file() != before, 30, taure.tail())
    assert account == (taure.data / "tls" / "account.pem").read_bytes()
    assert until(lambda: taure.is_certified(pebble.root))

with check("an authority that forgot us is told again who we are"):
    pebble.stop()
    pebble.start()
    before, old = taure.renews(), taure.state()["account"]
    until(lambda: taure.file() != before, 30, taure.tail())
    assert until(lambda: taure.is_certified(pebble.root) and taure.state()["account"] != old)

with check("an authority that is down costs nothing but a line in the report"):
    pebble.stop()
    before = taure.renews()
    state = taure.fails()
    assert "cannot be reached" in taure.words() and taure.file() == before, taure.words()
    assert 60 < state["next_try"] / 1000 - time.time() < 300, state
    assert taure.is_certified(pebble.root)
    code, said = taure.report()
    assert code == 0 and "cannot be reached" in said, said
taure.stop()
pebble.remove()

taure = Secured("https://localhost/")
pebble = Pebble(authority, closed, taure.https)
taure.chooses(pebble.directory)
with check("by TLS-ALPN-01, where HTTP-01 is refused"):
    taure.start()
    until(lambda: taure.is_certified(pebble.root), 30, f"a certificate; {taure.tail()}")
    assert "the other way is tried" in taure.log.read_text() and not taure.state()["faults"]
taure.stop()
pebble.remove()

try:
    socket.create_server(("127.0.0.1", 443)).close()
    may_443 = True
except OSError:
    may_443 = False
    print("  skipped: TLS-ALPN-01 comes first at port 443, which is not ours here")
if may_443:
    taure = Secured("https://localhost/", https=443)
    pebble = Pebble(authority, closed, 443)
    taure.chooses(pebble.directory)
    with check("by TLS-ALPN-01 first, where https is at port 443"):
        taure.start()
        until(lambda: taure.is_certified(pebble.root), 30, f"a certificate; {taure.tail()}")
        assert "the other way is tried" not in taure.log.read_text()
    taure.stop()
    pebble.remove()

print("Some names and not others")
OTHER = "apex.example.test"
taure = Secured("https://localhost/")
pebble = Pebble(authority, taure.plain, closed, domainBlocklist=["blocked.example.test"])
pebble.points(OTHER, "127.0.0.77")
taure.chooses(pebble.directory, names=[NAME, OTHER])
with check("one name that leads elsewhere does not cost the other its certificate"):
    taure.start()
    shown = until(lambda: taure.is_certified(pebble.root), 30, f"a certificate; {taure.tail()}")
    assert shown["subjectAltName"] == (("DNS", NAME),), shown
    state = taure.fails()
    assert [fault["name"] for fault in state["faults"]] == [OTHER], state
    assert OTHER in taure.words() and "ports 80 and 443 open" in taure.words(), taure.words()
    code, said = taure.report()
    assert code == 1 and re.search(rf"^Missing +{OTHER}$", said, re.M), said

with check("once it leads here, both have one"):
    pebble.mends(OTHER)
    taure.renews()
    shown = until(lambda: taure.is_certified(pebble.root, OTHER), 30, taure.tail())
    assert set(shown["subjectAltName"]) == {("DNS", NAME), ("DNS", OTHER)}, shown
    until(lambda: not taure.state()["faults"])
    assert taure.report()[0] == 0

with check("what is asked of the authority again is only what is missing"):
    taure.stop()
    pebble.breaks("third.example.test")
    taure.chooses(pebble.directory, names=[NAME, OTHER, "third.example.test"])
    before = taure.file()
    taure.start()
    state = taure.fails()
    assert "third.example.test" in taure.words() and "resolve" in taure.words(), taure.words()
    assert taure.file() == before, "a second certificate of the same names was had"

with check("a name that the authority does not like is named, and the first one keeps its own"):
    taure.stop()
    taure.chooses(pebble.directory, names=[NAME, "blocked.example.test"])
    taure.start()
    state = until(lambda: (s := taure.state()) and "blocked" in taure.words() + str(s["faults"]) and s, 30)
    assert [fault["name"] for fault in state["faults"]] == ["blocked.example.test"], state
    assert taure.is_certified(pebble.root)
taure.stop()
pebble.remove()

print("When it cannot be had")
taure = Secured("https://localhost/")
pebble = Pebble(authority, closed, closed)
taure.chooses(pebble.directory)
with check("closed ports: both ways are tried, then it waits"):
    taure.start()
    state = taure.fails()
    assert NAME in taure.words() and "ports 80 and 443 open" in taure.words(), taure.words()
    assert 500 < state["next_try"] / 1000 - time.time() < 700, state
    assert "the other way is tried" in taure.log.read_text()
    code, said = taure.report()
    assert code == 1 and "ports 80 and 443 open" in said, said

with check("a restart does not hurry it"):
    orders = pebble.orders()
    taure.stop()
    taure.start()
    time.sleep(1)
    # Two ways; pebble refuses some nonces for practice, and is asked again.
    assert pebble.orders() == orders and 2 <= orders <= 4, orders

with check("DNS that fails is named"):
    pebble.breaks(NAME)
    taure.renews()
    until(lambda: taure.state()["failures"] == 2, 30)
    assert NAME in taure.words() and "resolve" in taure.words(), taure.words()
taure.stop()
pebble.remove()

taure = Secured("https://localhost/")
pebble = Pebble(authority, taure.plain, closed, externalAccountBindingRequired=True, externalAccountMACKeys={
    "kid-1": "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W"})
taure.chooses(pebble.directory)
with check("an authority for its customers alone says so"):
    taure.start()
    taure.fails()
    assert "tls.eab_key_id" in taure.words(), taure.words()

with check("a wrong key of a customer is told from none"):
    taure.stop()
    taure.chooses(pebble.directory, eab_key_id="kid-1", eab_key="d3Jvbmc")
    taure.start()
    until(lambda: "copy both again" in taure.words(), 30, taure.words)

with check("the right one is bound to the account, at once after the change"):
    taure.stop()
    taure.chooses(pebble.directory, eab_key_id="kid-1",
                  eab_key="zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W")
    taure.start()
    until(lambda: taure.is_certified(pebble.root), 30, f"a certificate; {taure.tail()}")
taure.stop()
pebble.remove()

refusing = Refusing(authority)
taure = Secured(refusing.directory)
with check("who asked too often waits as long as it was told, over restarts and --renew"):
    refusing.refuses("rateLimited", "too many\ncertificates", status=429, retry_after="7200")
    taure.start()
    state = taure.fails()
    assert "wants no more requests until" in taure.words() and "too many certificates" in taure.words(), taure.words()
    assert 7000 < state["next_try"] / 1000 - time.time() < 7300, state
    asked = len(refusing.asked)
    taure.stop()
    taure.start()
    taure.renews()
    until(lambda: "has to wait" in taure.log.read_text(), 30)
    assert len(refusing.asked) == asked, refusing.asked

with check("a record that forbids the authority is named, in words without tricks"):
    taure.stop()
    refusing.refuses("compound", "two problems", subproblems=[
        {"type": "urn:ietf:params:acme:error:caa", "detail": "CAA \u202eforbids\x07", "identifier": {
            "type": "dns", "value": NAME}}])
    (taure.data / "tls" / "state.json").unlink()
    taure.start()
    taure.fails()
    assert "CAA record" in taure.words() and "\u202e" not in taure.words(), taure.words()
    assert "\x07" not in taure.words(), taure.words()
taure.stop()

print("Years in seconds")
taure = Secured("https://localhost/")
pebble = Pebble(authority, taure.plain, closed, certificateValidityPeriod=30)
taure.chooses(pebble.directory)
with check("at two thirds of its life it is renewed, and connections see the new one"):
    taure.start()
    until(lambda: taure.is_certified(pebble.root), 30, f"a certificate; {taure.tail()}")
    before, first = taure.file(), taure.shown()
    until(lambda: taure.file() != before, 50, taure.tail())
    assert until(lambda: taure.shown() != first) and taure.is_certified(pebble.root)

with check("one that expired while nobody was there is said to be, and replaced at once"):
    taure.stop()
    time.sleep(31)
    code, said = taure.report()
    assert code == 1 and "valid now" in said, said
    taure.start()
    until(lambda: taure.is_certified(pebble.root), 30, taure.tail())
    assert "not valid now" in taure.log.read_text() or taure.report()[0] == 0
taure.stop()
pebble.remove()
folder.cleanup()
finish()
