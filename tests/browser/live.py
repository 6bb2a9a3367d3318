#!/usr/bin/env python3
"""What the script makes nicer, in headless Chromium: news that come by themselves, lists without an end, buttons that
answer at once, undoing, pictures, keys, threads; and posts that try to break the page.

    target/test-env/py/bin/python tests/browser/live.py

Bea, on another server, follows Alice; Alice looks.
"""
import sys
import time
from pathlib import Path

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish, until  # noqa: E402
from page import Page  # noqa: E402
from taure import Taure, picture  # noqa: E402


def sign_in(taure, name="owner", **how):
    page = Page(taure.folder / name, **how)
    page.open(f"{taure.url}/auth/sign_in")
    page.fill("password", taure.password)
    page.press("^sign in", css="form button")
    page.one("textarea[name=text]")
    return page


def run(script, *arguments):
    return page.driver.execute_script(script, *arguments)


def says(text, **more):
    return alice.post("/api/v1/statuses", status=text, **more)["id"]


def press(*keys):
    ActionChains(page.driver).send_keys(*keys).perform()


def toast():
    return page.one("#tools p")


def offline(off):
    page.driver.execute_cdp_cmd("Network.enable", {})
    page.driver.execute_cdp_cmd("Network.emulateNetworkConditions", {
        "offline": off, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})


def hidden(yes):
    """What happens to a page whose tab goes behind another one."""
    run("Object.defineProperty(document, 'hidden', {value: arguments[0], configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))", yes)


def focused():
    """The post that the keys are at."""
    return run("return document.activeElement.closest('article')?.innerText || ''")


def act(words, kind):
    return page.one(f"[data-act={kind}]", page.post_with(words))


def pressed(words, kind):
    return act(words, kind).get_attribute("aria-pressed") == "true"


def ids():
    return run("return [...document.querySelectorAll('main > .list > article')].map(a => a.id.slice(1))")


alice, bea = Taure("alice", "Alice"), Taure("bea", "Bea")
for taure in (alice, bea):
    taure.start()
    taure.sign_in()
says("The very first")
page = sign_in(alice)
home = f"{alice.url}/"

print("News")
with check("a new post comes by itself when nobody reads or writes"):
    page.open(home)
    page.one("main").click()
    run("document.activeElement.blur()")
    time.sleep(0.7)
    new = says("Out of the blue")
    page.post_with("Out of the blue")
    assert ids()[0] == new

with check("to somebody who writes it is offered"):
    page.fill("text", "I am writing")
    offered = [says(f"Meanwhile {n}") for n in range(3)]
    until(lambda: page.named("3 new posts", css="button"), what="the button")
    assert not set(offered) & set(ids()), "they came at once"
    page.shoot("live-offered")
    page.press("3 new posts", css="button")
    assert ids()[:3] == offered[::-1], ids()
    assert page.one("[name=text]").get_attribute("value") == "I am writing", "the words are lost"

with check("an edit changes the post on the page, and a deletion takes it away"):
    alice.call("PUT", f"/api/v1/statuses/{offered[0]}", json={"status": "Meanwhile, corrected"})
    page.post_with("Meanwhile, corrected")
    alice.delete(f"/api/v1/statuses/{offered[1]}")
    until(lambda: offered[1] not in ids(), what="the end of a deleted post")

with check("the votes of a poll are counted on the page"):
    poll = alice.post("/api/v1/statuses", status="Tea or not", poll={"options": ["Tea", "Not"], "expires_in": 3600})
    page.one("[name=text]").clear()
    run("document.activeElement.blur(); scrollTo(0, 0)")
    until(lambda: poll["id"] in ids() or page.named("new post", css="button"), what="the poll")
    if poll["id"] not in ids():
        page.press("new post", css="button")
    run("document.activeElement.blur()")
    far = bea.resolve(poll["uri"], "statuses")
    bea.post(f"/api/v1/polls/{far['poll']['id']}/votes", choices=[0])
    until(lambda: "1 person" in page.post_with("Tea or not").text, what="the vote")

with check("a notification is counted in the navigation and the title"):
    bea.post(f"/api/v1/accounts/{bea.resolve(alice.handle)['id']}/follow")
    until(lambda: page.all("nav a[href='/notifications'] .count"), what="the badge")
    until(lambda: page.driver.title.startswith("("), what="the title")

with check("a tab that was hidden catches up when it is seen again"):
    hidden(True)
    time.sleep(0.5)
    late = says("While nobody looked")
    time.sleep(2)
    assert late not in ids() and not page.named("new post", css="button"), "it listened"
    hidden(False)
    until(lambda: late in ids() or page.named("1 new post", css="button"), what="the post")

with check("the stream comes back after the server was away"):
    page.open(home)
    alice.stop()
    time.sleep(1)
    alice.start()
    back = says("Here again")
    until(lambda: back in ids() or page.named("new post", css="button"), 30, "the post")

