#!/usr/bin/env python3
"""The owner's files in a bucket: uploaded there, moved there and back, and found at every moment.

    target/test-env/py/bin/python tests/peers/s3.py

Real services on loopback hold them: rclone and SeaweedFS, which know nothing of each other and both check signatures.
"""
import io
import random
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from pathlib import Path

import requests
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from buckets import Rclone, SeaweedFS  # noqa: E402
from checks import check, finish, until  # noqa: E402
from taure import Taure, picture  # noqa: E402
from tls import Authority, Terminator  # noqa: E402

WRONG = "a-secret-that-is-wrong"
FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "media"
folder = tempfile.TemporaryDirectory(prefix="taure-test-")


def drawn(colour, size=(900, 600)):
    return picture(Path(folder.name) / f"{'-'.join(map(str, (*colour, *size)))}.png", size, colour)


def upload(server, colour, expect=200, size=(900, 600)):
    with drawn(colour, size).open("rb") as file:
        return server.call("POST", "/api/v2/media", expect, files={"file": file})


def send_film(server):
    """A film is taken at once and worked on afterwards; returns what there is of it so far."""
    with (FIXTURES / "bframes.mp4").open("rb") as file:
        answer = server.http.post(f"{server.url}/api/v2/media", files={"file": file}, timeout=30)
    assert answer.status_code in (200, 202), answer.text
    return answer.json()


def ready(server, media, seconds=20):
    """The same when it can be posted."""
    def asked():
        answer = server.http.get(f"{server.url}/api/v1/media/{media['id']}", timeout=30)
        return answer.status_code == 200 and answer.json()
    return until(asked, seconds, "the film to be ready")


def keys_of(media):
    return {media[name].split("/media/")[1] for name in ("url", "preview_url") if media[name]}


def on_disk(server):
    return {str(path.relative_to(server.data / "media")) for path in (server.data / "media").glob("??/*")}


def unfinished(server):
    return list((server.data / "media" / "unfinished").iterdir()) + list((server.data / "tmp").glob("*"))


def fetch(url):
    """As a browser or another server: by way of a redirect, if there is one."""
    answer = requests.get(url, timeout=30)
    assert answer.status_code == 200, f"{url} led to {answer.url}: {answer.status_code} {answer.text[:200]}"
    return answer.content


def way(url, method="GET"):
    return requests.request(method, url, timeout=30, allow_redirects=False)


def restart(server, environment):
    server.stop()
    for name in [name for name in server.environment if name.startswith("TAURE_S3_")]:
        del server.environment[name]
    server.environment |= environment
    server.start()


def moving(server, to, **more):
    return subprocess.Popen([server.binary, "media", "move", "--data", server.data, "--to", to], text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=server.environment | more)


def move(server, to, expect=0, **more):
    process = moving(server, to, **more)
    told, wrong = process.communicate(timeout=120)
    assert process.returncode == expect, f"{process.returncode}: {told}{wrong}"
    return told + wrong


def killed(process, when):
    """Kills it as soon as that is so."""
    while not when() and process.poll() is None:
        time.sleep(0.002)
    process.kill()


class Reader:
    """Somebody who looks at all pictures again and again while they are moved."""

    def __init__(self, known):
        self.known, self.wrong, self.rounds, self.ended = known, [], 0, False
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self):
        while not self.ended:
            for url, content in self.known.items():
                try:
                    if fetch(url) != content:
                        self.wrong.append(f"{url} is another picture")
                except Exception as error:  # noqa: BLE001  told by the check
                    self.wrong.append(f"{url}: {error}")
            self.rounds += 1

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended = True
        self.thread.join(timeout=60)


def household(username, posts=12):
    """A Taure with a face and pictures in posts, all in its folder. Returns it, and what its addresses lead to."""
    server = Taure(username, username.title())
    server.start()
    server.sign_in()
    with drawn((10, 120, 90), (400, 400)).open("rb") as face, drawn((90, 10, 120), (1500, 500)).open("rb") as header:
        me = server.call("PATCH", "/api/v1/accounts/update_credentials", files={"avatar": face, "header": header})
    urls = [me["avatar"], me["header"]]
    for shade in range(posts):
        media = upload(server, (5 * shade, 90, 140))
        server.post("/api/v1/statuses", status=f"Shade {shade}", media_ids=[media["id"]])
        urls += [media["url"], media["preview_url"]]
    return server, {url: fetch(url) for url in urls}


