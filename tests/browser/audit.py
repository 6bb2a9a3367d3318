#!/usr/bin/env python3
"""Every page under axe-core, light and dark, on a phone and a desk, folded and unfolded, and some in every theme; the
profile and a permalink under Lighthouse.

    target/test-env/py/bin/python tests/browser/audit.py           everything
    target/test-env/py/bin/python tests/browser/audit.py /drafts   only what has this in its address, without Lighthouse

Which pages there are is read from the routes in src/web: one that is not walked here fails.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import requests

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish, until  # noqa: E402
from page import Page  # noqa: E402
from taure import ENVIRONMENT, ROOT, Taure, picture  # noqa: E402

AUDIT = ENVIRONMENT / "audit" / "node_modules"
AXE = (AUDIT / "axe-core" / "axe.min.js").read_text("utf-8")
# Everything that axe-core holds to be wrong or a bad habit; nothing is left out.
RUN = """
    const done = arguments[arguments.length - 1];
    axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
       .then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + n.html.slice(0, 160)
            + ' ' + (n.any[0]?.message ?? '')).join(' | '))), e => done(['axe failed: ' + e]));
"""
# What else a person sees at once: the same name twice, and parts that nobody can tell apart by their names.
ALSO = """
    const ids = [...document.querySelectorAll('[id]')].map(e => e.id), twice = ids.filter((id, n) => ids.indexOf(id) !== n);
    const marks = [...document.querySelectorAll('nav, aside, section[aria-label]')].filter(e => e.checkVisibility())
        .map(e => e.tagName + ' ' + (e.ariaLabel ?? document.getElementById(e.getAttribute('aria-labelledby'))?.textContent ?? ''));
    const small = [...document.querySelectorAll('button, summary, select, input:not([type=hidden]):not(.hide), .btn, nav a')].filter(e => {
        // A label is pressed as its field is.
        const sizes = [e, ...e.labels ?? []].map(part => part.getBoundingClientRect());
        return e.checkVisibility({visibilityProperty: true}) && sizes[0].width > 1 && sizes.every(s => Math.min(s.width, s.height) < 24);
    });
    return [...new Set(twice)].map(id => 'two with the id ' + id)
        .concat(marks.filter((mark, n) => marks.indexOf(mark) !== n).map(mark => 'two of ' + mark))
        .concat(small.slice(0, 3).map(e => 'small: ' + e.outerHTML.slice(0, 120)));
"""
# Everything that is folded away, but for the menus that lie over others.
UNFOLD = "for (const fold of document.querySelectorAll('main details:not(.acts details)')) fold.open = true;"
# What is no page: files, feeds, answers for scripts, redirects, and what another test opens.
NO_PAGES = re.compile(
    r"^/(assets/|favicon|apple-touch|robots|sitemap|avatars/|headers/|media/\{\*|manifest|oembed|tags/\{name\}\.|@\{name\}/feed|proxy/|"
    r"health$|live|sw\.js|custom\.css|compose/completions|users/|auth/link|auth/code|auth/passkey|login|micropub|indieauth/metadata|"
    r"webmention$|setup/|settings/feeds/opml|settings/notifications/unread|settings/notifications/\{id\}/open|"
    r"settings/blocks/export\.csv|settings/export/archive\.zip|settings/export/\{name\})")


class Blog(BaseHTTPRequestHandler):
    """Another site on loopback: a page that links to Alice's post, a feed, and an app."""
    protocol_version = "HTTP/1.1"
    link = ""

    def do_GET(self):
        item = "<item><title>A lamp</title><link>{0}/lamp</link><guid>{0}/lamp</guid><description>Lit</description></item>"
        feed = "<rss version='2.0'><channel><title>The blog</title><link>{0}</link>" + item + "</channel></rss>"
        page = ("<!doctype html><title>A blog</title><p class='h-app'><a class='u-url p-name' href='/'>A blog</a></p><div class='h-entry'>"
                "<p class='p-author h-card'>Carol</p><a class='u-in-reply-to' href='{1}'>this</a><p class='e-content'>A fine lamp</p></div>")
        text = (feed if self.path == "/feed" else page).format(elsewhere, Blog.link).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml" if self.path == "/feed" else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