print("Lists without an end")
many = [says(f"Row {n}") for n in range(260)]
with check("older posts come when the foot is near, ten times, and then the link is there"):
    page.open(home)
    def down():
        run("scrollTo(0, document.body.scrollHeight)")
        return len(ids()) >= 220
    until(down, 60, "eleven pages")
    time.sleep(1)
    run("scrollTo(0, document.body.scrollHeight)")
    time.sleep(1)
    assert len(ids()) == 220 and len(set(ids())) == 220, len(ids())
    assert page.named("^older", css=".pager a")

with check("Back leads to the place"):
    target = f"s{many[100]}"
    run("document.getElementById(arguments[0]).scrollIntoView()", target)
    link = page.one(f"#{target} .when a")
    link.click()
    page.one(".focus")
    page.driver.back()
    until(lambda: run("const e = document.getElementById(arguments[0]); return e && Math.abs(e.getBoundingClientRect().top) < 900",
                      target), 10, "the post where it was")

print("At once, and back")
with check("a favourite shows at once and is kept"):
    page.open(home)
    words = "Row 259"
    page.press("^favourite", lambda: page.post_with(words), css="button")
    assert pressed(words, "favourite")
    until(lambda: alice.get(f"/api/v1/statuses/{many[259]}")["favourited"], what="the favourite")

with check("without a network it goes back, says so, and can be tried again"):
    offline(True)
    try:
        act(words, "bookmark").click()
        until(lambda: "Could not reach the server" in toast().text, what="the message")
        assert not pressed(words, "bookmark"), "it shows what is not so"
    finally:
        offline(False)
        page.driver.get_log("browser")  # Chromium complains of what could not be reached
    page.press("^try again", css="#tools button")
    until(lambda: alice.get(f"/api/v1/statuses/{many[259]}")["bookmarked"], what="the bookmark")
    until(lambda: pressed(words, "bookmark"), what="the mark")
    page.driver.get_log("browser")

with check("a deletion can be undone for a while"):
    page.press("^more", lambda: page.post_with("Row 258"), css="summary")
    page.press("^delete$", lambda: page.post_with("Row 258"), css="a")
    assert "Row 258" not in page.text() and "deleted" in toast().text
    page.press("^undo", css="#tools button")
    page.post_with("Row 258")
    time.sleep(7)
    alice.get(f"/api/v1/statuses/{many[258]}")

with check("then it is done, also when the page is left before"):
    page.press("^more", lambda: page.post_with("Row 258"), css="summary")
    page.press("^delete$", lambda: page.post_with("Row 258"), css="a")
    alice.get(f"/api/v1/statuses/{many[258]}")
    until(lambda: alice.http.get(f"{alice.url}/api/v1/statuses/{many[258]}").status_code == 404, 12, "the end")
    page.press("^more", lambda: page.post_with("Row 257"), css="summary")
    page.press("^delete$", lambda: page.post_with("Row 257"), css="a")
    page.open(f"{alice.url}/about")
    until(lambda: alice.http.get(f"{alice.url}/api/v1/statuses/{many[257]}").status_code == 404, 4, "the end")

with check("following, muting and its undoing need no new page"):
    page.open(f"{alice.url}/{bea.handle}")
    before = page.document()
    page.press("^follow$", css="button")
    until(lambda: page.named("^(unfollow|requested)", css="button"), what="the new button")
    summary = page.named("^more|other", css=".profile details summary")
    if summary:
        summary.click()
    page.press("^mute$", css="button")
    until(lambda: "Muted" in toast().text, what="the message")
    until(lambda: page.named("^unmute$", css="button"), what="the new button")
    page.press("^undo", css="#tools button")
    until(lambda: page.named("^mute$", css="button"), what="the old button")
    assert page.document() == before, "another page was loaded"

print("Pictures")
files = []
for n, colour in enumerate(((200, 90, 40), (40, 90, 200))):
    with open(picture(alice.folder / f"{n}.png", (900, 600), colour), "rb") as file:
        files.append(alice.call("POST", "/api/v2/media", files={"file": file}, data={"description": f"Stripes, number {n}"})["id"])
says("Two pictures", media_ids=files)
says("Not for every moment", media_ids=[], sensitive=True)
with check("a picture opens in the page with its words, the next one by a key, and Escape leads back"):
    page.open(home)
    post = page.post_with("Two pictures")
    first = page.all(".media figure a", post)[0]
    first.click()
    until(lambda: page.one("#viewer").is_displayed(), what="the viewer")
    until(lambda: run("return document.querySelector('#viewer img').naturalWidth") == 900, what="the whole picture")
    assert page.one("#viewer figcaption").text == "Stripes, number 0"
    press(Keys.ARROW_RIGHT)
    assert page.one("#viewer figcaption").text == "Stripes, number 1"
    page.shoot("live-viewer", looks=(("phone", 360, "light"), ("desktop", 1440, "light")))
    press(Keys.ARROW_LEFT, Keys.ESCAPE)
    assert not run("return document.querySelector('#viewer').open")
    assert run("return document.activeElement === arguments[0]", first), "the focus is lost"

