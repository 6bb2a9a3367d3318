#!/usr/bin/env python3
"""A day of use on a phone, in headless Chromium, as a person has it; then the main things again without a script.

    target/test-env/py/bin/python tests/browser/day.py

Each task says how many taps it took, and fails when it takes more than it may. Writing is no tap, but the press into a
field that was not ready to be written in is one. A choice from a list and a file are two. To scroll costs nothing.
"""
import re
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish, until  # noqa: E402
from page import Page, asked  # noqa: E402
from taure import ROOT, Taure, picture  # noqa: E402

WIDTH, HEIGHT = 360, 740


class Phone(Page):
    """A window as high as a phone, with a finger instead of a pointer, that counts."""

    def __init__(self, folder, script=True):
        super().__init__(folder, script)
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 2, "mobile": True})
        self.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 5})
        self.taps = 0

    def middle(self, element):
        """Scrolls it to where nothing lies over it. Works without a script in the page, too."""
        try:
            self.driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        except Exception:  # noqa: BLE001  gone with its page, or no script
            pass

    def post_with(self, words):
        """As every page has it, but found in one look."""
        if not self.script:
            return super().post_with(words)
        look = "return [...document.querySelectorAll('article')].find(post => post.innerText.includes(arguments[0]))"
        return until(lambda: asked(lambda: self.driver.execute_script(look, words)), 10,
                     f"a post with {words!r} on {self.driver.current_url}: {self.text()[:300]}")

    def tap(self, pattern, within=None, css="button, a[href], summary"):
        """Presses what is called so, and waits for what comes of it."""
        def press():
            scope = within() if callable(within) else within
            found = self.named(pattern, scope, css)
            if not found:
                return None
            self.middle(found)
            before = self.document()
            found.click()
            return before
        before = until(lambda: asked(press), 5, f"something to tap called /{pattern}/ on {self.driver.current_url}: {self.text()[:500]}")
        self.taps += 1
        began = time.monotonic()
        while time.monotonic() < began + 1.5:
            if asked(self.document) != before or (self.script and time.monotonic() > began + 0.3 and asked(self.is_complete)):
                return
            time.sleep(0.03)

    def write(self, name, words, within=None):
        """Writes into a field. Pressing into it first is a tap, but when the page has put the cursor there."""
        field = self.one(f"[name='{name}']:not([type=hidden])", within)
        if self.script:
            time.sleep(0.1)  # a page that puts the cursor there does so when it is done
        if self.driver.switch_to.active_element == field:
            # And after what stands there: the name of whom a reply is to, say.
            at_end = lambda: field.get_property("selectionStart") == len(field.get_property("value"))  # noqa: E731
            assert not self.script or until(at_end, 2, f"the cursor at the end of {name}")
        else:
            self.middle(field)
            field.click()
            self.taps += 1
        field.send_keys(words)
        return field

    def choose(self, name, value):
        field = self.one(f"select[name='{name}']")
        self.middle(field)
        Select(field).select_by_value(value)
        self.taps += 2

    def file(self, name, path):
        self.driver.find_element(By.CSS_SELECTOR, f"input[type=file][name='{name}']").send_keys(str(path))
        self.taps += 2

    def room(self, pattern):
        """One of the five rooms at the foot of the screen, or one behind the three dots."""
        bar = self.one("nav.rooms")
        if self.named(pattern, bar, "nav.rooms > a"):
            return self.tap(pattern, lambda: self.one("nav.rooms"), "nav.rooms > a")
        self.tap("^more", lambda: self.one("nav.rooms"), "summary")
        return self.tap(pattern, lambda: self.one("nav.rooms"), ".menu a")

    def menu(self, words, pattern):
        """What stands behind the three dots of a post."""
        self.tap("^more", lambda: self.post_with(words), ".acts summary")
        self.tap(pattern, lambda: self.post_with(words), ".pop a, .pop button")

    def fits(self):
        """Nothing stands out of the screen, and nothing that was pressed is lost below its edge."""
        size = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        assert size["width"] <= WIDTH + 1, f"{self.driver.current_url} is {size['width']:.0f} px wide"


@contextmanager
def task(page, sentence, most):
    """A check that also counts the taps."""
    page.taps = 0
    with check(sentence):
        yield
        page.fits()
        assert page.taps <= most, f"{page.taps} taps, and {most} were enough"
    print(f"          {page.taps} taps", flush=True)