class Browser:
    """The owner's forms, sent without a browser."""

    def __init__(self, taure):
        self.taure, self.http = taure, requests.Session()
        self.http.trust_env = False
        self.send("/auth/sign_in", password=taure.password)

    def send(self, path, **fields):
        found = re.search('name="csrf" value="([^"]*)"', self.http.get(f"{self.taure.url}/settings/profile", timeout=20).text)
        fields["csrf"] = found[1] if found else ""
        answer = self.http.post(self.taure.url + path, data=fields, timeout=30, allow_redirects=False)
        assert answer.status_code in (200, 303), f"{path} answered {answer.status_code}: {answer.text[:2000]}"
        return answer


web = ThreadingHTTPServer(("127.0.0.1", 0), Blog)
threading.Thread(target=web.serve_forever, daemon=True).start()
elsewhere = f"http://localhost:{web.server_port}"
taure, bea, carol = Taure("alice", "Alice"), Taure("bea", "Bea"), Taure("carol", "Carol")
for server in (taure, bea, carol):
    server.start()
    server.sign_in()
them = taure.resolve(f"bea@{bea.domain}")
taure.post(f"/api/v1/accounts/{them['id']}/follow")
me = bea.resolve(f"alice@{taure.domain}")
bea.post(f"/api/v1/accounts/{me['id']}/follow")
lamp = picture(taure.folder / "lamp.png", (1200, 800))
with lamp.open("rb") as file:
    media = taure.call("POST", "/api/v2/media", files={"file": file}, data={"description": "A lamp with lines around it"})
post = taure.post("/api/v1/statuses", status="A lamp, and the #light of it. https://example.org/", media_ids=[media["id"]])
taure.call("PATCH", "/api/v1/accounts/update_credentials", data={
    "note": "Writes about lamps, see https://example.org/lamps for more of them.", "discoverable": "true", "indexable": "true",
    "fields_attributes[0][name]": "Site", "fields_attributes[0][value]": "https://example.org/"})
taure.post("/api/v1/statuses", status="Which?", poll={"options": ["This", "That"], "expires_in": 86400})
taure.post("/api/v1/statuses", status="With a warning", spoiler_text="Careful", language="en")
taure.post(f"/api/v1/statuses/{post['id']}/pin")
edited = taure.post("/api/v1/statuses", status="Before the edit")
taure.call("PUT", f"/api/v1/statuses/{edited['id']}", json={"status": "After the edit"})
taure.post("/api/v1/statuses", status=f"@bea@{bea.domain} Only for you", visibility="direct")
with lamp.open("rb") as file:
    later = taure.call("POST", "/api/v2/media", files={"file": file}, data={"description": "The same lamp"})
planned = taure.post("/api/v1/statuses", status="Tomorrow", scheduled_at="2099-01-01T00:00:00Z", media_ids=[later["id"]])
lists = taure.post("/api/v1/lists", title="Friends")
taure.post(f"/api/v1/lists/{lists['id']}/accounts", account_ids=[them["id"]])
taure.post("/api/v1/tags/light/follow")
taure.post("/api/v1/featured_tags", name="light")
sieve = taure.post("/api/v2/filters", title="Spoilers", context=["home"], keywords_attributes=[{"keyword": "finale"}])
theirs = until(lambda: bea.resolve(post["url"], "statuses"), what="the post at Bea's")
bea.post("/api/v1/statuses", status=f"@alice@{taure.domain} What a lamp", in_reply_to_id=theirs["id"])
bea.post("/api/v1/statuses", status="The finale of #light was quite something, read https://example.org/light today")
bea.post(f"/api/v1/statuses/{theirs['id']}/favourite")
bea.post(f"/api/v1/statuses/{theirs['id']}/reblog")
bea.post("/api/v1/reports", account_id=me["id"], status_ids=[theirs["id"]], comment="Too bright", forward=True)
until(lambda: len(taure.get("/api/v1/notifications")) >= 4, what="notifications")
reply = taure.get(f"/api/v1/statuses/{post['id']}/context")["descendants"][0]
for verb in ("favourite", "bookmark"):
    taure.post(f"/api/v1/statuses/{reply['id']}/{verb}")