with check("its description opens at the badge"):
    page.all(".media .alt summary", page.post_with("Two pictures"))[0].click()
    assert "Stripes, number 0" in page.post_with("Two pictures").text

print("Keys")
with check("j and k go from post to post, f gives a star, o opens, Backspace leads back"):
    page.open(home)
    run("document.activeElement.blur()")
    press("j")
    first = focused()
    press("j")
    second = focused()
    assert first and second and first != second
    press("k")
    assert focused() == first
    press("j", "f")
    until(lambda: run("return document.activeElement.closest('article')?.querySelector('[data-act=favourite]').getAttribute('aria-pressed') === 'true'"),
          what="the star")
    press("o")
    until(lambda: page.all(".focus"), what="the post's page")
    press(Keys.BACKSPACE)
    until(lambda: page.driver.current_url.split("#")[0].rstrip("/") == home.rstrip("/"), what="home")

with check("n writes, and while somebody types no key does anything else"):
    page.open(home)
    press("n")
    press("jfgn? /")
    assert page.one("[name=text]").get_attribute("value") == "jfgn? /"
    assert not page.all("dialog[open]")
    page.one("[name=text]").clear()
    run("document.activeElement.blur()")

with check("? lists the keys, g n goes to the notifications, / searches"):
    press("?")
    assert "Next and previous post" in page.one("#keys").text
    page.shoot("live-keys", looks=(("phone", 360, "light"), ("dark", 360, "dark")))
    press(Keys.ESCAPE, "g", "n")
    until(lambda: page.driver.current_url.endswith("/notifications"), what="the notifications")
    press("/")
    until(lambda: page.driver.current_url.endswith("/search"), what="the search")

print("Threads")
with check("a page that answers something opens at its post, and a long branch folds"):
    root = last = says("Where it begins")
    for n in range(9):
        last = says(f"Answer {n} " + "and more " * 40, in_reply_to_id=last)
    page.open(f"{alice.url}/@alice/{last}")
    until(lambda: run("return scrollY > 100 && document.querySelector('.focus').getBoundingClientRect().top < 300"), 5, "the place")
    page.open(f"{alice.url}/@alice/{root}")
    assert not page.named("Answer 8", css=".content")
    page.press("more replies", css="summary")
    assert "Answer 8" in page.text()
    page.shoot("live-branch")

print("Posts that try to break the page")
HOSTILE = (
    "Long " + "x" * 4900,
    "".join(f"{e}" for e in ("😀👩‍👩‍👧‍👦🏳️‍🌈" * 160)),
    "\u202eright to left override\u202c \u200b\u200b\ufeff " + "\u0301" * 200 + "Z" + "\u0335\u0489" * 300,
    "<script>window.hacked = 1</script><img src=x onerror='window.hacked=1'><svg onload='window.hacked=1'><style>*{display:none}</style>",
    "مرحبا بالعالم " * 40 + " and English",
    "https://example.invalid/" + "a" * 800,
)
with check("nothing is wider than a phone, and no script of others runs"):
    for words in HOSTILE:
        bea.post("/api/v1/statuses", status=words, language="en")
    long_name = "\u202e" + "W" * 28
    bea.call("PATCH", "/api/v1/accounts/update_credentials", data={"display_name": long_name})
    alice.resolve(bea.handle)
    for words in HOSTILE:
        alice.post("/api/v1/statuses", status=words, spoiler_text="y" * 90 if "Long" in words else "")
    for path in ("/", "/@alice", f"/{bea.handle}", "/notifications"):
        page.open(alice.url + path)
        page.width(360)
        for details in page.all("details.veil"):
            run("arguments[0].open = true", details)
        wide = run("return [document.scrollingElement.scrollWidth, 360, "
                   "[...document.querySelectorAll('body *')].filter(e => (e.getBoundingClientRect().right > 361 || e.getBoundingClientRect().left < -1) "
                   "&& e.checkVisibility() && !e.closest('.hide, .skip, .invisible, pre, .pop')).slice(0, 3).map(e => e.outerHTML.slice(0, 150))]")
        assert wide[0] <= wide[1] and not wide[2], f"{path}: {wide}"
        assert not run("return window.hacked"), path
    page.shoot("live-hostile", looks=(("phone", 360, "light"),))
    page.width(1440)

print("Without a script")
with check("everything is there as links and forms"):
    plain = sign_in(alice, "plain", script=False)
    plain.open(home)
    assert plain.named("^older", css=".pager a")
    assert not plain.all("#tools p") and not any(d.is_displayed() for d in plain.all("dialog"))
    assert not any(b.is_displayed() for b in plain.all("[data-share]")), "a button that does nothing"

page.sober("the last page")
finish()