def everyday(bucket):
    """What holds with every service."""
    print(f"A bucket of {bucket.name}")
    bucket.start()
    alice, known = household("alice")
    there = bucket.environment()
    all_keys = {url.split("/media/")[1] for url in known}

    with check("nothing is moved while the running server does not know the bucket"):
        assert "restart it first" in move(alice, "s3", expect=1, **there)
        assert on_disk(alice) == all_keys and not bucket.keys()

    restart(alice, there)
    with check("what lies in the folder is still served from there"):
        assert all(way(url).status_code == 200 for url in known)

    with check("a new picture lies in the bucket and not on the disk, and its address leads there"):
        media = upload(alice, (250, 250, 10))
        assert keys_of(media) <= bucket.keys() and not keys_of(media) & on_disk(alice)
        assert media["url"].startswith(alice.url + "/media/"), media["url"]
        answer = way(media["url"])
        assert answer.status_code == 302 and answer.headers["Location"].startswith(bucket.endpoint), answer.headers
        assert answer.headers["Cache-Control"] == "private, max-age=1800", answer.headers
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        content, headers = bucket.content(media["url"].split("/media/")[1])
        assert fetch(media["url"]) == content and len(content) > 100
        assert headers["Content-Type"] == "image/png", headers
        assert bucket.secret_key not in answer.headers["Location"]

    with check("a reader may ask for the head, and for a part"):
        head = requests.head(media["url"], timeout=30, allow_redirects=True)
        assert head.status_code == 200 and int(head.headers["Content-Length"]) == len(content), head.headers
        part = requests.get(media["url"], timeout=30, headers={"Range": "bytes=10-19"})
        assert part.ok and part.content == content[10:20], part.status_code
        assert part.headers["Content-Range"] == f"bytes 10-19/{len(content)}", part.headers

    with check("nobody reads the bucket with a link that was changed, or without its signature"):
        link = answer.headers["Location"]
        assert requests.get(link[:-1] + ("0" if link[-1] != "0" else "1"), timeout=30).status_code == 403
        assert requests.get(link.split("?")[0], timeout=30).status_code in (400, 401, 403)

    with check("a deleted post takes its files out of the bucket"):
        post = alice.post("/api/v1/statuses", status="Soon gone", media_ids=[media["id"]])
        alice.call("DELETE", f"/api/v1/statuses/{post['id']}", params={"delete_media": "true"})
        until(lambda: not keys_of(media) & bucket.keys(), what="the files to go")
        assert requests.get(media["url"], timeout=30).status_code in (403, 404)

    with check("so does a film, which is worked on first"):
        film = ready(alice, send_film(alice))
        key = film["url"].split("/media/")[1]
        assert key.endswith(".mp4") and key in bucket.keys() and not keys_of(film) & on_disk(alice), film
        content, headers = bucket.content(key)
        assert headers["Content-Type"] == "video/mp4" and fetch(film["url"]) == content
        part = requests.get(film["url"], timeout=30, headers={"Range": "bytes=100-199"})
        assert part.ok and part.content == content[100:200], part.status_code
        assert not unfinished(alice)
        alice.delete(f"/api/v1/media/{film['id']}")
        until(lambda: bucket.keys().isdisjoint({key}), what="the film to go")

    with check("the move to the bucket takes everything along, and no reader misses anything meanwhile"):
        before = on_disk(alice)
        with Reader(known) as reader:
            told = move(alice, "s3")
            until(lambda: reader.rounds > 1)
        assert f"{len(before)} files" in told, told
        assert not on_disk(alice) and before == bucket.keys() == all_keys, on_disk(alice)
        assert not reader.wrong, reader.wrong[:3]
        assert all(way(url).status_code == 302 for url in known)

    with check("a picture that was moved can be uploaded again, and is one file"):
        media = upload(alice, (20, 90, 140))
        assert keys_of(media) <= all_keys and bucket.keys() == all_keys and not on_disk(alice)
        alice.delete(f"/api/v1/media/{media['id']}")
        time.sleep(1)
        assert bucket.keys() == all_keys, "a file that a post shows was removed"

    with check("a backup says what it lacks, and has it all when it is asked to"):
        backup = Path(folder.name) / f"{bucket.name}.tar"
        told = alice.run("backup", str(backup))
        assert f"NOT in it: {len(all_keys)} files" in told, told
        assert alice.run("backup", str(backup), "--with-bucket").count("NOT in it") == 0
        with tarfile.open(backup) as tar:
            assert {name[6:] for name in tar.getnames() if name.startswith("media/")} == all_keys
            assert all(tar.extractfile(f"media/{url.split('/media/')[1]}").read() == known[url] for url in known)
        new = Path(folder.name) / f"{bucket.name}-restored"
        done = subprocess.run([alice.binary, "restore", backup, "--data", new], capture_output=True, text=True, check=False)
        assert done.returncode == 0 and f"{len(all_keys)} files of yours" in done.stdout, done
        assert {str(path.relative_to(new / "media")) for path in (new / "media").glob("??/*")} == all_keys

    with check("the move back brings every byte home, and empties the bucket"):
        with Reader(known) as reader:
            told = move(alice, "disk")
            until(lambda: reader.rounds > 1)
        assert "still puts new files there" in told, told
        assert on_disk(alice) == all_keys and not bucket.keys()
        assert not reader.wrong, reader.wrong[:3]
        assert {url: way(url).content for url in known} == known

    with check("without the bucket all is as it was"):
        restart(alice, {})
        assert {url: way(url).content for url in known} == known
        assert "no bucket is named" in move(alice, "s3", expect=1)

    log = alice.log.read_text()
    with check("the keys are in no log"):
        assert bucket.secret_key not in log
    alice.remove()
    bucket.stop()


