#!/usr/bin/env python3
"""The doors, in headless Chromium with an authenticator of its own: codes, passkeys, notifications, no network.

    target/test-env/py/bin/python tests/browser/doors.py

There is no push service on loopback that a browser would take, so the subscribing is stood in for; what arrives in the
service worker is real, and so is what the server sends.
"""
import base64
import hashlib
import hmac
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.virtual_authenticator import VirtualAuthenticatorOptions

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish, until  # noqa: E402
from page import Page  # noqa: E402
from taure import Taure  # noqa: E402


class Service(BaseHTTPRequestHandler):
    """A push service on loopback."""
    pushed = []

    def do_POST(self):
        Service.pushed.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(201)
        self.end_headers()

    def log_message(self, *_):
        pass


def code(secret):
    """The code of now (RFC 6238)."""
    digest = hmac.new(base64.b32decode(secret), int(time.time() // 30).to_bytes(8, "big"), hashlib.sha1).digest()
    at = digest[19] & 15
    return f"{(int.from_bytes(digest[at:at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def later_than(secret, used):
    """A code that was not used yet."""
    return until(lambda: code(secret) != used and code(secret), 40, "the next code")


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def security(page):
    page.open(f"{alice.url}/settings/security")


def sign_out(page):
    security(page)
    page.press("^sign out", css="form button")
    page.open(f"{alice.url}/auth/sign_in")


def by_password(page):
    page.fill("password", alice.password)
    page.press("^sign in$", css="form button")


server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
threading.Thread(target=server.serve_forever, daemon=True).start()
endpoint = f"http://localhost:{server.server_port}/this-browser"

alice = Taure("alice", "Alice")
alice.start()
page, plain = Page(alice.folder / "owner"), Page(alice.folder / "plain", script=False)
for browser in (page, plain):
    browser.open(f"{alice.url}/auth/sign_in")
    by_password(browser)
    browser.one("textarea[name=text]")

print("Passkeys")
options = VirtualAuthenticatorOptions()
options.protocol, options.transport = "ctap2", "internal"
options.has_resident_key = options.has_user_verification = options.is_user_verified = True
page.driver.add_virtual_authenticator(options)

with check("a passkey is made"):
    security(page)
    page.fill("name", "My laptop", page.one("form[data-passkey=create]"))
    page.press("^add a passkey", css="form button")
    until(lambda: "Made now, never used" in page.text(), what="the passkey")
    page.shoot("doors-security")

with check("the same device makes no second one, and the page says so"):
    page.press("^add a passkey", css="form button")
    until(lambda: "No passkey was made" in page.text(), what="the fault")

with check("it signs in by itself where passwords are offered, or by its button"):
    page.driver.set_user_verified(False)  # nobody touches it while the pictures are taken
    sign_out(page)
    assert page.one("form[data-passkey=get] button").text == "Sign in with a passkey"
    page.shoot("doors-sign-in")
    page.driver.set_user_verified(True)
    page.open(f"{alice.url}/auth/sign_in")
    if "auth/sign_in" in page.driver.current_url and page.named("passkey", css="button"):
        page.press("passkey", css="form button")
    page.one("textarea[name=text]")
    security(page)
    assert "by passkey" in page.text(), page.text()

with check("without a script the page says why there is no button"):
    plain.open(f"{alice.url}/settings/security")
    assert "Making a passkey needs JavaScript" in plain.text()
    assert not plain.named("add a passkey")

print("Codes")
secret = used = None
with check("codes are turned on without a script, by a picture for a camera or a secret to type"):
    plain.press("^turn codes on", css="summary")
    plain.fill("current", alice.password, plain.one("form[action$='code/begin']"))
    plain.press("^continue", css="form button")
    secret = plain.one("#secret").text.replace(" ", "")
    size = plain.one("svg.qr").size
    assert size["width"] >= 200 and abs(size["width"] - size["height"]) < 2, size
    plain.shoot("doors-code")
    used = code(secret)
    plain.fill("code", used)
    plain.press("^turn codes on", css="form button")
    assert len(plain.all("#codes li")) == 10
    plain.shoot("doors-recovery")
    plain.press("i have kept them", css="a")
    plain.shoot("doors-security-on")

with check("then a password is not enough"):
    sign_out(plain)
    by_password(plain)
    plain.shoot("doors-sign-in-code")
    plain.fill("code", "000000")
    plain.press("^sign in", css="form button")
    assert "That is not the code" in plain.text()
    plain.driver.get_log("browser")  # the 401 was wanted
    used = later_than(secret, used)
    plain.fill("code", used)
    plain.press("^sign in", css="form button")
    plain.one("textarea[name=text]")

print("Notifications")
page.driver.execute_cdp_cmd("Browser.grantPermissions", {"origin": alice.url, "permissions": ["notifications"]})
key = ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(
    serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
given = json.dumps({"endpoint": endpoint, "keys": {"p256dh": b64(key), "auth": b64(b"0123456789abcdef")}})
page.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": f"""
    PushManager.prototype.subscribe = async (asked) => {{
        if (asked.applicationServerKey.length !== 65 || !asked.userVisibleOnly) throw new Error('asked wrongly');
        return {{toJSON: () => ({given})}};
    }};"""})

with check("this browser asks to be called"):
    page.open(f"{alice.url}/settings/notifications")
    page.shoot("doors-push-off")
    page.press("^turn them on", css="form button")
    until(lambda: "They are on" in page.text(), what="the answer")
    page.shoot("doors-push-on")

with check("a test really goes out"):
    page.press("^send a test", css="form button")
    until(lambda: Service.pushed, what="the test")
    until(lambda: (page.open(f"{alice.url}/settings/notifications"), "Last taken" in page.text())[1], what="its taking")

with check("what arrives is shown, and pressing it would lead to its page"):
    page.driver.execute_cdp_cmd("ServiceWorker.enable", {})
    told = json.dumps({"title": "Bea mentioned you", "body": "Tea?", "notification_id": 7, "icon": "/assets/icon-192.png"})
    registrations = page.driver.execute_async_script("""
        const done = arguments[0];
        navigator.serviceWorker.ready.then(at => done([at.scope, at.active.scriptURL]));""")
    assert registrations == [f"{alice.url}/", f"{alice.url}/sw.js"], registrations
    shown = """
        const done = arguments[0];
        navigator.serviceWorker.ready.then(at => at.getNotifications())
            .then(all => done(all.map(n => [n.title, n.body, n.data])));"""
    seen = None
    # Which one it is cannot be asked for from here; one that has just begun may still be deaf, and is told again.
    for number in [*range(10)] * 4:
        try:
            page.driver.execute_cdp_cmd("ServiceWorker.deliverPushMessage", {
                "origin": alice.url, "registrationId": str(number), "data": told})
            seen = until(lambda: page.driver.execute_async_script(shown), 1.5, "the notification")
            break
        except (AssertionError, WebDriverException):
            continue
    assert seen == [["Bea mentioned you", "Tea?", "/settings/notifications/7/open"]], seen

with check("without a script the page says that it needs one"):
    plain.open(f"{alice.url}/settings/notifications")
    assert "This needs JavaScript" in plain.text()
    plain.shoot("doors-push-plain")

with check("and turning it off ends it"):
    page.open(f"{alice.url}/settings/notifications")
    page.press("^turn them off", css="form button")
    until(lambda: "can tell you when something happens" in page.text(), what="the off page")

print("No network")
with check("the worker keeps style, script and one page, and nothing of the owner's"):
    kept = page.driver.execute_async_script("""
        const done = arguments[0];
        (async () => {
            const all = [];
            for (const name of await caches.keys())
                for (const request of await (await caches.open(name)).keys()) all.push(new URL(request.url).pathname);
            return all;
        })().then(done);""")
    assert sorted(kept) == ["/assets/icon-192.png", "/assets/icon.svg", "/assets/style.css", "/assets/taure.js",
                            "/offline"], kept

with check("a page without a network is a friendly one, and comes back with it"):
    page.open(f"{alice.url}/settings/security")
    alice.stop()
    page.open(f"{alice.url}/notifications")
    assert "No network" in page.text(), page.text()
    assert "Alice" not in page.text()
    colour = page.driver.find_element(By.CSS_SELECTOR, ".btn.primary").value_of_css_property("background-color")
    assert colour not in ("rgba(0, 0, 0, 0)", "transparent"), "it has no style"
    page.driver.get_log("browser")
    page.shoot("doors-offline")
    alice.start()
    page.press("try again", css="a")
    until(lambda: "/notifications" in page.driver.current_url and "No network" not in page.text(), what="the page")

with check("the browser finds nothing that keeps it from being installed"):
    page.open(f"{alice.url}/")
    errors = page.driver.execute_cdp_cmd("Page.getInstallabilityErrors", {})["installabilityErrors"]
    # A profile without a person, as headless ones are, may not install.
    assert not [e for e in errors if e["errorId"] != "in-incognito"], errors
    manifest = page.driver.execute_cdp_cmd("Page.getAppManifest", {})
    assert not manifest["errors"], manifest["errors"]

finish()
