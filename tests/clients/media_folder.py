#!/usr/bin/env python3
"""What becomes of every file of tests/fixtures/media, from the upload to the bytes that a stranger gets.

    target/test-env/py/bin/python tests/clients/media_folder.py [PART OF A NAME ...]

The table below says it file by file. Needs exiftool, which looks for words in what is served.
"""
import io
import re
import sys
import time
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import requests
from mastodon import Mastodon
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish, until  # noqa: E402
from files import ends_at_once, secrets_in, talkative  # noqa: E402
from taure import Taure  # noqa: E402

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "media"
RED, GREEN, BLUE, YELLOW = (220, 40, 40), (40, 180, 60), (40, 60, 210), (230, 210, 50)
QUARTERS = (RED, GREEN, BLUE, YELLOW)
# The same numbers read as Display P3 are these in sRGB, as Little CMS computes.
VIVID = ((241, 0, 13), (0, 184, 24), (28, 58, 219), (235, 210, 0))
GREY = ((94, 94, 94), (124, 124, 124), (71, 71, 71), (198, 198, 198))


@dataclass
class Row:
    name: str
    kind: str = "image"
    mime: str = "image/jpeg"
    size: tuple = (160, 120)
    colours: tuple = QUARTERS
    seconds: float = 0
    refused: str = ""
    frames: int = 1
    clear: bool = False  # the middle is transparent


def jpeg(name, **rest):
    return Row(name, **rest)


def png(name, **rest):
    return Row(name, mime="image/png", **rest)


def film(name, kind="video", mime="video/mp4", seconds=1.2, **rest):
    return Row(name, kind, mime, seconds=seconds, **rest)


def sound(name, mime, seconds=1.5):
    return Row(name, "audio", mime, (), (), seconds)


def refused(name, reason):
    return Row(name, refused=reason)


TABLE = [
    *(jpeg(f"phone-{number}.jpg") for number in range(1, 9)),
    jpeg("progressive.jpg"),
    jpeg("cmyk.jpg"),
    jpeg("grey.jpg", colours=GREY),
    jpeg("display-p3.jpg", colours=VIVID),
    jpeg("motion-photo.jpg"),
    jpeg("zip-behind.jpg"),
    jpeg("cut.jpg", size=(320, 240), colours=(RED, GREEN)),
    png("sixteen-bit.png"),
    png("interlaced.png"),
    png("palette.png", clear=True),
    png("texts.png", colours=VIVID),
    png("animated.png"),
    png("bomb-itxt.png"),
    png("bomb-iccp.png"),
    png("still.gif"),
    png("script-behind.gif"),
    Row("animated.gif", mime="image/gif", frames=4),
    jpeg("animated.webp"),
    jpeg("lossless.webp"),
    png("alpha.webp", clear=True),

    film("iphone.mov"),
    film("action-camera.mp4"),
    film("moov-at-end.mp4"),
    film("rotated.mp4", size=(120, 160), colours=(BLUE, RED, YELLOW, GREEN)),
    film("bframes.mp4"),
    film("fragmented.mp4"),
    film("hevc.mp4"),
    film("av1.mp4"),
    film("silent.mp4", "gifv"),
    film("vp9-opus.webm", mime="video/webm"),
    film("vp8-vorbis.webm", mime="video/webm"),
    film("silent.webm", "gifv", "video/webm"),
    sound("tagged.mp3", "audio/mpeg"),
    sound("vbr.mp3", "audio/mpeg", 3.0),
    sound("vorbis.ogg", "audio/ogg"),
    sound("opus.opus", "audio/ogg"),
    sound("tagged.flac", "audio/flac"),
    sound("listed.wav", "audio/(x-|vnd.)?wave?"),
    sound("tagged.m4a", "audio/(x-m4a|mp4)"),

    refused("photo.avif", "AVIF"),
    refused("photo.heic", "HEI[CF]"),
    refused("h264.mkv", "Matroska|MKV"),
    refused("mpeg4.mp4", "MPEG-4|mp4v"),
    refused("mjpeg.mov", "JPEG"),
    refused("theora.ogv", "Theora|Ogg video"),
    refused("bomb-30000.png", "memory|pixels|30000"),
    refused("bomb-wide.png", "memory|pixels|10001"),
    refused("bomb-frames.gif", "frames"),
    refused("cut.png", "damaged|incomplete|ends"),
    refused("cut.mp4", "damaged|incomplete|ends|broken"),
    refused("cut-in-mdat.mp4", "damaged|incomplete|ends|broken"),
    refused("page.png", "not a (picture|film|kind)|HTML|supported"),
    refused("drawing.svg", "SVG"),
    refused("actor.jpg", "not a (picture|film|kind)|supported"),
    refused("paper.pdf", "PDF"),
    refused("empty.jpg", "empty"),
]