def mishaps(bucket):
    """What goes wrong, and what is left then."""
    print(f"Mishaps, with {bucket.name}")
    bucket.start()
    bea, known = household("bea", 40)
    there = bucket.environment()
    all_keys = {url.split("/media/")[1] for url in known}
    restart(bea, there)

    with check("a move that is killed in the middle loses nothing, and goes on where it ended"):
        process = moving(bea, "s3")
        killed(process, lambda: len(on_disk(bea)) < len(all_keys) - 4)
        process.communicate()
        left = on_disk(bea)
        assert left and left | bucket.keys() == all_keys, "it was over before it could be killed"
        assert {url: fetch(url) for url in known} == known
        move(bea, "s3")
        assert not on_disk(bea) and bucket.keys() == all_keys
        assert {url: fetch(url) for url in known} == known

    with check("so does one on the way back"):
        process = moving(bea, "disk")
        killed(process, lambda: len(on_disk(bea)) > 4)
        process.communicate()
        assert on_disk(bea) | bucket.keys() == all_keys and bucket.keys()
        assert {url: fetch(url) for url in known} == known
        move(bea, "disk")
        assert on_disk(bea) == all_keys and not bucket.keys()
        assert {url: way(url).content for url in known} == known

    # Half a file may be left of each that was killed; an hour later it is swept up.
    left = unfinished(bea)
    assert len(left) <= 1, left
    with check("a copy in the bucket that is not what it should be is made again before the original goes"):
        key = sorted(all_keys)[0]
        rubbish = b"x" * (bea.data / "media" / key).stat().st_size
        bucket.client.put_object(bucket.bucket, bucket.name_of(key), io.BytesIO(rubbish), len(rubbish))
        move(bea, "s3")
        assert {url: fetch(url) for url in known} == known and not on_disk(bea)

    with check("what is broken in the bucket stays there, and the rest comes home"):
        whole, _ = bucket.content(key)
        bucket.client.put_object(bucket.bucket, bucket.name_of(key), io.BytesIO(rubbish), len(rubbish))
        told = move(bea, "disk", expect=1)
        assert f"{key} is broken" in told, told
        assert bucket.keys() == {key} and on_disk(bea) == all_keys - {key} and unfinished(bea) == left
        bucket.client.put_object(bucket.bucket, bucket.name_of(key), io.BytesIO(whole), len(whole))
        move(bea, "disk")
        assert {url: way(url).content for url in known} == known

    with check("what is broken on the disk stays there, and the rest is moved"):
        path = bea.data / "media" / key
        path.write_bytes(rubbish)
        assert f"{key} is broken" in move(bea, "s3", expect=1)
        assert on_disk(bea) == {key} and path.read_bytes() == rubbish
        path.write_bytes(whole)
        move(bea, "s3")
        assert {url: fetch(url) for url in known} == known

    with check("things of others in the bucket are left alone, however many pages they fill before ours"):
        for number in range(1001):
            bucket.client.put_object(bucket.bucket, bucket.name_of(f"00/{number}"), io.BytesIO(b"mine"), 4)
        bucket.client.put_object(bucket.bucket, bucket.name_of("letter.txt"), io.BytesIO(b"mine"), 4)
        bucket.client.put_object(bucket.bucket, "elsewhere.txt", io.BytesIO(b"mine"), 4)
        move(bea, "disk")
        assert bucket.content("letter.txt")[0] == b"mine" and {url: way(url).content for url in known} == known
        theirs = bucket.keys() - {"letter.txt", "elsewhere.txt"}
        assert len(theirs) == 1001, len(theirs)
        for key in theirs:
            bucket.client.remove_object(bucket.bucket, bucket.name_of(key))
        assert bucket.client.stat_object(bucket.bucket, "elsewhere.txt").size == 4
        bucket.client.remove_object(bucket.bucket, bucket.name_of("letter.txt"))
        bucket.client.remove_object(bucket.bucket, "elsewhere.txt")

    with check("two moves at once are one too many"):
        move(bea, "s3")
        first = moving(bea, "disk")
        until(lambda: on_disk(bea) or first.poll() is not None)
        second = move(bea, "s3", expect=1)
        first.communicate(timeout=60)
        assert "being moved already" in second, second
        move(bea, "s3")

    with check("a wrong key is told to the app and to the log, and is itself in neither"):
        restart(bea, bucket.environment(SECRET_KEY=WRONG))
        error = upload(bea, (1, 2, 3), expect=502)["error"]
        assert error.startswith("The bucket answered 403"), error
        log = bea.log.read_text()
        assert error in log and WRONG not in log and WRONG not in error
        assert not on_disk(bea) and unfinished(bea) == left and bucket.keys() == all_keys
        told = move(bea, "disk", expect=1)
        assert "The bucket answered 403" in told and WRONG not in told, told

    restart(bea, there)
    with check("a bucket that is down is 503 with the reason, and leaves nothing behind"):
        post = bea.post("/api/v1/statuses", status="Last one", media_ids=[upload(bea, (250, 1, 1))["id"]])
        keys = bucket.keys() - all_keys
        assert len(keys) == 2, keys
        bucket.stop()
        film = send_film(bea)
        error = upload(bea, (7, 7, 7), expect=503)["error"]
        assert error == "The bucket cannot be reached", error
        assert not on_disk(bea) and unfinished(bea) == left
        assert "The bucket cannot be reached" in bea.log.read_text()
        told = move(bea, "disk", expect=1)
        assert "goes on from here" in told, told

    with check("a post is deleted at once all the same, and its files when the bucket is back"):
        began = time.monotonic()
        bea.call("DELETE", f"/api/v1/statuses/{post['id']}", params={"delete_media": "true"})
        assert time.monotonic() - began < 3, "the deletion waited for the bucket"
        until(lambda: "will be removed later" in bea.log.read_text())
        bucket.start()
        until(lambda: not keys & bucket.keys(), seconds=100, what="the files to go")

    with check("a film that came meanwhile is put into the bucket then"):
        film = ready(bea, film, seconds=100)
        assert keys_of(film) <= bucket.keys() and len(fetch(film["url"])) > 1000
        bea.delete(f"/api/v1/media/{film['id']}")

    with check("what was there before is there again"):
        assert {url: fetch(url) for url in known} == known
    bea.remove()
    bucket.stop()


