#!/usr/bin/env python3
"""What came after the first day, in headless Chromium: polls, quotes, emoji, filters, requests, push, search, embeds.

    target/test-env/py/bin/python tests/browser/families.py

Alice and Bea follow each other from two servers; Carol, on a third, is a stranger. Bea's browser runs no script.
"""
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from mastodon import Mastodon
from PIL import Image, ImageDraw
from selenium.webdriver.common.by import By

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish, until  # noqa: E402
from page import Page  # noqa: E402
from taure import Taure  # noqa: E402


class Elsewhere(BaseHTTPRequestHandler):
    """Another site on loopback: takes what is pushed, and shows `page`."""
    protocol_version = "HTTP/1.1"
    pushed, page = [], ""

    def answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        Elsewhere.pushed.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer(201)

    def do_GET(self):
        self.answer(200, Elsewhere.page.encode())

    def log_message(self, *_):
        pass


def blob(path):
    """A small round emoji."""
    image = Image.new("RGBA", (64, 64))
    draw = ImageDraw.Draw(image)
    draw.ellipse((4, 4, 60, 60), fill=(250, 190, 40, 255))
    for x in (20, 36):
        draw.ellipse((x, 22, x + 8, 32), fill=(60, 40, 10, 255))
    draw.arc((18, 26, 46, 50), 20, 160, fill=(60, 40, 10, 255), width=4)
    image.save(path)
    return path


def sign_in(taure, script=True):
    """The owner's browser, signed in and at home."""
    page = Page(taure.folder / "owner", script)
    page.open(f"{taure.url}/auth/sign_in")
    page.fill("password", taure.password)
    page.press("^sign in", css="form button")
    page.one("textarea[name=text]")
    return page


def shown_at(page, url, words):
    """Loads the page until a post with these words stands on it."""
    def look():
        page.open(url)
        return words in page.text()
    until(look, what=f"{words!r} on {url}")
    return page.post_with(words)


def in_post(page, words):
    return lambda: page.post_with(words)


server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
threading.Thread(target=server.serve_forever, daemon=True).start()
elsewhere = f"http://localhost:{server.server_port}"

alice, bea, carol = Taure("alice", "Alice"), Taure("bea", "Bea"), Taure("carol", "Carol")
for taure in (alice, bea, carol):
    taure.start()
    taure.sign_in()
for one, other in ((alice, bea), (bea, alice)):
    one.post(f"/api/v1/accounts/{one.resolve(other.handle)['id']}/follow")
for one in (alice, bea):
    until(lambda one=one: "follow" in [n["type"] for n in one.get("/api/v1/notifications")], what="the follow")
page, hers = sign_in(alice), sign_in(bea, script=False)
home, bea_home = f"{alice.url}/", f"{bea.url}/"

print("Polls")
with check("a poll is made in the compose form"):
    page.open(home)
    page.fill("text", "What shall it be for breakfast?")
    page.press("^poll", css="summary")
    options = page.all("input[name='options[]']")
    assert len(options) >= 3, "places for options"
    for field, words in zip(options, ("Rye bread", "Porridge with cloudberries", "Nothing, only coffee")):
        field.send_keys(words)
    page.shoot("poll-compose")
    page.press("^post", css="form button")
    assert "Porridge with cloudberries" in page.post_with("for breakfast").text
    page.shoot("poll-own")

with check("it is voted in from another server, without a script, once"):
    shown_at(hers, bea_home, "for breakfast")
    hers.shoot("poll-ballot")
    label = next(l for l in hers.all("label", hers.post_with("for breakfast")) if "Porridge" in l.text)
    label.click()
    hers.press("^vote", in_post(hers, "for breakfast"), css="button")
    until(lambda: "your vote" in hers.post_with("for breakfast").text, what="her vote")
    assert not hers.named("^vote", hers.post_with("for breakfast"), css="button"), "she may vote again"
    hers.shoot("poll-voted")

with check("its owner sees the vote"):
    post = shown_at(page, home, "for breakfast")
    until(lambda: (page.open(home), "100%" in page.post_with("for breakfast").text)[1], what="the vote")
    assert "1 person" in page.post_with("for breakfast").text

print("Quotes")
with check("a post is quoted from its menu"):
    bea.post("/api/v1/statuses", status="The sea is quite flat today.", language="en")
    shown_at(page, home, "quite flat")
    page.press("^more", in_post(page, "quite flat"), css="summary")
    page.shoot("menu")
    page.press("quote", in_post(page, "quite flat"), css="a")
    page.fill("text", "Good for rowing")
    page.shoot("quote-compose")
    page.press("^post", css="form button")
    page.post_with("Good for rowing")
    shown_at(page, home, "Good for rowing")
    until(lambda: (page.open(home), page.all("blockquote", page.post_with("Good for rowing")))[1], what="the quoted post")
    assert "quite flat" in page.post_with("Good for rowing").text

with check("whoever is quoted hears of it"):
    post = shown_at(hers, f"{bea.url}/notifications", "Good for rowing")
    hers.shoot("quote-told")

