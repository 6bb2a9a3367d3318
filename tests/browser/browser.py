#!/usr/bin/env python3
"""A person and a visitor in headless Chromium: the wizard, the first post, a day with it, and the pages without script.

    target/test-env/py/bin/python tests/browser/browser.py

Things are found as a person finds them: by the name of a field, the words on a button, the role of a part of the page.
Screenshots at phone and desktop width go to target/screenshots.
"""
import re
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import requests
from selenium.webdriver.common.by import By

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish, until  # noqa: E402
from page import Page  # noqa: E402
from taure import Taure, picture  # noqa: E402


def in_post(words):
    return lambda: page.post_with(words)


taure = Taure("alice", "Alice", init=False)
bea = Taure("bea", "Bea")
bea.start()
bea.sign_in()
bea.post("/api/v1/statuses", status="A post from Bea", language="en")
lamp = picture(taure.folder / "lamp.png", (1200, 800))
face = picture(taure.folder / "face.jpg", (600, 600), (30, 90, 160), "JPEG")
password = "correct horse battery staple"

print("From an empty folder")
taure.start()
page = Page(taure.folder / "owner")
visitor = Page(taure.folder / "visitor", script=False)
began = time.monotonic()

with check("without its link the wizard lets nobody set anything up"):
    answer = requests.get(f"{taure.url}/", timeout=10)
    assert "name=\"password\"" not in answer.text, "the wizard is open to anyone"

with check("the printed link opens the wizard, with the address filled in"):
    link = urlsplit(taure.link())
    setup = f"{taure.url}{link.path}" + (f"?{link.query}" if link.query else "")
    page.open(setup)
    page.shoot("wizard")
    address = page.one("[name=origin]")
    assert address.get_attribute("value").rstrip("/") == taure.url, address.get_attribute("value")

with check("a bad username is refused in words, and what was typed is kept"):
    page.fill("username", "not a name!")
    page.fill("display_name", "Alice")
    page.fill("password", password)
    page.driver.execute_script("document.querySelectorAll('form').forEach(f => f.noValidate = true)")
    page.press("^move in", css="form button")
    assert page.one("[name=username]") and page.one("[name=display_name]").get_attribute("value") == "Alice"

with check("the wizard makes the account and signs in"):
    page.fill("username", "alice")
    page.fill("display_name", "Alice")
    page.fill("password", password)
    page.press("^move in", css="form button")
    assert len(page.driver.find_elements("css selector", "ol li")) == 24, "no recovery phrase"
    page.press("^i have written", css="a.btn")
    assert page.one("textarea[name=text]"), "no place to write"

with check("the first post is out within a minute of the link"):
    page.fill("text", "Labrīt! My first post #hello")
    page.press("^(post|publish|send)")
    page.post_with("My first post")
    first_post = page.driver.current_url
    took = time.monotonic() - began
    assert took < 60, f"{took:.0f} s"

with check("the link works once"):
    answer = requests.get(setup, timeout=10)
    assert "name=\"password\"" not in answer.text or "name=\"display_name\"" not in answer.text, "it still sets up"

print("A day with it")
with check("a post with an image, alt text and a content warning"):
    page.open(f"{taure.url}/")
    page.press("warning", css="summary")
    page.fill("spoiler_text", "lamps")
    page.press("pictures", css="summary")
    page.one("input[type=file][name=picture1]").send_keys(str(lamp))
    page.fill("alt1", "A lamp, drawn in lines")
    page.fill("text", "Look at this lamp")
    page.shoot("compose")
    page.press("^(post|publish|send)")
    page.post_with("lamps")
    page.open(f"{taure.url}/")
    page.post_with("lamps")
    page.shoot("home")

with check("favourite and boost, and both taken back"):
    def state(verb):
        return page.named(f"\\b{verb}\\b", page.post_with("My first post"), css="button").get_dom_attribute("aria-pressed")

    for verb in ("favourite", "boost"):
        for wanted in ("true", "false"):
            page.open(f"{taure.url}/")
            page.press(f"\\b{verb}\\b", in_post("My first post"), css="button")
            # At once where it was pressed, and still after the page is loaded again.
            until(lambda v=verb, w=wanted: state(v) == w, 5, f"{verb} pressed: {wanted}")
            page.open(f"{taure.url}/")
            assert state(verb) == wanted, f"{verb} is not {wanted} after a reload"

with check("a reply shows in the thread"):
    page.open(f"{taure.url}/")
    page.press("repl", in_post("My first post"), css="a")
    page.fill("text", "And a reply to it")
    page.press("^(post|publish|send|reply)", css="form button, form input[type=submit]")
    page.post_with("And a reply to it")
    page.shoot("thread")

with check("somebody on another server is found by handle and followed"):
    page.open(f"{taure.url}/search")
    page.fill("q", bea.handle)
    page.press("search|find|look", css="form button, form input[type=submit]")
    until(lambda: "Bea" in page.text(), 10, "her name")
    page.shoot("search")
    page.press("^follow", css="button, input[type=submit]")
    until(lambda: "follow" in [n["type"] for n in bea.get("/api/v1/notifications")], what="the follow on her side")