alice = Taure("alice", "Alice", environment={"TAURE_RATE_LIMIT": "0"})
alice.start()
token = alice.sign_in()
stranger = requests.Session()
stranger.trust_env = False
used = {}  # served address -> bytes


def kept():
    """Every file of the data folder but those of the database."""
    return sorted(str(path.relative_to(alice.data)) for path in alice.data.rglob("*")
                  if path.is_file() and not path.name.startswith(("taure.db", "serve.lock")))


def answer_json(answer):
    assert answer.headers["content-type"].startswith("application/json"), answer.text[:200]
    return answer.json()


def upload(path, version=2):
    """Sends a file and waits until it is ready or refused; returns (status, the last answer)."""
    with path.open("rb") as file:
        answer = alice.http.post(f"{alice.url}/api/v{version}/media", files={"file": (path.name, file)}, timeout=120)
    if answer.status_code != 202:
        return answer.status_code, answer_json(answer)
    accepted = answer_json(answer)
    assert accepted["url"] is None, f"202 with an address: {accepted}"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        answer = alice.http.get(f"{alice.url}/api/v1/media/{accepted['id']}", timeout=30)
        if answer.status_code != 206:
            return answer.status_code, answer_json(answer)
        assert answer_json(answer)["url"] is None, "206 with an address"
        time.sleep(0.2)
    raise AssertionError("still worked on after 60 s")


def inert(head):
    """Nothing runs in it, even when it is opened by itself."""
    assert set(re.split(", *", head.get("x-content-type-options", ""))) == {"nosniff"}, head.get("x-content-type-options")
    assert "sandbox" in head.get("content-security-policy", ""), head.get("content-security-policy")


def served(url, mime):
    """The bytes that anybody gets, after a look at the headers."""
    answer = stranger.get(url, timeout=30)
    head = answer.headers
    assert answer.status_code == 200, f"{url} answered {answer.status_code}"
    assert re.fullmatch(mime, head["content-type"].split(";")[0]), f"{head['content-type']}, not {mime}"
    inert(head)
    assert "immutable" in head.get("cache-control", ""), head.get("cache-control")
    assert int(head["content-length"]) == len(answer.content) > 0
    used[url] = answer.content
    return answer.content


def clean(data, name):
    assert not secrets_in(data), f"{name} tells {secrets_in(data)}"
    assert ends_at_once(data), f"{name}: something stands behind its end"
    assert not talkative(data), f"{name}: {talkative(data)[:12]}"


def near(seen, wanted, tolerance=40):
    return all(abs(a - b) <= tolerance for a, b in zip(seen[:3], wanted, strict=True))


def look(picture, colours, name):
    """The corners from the top left, as a person sees them; fewer colours than corners leave the last unasked."""
    picture = picture.convert("RGB")
    right, bottom = picture.width - 1 - picture.width // 10, picture.height - 1 - picture.height // 10
    left, top = picture.width // 10, picture.height // 10
    corners = [picture.getpixel(at) for at in ((left, top), (right, top), (left, bottom), (right, bottom))]
    for seen, wanted in zip(corners, colours, strict=False):
        assert near(seen, wanted), f"{name}: corners {corners}, not {list(colours)}"


