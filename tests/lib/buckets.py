"""Buckets on loopback: two servers by two authors, both of which check signatures, and a client by a third."""
import atexit
import json
import secrets
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from minio import Minio
from minio.error import S3Error

from checks import until
from taure import free_port

TOOLS = Path(sys.executable).parent


class Server:
    """One S3 service with one bucket. `environment` is what a Taure needs to know of it."""

    name, access_key, prefix = "", "TAURETESTS", ""

    def __init__(self):
        self.secret_key = secrets.token_hex(16)
        self.port, self.bucket = free_port(), "media"
        self.temporary = tempfile.TemporaryDirectory(prefix="taure-test-")
        self.folder = Path(self.temporary.name)
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.process = None
        atexit.register(self.stop)

    def start(self):
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen([str(part) for part in self.command()], stdin=subprocess.DEVNULL, stdout=log,
                                        stderr=subprocess.STDOUT, cwd=self.folder)
        self.client = Minio(f"127.0.0.1:{self.port}", self.access_key, self.secret_key, secure=False, region="us-east-1")
        until(self.is_up, seconds=40, what=f"{self.name} to answer: {(self.folder / 'log').read_text()[-600:]}")
        return self

    def is_up(self):
        assert self.process.poll() is None, f"{self.name} ended: {(self.folder / 'log').read_text()[-800:]}"
        try:
            if not self.client.bucket_exists(self.bucket):
                self.client.make_bucket(self.bucket)
            return True
        except (S3Error, OSError, ValueError):
            return False
        except Exception as error:  # noqa: BLE001  urllib3's many ways to say that nobody listens
            if "urllib3" in type(error).__module__:
                return False
            raise

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def command(self):
        raise NotImplementedError

    def environment(self, **more):
        known = {"ENDPOINT": self.endpoint, "BUCKET": self.bucket, "ACCESS_KEY": self.access_key,
                 "SECRET_KEY": self.secret_key, "PREFIX": self.prefix} | more
        return {f"TAURE_S3_{key}": value for key, value in known.items()}

    def name_of(self, key):
        return f"{self.prefix}/{key}" if self.prefix else key

    def keys(self):
        """What lies in the bucket, as an independent client sees it, without the prefix."""
        found = self.client.list_objects(self.bucket, prefix=self.name_of(""), recursive=True)
        return {entry.object_name[len(self.name_of("")):] for entry in found if not entry.is_dir}

    def content(self, key):
        answer = self.client.get_object(self.bucket, self.name_of(key))
        try:
            return answer.read(), answer.headers
        finally:
            answer.close()
            answer.release_conn()


class Rclone(Server):
    """rclone's, in Go; its bucket is a folder that others may see. Our files have a folder in it, with a space in its
    name."""

    name, prefix = "rclone", "my media"

    def command(self):
        self.files.mkdir(parents=True, exist_ok=True)
        return [TOOLS / "rclone", "serve", "s3", "--addr", f"127.0.0.1:{self.port}", "--auth-key",
                f"{self.access_key},{self.secret_key}", "--vfs-cache-mode", "off",
                "--config", self.folder / "none", self.files.parent]

    @property
    def files(self):
        return self.folder / "files" / self.bucket

    def open_to_all(self):
        """The same files for everybody, without a key, as behind a network of caches; returns the address."""

        class Handler(SimpleHTTPRequestHandler):
            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(self.files)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"


class SeaweedFS(Server):
    """SeaweedFS, in Go, as people run it."""

    name = "SeaweedFS"

    def command(self):
        (self.folder / "files").mkdir(exist_ok=True)
        (self.folder / "s3.json").write_text(json.dumps({"identities": [{
            "name": "taure", "credentials": [{"accessKey": self.access_key, "secretKey": self.secret_key}],
            "actions": ["Admin", "Read", "Write", "List"]}]}))
        ports = [f"-{part}={free_port()}" for part in (
            "master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc",
            "s3.port.grpc")]
        return [TOOLS / "weed", "server", f"-dir={self.folder / 'files'}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
                "-master.volumeSizeLimitMB=64", "-volume.max=8", *ports, "-s3", f"-s3.port={self.port}",
                f"-s3.config={self.folder / 's3.json'}"]