until(lambda: "finale" in str(taure.get("/api/v1/timelines/home")), what="Bea's post at home")
stranger = taure.resolve(f"carol@{carol.domain}")
alice_there = carol.resolve(f"alice@{taure.domain}")
taure.call("PATCH", "/api/v2/notifications/policy", json={"for_not_following": "filter"})
carol.post("/api/v1/statuses", status=f"@alice@{taure.domain} Is it for sale?")
until(lambda: taure.get("/api/v1/notifications/requests"), what="a request")
taure.call("PATCH", "/api/v1/accounts/update_credentials", data={"locked": "true"})
carol.post(f"/api/v1/accounts/{alice_there['id']}/follow")
until(lambda: taure.get("/api/v1/follow_requests"), what="a follow request")
taure.post("/api/v1/domain_blocks", domain="loud.example")
Blog.link = post["url"]
answer = requests.post(f"{taure.url}/webmention", data={"source": f"{elsewhere}/", "target": post["url"]}, timeout=20)
assert answer.status_code in (200, 201, 202), answer.text
forms = Browser(taure)
forms.send("/drafts", text="Half a thought", key="audit")
forms.send("/settings/feeds", address=f"{elsewhere}/feed")
draft = re.search('href="(/drafts/[^"]+)"', forms.http.get(f"{taure.url}/drafts", timeout=20).text)[1]
forms.send("/settings/blocks/lists", url=f"{elsewhere}/list.csv")
csrf = re.search('name="csrf" value="([^"]*)"', forms.http.get(f"{taure.url}/settings/import", timeout=20).text)[1]
answer = forms.http.post(f"{taure.url}/settings/import", timeout=20, data={"csrf": csrf, "kind": ""},
                         files={"file": ("follows.csv", "Account address,Show boosts,Notify on new posts,Languages\n"
                                                        f"carol@{carol.domain},true,false,\n", "text/csv")})
brought = re.search("/settings/import/[0-9]+", answer.url + answer.text)[0]
app = taure.post("/api/v1/apps", client_name="Pocket app", redirect_uris="urn:ietf:wg:oauth:2.0:oob", scopes="read write")
groups = taure.get("/api/v2/notifications", **{"grouped_types[]": ["favourite", "reblog"]})["notification_groups"]
group = next(g["group_key"] for g in groups if g["type"] == "favourite")

# What stands for the parameters of a route.
FILLED = {"{name}": ["alice", f"bea@{bea.domain}"], "{id}": [post["id"]], "{host}": [bea.domain], "{key}": [group]}
OAUTH = f"client_id={app['client_id']}&redirect_uri=urn:ietf:wg:oauth:2.0:oob&response_type=code&scope=read+write"
INDIEAUTH = (f"client_id={elsewhere}/&redirect_uri={elsewhere}/back&response_type=code&scope=create&state=1"
             f"&code_challenge={'a' * 43}&code_challenge_method=S256")