def backups(bucket):
    """Backups in a bucket that is not that of the pictures."""
    print(f"Backups in {bucket.name}")
    bucket.start()
    there = {name.replace("TAURE_S3_", "TAURE_BACKUP_S3_"): value for name, value in bucket.environment().items()}
    dana = Taure("dana", "Dana", environment=there)
    dana.start()
    dana.sign_in()
    address, dice = f"s3://{bucket.bucket}/{bucket.name_of('backups')}", random.Random(5)
    server = f"taure-{dana.domain.replace(':', '-')}"
    words = {"TAURE_BACKUP_PASSPHRASE": "seven grey horses at night"}

    def ours(*arguments, expect=0, **more):
        done = subprocess.run([dana.binary, *arguments], capture_output=True, text=True, check=False,
                              env=dana.environment | more, timeout=120)
        assert done.returncode == expect, f"{done.returncode}: {done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def there_now():
        return {key.removeprefix("backups/") for key in bucket.keys() if key.startswith("backups/")}

    # More than one part of 16 MiB.
    for _ in range(6):
        noise = Image.frombytes("RGB", (1500, 1200), dice.randbytes(1500 * 1200 * 3))
        out = io.BytesIO()
        noise.save(out, "PNG")
        media = dana.call("POST", "/api/v2/media", files={"file": ("noise.png", out.getvalue())})
        dana.post("/api/v1/statuses", status="Noise", media_ids=[media["id"]])
    stored = {str(path.relative_to(dana.data / "media")): path.read_bytes() for path in (dana.data / "media").glob("??/*")}

    with check("a backup goes into a bucket, and older ones of the same server go when there are enough"):
        for name in (f"{server}-2020-01-01-0300.tar", f"{server}-2020-01-02-0300.tar.sealed", "taure-other-2019-01-01-0000.tar",
                     "thesis.tar"):
            bucket.client.put_object(bucket.bucket, bucket.name_of(f"backups/{name}"), io.BytesIO(b"mine"), 4)
        told = dana.run("backup", address, "--keep", "2")
        assert "is whole" in told and "1 older ones were removed" in told, told
        left = there_now()
        assert f"{server}-2020-01-01-0300.tar" not in left and len(left) == 4, left
        assert {"taure-other-2019-01-01-0000.tar", "thesis.tar"} <= left
        assert not list((dana.data / "tmp").glob("*"))

    newest = max(name for name in there_now() if name.startswith(server) and name.endswith(".tar"))
    with check("it holds every byte, as the newest one or by its name"):
        content, _ = bucket.content(f"backups/{newest}")
        assert len(content) > 17 << 20, len(content)
        with tarfile.open(fileobj=io.BytesIO(content)) as tar:
            found = {name[6:]: tar.extractfile(name).read() for name in tar.getnames() if name.startswith("media/")}
        assert found == stored
        told = ours("verify-backup", f"{address}/{newest}")
        assert "is whole" in told and f"{len(stored)} files of yours" in told, told
        told = ours("verify-backup", address, expect=1)
        assert "several servers" in told, told
        bucket.client.remove_object(bucket.bucket, bucket.name_of("backups/taure-other-2019-01-01-0000.tar"))
        assert newest in ours("verify-backup", address)

    with check("a server comes out of it again"):
        new = Path(folder.name) / f"{bucket.name}-again"
        ours("restore", address, "--data", str(new))
        assert {str(path.relative_to(new / "media")): path.read_bytes() for path in (new / "media").glob("??/*")} == stored
        assert "is what a fresh database is" in ours("upgrade", "--check", f"{address}/{newest}")

    with check("a sealed one opens with its passphrase alone"):
        sealed = f"{address}/mine.tar.sealed"
        ours("backup", sealed, "--data", str(dana.data), **words)
        assert "is whole" in ours("verify-backup", sealed, **words)
        assert "it is sealed" in ours("verify-backup", sealed, expect=1)
        assert "--keep is for a folder" in ours("backup", sealed, "--keep", "2", "--data", str(dana.data), expect=1)

    with check("what goes wrong is told, and leaves nothing"):
        before = bucket.keys()
        told = ours("backup", address, "--data", str(dana.data), expect=1, TAURE_BACKUP_S3_SECRET_KEY=WRONG)
        assert "The bucket answered 403" in told and WRONG not in told, told
        assert "there is no" in ours("verify-backup", f"{address}/none.tar", expect=1)
        assert "there is no backup in" in ours("restore", f"{address}/empty", "--data", str(new) + "2", expect=1)
        assert "s3.endpoint is missing" in ours("verify-backup", address, expect=1, TAURE_BACKUP_S3_ENDPOINT="")
        assert bucket.keys() == before and not list((dana.data / "tmp").glob("*"))
        bucket.stop()
        assert "cannot be reached" in ours("backup", address, "--data", str(dana.data), expect=1)
    dana.remove()


