#!/usr/bin/env python3
"""Every command of `toot` against Taure: each is run here, or left out with its reason.

    target/test-env/py/bin/python tests/clients/toot_commands.py

The commands come from toot itself, so a new version of it fails here until somebody has looked at what is new. They
run inside this process: toot takes a second to start, and there are two hundred of them. A second Taure is the friend
Bea. toot as a program of its own, signing in and an ordinary day are in toot_cli.py.
"""
import json
import os
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import click
import toot.cli
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import finish, until  # noqa: E402
from surface import called, complete, covers  # noqa: E402
from taure import Taure, picture, strip  # noqa: E402


def commands(group, path=()):
    """(words, command) of all that can be run: `lists add` and so on."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = {"/".join(words): (words, command.hidden) for words, command in commands(toot.cli.cli)}
LEFT_OUT = {name: "hidden: an old name" for name, (_, hidden) in COMMANDS.items() if hidden} | {
    "tui": "a screen for a person; it asks for what the commands ask for",
    "diag": "shows what is installed here; of the server it shows what `instance` does",
    "login": "called in toot_cli.py",
    "login_cli": "the password grant, which Mastodon has removed and Taure never had",
    "timeline": "deprecated in favour of `timelines`",
}
alice, bea = Taure("alice", "Alice"), Taure("bea", "Bea")
for server in (alice, bea):
    server.start()
    server.sign_in()
me, her = f"alice@{alice.domain}", f"bea@{bea.domain}"
config = alice.folder / "config" / "toot"
config.mkdir(parents=True)
app = alice.post("/api/v1/apps", client_name="toot", redirect_uris="urn:ietf:wg:oauth:2.0:oob", scopes="read write follow")
token = alice.run("token", "--name", "toot", "--scopes", "read write follow")
# What `toot login` writes; toot_cli.py goes the whole way.
(config / "config.json").write_text(json.dumps({
    "apps": {alice.domain: {"instance": alice.domain, "base_url": alice.url, "client_id": app["client_id"],
                            "client_secret": app["client_secret"]}},
    "users": {me: {"instance": alice.domain, "username": "alice", "access_token": token}}, "active_user": me}), "utf-8")
os.environ |= {"XDG_CONFIG_HOME": str(config.parent), "HOME": str(alice.folder), "COLUMNS": "100"}


def run(name, *arguments, fails=False):
    """Runs `lists/add` as `toot lists add`; returns what it printed. With `fails` it must end with an error."""
    words = [*COMMANDS[name][0], *map(str, arguments)]
    done = CliRunner().invoke(toot.cli.cli, words)
    if bool(done.exit_code) != fails:
        raise AssertionError(f"toot {' '.join(words)}: {done.output.strip()[-600:]} {done.exception or ''}")
    called.add(name)
    return done.output


def data(name, *arguments):
    return json.loads(run(name, *arguments, "--json"))


def ids(things):
    return [thing["id"] for thing in things]


print("toot, all of it: posts")

with covers("who is signed in, and where", "auth whoami instance activate"):
    assert me in run("auth") and "@alice" in run("whoami") and alice.domain in run("instance")
    run("activate", me)
    assert data("instance")["uri"] == alice.domain and data("whoami")["username"] == "alice"

with covers("posts of every kind: picture, poll, later, each visibility, language, answer", "post status upload"):
    lamp = picture(alice.folder / "lamp.webp", kind="WEBP")
    post = data("post", "A #lamp", "--media", lamp, "--description", "lines", "--language", "lv", "--sensitive")
    assert post["language"] == "lv" and post["sensitive"] and post["media_attachments"][0]["description"] == "lines"
    for visibility in ("unlisted", "private", "direct"):
        made = data("post", f"{visibility} words", "--visibility", visibility, "--spoiler-text", "cw")
        assert made["visibility"] == visibility and data("status", made["id"])["spoiler_text"] == "cw"
    poll = data("post", "Tea?", "--poll-option", "yes", "--poll-option", "no", "--poll-expires-in", "1h", "--poll-multiple")
    assert poll["poll"]["multiple"] and "Tea?" in run("status", poll["id"])
    later = data("post", "later", "--scheduled-in", "1d")
    when = datetime.fromisoformat(later["scheduled_at"].replace("Z", "+00:00"))
    assert timedelta(hours=23) < when - datetime.now(timezone.utc) < timedelta(hours=25)
    reply = data("post", "to myself", "--reply-to", post["id"])
    assert data("post", "and on", "--reply-last")["in_reply_to_id"] == reply["id"]
    assert data("upload", lamp, "--description", "alone")["description"] == "alone"

with covers("each mark on a post is set, shown and taken away",
            "favourite unfavourite bookmark unbookmark bookmarks reblog unreblog reblogged-by pin unpin thread "
            "timelines/favourites"):
    for verb, mark in (("favourite", "favourited"), ("bookmark", "bookmarked"), ("reblog", "reblogged"), ("pin", "pinned")):
        run(verb, post["id"])
        assert data("status", post["id"])[mark] is True, verb
    assert post["id"] in ids(data("timelines/favourites")) and "A #lamp" in run("bookmarks")
    assert [who["username"] for who in data("reblogged-by", post["id"])] == ["alice"]
    for verb, mark in (("favourite", "favourited"), ("bookmark", "bookmarked"), ("reblog", "reblogged"), ("pin", "pinned")):
        run(f"un{verb}", post["id"])
        assert data("status", post["id"])[mark] is False, f"un{verb}"
    thread = run("thread", post["id"])
    assert thread.index("A #lamp") < thread.index("to myself") < thread.index("and on")

with covers("a post is deleted", "delete"):
    run("delete", reply["id"])
    assert "not found" in run("status", reply["id"], fails=True).lower()

with covers("the account changes and its settings are kept", "update-account"):
    changed = data("update-account", "--display-name", "Alice T.", "--note", "By toot", "--avatar", lamp, "--header", lamp,
                   "--bot", "--discoverable", "--locked", "--privacy", "unlisted", "--sensitive", "--language", "lv")
    assert changed["display_name"] == "Alice T." and changed["bot"] and changed["locked"]
    assert changed["source"]["privacy"] == "unlisted" and changed["source"]["language"] == "lv"
    run("update-account", "--no-bot", "--privacy", "public", "--no-sensitive")
    assert not data("whoami")["bot"]

with covers("tags are followed and featured",
            "tags/info tags/follow tags/followed tags/unfollow tags/feature tags/featured tags/unfeature"):
    run("tags/follow", "lamp")
    assert "lamp" in run("tags/followed") and data("tags/info", "lamp")["following"]
    run("tags/unfollow", "lamp")
    assert data("tags/followed") == []
    run("tags/feature", "lamp")
    assert "lamp" in run("tags/featured")
    run("tags/unfeature", "lamp")
    assert data("tags/featured") == []

print("toot, all of it: other people")

with covers("people, posts and tags are found", "search whois"):
    assert her in run("search", bea.handle, "--resolve")
    friend = data("search", bea.handle, "--type", "accounts")["accounts"][0]
    hers = bea.post("/api/v1/statuses", status="By the #lake")
    assert strip(data("search", hers["url"], "--resolve")["statuses"][0]["content"]) == "By the #lake"
    assert [tag["name"] for tag in data("search", "lamp", "--type", "hashtags")["hashtags"]] == ["lamp"]
    assert her in run("whois", her) and data("whois", her)["id"] == friend["id"]

with covers("following, and being followed on request",
            "follow unfollow following followers follow-requests/list follow-requests/accept follow-requests/reject"):
    run("follow", her)
    until(lambda: her in run("following"), what="the Accept")
    mine = bea.resolve(alice.handle)["id"]
    bea.post(f"/api/v1/accounts/{mine}/follow")
    until(lambda: her in run("follow-requests/list"), what="her request")
    run("follow-requests/reject", her)
    assert data("follow-requests/list") == []
    until(lambda: not bea.get("/api/v1/accounts/relationships", id=mine)[0]["requested"], what="the Reject")
    bea.post(f"/api/v1/accounts/{mine}/follow")
    until(lambda: data("follow-requests/list"), what="her second request")
    run("follow-requests/accept", her)
    assert her in run("followers")
    run("unfollow", her)
    assert data("following") == []
    run("follow", her)

with covers("muting and blocking, listed and ended", "mute unmute muted block unblock blocked"):
    run("mute", her)
    assert her in run("muted")
    run("unmute", her)
    assert data("muted") == []
    run("block", her)
    assert her in run("blocked")
    run("unblock", her)
    assert data("blocked") == []

with covers("lists", "lists/create lists/list lists/add lists/accounts lists/remove lists/delete timelines/list"):
    run("follow", her)  # the block ended it
    until(lambda: data("following"), what="the Accept")
    made = data("lists/create", "Near", "--replies-policy", "list")
    assert "Near" in run("lists/list")
    run("lists/add", "Near", her)
    assert her in run("lists/accounts", "Near")
    bea.post("/api/v1/statuses", status="For the list #lake")
    until(lambda: "For the list" in run("timelines/list", "Near", "--no-pager"), what="her post in the list")
    run("lists/remove", "Near", her)
    assert data("lists/accounts", "--id", made["id"]) == []
    run("lists/delete", "Near")
    assert data("lists/list") == []

with covers("a poll is shown and answered", "polls/show polls/vote"):
    asked = bea.post("/api/v1/statuses", status="Swim?", poll={"options": ["yes", "no"], "expires_in": 600})
    there = data("search", asked["url"], "--resolve")["statuses"][0]["poll"]
    assert "yes" in run("polls/show", there["id"])
    assert data("polls/vote", there["id"], "1")["own_votes"] == [1]

with covers("each timeline",
            "timelines/home timelines/public timelines/tag timelines/account timelines/link timelines/trending"):
    assert "For the list" in run("timelines/home", "--no-pager") and "A #lamp" in run("timelines/public", "--local", "--no-pager")
    assert ids(data("timelines/tag", "lamp", "--only-media")) == [post["id"]]
    assert "For the list" in run("timelines/account", her, "--no-pager")
    page = f"{bea.url}/@bea"
    linked = data("post", f"See {page}")
    until(lambda: data("status", linked["id"])["card"], what="a card")
    assert ids(data("timelines/link", page)) == [linked["id"]] and isinstance(data("timelines/trending"), list)

with covers("notifications, by kind, and cleared", "notifications"):
    bea.post("/api/v1/statuses", status=f"{alice.handle} good morning")
    until(lambda: "good morning" in run("notifications"))
    assert {n["type"] for n in data("notifications", "--type", "mention")} == {"mention"}
    assert "mention" not in {n["type"] for n in data("notifications", "--exclude-type", "mention")}
    run("notifications", "--clear")
    assert data("notifications") == []

with covers("signing out forgets the account", "logout"):
    run("logout", me)
    assert me not in run("auth")

complete(sorted(COMMANDS), LEFT_OUT)
finish()