OWN = {
    "/": ["/", "/?welcome=1"],
    "/@{name}/{id}": [f"/@alice/{post['id']}", f"/@alice/{edited['id']}", f"/@bea@{bea.domain}/{reply['id']}"],
    "/@{name}/{id}/history": [f"/@alice/{edited['id']}/history"],
    "/@{name}/followers": ["/@alice/followers"],
    "/@{name}/following": ["/@alice/following"],
    "/lists/{id}": [f"/lists/{lists['id']}"],
    "/lists/{id}/edit": [f"/lists/{lists['id']}/edit"],
    "/lists/{id}/delete": [f"/lists/{lists['id']}/delete"],
    "/lists/{id}/members": [f"/lists/{lists['id']}/members"],
    "/tags/{name}": ["/tags/light"],
    "/posts/{id}/edit": [f"/posts/{post['id']}/edit"],
    "/posts/{id}/redraft": [f"/posts/{post['id']}/redraft"],
    "/drafts/{id}": [draft],
    "/scheduled/{id}/edit": [f"/scheduled/{planned['id']}/edit"],
    "/settings/import/{id}": [brought],
    "/settings/blocks/servers/edit": ["/settings/blocks/servers/edit?domain=loud.example"],
    "/settings/filters/{id}": [f"/settings/filters/{sieve['id']}"],
    "/@{name}/{id}/embed": [f"/@alice/{post['id']}/embed"],
    "/compose": ["/compose", f"/compose?in_reply_to={reply['id']}", f"/compose?quote={reply['id']}"],
    "/search": ["/search", "/search?q=lamp", f"/search?q=bea@{bea.domain}", "/search?q=%23light", "/search?q=nothingofthekind"],
    "/notifications": ["/notifications", "/notifications?only=mentions", "/notifications?only=polls"],
    "/authorize_interaction": [f"/authorize_interaction?uri=acct:bea@{bea.domain}"],
    "/oauth/authorize": [f"/oauth/authorize?{OAUTH}"],
    "/oauth/authorize/native": ["/oauth/authorize/native?code=abc"],
    "/indieauth": [f"/indieauth?{INDIEAUTH}"],
}


def routes():
    """Every path of a GET route of the pages, as the code has it."""
    found, shared = set(), {}
    for file in (ROOT / "src" / "web").rglob("*.rs"):
        shared |= dict(re.findall(r'pub\(super\) const ([A-Z]+): &str = "(/[^"]*)"', file.read_text("utf-8")))
    for file in (ROOT / "src" / "web").rglob("*.rs"):
        code = file.read_text("utf-8").split("#[cfg(test)]")[0]
        names = shared | dict(re.findall(r'const ([A-Z]+): &str = "(/[^"]*)"', code))
        found |= set(re.findall(r'\bget\(\s*"(/[^"]*)"', code))
        found |= {names[name] for name in re.findall(r"\bget\(\s*([A-Z]+),", code)}
    return sorted(path for path in found if not NO_PAGES.match(path))


def addresses(path):
    """The addresses that stand for a route's path."""
    if path in OWN:
        return OWN[path]
    filled = [path]
    for name, values in FILLED.items():
        filled = [f.replace(name, value) for f in filled for value in values] if name in path else filled
    return filled


def judged(page, address):
    """What is wrong with the page as it is now, seen from its top: a thread begins at its post, with others under the bar."""
    page.driver.execute_script("scrollTo(0, 0)")
    if not page.driver.execute_script("return 'axe' in window"):
        page.driver.execute_script(AXE)
    wrong = page.driver.execute_async_script(RUN) + page.driver.execute_script(ALSO)
    # Also as a language that is written from right to left would have it.
    for direction in ("rtl", "ltr"):
        wide = page.driver.execute_script("document.documentElement.dir = arguments[0];"
                                          "return document.scrollingElement.scrollWidth - innerWidth", direction)
        if wide > 1:
            wrong.append(f"{wide} px wider than the screen, {direction}")
    return [f"{address}: {what}" for what in wrong]