print("Emoji")
with check("an emoji is uploaded, and stands in a post"):
    page.open(f"{alice.url}/settings/profile")
    page.press("^custom emoji", css="a")
    page.shoot("emojis-none")
    page.fill("shortcode", "sunny")
    page.driver.find_element(By.CSS_SELECTOR, "input[type=file][name=image]").send_keys(str(blob(alice.folder / "b.png")))
    page.press("^add", css="form button")
    page.one("img.emoji")
    page.shoot("emojis")
    page.open(home)
    page.fill("text", "Out in the boat :sunny: all day")
    page.press("^post", css="form button")
    assert [i.get_dom_attribute("alt") for i in page.all("img.emoji", page.post_with("Out in the boat"))] == [":sunny:"]

print("Filters")
with check("a post that a filter finds is folded on home, and says why"):
    alice.post("/api/v2/filters", title="Football", context=["home", "notifications"], filter_action="warn",
               keywords_attributes=[{"keyword": "goalkeeper", "whole_word": True}])
    bea.post("/api/v1/statuses", status="What a goalkeeper that was", language="en")
    shown_at(page, home, "Filtered: Football")
    assert "goalkeeper" not in page.text(), "it is open"
    page.shoot("home-families")
    page.press("Filtered", css="summary")
    assert "What a goalkeeper that was" in page.text()

with check("and so is a mention among the notifications"):
    bea.post("/api/v1/statuses", status=f"{alice.handle} did you see the goalkeeper", language="en")
    shown_at(page, f"{alice.url}/notifications", "Filtered: Football")
    assert "did you see" not in page.text(), "it is open"
    assert page.one("nav a[aria-current=page]").get_dom_attribute("href") == "/notifications"

print("Requests")
with check("a stranger's mention waits on the shelf"):
    alice.call("PATCH", "/api/v2/notifications/policy", json={"for_not_following": "filter"})
    carol.post("/api/v1/statuses", status=f"{alice.handle} May I ask where you bought the boat?", language="en")
    told = f"{alice.url}/notifications"
    until(lambda: (page.open(told), "1 request" in page.text())[1], what="the shelf")
    assert "where you bought" not in page.text(), "it is not held back"
    page.shoot("notifications-shelf")
    page.press("1 request", css="a")
    assert "Carol" in page.text() and "where you bought" in page.text()
    assert page.one("nav a[aria-current=true]").get_dom_attribute("href") == "/notifications", "no room is marked"
    page.shoot("requests")

with check("once accepted it stands among the notifications"):
    page.press("^accept", css="button")
    shown_at(page, told, "where you bought")
    assert "1 request" not in page.text()
    page.open(f"{told}/requests")
    page.shoot("requests-none")

print("Push")
with check("the push page sends a test to an app, and tells that it was taken"):
    page.open(f"{alice.url}/settings/profile")
    page.press("notifications in apps", css="a")
    page.shoot("push-none")
    app = Mastodon(api_base_url=alice.url, access_token=alice.sign_in("Pocket app"), request_timeout=30)
    app.push_subscription_set(f"{elsewhere}/push", app.push_subscription_generate_keys()[1], mention_events=True)
    page.open(f"{alice.url}/settings/push")
    page.press("test to all", css="button")
    until(lambda: Elsewhere.pushed, what="the test")
    until(lambda: (page.open(f"{alice.url}/settings/push?sent=1"), "Last taken" in page.text())[1], what="its taking")
    page.shoot("push")

print("Search")
with check("an old post is found by a word in it"):
    for day in range(22):
        alice.post("/api/v1/statuses", status=f"Log of the boat, day {day + 1}", visibility="unlisted", language="en")
    page.open(home)
    assert "breakfast" not in page.text(), "not old enough"
    page.open(f"{alice.url}/search")
    page.fill("q", "breakfast from:me")
    page.press("^search", css="form button")
    page.post_with("for breakfast")
    page.shoot("search-words")
    page.open(f"{alice.url}/search?q=breakfast+-shall")
    assert "Nothing found" in page.text()
    page.press("narrow", css="summary")
    page.shoot("search-nothing")

print("Embeds")
with check("a post stands in a frame on another site"):
    post = alice.get("/api/v2/search", q="breakfast", type="statuses")["statuses"][0]
    Elsewhere.page = ("<!doctype html><html lang=en><meta name=viewport content='width=device-width'><title>A blog</title>"
                      f"<h1>A blog</h1><iframe title='A post' src='{post['url']}/embed' width=320 height=420></iframe>")
    page.open(elsewhere)
    page.driver.switch_to.frame(page.one("iframe"))
    assert "for breakfast" in page.text() and "Rye bread" in page.text(), page.text()
    page.driver.switch_to.default_content()
    page.shoot("embed-framed")
    page.open(f"{post['url']}/embed")
    page.shoot("embed")

with check("and only there: no other page of ours may"):
    Elsewhere.page = Elsewhere.page.replace("/embed", "")
    page.open(elsewhere)
    page.driver.switch_to.frame(page.one("iframe"))
    assert "for breakfast" not in page.text(), "the post's own page stands in a frame"
    page.driver.switch_to.default_content()
    page.driver.get_log("browser")

page.quit()
hers.quit()
for taure in (alice, bea, carol):
    taure.stop()
finish()