alice, bea, carol, dora = (Taure(name.lower(), name) for name in ("Alice", "Bea", "Carol", "Dora"))
for taure in (alice, bea, carol, dora):
    taure.start()
    taure.sign_in()
alice.post(f"/api/v1/accounts/{alice.resolve(bea.handle)['id']}/follow")
bea.post(f"/api/v1/accounts/{bea.resolve(alice.handle)['id']}/follow")
until(lambda: "follow" in [n["type"] for n in bea.get("/api/v1/notifications")], what="the follow")
for number in range(60):
    bea.post("/api/v1/statuses", status=f"Letter {number:02} from the island" + (" #island" if number % 9 == 0 else ""), language="en")
until(lambda: "Letter 59" in str(alice.get("/api/v1/timelines/home")), what="her letters")
pictures = [picture(alice.folder / f"{name}.png", (800, 600), colour) for name, colour in
            (("harbour", (30, 90, 160)), ("lamp", (200, 160, 40)), ("garden", (40, 140, 60)))]


def sign_in(script):
    page = Phone(alice.folder / f"phone-{script}", script)
    page.open(f"{alice.url}/auth/sign_in")
    page.write("password", alice.password)
    page.tap("^sign in$", css="form button")
    page.one("textarea[name=text]")
    return page


def mine():
    """Alice's own posts, the newest first."""
    me = alice.get("/api/v1/accounts/verify_credentials")["id"]
    return alice.get(f"/api/v1/accounts/{me}/statuses", limit=40)


def letters(page):
    return re.findall(r"Letter \d\d", page.text())


