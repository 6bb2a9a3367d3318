#!/usr/bin/env python3
"""Mastodon.py at home on Taure: in through the real OAuth pages, then what an app does on an ordinary day.

    target/test-env/py/bin/python tests/clients/mastodon_py.py

A second Taure plays the friend on another server. Mastodon.py checks types and dates strictly by itself.
"""
import base64
import hashlib
import secrets
import sys
from pathlib import Path
from urllib.parse import urlencode

import requests
from mastodon import Mastodon
from mastodon.errors import MastodonError, MastodonNotFoundError

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish, until  # noqa: E402
from forms import Browser  # noqa: E402
from taure import Taure, picture, strip  # noqa: E402

SCOPES = ["read", "write", "follow", "push"]
REDIRECT = "http://localhost:1/callback"

alice, bea = Taure("alice", "Alice"), Taure("bea", "Bea")
alice.start()
bea.start()
bea.sign_in()


def app_of(server):
    return Mastodon.create_app("Lane", scopes=SCOPES, redirect_uris=REDIRECT, api_base_url=server.url,
                               website="https://example.org")


def client(server, **rest):
    return Mastodon(api_base_url=server.url, ratelimit_method="throw", request_timeout=30, **rest)


print("Mastodon.py: signing in")
app_id, app_secret = app_of(alice)
browser = Browser()

with check("the app signs in through the pages and is sent back with a code and its state"):
    guest = client(alice, client_id=app_id, client_secret=app_secret)
    url = guest.auth_request_url(redirect_uris=REDIRECT, scopes=SCOPES, state="st4te", allow_http=True)
    back = browser.authorise(url, alice.username, alice.password, REDIRECT)
    assert back.get("state") == "st4te", back
    guest.log_in(code=back["code"], redirect_uri=REDIRECT, scopes=SCOPES, allow_http=True)
    assert guest.account_verify_credentials().username == "alice"

with check("a code works once"):
    try:
        guest.log_in(code=back["code"], redirect_uri=REDIRECT, scopes=SCOPES, allow_http=True)
        raise AssertionError("the second use was accepted")
    except MastodonError:
        pass

with check("with PKCE the wrong verifier is refused and the right one gets the token"):
    verifier = secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    query = {"client_id": app_id, "redirect_uri": REDIRECT, "response_type": "code", "scope": " ".join(SCOPES),
             "code_challenge": challenge, "code_challenge_method": "S256", "state": "pkce"}

    def exchange(code, word):
        return requests.post(f"{alice.url}/oauth/token", timeout=30, data={
            "grant_type": "authorization_code", "client_id": app_id, "client_secret": app_secret, "code": code,
            "redirect_uri": REDIRECT, "code_verifier": word})

    first = browser.authorise(f"{alice.url}/oauth/authorize?{urlencode(query)}", alice.username, alice.password, REDIRECT)
    wrong = exchange(first["code"], "x" * 50)
    assert wrong.status_code in (400, 401) and wrong.json()["error"] == "invalid_grant", wrong.text
    second = browser.authorise(f"{alice.url}/oauth/authorize?{urlencode(query)}", alice.username, alice.password, REDIRECT)
    right = exchange(second["code"], verifier)
    assert right.status_code == 200 and right.json()["token_type"].lower() == "bearer", right.text
    api = client(alice, client_id=app_id, client_secret=app_secret, access_token=right.json()["access_token"])
    me = api.account_verify_credentials()
    assert (me.username, me.display_name) == ("alice", "Alice"), me

with check("a wrong password does not sign in"):
    stranger = Browser()
    stranger.open(f"{alice.url}/oauth/authorize?{urlencode(query)}")
    away = stranger.sign_in(alice.username, "wrong" + alice.password, REDIRECT)
    assert away is None and stranger.sign_in_form(), stranger.answer.text[:300]

with check("another redirect address than the registered one is not followed"):
    answer = Browser()
    answer.open(f"{alice.url}/oauth/authorize?{urlencode(query | {'redirect_uri': 'http://localhost:1/evil'})}",
                leave_at="http://localhost:1/evil")
    assert answer.answer.status_code >= 400, answer.answer.status_code

