"""Makes archives as Mastodon's `app/services/backup_service.rb` writes them."""
import io
import json
import random
import zipfile
from datetime import datetime, timedelta, timezone

from PIL import Image

OLD = "https://old.example"
ACTOR = f"{OLD}/users/me"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
FOLLOWERS = f"{ACTOR}/followers"
BEGIN = datetime(2019, 3, 1, 8, 0, tzinfo=timezone.utc)


def picture(dice, size=64):
    out = io.BytesIO()
    Image.frombytes("RGB", (size, size), dice.randbytes(size * size * 3)).save(out, "PNG")
    return out.getvalue()


def path_of(number):
    digits = f"{number:018d}"
    parts = "/".join(digits[at:at + 3] for at in range(0, 18, 3))
    return f"media_attachments/files/{parts}/original/{number:016x}.png"


def note(number, when, **more):
    uri = f"{ACTOR}/statuses/{number}"
    content = more.pop("content", f"<p>Number {number}, and a word about otters</p>")
    to, cc = more.pop("to", [PUBLIC]), more.pop("cc", [FOLLOWERS])
    stamp = when.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"id": f"{uri}/activity", "type": "Create", "actor": ACTOR, "published": stamp, "to": to, "cc": cc,
            "object": {"id": uri, "type": "Note", "summary": None, "inReplyTo": None, "published": stamp,
                       "url": f"{OLD}/@me/{number}", "attributedTo": ACTOR, "to": to, "cc": cc, "sensitive": False,
                       "atomUri": uri, "inReplyToAtomUri": None,
                       "conversation": f"tag:old.example,2019-03-01:objectId={number}:objectType=Conversation",
                       "content": content, "contentMap": {"en": content}, "attachment": [], "tag": [],
                       "replies": {"id": f"{uri}/replies", "type": "Collection"}} | more}


def attachment(number, words):
    return {"type": "Document", "mediaType": "image/png", "url": path_of(number), "name": words,
            "blurhash": "UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH", "focalPoint": [0.5, -0.25], "width": 64, "height": 64}


def boost(number, when):
    return {"id": f"{ACTOR}/statuses/{number}/activity", "type": "Announce", "actor": ACTOR,
            "published": when.strftime("%Y-%m-%dT%H:%M:%SZ"), "to": [PUBLIC], "cc": [FOLLOWERS],
            "object": f"https://far.example/users/bob/statuses/{number}"}


def large(path, posts=10_000, files=2_000, seed=3):
    """So many posts that are to be taken, so many files with them, and beside them boosts and letters.

    Returns what the report must say: items in all, boosts, letters, and files that are missing."""
    dice = random.Random(seed)
    items, names, number, when = [], [], 100_000, BEGIN
    boosts = letters = missing = made = 0
    while made < posts:
        number += dice.randint(1, 9)
        when += timedelta(minutes=dice.randint(0, 300))
        turn = dice.random()
        if turn < 0.1:
            items.append(boost(number, when))
            boosts += 1
            continue
        if turn < 0.12:
            items.append(note(number, when, to=["https://far.example/users/bob"], cc=[]))
            letters += 1
            continue
        more = {}
        if turn < 0.2:
            more = {"to": [FOLLOWERS], "cc": []}
        elif turn < 0.3:
            more = {"to": [FOLLOWERS], "cc": [PUBLIC]}
        if turn > 0.9:
            more["inReplyTo"] = f"{ACTOR}/statuses/{dice.choice(items)['id'].split('/')[-2]}" if items else None
        if turn > 0.97:
            more |= {"type": "Question", "oneOf": [
                {"type": "Note", "name": name, "replies": {"type": "Collection", "totalItems": count}}
                for name, count in (("Tea", 7), ("Coffee", 3))], "votersCount": 10,
                "endTime": (when + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "closed": (when + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")}
        if len(names) < files and (made % max(1, 2 * posts // files) == 0):
            more["attachment"] = []
            for _ in range(4):
                names.append(10_000 + len(names))
                more["attachment"].append(attachment(names[-1], f"Picture {names[-1]}"))
        more["tag"] = [{"type": "Hashtag", "href": f"{OLD}/tags/otters", "name": "#otters"}]
        items.append(note(number, when, **more))
        made += 1
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in names:
            if name % 400 == 399:
                missing += 1
                continue
            out.writestr(path_of(name), picture(dice))
        out.writestr("outbox.json", json.dumps({
            "@context": "https://www.w3.org/ns/activitystreams", "id": "outbox.json", "type": "OrderedCollection",
            "totalItems": len(items), "orderedItems": items}))
        empty = {"@context": "https://www.w3.org/ns/activitystreams", "type": "OrderedCollection", "totalItems": 0}
        out.writestr("likes.json", json.dumps(empty | {
            "id": "likes.json", "orderedItems": [f"https://far.example/users/bob/statuses/{n}" for n in range(50)]}))
        out.writestr("bookmarks.json", json.dumps(empty | {"id": "bookmarks.json", "orderedItems": []}))
        out.writestr("avatar.png", picture(dice))
        out.writestr("actor.json", json.dumps({
            "@context": "https://www.w3.org/ns/activitystreams", "id": ACTOR, "type": "Person", "outbox": "outbox.json",
            "likes": "likes.json", "bookmarks": "bookmarks.json", "followers": FOLLOWERS, "preferredUsername": "me",
            "name": "Me", "icon": {"type": "Image", "mediaType": "image/png", "url": "avatar.png"}}))
    return {"items": len(items), "boosts": boosts, "letters": letters, "files": len(names), "missing": missing}