def decoded(data):
    """Counts of the frames that can be decoded, by the type of their stream, and the first picture, upright."""
    counts, first, turned = {"video": 0, "audio": 0}, None, 0
    with av.open(io.BytesIO(data)) as box:
        streams = [stream for stream in box.streams if stream.type in counts
                   and not (stream.type == "video" and stream.codec_context.name == "mjpeg")]
        others = [stream.type for stream in box.streams if stream not in streams]
        for frame in box.decode(*streams):
            if isinstance(frame, av.VideoFrame):
                counts["video"] += 1
                if first is None:
                    first, turned = frame.to_image(), frame.rotation
            else:
                counts["audio"] += 1
    return counts, first.rotate(turned, expand=True) if first else None, others


def moov_first(data):
    at, order = 0, []
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at:at + 4], "big"), data[at + 4:at + 8]
        size = int.from_bytes(data[at + 8:at + 16], "big") if size == 1 else size or len(data) - at
        order.append(kind)
        at += size
    return b"moov" in order and order.index(b"moov") < order.index(b"mdat")


def sees_picture(row, media):
    original, small = media["meta"]["original"], media["meta"]["small"]
    assert (original["width"], original["height"]) == row.size, original
    assert original["size"] == f"{row.size[0]}x{row.size[1]}"
    assert abs(original["aspect"] - row.size[0] / row.size[1]) < 0.01 and small["width"] > 0
    assert media["blurhash"], "no blurhash"
    picture = Image.open(io.BytesIO(served(media["url"], row.mime)))
    assert picture.size == row.size and getattr(picture, "n_frames", 1) == row.frames, picture
    look(picture, row.colours, row.name)
    if row.clear:
        assert picture.convert("RGBA").getpixel((row.size[0] // 2, row.size[1] // 2))[3] < 40, "the middle is not clear"
    preview = served(media["preview_url"], "image/(jpeg|png)")
    look(Image.open(io.BytesIO(preview)), row.colours, "the preview")


def sees_film(row, media):
    original, source = media["meta"]["original"], (FIXTURES / row.name).read_bytes()
    assert (original["width"], original["height"]) == row.size, original
    assert abs(original["duration"] - row.seconds) <= 0.1 and original["bitrate"] > 0, original
    assert abs(Fraction(original["frame_rate"]) - 25) < Fraction(1, 4), original["frame_rate"]
    data = served(media["url"], row.mime)
    before, after = decoded(source), decoded(data)
    assert after[0] == before[0] and after[0]["video"] == 30, f"frames {after[0]}, in the source {before[0]}"
    assert not after[2], f"other tracks than picture and sound: {after[2]}"
    look(after[1], row.colours, row.name)
    if row.mime == "video/mp4":
        assert moov_first(data), "moov does not stand before mdat"
    if media["preview_url"] and media["preview_url"] != media["url"]:
        preview = Image.open(io.BytesIO(served(media["preview_url"], "image/(jpeg|png)")))
        assert abs(preview.width / preview.height - row.size[0] / row.size[1]) < 0.02, preview.size


def hears_sound(row, media):
    original = media["meta"]["original"]
    assert abs(original["duration"] - row.seconds) <= 0.1 and original["bitrate"] > 0, original
    data = served(media["url"], row.mime)
    before, after = decoded((FIXTURES / row.name).read_bytes()), decoded(data)
    assert after[0] == before[0] and after[0]["audio"] > 0, f"frames {after[0]}, in the source {before[0]}"
    if row.name.endswith(".m4a"):
        assert moov_first(data), "moov does not stand before mdat"


def stays(row):
    status, media = upload(FIXTURES / row.name)
    assert status == 200, f"{status}: {media}"
    assert media["type"] == row.kind and media["url"], media
    {"image": sees_picture, "audio": hears_sound}.get(row.kind, sees_film)(row, media)
    for url in {media["url"], media["preview_url"]} & set(used):
        data = used[url]
        clean(data, row.name if url == media["url"] else f"the preview of {row.name}")


def goes(row):
    before = kept()
    status, told = upload(FIXTURES / row.name)
    assert status == 422, f"{status}: {told}"
    assert re.search(row.refused, told["error"], re.I), f"the reason is {told['error']!r}, not /{row.refused}/"
    until(lambda: kept() == before, 10, f"the files from before: {sorted(set(kept()) ^ set(before))}")


wanted = sys.argv[1:]
rows = [row for row in TABLE if not wanted or any(part in row.name for part in wanted)]
print(f"Every file of the folder: {len(rows)}")
for row in rows:
    if row.refused:
        with check(f"{row.name} is refused with a reason, and leaves nothing behind"):
            goes(row)
    else:
        with check(f"{row.name} is {row.kind} of {row.mime}, whole, upright, and tells nothing"):
            stays(row)

with check("every file of the folder stands in the table, and the table names no other"):
    assert {row.name for row in TABLE} == {path.name for path in FIXTURES.iterdir()} - {"make"}

with check("the look for notes finds those of every file that has some"):
    blind = [path.name for path in FIXTURES.iterdir() if path.name not in ("make", "cut.mp4", "cut-in-mdat.mp4")
             and (data := path.read_bytes()) and secrets_in(data) and not talkative(data)]
    assert set(blind) <= {"drawing.svg", "page.png", "theora.ogv", "script-behind.gif", "zip-behind.jpg"}, blind

print("Around them")
with check("a part of a served file is answered with that part"):
    url, data = max(used.items(), key=lambda pair: len(pair[1]))
    for asked, part in (("0-9", data[:10]), (f"{len(data) - 5}-", data[-5:]), ("-7", data[-7:]), ("3-3", data[3:4])):
        answer = stranger.get(url, headers={"Range": f"bytes={asked}"}, timeout=30)
        assert answer.status_code == 206 and answer.content == part, f"{asked}: {answer.status_code}"
        assert re.fullmatch(rf"bytes \d+-\d+/{len(data)}", answer.headers["content-range"]), answer.headers
        inert(answer.headers)
    beyond = stranger.get(url, headers={"Range": f"bytes={len(data)}-"}, timeout=30)
    assert beyond.status_code == 416, beyond.status_code

with check("the first version of the API answers when it is ready: a picture and a film"):
    for name in ("phone-6.jpg", "moov-at-end.mp4"):
        status, media = upload(FIXTURES / name, version=1)
        assert status == 200 and media["url"], f"{name}: {status} {media}"

with check("Mastodon.py uploads a film, waits for it, and posts it with its description"):
    api = Mastodon(api_base_url=alice.url, access_token=token, ratelimit_method="throw", request_timeout=60)
    media = api.media_post(FIXTURES / "iphone.mov", description="Four colours", synchronous=True)
    post = api.status_post("A film", media_ids=[media])
    attached = api.status(post).media_attachments[0]
    assert (attached.type, attached.description) == ("video", "Four colours") and attached.url.endswith(".mp4"), attached

with check("Mastodon.py is told of a film that is refused"):
    try:
        api.media_post(FIXTURES / "mpeg4.mp4", synchronous=True)
        raise RuntimeError("it was accepted")
    except RuntimeError:
        raise
    except Exception as error:  # noqa: BLE001  the library has several
        assert "422" in str(error) or "MPEG" in str(error), repr(error)

with check("a body over the limit is refused, and leaves nothing behind"):
    before = kept()
    try:
        answer = alice.http.post(f"{alice.url}/api/v2/media", timeout=120,
                                 files={"file": ("big.jpg", b"\xff\xd8\xff" + b"\0" * (1 << 30 >> 1))})
        assert answer.status_code in (413, 422), answer.status_code
    except requests.ConnectionError:
        pass  # it need not read half a gigabyte to say no
    until(lambda: kept() == before, 10, "the files from before")

with check("no upload made the server large, and it is still there"):
    peak = next(int(line.split()[1]) for line in Path(f"/proc/{alice.process.pid}/status").read_text().splitlines()
                if line.startswith("VmHWM:")) / 1024
    assert peak < 120, f"{peak:.0f} MiB at the peak"
    alice.get("/api/v1/timelines/home")

finish()