def open_bucket():
    """Behind an address for everybody, and behind https with an authority of the operator's own."""
    bucket = Rclone()
    print("A bucket that is open to all, and one behind https")
    bucket.start()
    carl, known = household("carl")
    public = bucket.open_to_all()

    with check("pictures of an open bucket are linked without a signature, for all caches"):
        restart(carl, bucket.environment(PUBLIC_URL=public))
        media = upload(carl, (5, 200, 5))
        answer = way(media["url"])
        key = media["url"].split("/media/")[1]
        assert answer.headers["Location"] == f"{public}/my%20media/{key}", answer.headers
        assert answer.headers["Cache-Control"] == "public, max-age=1800", answer.headers
        assert fetch(media["url"]) == (bucket.files / "my media" / key).read_bytes()
        move(carl, "s3")
        assert {url: fetch(url) for url in known} == known

    with check("pages may show what the bucket has"):
        page = requests.get(f"{carl.url}/@carl", timeout=30)
        policy = dict(part.strip().split(" ", 1) for part in page.headers["Content-Security-Policy"].split(";"))
        for kind in ("img-src", "media-src"):
            assert public in policy[kind].split() and bucket.endpoint not in policy[kind].split(), policy
        restart(carl, bucket.environment())
        policy = requests.get(f"{carl.url}/@carl", timeout=30).headers["Content-Security-Policy"]
        assert policy.count(f" {bucket.endpoint};") == 2, policy

    with check("a bucket behind https is believed by the operator's authority, and by no other"):
        authority = Authority(folder.name)
        safe = f"https://localhost:{Terminator(authority, bucket.port).port}"
        restart(carl, bucket.environment(ENDPOINT=safe))
        assert "cannot be reached" in upload(carl, (6, 6, 200), expect=503)["error"]
        restart(carl, bucket.environment(ENDPOINT=safe) | {"TAURE_EXTRA_CA": str(authority.file)})
        media = upload(carl, (6, 6, 200))
        content, _ = bucket.content(media["url"].split("/media/")[1])
        link = way(media["url"]).headers["Location"]
        assert link.startswith(safe) and requests.get(link, verify=str(authority.file), timeout=30).content == content

    with check("a large picture goes there, too"):
        noise = Path(folder.name) / "noise.png"
        Image.effect_noise((2600, 1600), 120).convert("RGB").save(noise)
        with noise.open("rb") as file:
            media = carl.call("POST", "/api/v2/media", files={"file": file})
        content, _ = bucket.content(media["url"].split("/media/")[1])
        assert len(content) > 1024 * 1024, len(content)
        move(carl, "disk")
        assert way(media["url"]).content == content
        move(carl, "s3")
        assert bucket.content(media["url"].split("/media/")[1])[0] == content
    carl.remove()
    bucket.stop()


for service in (Rclone(), SeaweedFS()):
    everyday(service)
for service in (Rclone(), SeaweedFS()):
    backups(service)
mishaps(SeaweedFS())
open_bucket()
folder.cleanup()
finish()