with check("what an app asks at its start is answered"):
    assert api.instance_v1().uri == alice.domain
    api.instance_v2()
    api.preferences()
    api.custom_emojis()
    api.markers_get(["home", "notifications"])
    api.filters_v2()
    api.lists()
    api.announcements()
    api.app_verify_credentials()
    assert api.instance_nodeinfo()["software"]["name"] == "taure"

print("Mastodon.py: posting")
lamp = picture(alice.folder / "lamp.png")

with check("a post with an image, alt text, focus, language and content warning"):
    media = api.media_post(lamp, description="A lamp, drawn in lines", focus=(0.5, -0.5))
    media = until(lambda: (m := api.media(media)).url and m)
    post = api.status_post("Hello #Fediverse & everyone <b>", media_ids=[media], spoiler_text="lamps", sensitive=True,
                           language="en", visibility="public")
    shown = api.status(post)
    assert shown.spoiler_text == "lamps" and shown.sensitive and shown.language == "en"
    assert "<b>" not in shown.content and "Fediverse" in strip(shown.content), shown.content
    attached = shown.media_attachments[0]
    assert attached.type == "image" and attached.description == "A lamp, drawn in lines"
    assert attached.blurhash and attached.meta.original.width == 640 and attached.meta.original.height == 360
    assert [tag.name.lower() for tag in shown.tags] == ["fediverse"]
    assert shown.application.name == "Lane"

with check("the image and its preview can be fetched by anyone"):
    for url in (attached.url, attached.preview_url):
        answer = requests.get(url, timeout=30)
        assert answer.status_code == 200 and answer.headers["content-type"].startswith("image/"), url

with check("the same Idempotency-Key makes one post"):
    one = api.status_post("only once", idempotency_key="lane-1")
    two = api.status_post("only once", idempotency_key="lane-1")
    assert one.id == two.id

with check("home shows the posts, newest first, and pages without gaps or repeats"):
    made = [api.status_post(f"number {n}").id for n in range(6)]
    page = api.timeline_home(limit=4)
    seen = [status.id for status in page]
    while page := api.fetch_next(page):
        seen += [status.id for status in page]
    assert seen[:6] == made[::-1] and len(set(seen)) == len(seen) and one.id in seen and post.id in seen
    newer = api.timeline_home(min_id=made[0], limit=2)
    assert [status.id for status in newer] == [made[2], made[1]], "min_id takes the page next to it"

with check("tag and own timelines hold the post"):
    assert post.id in [s.id for s in api.timeline_hashtag("fediverse")]
    assert post.id in [s.id for s in api.account_statuses(me, only_media=True)]

with check("a thread shows ancestors and descendants in order"):
    reply = api.status_post("a reply to myself", in_reply_to_id=post)
    below = api.status_post("and one more", in_reply_to_id=reply)
    context = api.status_context(reply)
    assert [s.id for s in context.ancestors] == [post.id] and [s.id for s in context.descendants] == [below.id]
    assert api.status(post).replies_count == 1

with check("an edit shows, keeps its history, and its source is the text that was typed"):
    edited = api.status_update(below, "and one **more**, edited")
    assert edited.edited_at and "edited" in edited.content
    assert [strip(v.content) for v in api.status_history(below)][0] == "and one more"
    assert api.status_source(below).text == "and one **more**, edited"

with check("favourite, bookmark, boost and pin are marks that can be taken away"):
    assert api.status_favourite(post).favourited and post.id in [s.id for s in api.favourites()]
    assert api.status_bookmark(post).bookmarked and post.id in [s.id for s in api.bookmarks()]
    assert api.status_reblog(post).reblog.id == post.id and api.status(post).reblogged
    assert api.status_pin(post).pinned and post.id in [s.id for s in api.account_statuses(me, pinned=True)]
    assert not api.status_unfavourite(post).favourited and not api.status_unbookmark(post).bookmarked
    api.status_unreblog(post)
    after = api.status(post)
    assert not after.reblogged and after.reblogs_count == 0 and not api.status_unpin(post).pinned

