"""Real `taure` processes for the black-box lanes: an empty folder, a free port, an owner, and a way to end them."""
import atexit
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
BINARY = Path(os.environ.get("TAURE_BIN", TARGET / "debug" / "taure"))
ENVIRONMENT = Path(os.environ.get("TAURE_TEST_ENV", TARGET / "test-env"))
LOOPBACK = "127.0.0.0/8,::1/128"

# Proxies of the machine have nothing to do with loopback.
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "localhost,127.0.0.1,::1"


def free_port():
    """A port of 127.0.0.1 that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Taure:
    """One instance. `init=False` leaves the folder empty, so that the first `start` opens the wizard."""

    def __init__(self, username="alice", display_name="Alice", *, init=True, environment=None, binary=BINARY):
        self.username, self.display_name, self.binary = username, display_name, binary
        self.password = secrets.token_urlsafe(12)
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.domain = f"localhost:{self.port}"
        self.handle = f"@{username}@{self.domain}"
        self.folder = Path(tempfile.mkdtemp(prefix="taure-test-"))
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.process = None
        self.http = requests.Session()
        self.http.trust_env = False
        kept = {key: value for key, value in os.environ.items() if not key.startswith("TAURE_")}
        self.environment = kept | {"TAURE_ALLOW_PRIVATE": LOOPBACK} | (environment or {})
        if init:
            self.run("init", "--url", self.url, "--username", username, "--display-name", display_name,
                     "--password-stdin", stdin=self.password + "\n")
        atexit.register(self.remove)

    def run(self, command, *arguments, stdin=""):
        """Runs another command of the binary on this folder and returns its standard output, stripped."""
        done = subprocess.run([self.binary, command, "--data", self.data, *arguments], input=stdin, text=True,
                              capture_output=True, env=self.environment, timeout=60, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"taure {command} ended with {done.returncode}: {done.stderr.strip()[-800:]}")
        return done.stdout.strip()

    def start(self, seconds=20):
        """Serves until it answers 200 on /health; returns how many milliseconds that took."""
        began = time.monotonic()
        self.process = subprocess.Popen(
            [self.binary, "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}"],
            stdin=subprocess.DEVNULL, stdout=self.log.open("ab"), stderr=subprocess.STDOUT, env=self.environment)
        while time.monotonic() < began + seconds:
            if self.process.poll() is not None:
                raise RuntimeError(f"taure serve ended with {self.process.returncode}: {self.tail()}")
            if answers_200(self.port):
                return (time.monotonic() - began) * 1000
            time.sleep(0.0005)
        raise RuntimeError(f"taure serve did not answer within {seconds} s: {self.tail()}")

    def stop(self):
        """SIGTERM, which must be enough within 5 s."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=5)

    def kill(self):
        """SIGKILL: what a power cut looks like."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def remove(self):
        self.kill()
        if os.environ.get("TAURE_KEEP"):
            print(f"  kept    {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def tail(self, lines=15):
        """The last lines of the log, for an error message."""
        text = self.log.read_text("utf-8", "replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    def link(self, seconds=10):
        """The one-time link that `serve` printed on an empty folder."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := re.findall(r"https?://[^\s\"'<>]+", re.sub(r"\x1b\[[0-9;]*m", "", self.tail(50))):
                links = [url for url in found if re.search(r"[?&/=][A-Za-z0-9_-]{16,}", url)]
                if links:
                    return links[-1].rstrip(".,")
            time.sleep(0.05)
        raise RuntimeError(f"no one-time link in the log: {self.tail()}")

    def sign_in(self, name="tests", scopes="read write follow push"):
        """Makes an access token on the command line and uses it for `get`, `post` ...; returns the token."""
        token = self.run("token", "--name", name, "--scopes", scopes)
        self.http.headers["Authorization"] = f"Bearer {token}"
        return token

    def call(self, method, path, expect=200, **rest):
        """One API request, answered with `expect`; returns the decoded JSON."""
        answer = self.http.request(method, self.url + path, timeout=30, **rest)
        if answer.status_code != expect:
            raise AssertionError(f"{method} {path} answered {answer.status_code}: {answer.text[:400]}")
        return answer.json() if answer.content else None

    def get(self, path, **query):
        return self.call("GET", path, params=query)

    def post(self, path, **body):
        return self.call("POST", path, json=body)

    def delete(self, path):
        return self.call("DELETE", path)

    def resolve(self, what, kind="accounts"):
        """The first hit of a search that may ask other servers."""
        hits = self.call("GET", "/api/v2/search", params={"q": what, "resolve": "true", "type": kind})[kind]
        assert hits, f"search found nothing for {what}"
        return hits[0]

    def document(self, url):
        """An ActivityPub document as a stranger's server would fetch it, unsigned."""
        answer = requests.get(url, headers={"Accept": "application/activity+json"}, timeout=30)
        answer.raise_for_status()
        return answer.json()


def answers_200(port):
    """One plain request for /health, without a client library in the way of the clock."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as wire:
            wire.sendall(f"GET /health HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode())
            return wire.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def picture(path, size=(640, 360), colour=(200, 90, 40), kind="PNG"):
    """Draws a small picture with some detail, so that a blurhash has something to say; returns the path."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", size, colour)
    draw = ImageDraw.Draw(image)
    for step in range(0, size[0], 40):
        draw.line((step, 0, size[0] - step, size[1]), fill=(step % 255, 120, 255 - step % 255), width=6)
    image.save(path, kind)
    return Path(path)


def strip(html):
    """Text of a status's HTML, tags gone."""
    return re.sub(r"<[^>]*>", "", html).replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", '"')


def dump(what):
    print(json.dumps(what, indent=1, ensure_ascii=False)[:4000], file=sys.stderr)
