#!/usr/bin/env python3
"""Films, sounds and pictures in headless Chromium: posted without a script, played, seen from another server through
one's own, and the pages on where the bytes are and which posts go.

    target/test-env/py/bin/python tests/browser/media.py

Bea follows Alice from another server. Alice writes in a browser without script and looks with another one.
"""
import random
import re
import sys
from fractions import Fraction
from pathlib import Path
from urllib.parse import urlsplit

import av
from selenium.webdriver.support.ui import Select

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish, until  # noqa: E402
from page import LOOKS, Page  # noqa: E402
from taure import ROOT, Taure, picture  # noqa: E402

FIXTURES = ROOT / "tests" / "fixtures" / "media"
ALL_LOOKS = (*LOOKS, ("desktop-dark", 1440, "dark"))

# What plays is looked at while it plays: a short film is over before the next question.
PLAY = """
    const media = arguments[0], done = arguments[arguments.length - 1], began = performance.now();
    const tell = error => {
        clearInterval(look);
        done({error, at: media.currentTime, ready: media.readyState, width: media.videoWidth, loop: media.loop,
              mutedInMarkup: media.defaultMuted, duration: media.duration, failed: media.error && media.error.message});
    };
    const look = setInterval(() => {
        if (media.currentTime > .05 && media.readyState >= 3) tell(null);
        else if (media.error || performance.now() > began + 20000) tell('it does not play');
    }, 10);
    media.muted = true;
    media.play().catch(error => tell(error.message));
"""
# Goes there, waits for its picture, and says the colour in the middle of the quarter at the top left.
SEEK = """
    const [media, to] = arguments, done = arguments[arguments.length - 1];
    const late = setTimeout(() => done({error: 'never there', at: media.currentTime, ready: media.readyState}), 20000);
    media.pause();
    media.addEventListener('seeked', () => {
        clearTimeout(late);
        const canvas = document.createElement('canvas'), size = [canvas.width, canvas.height] = [80, 60];
        const brush = canvas.getContext('2d');
        brush.drawImage(media, 0, 0, ...size);
        done({error: null, at: media.currentTime, colour: [...brush.getImageData(8, 6, 1, 1).data]});
    }, {once: true});
    media.currentTime = to;
"""


def sign_in(taure, name="owner", **how):
    page = Page(taure.folder / name, **how)
    page.driver.set_script_timeout(30)
    page.open(f"{taure.url}/auth/sign_in")
    page.fill("password", taure.password)
    page.press("^sign in", css="form button")
    page.one("textarea[name=text]")
    return page


def plays(page, element):
    if element.tag_name == "audio":
        page.one("main").click()  # Chromium lets only films play, muted, before anything was pressed
    told = page.driver.execute_async_script(PLAY, element)
    assert not told["error"] and told["ready"] >= 3 and told["at"] > 0, told
    return told


def seeks(page, element, to):
    told = page.driver.execute_async_script(SEEK, element, to)
    assert not told["error"] and abs(told["at"] - to) < 0.2, told
    return told["colour"]


def write(words, *files):
    """A post from the form, with (name, alternative text) of files; the page that it leads to."""
    plain.open(f"{alice.url}/")
    plain.fill("text", words)
    plain.press("^pictures", css="summary")
    for number, (name, alt) in enumerate(files, 1):
        plain.one(f"input[type=file][name=picture{number}]").send_keys(str(name))
        plain.fill(f"alt{number}", alt)
    plain.press("^post", css="form button")


def written(words, *files):
    """The same, and where the post is."""
    write(words, *files)
    assert words in plain.post_with(words).text
    return plain.driver.current_url


def shown(page, words, css):
    """What is shown in a post of the page that is open, brought into view."""
    def look():
        found = page.all(css, page.post_with(words))
        for element in found:
            page.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        return found
    return until(look, 10, f"{css} in {words!r}")


def can_be_steered(page, element):
    """Nothing of ours lies where a player has its buttons."""
    covered = page.driver.execute_script("""
        const player = arguments[0], box = player.getBoundingClientRect();
        const places = player.localName === 'audio' ? [26, box.width / 2, box.width - 26].map(x => [x, box.height / 2])
            : [24, box.width / 2, box.width - 24].flatMap(x => [[x, box.height - 20], [x, box.height - 48]]);
        return places.filter(([x, y]) => document.elementFromPoint(box.left + x, box.top + y) !== player);""", element)
    assert not covered, f"something lies on the player at {covered}"