def day(page, so):
    """The tasks, with words of their own for each way, and what they may cost."""
    script = page.script
    page.open(f"{alice.url}/")
    if script:
        with task(page, "50 posts are read at home by scrolling", 0):
            def down():
                page.driver.execute_script("scrollTo(0, document.scrollingElement.scrollHeight)")
                return len(letters(page)) >= 50
            until(down, 20, "50 posts")
            read = letters(page)
            assert read[:50] == [f"Letter {59 - n:02}" for n in range(50)], read
    else:
        with task(page, "50 posts are read at home by pages", 3):
            read = letters(page)
            while len(read) < 50:
                page.tap("^older", css=".pager a")
                read += letters(page)
            assert len(set(read)) == len(read), read

    count = 5 if script else 1
    for number in range(count):
        bea.post("/api/v1/statuses", status=f"Question {number} {so}", language="en")
    until(lambda: f"Question {count - 1} {so}" in str(alice.get("/api/v1/timelines/home")), what="her questions")
    with task(page, f"{count} of her posts are answered", count * 3 if script else count * 4):
        for number in range(count):
            page.room("^home$")
            page.tap("^repl", lambda n=number: page.post_with(f"Question {n} {so}"), ".acts a")
            page.write("text", f"Answer {number} {so}")
            page.tap("^reply$", css=".composer button")
            page.post_with(f"Answer {number} {so}")
        assert len([p for p in mine() if f"Answer {count - 1} {so}" in p["content"] and p["in_reply_to_id"]]) == 1

    some = pictures if script else pictures[1:]
    with task(page, f"{len(some)} pictures are posted with their alternative texts", len(some) * 6):
        for path in some:
            page.room("^write$")
            page.write("text", f"My {path.stem} {so}")
            page.tap("^pictures", css="summary")
            page.file("picture1", path)
            page.write("alt1", f"A {path.stem} in oil")
            page.tap("^post$", css=".composer button")
            page.post_with(f"My {path.stem} {so}")
        texts = [p["media_attachments"][0]["description"] for p in mine() if f"{so}<" in p["content"] and p["media_attachments"]]
        assert texts == [f"A {path.stem} in oil" for path in reversed(some)], texts

    if script:
        with task(page, "2 people are found and followed", 6):
            for other in (carol, dora):
                page.room("^search")
                page.write("q", other.handle)
                page.tap("^search$", css="form button")
                page.tap("^follow$", css="main .person button")
                until(lambda o=other: "follow" in [n["type"] for n in o.get("/api/v1/notifications")], 10, "the follow")
                until(lambda: page.named("^(unfollow|requested)", css="main .person button"), 5, "the button's other side")
    else:
        with task(page, "somebody is found, and followed again", 4):
            page.room("^search")
            page.write("q", carol.handle)
            page.tap("^search$", css="form button")
            page.tap("^(unfollow|requested)", css="main .person button")
            page.tap("^follow$", css="main .person button")
            until(lambda: alice.get("/api/v1/accounts/relationships", **{"id[]": alice.resolve(carol.handle)["id"]})[0]["following"], 10, "it")

    with task(page, "a filter is made", 6):
        page.room("^settings$")
        page.tap("^filters", css="main a")
        page.write("title", f"Weather {so}")
        page.write("keywords", "drizzle")
        page.tap("^save", css="main form button.primary")
        assert f"Weather {so}" in [f["title"] for f in alice.get("/api/v2/filters")]

    with task(page, "a person, a word and a tag are searched for", 6):
        for words, wanted in (("Carol", "@carol@"), ("island", "Letter"), ("#island", "#island")):
            page.room("^search")
            page.write("q", words)
            page.tap("^search$", css="form button")
            until(lambda w=wanted: w in page.one("main").text, 5, f"{wanted} for {words}: {page.text()[:600]}")

    with task(page, "a thread of two is written", 4):
        page.room("^write$")
        page.write("text", f"First part {so}\n---\nSecond part {so}")
        page.tap("^more$", css=".composer summary")
        page.tap("as a thread", css=".composer label.check")
        page.tap("^post$", css=".composer button")
        until(lambda: len([p for p in mine() if f"part {so}" in p["content"]]) == 2, 10, "both")
        first, second = [p for p in reversed(mine()) if f"part {so}" in p["content"]]
        assert second["in_reply_to_id"] == first["id"] and "---" not in first["content"] + second["content"]

    with task(page, "a draft is kept, found again and posted", 6):
        page.room("^write$")
        page.write("text", f"Half a thought {so}")
        if script:
            until(lambda: "Saved as a draft" in page.text(), 6, "that it was kept")
            page.room("^home$")
        else:
            page.tap("^save as draft", css=".composer button")
        page.room("^drafts$")
        page.tap("^open", lambda: page.post_with("Half a thought"), "a")
        field = page.one("[name=text]")
        assert field.get_property("value") == f"Half a thought {so}", field.get_property("value")
        page.write("text", ", now whole")
        page.tap("^post$", css=".composer button")
        page.post_with("now whole")
        page.open(f"{alice.url}/drafts")
        assert "Half a thought" not in page.text(), "it is still a draft"

    with task(page, "a post is edited, and its versions are looked at", 5):
        page.open(mine()[0]["url"])
        page.menu("now whole", "^edit$")
        field = page.write("text", " and edited")
        page.tap("^save$", css=".composer button")
        page.post_with("and edited")
        page.tap("^edited", css="main article.focus a")
        versions = [a.text for a in page.all("main article")]
        assert len(versions) == 2 and any("and edited" in v for v in versions) and any("edited" not in v.split("whole")[-1][:11] for v in versions), versions

    with task(page, "a post is deleted and written again", 4):
        page.open(next(p for p in mine() if f"My garden {so}" in p["content"])["url"])
        page.menu(f"My garden {so}", "^delete and write again")
        page.tap("^delete and write again", css="main form button")
        field = page.one("[name=text]")
        assert f"My garden {so}" in field.get_property("value")
        page.write("text", " once more")
        page.tap("^post$", css=".composer button")
        page.post_with("once more")
        found = [p for p in mine() if f"My garden {so}" in p["content"]]
        assert len(found) == 1 and found[0]["media_attachments"][0]["description"] == "A garden in oil", found

    with task(page, "a post is favourited, boosted and bookmarked", 3):
        number = 40 if script else 41
        found = next(p for p in alice.get("/api/v1/timelines/home", limit=40, max_id=newest(45)) if f"Letter {number}" in p["content"])
        page.open(f"{alice.url}/?max_id={int(found['id']) + 1}")
        for verb in ("favourite", "boost", "bookmark"):
            page.tap(f"^(\\d+ )?{verb}", lambda: page.post_with(f"Letter {number} "), ".acts button")
        def marks():
            status = alice.get(f"/api/v1/statuses/{found['id']}")
            return all(status[mark] for mark in ("favourited", "reblogged", "bookmarked"))
        until(marks, 5, "all three")
        until(lambda: {"favourite", "reblog"} <= {n["type"] for n in bea.get("/api/v1/notifications")}, 15, "her hearing of it")

    with task(page, "a list gets a member", 7):
        page.room("^lists$")
        page.write("title", f"Islanders {so}")
        page.tap("^save$", css="main form button.primary")
        page.write("q", "Bea")
        page.tap("^find$", css="main form button")
        page.tap("^add", css="main .person button")
        made = next(row for row in alice.get("/api/v1/lists") if row["title"] == f"Islanders {so}")
        until(lambda: [a["acct"] for a in alice.get(f"/api/v1/lists/{made['id']}/accounts")], 5, "the member")

    with task(page, "a conversation is begun, and its answer read and answered", 9 if script else 10):
        page.room("^conversations")
        page.tap("^new$", css="main a")
        page.write("text", f"{bea.handle} Just for you {so}")
        assert "Not encrypted" in page.text()
        page.tap("^post$", css=".composer button")
        page.post_with(f"Just for you {so}")
        post = mine()[0]
        assert post["visibility"] == "direct", post["visibility"]
        there = until(lambda: bea.resolve(post["url"], "statuses") if bea.get("/api/v1/conversations") else None, 10, "it over there")
        bea.post("/api/v1/statuses", status=f"{alice.handle} And for you {so}", in_reply_to_id=there["id"], visibility="direct")
        until(lambda: any(f"And for you {so}" in str(c["last_status"]) for c in alice.get("/api/v1/conversations")), 10, "the answer")
        page.room("^conversations")
        page.tap(f"And for you {so}", css="main article a.quote")
        page.tap("^repl", lambda: page.post_with(f"And for you {so}"), ".acts a")
        page.write("text", f"Indeed {so}")
        page.tap("^reply$", css=".composer button")
        page.post_with(f"Indeed {so}")
        assert mine()[0]["visibility"] == "direct"

    with task(page, "notifications are looked through by their kinds", 3):
        boosted = next(p for p in mine() if f"My lamp {so}" in p["content"])
        there = bea.resolve(boosted["url"], "statuses")
        bea.post(f"/api/v1/statuses/{there['id']}/favourite")
        until(lambda: [n for n in alice.get("/api/v1/notifications", **{"types[]": "favourite"}) if n["status"]["id"] == boosted["id"]], 10, "it")
        page.room("^notifications")
        assert f"My lamp {so}" in page.text()
        page.tap("^mentions", css=".tabs a")
        assert f"And for you {so}" in page.text() and f"My lamp {so}" not in page.text()
        page.tap("^favourites", css=".tabs a")
        assert f"My lamp {so}" in page.text() and "And for you" not in page.text()

    with task(page, "the colours are changed", 6):
        page.room("^settings$")
        page.tap("^appearance", css="main a")
        page.choose("theme", "dark" if script else "contrast")
        page.tap("^save", css="main form button.primary")
        assert page.one("html").get_dom_attribute("data-theme") == ("dark" if script else "contrast")

    if (ROOT / "assets" / "locales" / "de").is_dir():
        with task(page, "the language is changed, and back", 8):
            page.open(f"{alice.url}/settings/appearance")
            for code in ("de", ""):
                page.choose("locale", code)
                page.tap(".", css="main form button.primary")
                assert page.one("html").get_dom_attribute("lang") == (code or "en")


def newest(number):
    """The id of one of Bea's letters at Alice's."""
    found = alice.get("/api/v2/search", q=f"\"Letter {number}\"", type="statuses")["statuses"]
    return found[0]["id"] if found else None


began = time.monotonic()
print("With a script")
phone = sign_in(True)
day(phone, "by day")
with check("the browser complained of nothing"):
    loud = [row["message"] for row in phone.driver.get_log("browser") if row["level"] == "SEVERE"]
    assert not loud, loud[:3]
phone.quit()
print("Without")
plain = sign_in(False)
day(plain, "by night")
plain.quit()
for taure in (alice, bea, carol, dora):
    with check(f"nothing panicked at {taure.username}'s"):
        assert "panicked" not in taure.log.read_text("utf-8", "replace")
    taure.stop()
print(f"          {time.monotonic() - began:.0f} s")
finish()
