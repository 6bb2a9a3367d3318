"""An ACME authority on loopback: Debian's `pebble`, with a DNS of its own, `pebble-challtestsrv`; and one that only refuses."""
import atexit
import json
import os
import subprocess
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import requests

from taure import free_port


class Pebble:
    """Looks for challenges at `http_port` and `tls_port` of the addresses that its DNS gives: 127.0.0.1 for every name that
    `points` or `breaks` did not change."""

    def __init__(self, authority, http_port, tls_port, *, environment=None, **config):
        self.authority = authority
        self.port, self.management, self.dns, self.names = (free_port() for _ in range(4))
        self.folder = Path(tempfile.mkdtemp(prefix="taure-pebble-"))
        self.environment = os.environ | {"PEBBLE_VA_NOSLEEP": "1"} | (environment or {})
        made = authority.ca.issue_cert("localhost", "127.0.0.1")
        made.cert_chain_pems[0].write_to_path(str(self.folder / "chain.pem"))
        made.private_key_pem.write_to_path(str(self.folder / "key.pem"))
        (self.folder / "config.json").write_text(json.dumps({"pebble": {
            "listenAddress": f"127.0.0.1:{self.port}", "managementListenAddress": f"127.0.0.1:{self.management}",
            "certificate": str(self.folder / "chain.pem"), "privateKey": str(self.folder / "key.pem"),
            "httpPort": http_port, "tlsPort": tls_port} | config}))
        self.directory = f"https://localhost:{self.port}/dir"
        self.processes = []
        self.log = self.folder / "log"
        self.resolver = self.launch("pebble-challtestsrv", "-defaultIPv4", "127.0.0.1", "-defaultIPv6", "", "-dns01",
                                    f"127.0.0.1:{self.dns}", "-http01", "", "-https01", "", "-tlsalpn01", "",
                                    "-management", f"127.0.0.1:{self.names}")
        self.start()
        atexit.register(self.remove)

    def launch(self, *command):
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self.log.open("ab"),
                                   stderr=subprocess.STDOUT, env=self.environment)
        self.processes.append(process)
        return process

    def start(self):
        """A new one: it knows nobody, and has new certificates of its own."""
        self.process = self.launch("pebble", "-config", str(self.folder / "config.json"), "-dnsserver",
                                   f"127.0.0.1:{self.dns}")
        deadline = time.monotonic() + 15
        while True:
            try:
                self.root = self.ask("roots/0")
                requests.get(self.directory, verify=str(self.authority.file), timeout=5)
                return
            except requests.ConnectionError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise RuntimeError(f"pebble does not answer: {self.log.read_text()[-800:]}") from None
                time.sleep(0.05)

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def remove(self):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
                process.wait()

    def ask(self, path):
        answer = requests.get(f"https://localhost:{self.management}/{path}", verify=str(self.authority.file), timeout=5)
        answer.raise_for_status()
        return answer.text

    def resolve(self, what, **body):
        answer = requests.post(f"http://127.0.0.1:{self.names}/{what}", json=body, timeout=5)
        assert answer.ok, answer.text

    def points(self, name, address):
        self.resolve("add-a", host=name + ".", addresses=[address])

    def breaks(self, name):
        """Its DNS answers with an error from now on."""
        self.resolve("set-servfail", host=name + ".")

    def mends(self, name):
        self.resolve("clear-servfail", host=name + ".")
        self.resolve("clear-a", host=name + ".")

    def orders(self):
        """How many were asked for, by the log."""
        return self.log.read_text().count("POST /order-plz")


class Refusing:
    """An authority that takes accounts and answers every order with `problem`. `asked` are the paths."""

    def __init__(self, authority):
        this, self.asked, self.status, self.problem, self.retry_after = self, [], 429, {}, None

        class Handler(BaseHTTPRequestHandler):
            def answer(self):
                self.rfile.read(int(self.headers.get("content-length", 0)))
                this.asked.append(self.path)
                status, body = {
                    "/dir": (200, {what: f"{this.url}/{what}" for what in ("newNonce", "newAccount", "newOrder")}),
                    "/newNonce": (200, {}),
                    "/newAccount": (201, {"status": "valid"}),
                }.get(self.path, (this.status, this.problem))
                text = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Replay-Nonce", f"nonce-{len(this.asked)}")
                self.send_header("Location", f"{this.url}/account")
                self.send_header("Content-Length", str(len(text)))
                if status >= 400:
                    self.send_header("Content-Type", "application/problem+json")
                    if this.retry_after:
                        self.send_header("Retry-After", this.retry_after)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(text)

            do_GET = do_HEAD = do_POST = answer

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.socket = authority.context().wrap_socket(server.socket, server_side=True)
        self.url = f"https://localhost:{server.server_port}"
        self.directory = f"{self.url}/dir"
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def refuses(self, code, detail, status=403, retry_after=None, **rest):
        self.status, self.retry_after = status, retry_after
        self.problem = {"type": f"urn:ietf:params:acme:error:{code}", "detail": detail, "status": status} | rest