def walk(page, who, paths, looks=(("light", 320, False), ("light", 1280, False), ("dark", 1280, True), ("dark", 320, True))):
    """Each page in light and dark, narrow and wide, at first as it comes and then unfolded."""
    for address in paths:
        if ONLY and not any(part in address for part in ONLY):
            continue
        with check(f"axe-core finds nothing on {address}, {who}"):
            page.open(taure.url + address)
            assert (page.one("h1").text == "Nothing here") == (address in MISSING), page.text()[:200]
            wrong = []
            for scheme, width, unfolded in looks:
                page.scheme(scheme)
                page.width(width)
                if unfolded:
                    page.driver.execute_script(UNFOLD)
                wrong += judged(page, f"{scheme}, {width} px{', unfolded' if unfolded else ''}")
            assert not wrong, "; ".join(wrong)[:2000]


visitor = Page(taure.folder / "visitor")
ONLY = sys.argv[1:]
MISSING = ("/@nobody", "/nothing-here")
public = ["/", "/?tab=replies", "/?tab=media", "/?tab=about", f"/@alice/{post['id']}", f"/@alice/{edited['id']}/history", "/tags/light",
          "/about", "/privacy-policy", "/terms-of-service", "/auth/sign_in", *MISSING, "/offline", "/@alice/followers", "/@alice/following",
          "/interact", f"/interact/{post['id']}", f"/oauth/authorize?{OAUTH}", f"/indieauth?{INDIEAUTH}", f"/@alice/{post['id']}/embed"]
print("For visitors")
walk(visitor, "visitor", public)

print("For the owner")
owner = Page(taure.folder / "owner")
owner.open(f"{taure.url}/auth/sign_in")
owner.fill("password", taure.password)
owner.press("^sign in", css="form button")
until(lambda: owner.all("nav.rooms"), what="the owner's rooms")
pages = [address for path in routes() for address in addresses(path)]
with check("no page is left out"):
    left = [address for address in pages if "{" in address]
    assert not left and len(pages) > 85, left or len(pages)
walk(owner, "owner", [address for address in pages if "{" not in address])

print("In other looks")
some = ["/", f"/@alice/{post['id']}", "/notifications", "/settings/appearance"]
for look in ({"theme": "contrast", "density": "compact", "size": "larger"}, {"accent": "olive", "font": "serif"}, {"theme": "dark", "accent": "rose"}):
    forms.send("/settings/appearance", keys="1", **look)
    walk(owner, " ".join(look.values()), some)
forms.send("/settings/appearance", keys="1")

if ONLY:
    finish()
print("Lighthouse")
for name, address in (("profile", "/"), ("permalink", f"/@alice/{post['id']}")):
    with check(f"Lighthouse gives the {name} 95 and more for all it judges"):
        best = {}
        # A machine that does other things makes pages look slow: the best of three.
        for _ in range(3):
            with tempfile.NamedTemporaryFile(suffix=".json") as report:
                subprocess.run(
                    [ENVIRONMENT / "py" / "bin" / "node", AUDIT / "lighthouse" / "cli" / "index.js", taure.url + address, "--quiet",
                     "--output=json", f"--output-path={report.name}",
                     "--chrome-flags=--headless=new --no-sandbox --disable-gpu --no-proxy-server --disable-dev-shm-usage"],
                    env=os.environ | {"CHROME_PATH": "/usr/bin/chromium"}, check=True, timeout=180, capture_output=True)
                told = json.loads(Path(report.name).read_text("utf-8"))
            scores = {name: category["score"] * 100 for name, category in told["categories"].items()}
            best = {name: max(score, best.get(name, 0)) for name, score in scores.items()}
            if min(best.values()) >= 95:
                break
        low = [f"{audit['id']}: {audit['title']}" for audit in told["audits"].values() if (audit["score"] or 0) < 1
               and audit["scoreDisplayMode"] in ("binary", "numeric", "metricSavings")]
        print(f"          {' '.join(f'{name} {score:.0f}' for name, score in best.items())}")
        assert min(best.values()) >= 95, f"{best}: {low}"

for server in (taure, bea, carol):
    with check(f"nothing panicked at {server.username}'s"):
        assert "panicked" not in server.log.read_text("utf-8", "replace")
finish()