with check("delete gives the text back, and the post is gone"):
    gone = api.status_delete(below)
    assert gone.text == "and one **more**, edited"
    try:
        api.status(below)
        raise AssertionError("the post is still there")
    except MastodonNotFoundError:
        pass

with check("the profile changes, avatar and fields included"):
    face = picture(alice.folder / "face.jpg", (500, 500), (30, 90, 160), "JPEG")
    changed = api.account_update_credentials(display_name="Alice L.", note="Lamps.", avatar=face,
                                             fields=[("Site", "https://example.org"), ("Pronouns", "she")])
    assert changed.display_name == "Alice L." and changed.source.note == "Lamps." and changed.source.fields[1].value == "she"
    assert not changed.avatar.endswith("missing.png")
    assert requests.get(changed.avatar, timeout=30).headers["content-type"].startswith("image/")

print("Mastodon.py: with somebody on another server")

with check("search resolves a handle of another server"):
    found = api.search_v2(bea.handle, resolve=True).accounts[0]
    assert found.acct == f"bea@{bea.domain}" and found.display_name == "Bea"
    assert api.account_lookup(f"bea@{bea.domain}").id == found.id

with check("search resolves a post by its address"):
    hers = bea.post("/api/v1/statuses", status="A post from Bea", language="en")
    there = api.search_v2(hers["url"], resolve=True).statuses[0]
    assert there.account.acct == found.acct and strip(there.content) == "A post from Bea"

with check("follow is accepted, and her next post is in home"):
    api.account_follow(found)
    until(lambda: api.account_relationships(found)[0].following, what="the Accept")
    bea.post("/api/v1/statuses", status="For my followers", visibility="private")
    arrived = until(lambda: [s for s in api.timeline_home() if "For my followers" in s.content], what="her post in home")[0]
    assert arrived.visibility == "private"

with check("she mentions, favourites, boosts and follows: each is a notification"):
    public = api.status_post("Who reads this?")
    mine = until(lambda: bea.resolve(public.url, "statuses"))
    bea.post(f"/api/v1/statuses/{mine['id']}/favourite")
    bea.post(f"/api/v1/statuses/{mine['id']}/reblog")
    bea.post("/api/v1/statuses", status=f"{alice.handle} I do", in_reply_to_id=mine["id"])
    bea.post(f"/api/v1/accounts/{mine['account']['id']}/follow")
    wanted = {"favourite", "reblog", "mention", "follow"}
    until(lambda: wanted <= {n.type for n in api.notifications()}, what="four notifications")
    only = api.notifications(types=["mention"])
    assert {n.type for n in only} == {"mention"} and only[0].status.in_reply_to_id == public.id
    counted = api.status(public)
    assert (counted.favourites_count, counted.reblogs_count, counted.replies_count) == (1, 1, 1)

with check("an answer, a favourite and a boost reach her"):
    answer = only[0].status
    api.status_favourite(answer)
    api.status_reblog(answer)
    api.status_reply(answer, "Thank you")
    until(lambda: {"favourite", "reblog", "mention"} <= {n["type"] for n in bea.get("/api/v1/notifications")})

with check("notifications can be dismissed one by one and cleared"):
    api.notifications_dismiss(api.notifications()[0])
    api.notifications_clear()
    assert api.notifications() == []

with check("unfollow ends it"):
    assert not api.account_unfollow(found).following
    until(lambda: bea.get(f"/api/v1/accounts/{mine['account']['id']}")["following_count"] is not None)
    until(lambda: not bea.get("/api/v1/accounts/relationships", id=mine["account"]["id"])[0]["followed_by"])

with check("after revoking, the token is worth nothing"):
    api.revoke_access_token(allow_http=True)
    answer = requests.get(f"{alice.url}/api/v1/accounts/verify_credentials", timeout=30,
                          headers={"Authorization": f"Bearer {right.json()['access_token']}"})
    assert answer.status_code == 401, answer.status_code

finish()