def drawn(page, element):
    """The width of a picture, once it is there."""
    page.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    return until(lambda: page.driver.execute_script("return arguments[0].complete && arguments[0].naturalWidth", element),
                 10, f"the picture {element.get_dom_attribute('src')}")


def long_film(path):
    """About 10 MB and a minute: frames of noise with a red corner, each whole, over and over."""
    dice = random.Random(7)
    with av.open(str(path), "w") as box:
        stream = box.add_stream("libx264", rate=10, options={"preset": "ultrafast", "qp": "38", "x264-params": "info=0"})
        stream.width, stream.height, stream.pix_fmt, stream.gop_size = 320, 180, "yuv420p", 1
        packets = []
        for number in range(4):
            frame = av.VideoFrame(320, 180, "yuv420p")
            for plane, red in zip(frame.planes, (90, 90, 220)):
                rows = bytearray(dice.randbytes(plane.buffer_size))
                for row in range(plane.height // 2):
                    begin = row * plane.line_size
                    rows[begin:begin + plane.width // 2] = bytes([red]) * (plane.width // 2)
                plane.update(bytes(rows))
            frame.pts = number
            packets += [bytes(packet) for packet in stream.encode(frame)]
        packets += [bytes(packet) for packet in stream.encode(None)]
        for number in range(600):
            packet = av.Packet(packets[number % len(packets)])
            packet.stream, packet.time_base, packet.is_keyframe = stream, Fraction(1, 10), True
            packet.pts = packet.dts = number
            packet.duration = 1
            box.mux(packet)
    return path


def is_red(colour):
    return colour[0] > 140 and max(colour[1:3]) < 110


def sizes(page):
    """The rows of the first table of sizes."""
    return {row.find_element("css selector", "th").text: row.find_element("css selector", "td").text
            for row in page.all("tr", page.one("table.sizes"))}


alice, bea = Taure("alice", "Alice"), Taure("bea", "Bea")
for taure in (alice, bea):
    taure.start()
    taure.sign_in()
face = picture(alice.folder / "face.jpg", (400, 400), (30, 90, 160), "JPEG")
with face.open("rb") as file:
    alice.call("PATCH", "/api/v1/accounts/update_credentials", files={"avatar": file})
bea.post(f"/api/v1/accounts/{bea.resolve(alice.handle)['id']}/follow")
until(lambda: "follow" in [n["type"] for n in alice.get("/api/v1/notifications")], what="the follow")
plain, page = sign_in(alice, "plain", script=False), sign_in(alice)
hers = sign_in(bea, network=True)

print("Written without a script")
with check("a film and a sound go out with their alternative texts"):
    film_url = written("A film of the quay", (FIXTURES / "iphone.mov", "Four coloured quarters"))
    sound_url = written("And how it sounds", (FIXTURES / "tagged.mp3", "A single tone"))

with check("the film shows its first picture before it is played, and nothing lies on its buttons"):
    page.open(film_url)
    film = shown(page, "A film of the quay", "video")[0]
    until(lambda: page.driver.execute_script("return arguments[0].readyState >= 2", film), 10, "its first picture")
    assert page.driver.execute_script("return arguments[0].paused && arguments[0].videoWidth", film) > 0
    can_be_steered(page, film)

with check("it plays, the right way up, and says what is to be seen"):
    assert film.get_dom_attribute("aria-label") == "Four coloured quarters"
    told = plays(page, film)
    assert told["width"] > 0 and not told["loop"] and not told["mutedInMarkup"], told
    assert is_red(seeks(page, film, told["duration"] - 0.2))
    page.press("^alt$", lambda: page.post_with("A film of the quay"), css="summary")
    assert "Four coloured quarters" in page.text()
    can_be_steered(page, film)
    page.shoot("film", ALL_LOOKS)

with check("the sound plays"):
    page.open(sound_url)
    sound = shown(page, "And how it sounds", "audio")[0]
    assert sound.get_dom_attribute("aria-label") == "A single tone"
    can_be_steered(page, sound)
    plays(page, sound)
    assert drawn(page, page.one("figure img")) > 0, "the cover that the file carried"
    page.shoot("sound", ALL_LOOKS)

with check("a film, a sound and a picture stand in one post"):
    page.open(written("All at once", (FIXTURES / "rotated.mp4", "Quarters"), (FIXTURES / "tagged.m4a", "A tone"),
                      (FIXTURES / "phone-3.jpg", "A photo")))
    for element in shown(page, "All at once", "video, audio"):
        page.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        can_be_steered(page, element)
        plays(page, element)
    page.shoot("all-at-once")

with check("a film without sound goes round and round, muted"):
    page.open(written("Round and round", (FIXTURES / "silent.mp4", "The same again")))
    told = plays(page, shown(page, "Round and round", "video")[0])
    assert told["loop"] and told["mutedInMarkup"] and told["width"] > 0, told
    page.shoot("gifv")

with check("what browsers cannot play comes back with the reason, and what was typed"):
    write("Words that took a while", (FIXTURES / "mjpeg.mov", "Old film"))
    plain.shoot("film-refused")
    assert "which browsers cannot play" in plain.one("[role=alert]").text
    assert plain.one("textarea[name=text]").get_attribute("value") == "Words that took a while"

with check("and with the files that were taken beside it"):
    write("One of two", (FIXTURES / "phone-1.jpg", "A photo"), (FIXTURES / "mjpeg.mov", "Old film"))
    assert plain.one("textarea[name=text]").get_attribute("value") == "One of two"
    assert plain.one("input[name^=alt_]").get_attribute("value") == "A photo"
    plain.shoot("film-refused-kept")
    plain.press("^post", css="form button")
    assert plain.all("article img[alt='A photo']"), "the photo"

print("Seen from another server")
with check("her home shows the film, the sound, the pictures and the faces"):
    written("Two pictures", (FIXTURES / "phone-6.jpg", "From a phone"),
            (picture(alice.folder / "lines.png", (1200, 800)), "Lines"))
    with long_film(alice.folder / "long.mp4").open("rb") as file:
        film = alice.call("POST", "/api/v1/media", files={"file": ("long.mp4", file)}, data={"description": "Noise"})
    alice.post("/api/v1/statuses", status="A long film", media_ids=[film["id"]])
    hers.network()
    until(lambda: (hers.open(f"{bea.url}/"), "A long film" in hers.text() and "Two pictures" in hers.text())[1],
          what="the posts")
    pictures = hers.all("article .media img")
    assert {"From a phone", "Lines", "A photo"} <= {p.get_dom_attribute("alt") for p in pictures}
    faces = hers.all("article .avatar")
    assert all(drawn(hers, element) > 0 for element in (*pictures, *faces))
    assert all("/proxy/" in e.get_dom_attribute("src") for e in (*pictures, *faces)), "not through her server"

with check("no film or sound is fetched before somebody plays it"):
    asked_for, documents = hers.network()
    assert len([url for url in asked_for if "/proxy/" in url]) >= 4, asked_for
    assert not [url for url in asked_for if re.search(r"\.(mp4|mp3|m4a)\b", url)], asked_for

with check("a film that has never been fetched plays, and is gone to its end"):
    film = shown(hers, "A long film", "video")[0]
    told = plays(hers, film)
    assert told["width"] == 320 and 59 < told["duration"] < 61, told
    assert is_red(seeks(hers, film, told["duration"] - 1))
    assert is_red(seeks(hers, film, 20))

with check("so do the short film and the sound"):
    film = shown(hers, "A film of the quay", "video")[0]
    told = plays(hers, film)
    assert told["width"] > 0 and is_red(seeks(hers, film, told["duration"] - 0.2)), told
    plays(hers, shown(hers, "And how it sounds", "audio")[0])
    plays(hers, shown(hers, "Round and round", "video")[0])
    hers.shoot("home-media", ALL_LOOKS)

with check("and everything after a second load, from what is kept"):
    hers.open(f"{bea.url}/")
    film = shown(hers, "A long film", "video")[0]
    assert is_red(seeks(hers, film, plays(hers, film)["duration"] - 1))

with check("Alice's page there shows them, too"):
    hers.open(f"{bea.url}/{alice.handle}")
    assert all(drawn(hers, e) > 0 for e in hers.all(".profile img, article .media img, article .avatar"))
    hers.shoot("profile-media", ALL_LOOKS)

with check("her browser asked nobody but her own server"):
    more, others = hers.network()
    asked_for, documents = asked_for + more, documents | others
    hosts = {urlsplit(url).netloc for url in asked_for}
    assert hosts == {bea.domain}, hosts
    kinds = {Path(urlsplit(url).path).suffix for url in asked_for if "/proxy/" in url}
    assert {".mp4", ".mp3"} < kinds, kinds

with check("the policy of every page is her own origin, and nothing ran into it"):
    assert documents
    for url, headers in documents.items():
        rules = dict(rule.split(None, 1) if " " in (rule := part.strip()) else (rule, "")
                     for part in headers["content-security-policy"].split(";"))
        assert set(rules["img-src"].split()) == {"'self'", "data:"}, (url, rules)
        assert rules["media-src"].split() == ["'self'"], (url, rules)
    hers.sober("her pages")

with check("and it holds: a picture straight from Alice's server is not asked for"):
    told = hers.driver.execute_async_script("""
        const [url] = arguments, done = arguments[arguments.length - 1];
        document.addEventListener('securitypolicyviolation', event => done(event.effectiveDirective), {once: true});
        const image = new Image();
        image.onload = () => done('it was loaded');
        image.src = url;""", f"{alice.url}/avatars/original/missing.png")
    assert told == "img-src", told
    hers.driver.get_log("browser")
    hers.network()

print("Where the bytes are")
with check("the page on storage says how large what is, and empties the cache"):
    hers.open(f"{bea.url}/settings/storage")
    before = sizes(hers)
    assert all(re.fullmatch(r"[\d.,]+ [kKMGT]?i?B", size) for size in before.values()), before
    assert not before["Others’ pictures and films"].startswith("0 "), before
    hers.shoot("storage", ALL_LOOKS)
    hers.press("^forget", css="form button")
    assert "are free again" in hers.one("[role=status]").text
    assert sizes(hers)["Others’ pictures and films"] == "0 B", sizes(hers)
    hers.shoot("storage-emptied")

with check("it counts every table when asked"):
    hers.open(f"{bea.url}/settings/storage")
    hers.press("^count every table", css="a")
    tables = hers.all("table.sizes")[1]
    assert {"statuses", "accounts"} <= {row.text.split()[0] for row in hers.all("tr", tables)}, tables.text
    hers.shoot("storage-tables", ALL_LOOKS)

with check("what was let go comes again when it is looked at"):
    hers.driver.execute_cdp_cmd("Network.clearBrowserCache", {})
    hers.open(f"{bea.url}/")
    assert all(drawn(hers, e) > 0 for e in hers.all("article .media img"))
    plays(hers, shown(hers, "A film of the quay", "video")[0])
    assert {urlsplit(url).netloc for url in hers.network()[0]} == {bea.domain}
    hers.open(f"{bea.url}/settings/storage")
    assert sizes(hers)["Others’ pictures and films"] != "0 B"

print("Old posts")
with check("the rules for old posts are saved, and stand there afterwards"):
    page.open(f"{alice.url}/settings/deletion")
    page.shoot("deletion", ALL_LOOKS)
    page.one("[name=enabled]").click()
    Select(page.one("select[name=days]")).select_by_visible_text("3 months")
    pinned, media = page.one("[name=keep_pinned]").is_selected(), page.one("[name=keep_media]").is_selected()
    page.one("[name=keep_media]").click()
    page.fill("min_favourites", "5")
    page.press("^save", css="form button")
    assert "Saved" in page.one("[role=status]").text
    page.shoot("deletion-saved")
    page.open(f"{alice.url}/settings/deletion")
    assert page.one("[name=enabled]").is_selected() and page.one("[name=keep_media]").is_selected() != media
    assert page.one("[name=keep_pinned]").is_selected() == pinned
    assert Select(page.one("select[name=days]")).first_selected_option.text == "3 months"
    assert page.one("[name=min_favourites]").get_attribute("value") == "5"
    assert page.one("[name=min_boosts]").get_attribute("value") == ""
    assert "0 posts go now" in page.text()

with check("a rule that makes no sense is refused with a reason, and changes nothing"):
    page.driver.execute_script("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
    page.fill("min_favourites", "0")
    page.press("^save", css="form button")
    assert "cannot be told apart" in page.one("[role=alert]").text
    page.driver.get_log("browser")
    page.open(f"{alice.url}/settings/deletion")
    assert page.one("[name=min_favourites]").get_attribute("value") == "5"

for browser in (plain, page, hers):
    browser.quit()
for taure in (alice, bea):
    taure.stop()
finish()
