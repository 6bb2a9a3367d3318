"""A real GoToSocial beside a Taure, started from a ready binary with its `web` folder beside it. Nothing here builds one."""
import atexit
import re
import secrets
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import requests

from taure import free_port


class GoToSocial:
    """One instance with one account, and an app of that account's."""

    def __init__(self, binary, username="greta"):
        self.binary, self.username = Path(binary), username
        self.password = secrets.token_urlsafe(24) + "!aA1"
        self.port = free_port()
        self.domain = f"localhost:{self.port}"
        self.url = f"http://{self.domain}"
        self.handle = f"@{username}@{self.domain}"
        self.folder = Path(tempfile.mkdtemp(prefix="taure-test-gts-"))
        self.log = self.folder / "log"
        self.process = None
        self.http = requests.Session()
        self.http.trust_env = False
        web = self.binary.parent / "web"
        self.flags = [
            f"--host={self.domain}", "--protocol=http", "--bind-address=127.0.0.1", f"--port={self.port}",
            "--db-type=sqlite", f"--db-address={self.folder}/gts.db", f"--storage-local-base-path={self.folder}/storage",
            f"--web-template-base-dir={web}/template/", f"--web-asset-base-dir={web}/assets/",
            "--http-client-allow-ips=127.0.0.0/8,::1/128", "--http-client-insecure-outgoing=true",
            "--advanced-rate-limit-requests=0", "--advanced-throttling-multiplier=0", "--letsencrypt-enabled=false",
            "--log-level=debug",
        ]
        atexit.register(self.remove)

    def run(self, *command):
        done = subprocess.run([self.binary, *self.flags, *command], text=True, capture_output=True, timeout=120,
                              check=False, cwd=self.folder)
        if done.returncode != 0:
            raise RuntimeError(f"gotosocial {command[0]} ended with {done.returncode}: {done.stdout[-800:]}{done.stderr[-800:]}")

    def start(self, seconds=60):
        self.process = subprocess.Popen([self.binary, *self.flags, "server", "start"], stdin=subprocess.DEVNULL,
                                        stdout=self.log.open("ab"), stderr=subprocess.STDOUT, cwd=self.folder)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError(f"gotosocial ended: {self.log.read_text()[-2000:]}")
            try:
                if requests.get(f"{self.url}/api/v1/instance", timeout=2).status_code == 200:
                    break
            except requests.RequestException:
                time.sleep(0.2)
        else:
            raise RuntimeError(f"gotosocial did not answer: {self.log.read_text()[-2000:]}")
        # It makes accounts only once it has run.
        self.run("admin", "account", "create", "--username", self.username, "--email", f"{self.username}@example.org",
                 "--password", self.password)

    def remove(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def sign_in(self):
        """The whole OAuth flow, as a browser and an app walk it."""
        scopes, back = "read write", "urn:ietf:wg:oauth:2.0:oob"
        app = requests.post(f"{self.url}/api/v1/apps", timeout=10, json={
            "client_name": "tests", "redirect_uris": back, "scopes": scopes}).json()
        web = requests.Session()
        web.trust_env = False
        query = {"client_id": app["client_id"], "redirect_uri": back, "response_type": "code", "scope": scopes}
        web.get(f"{self.url}/oauth/authorize", params=query, timeout=20)
        web.post(f"{self.url}/auth/sign_in", timeout=20,
                 data={"username": f"{self.username}@example.org", "password": self.password})
        answer = web.post(f"{self.url}/oauth/authorize", timeout=20)
        found = re.search(r"code=([A-Za-z0-9]+)", answer.url) or re.search(r"<code[^>]*>([A-Za-z0-9]+)<", answer.text)
        if not found:
            raise RuntimeError(f"no code at {answer.url}: {answer.text[:500]}")
        token = requests.post(f"{self.url}/oauth/token", timeout=10, json={
            "client_id": app["client_id"], "client_secret": app["client_secret"], "redirect_uri": back,
            "grant_type": "authorization_code", "code": found.group(1)}).json()
        self.http.headers["Authorization"] = f"Bearer {token['access_token']}"

    def call(self, method, path, expect=200, **rest):
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
        hits = self.call("GET", "/api/v2/search", params={"q": what, "resolve": "true", "type": kind})[kind]
        assert hits, f"search found nothing for {what}"
        return hits[0]

    def complaints(self):
        """Lines of the log that are worse than information."""
        lines = self.log.read_text("utf-8", "replace").splitlines()
        return [line for line in lines if "level=WARN" in line or "level=ERROR" in line]