with check("her next post is in home, and her reply and favourite are notifications"):
    bea.post("/api/v1/statuses", status="Good morning from Bea", language="en")
    until(lambda: (page.open(f"{taure.url}/"), "Good morning from Bea" in page.text())[1], what="her post in home")
    mine = bea.resolve(f"@alice@{taure.domain}")
    bea.post(f"/api/v1/accounts/{mine['id']}/follow")
    first = bea.resolve(first_post, "statuses")
    bea.post("/api/v1/statuses", status=f"@alice@{taure.domain} welcome", in_reply_to_id=first["id"])
    for verb in ("favourite", "reblog"):
        bea.post(f"/api/v1/statuses/{first['id']}/{verb}")
    wanted = ("welcome", "follows you", "favourite", "boost")
    until(lambda: (page.open(f"{taure.url}/notifications"), all(w in page.text() for w in wanted))[1], what=wanted)
    page.shoot("notifications")

with check("her post is boosted from home"):
    page.open(f"{taure.url}/")
    page.press(r"\bboost\b", in_post("Good morning from Bea"), css="button")
    until(lambda: "reblog" in [n["type"] for n in bea.get("/api/v1/notifications")], what="the boost on her side")

with check("the profile is edited, with a picture"):
    page.open(f"{taure.url}/settings/profile")
    page.fill("display_name", "Alice of the Lamps")
    page.fill("note", "Lamps, mostly.")
    page.driver.find_element(By.CSS_SELECTOR, "input[type=file][name=avatar]").send_keys(str(face))
    page.shoot("settings")
    page.press("save|update", css="form button, form input[type=submit]")
    page.open(f"{taure.url}/@alice")
    assert "Alice of the Lamps" in page.text() and "Lamps, mostly." in page.text()

with check("sign out, refused with a wrong password, sign in"):
    page.open(f"{taure.url}/")
    page.open(f"{taure.url}/settings")
    page.press("sign out", css="button")
    assert not page.all("textarea[name=text]"), "still signed in"
    page.open(f"{taure.url}/auth/sign_in")
    page.shoot("sign-in")
    page.fill("password", "not it")
    page.press("sign in|log in", css="form button, form input[type=submit]")
    assert page.one("[name=password]"), "let in with a wrong password"
    page.fill("password", password)
    page.press("sign in|log in", css="form button, form input[type=submit]")
    page.one("textarea[name=text]")

print("A visitor without JavaScript")
with check("the profile can be read"):
    visitor.open(f"{taure.url}/@alice")
    assert "Alice of the Lamps" in visitor.text() and "My first post" in visitor.text()
    assert not visitor.all("textarea[name=text]"), "a visitor is offered to post"
    visitor.shoot("profile")

with check("a permalink shows the post with its thread"):
    taure.sign_in()
    me = taure.get("/api/v1/accounts/verify_credentials")
    posts = taure.get(f"/api/v1/accounts/{me['id']}/statuses")
    first = next(p for p in posts if "first post" in p["content"])
    visitor.open(first["url"])
    assert "My first post" in visitor.text() and "And a reply to it" in visitor.text()
    visitor.shoot("permalink")

with check("a content warning hides text and image until it is opened"):
    warned = next(p for p in posts if p["spoiler_text"] == "lamps")
    visitor.open(warned["url"])
    assert "lamps" in visitor.text() and "Look at this lamp" not in visitor.text()
    visitor.press("lamps|show", css="summary")
    assert "Look at this lamp" in visitor.text()
    assert [i for i in visitor.all("article img") if i.get_dom_attribute("alt") == "A lamp, drawn in lines"], "alt text"
    visitor.shoot("warning")

with check("machines find Open Graph, rel=me, h-card, h-entry and the ActivityPub address"):
    for url, wanted in ((f"{taure.url}/@alice", ["og:title", "h-card", "application/activity+json"]),
                        (first["url"], ["og:title", "h-entry", "application/activity+json", "dt-published", "e-content"])):
        answer = requests.get(url, headers={"Accept": "text/html"}, timeout=10)
        assert [w for w in wanted if w not in answer.text] == [], (url, [w for w in wanted if w not in answer.text])
        policy = answer.headers.get("content-security-policy", "")
        assert "default-src" in policy and "unsafe-inline" not in policy, policy
    taure.call("PATCH", "/api/v1/accounts/update_credentials",
               json={"fields_attributes": [{"name": "Site", "value": "https://example.org"}]})
    assert re.search(r'rel="[^"]*\bme\b', requests.get(f"{taure.url}/@alice", timeout=10).text), "rel=me"

with check("what does not exist says so, in words and with 404"):
    visitor.open(f"{taure.url}/@nobody")
    visitor.shoot("not-found")
    assert requests.get(f"{taure.url}/@nobody", timeout=10).status_code == 404

page.quit()
visitor.quit()
taure.stop()
bea.stop()
finish()
