"""https on loopback: an authority of the run's own, and a proxy that takes TLS off before a Taure."""
import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import trustme

from taure import Taure, free_port


class Authority:
    """A certificate authority for one run. `file` is its certificate in PEM."""

    def __init__(self, folder):
        self.ca = trustme.CA()
        self.file = Path(folder) / "authority.pem"
        self.ca.cert_pem.write_to_path(str(self.file))

    def context(self):
        """What a server at localhost or 127.0.0.1 shows."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.ca.issue_cert("localhost", "127.0.0.1").configure_cert(context)
        return context


class Terminator:
    """Takes TLS on `port` and passes the bytes on to `behind`, both of 127.0.0.1, until the program ends."""

    def __init__(self, authority, behind):
        self.behind, self.context, self.port = behind, authority.context(), free_port()
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            plain, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(plain,), daemon=True).start()

    def serve(self, plain):
        try:
            with self.context.wrap_socket(plain, server_side=True) as outer, \
                    socket.create_connection(("127.0.0.1", self.behind)) as inner:
                back = threading.Thread(target=copy, args=(inner, outer), daemon=True)
                back.start()
                copy(outer, inner)
                back.join()
        except OSError:
            plain.close()  # a client that does not trust us, or is gone


def copy(source, sink):
    """Bytes of one direction until it ends, which the other end is told."""
    try:
        while chunk := source.recv(65536):
            sink.sendall(chunk)
    except OSError:
        pass
    try:
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass


class Apex:
    """A web site on https://localhost:PORT whose well-known addresses are redirected to a server that `leads_to` names;
    without one there is nothing. `asked` are the paths with their queries."""

    def __init__(self, authority):
        apex, self.to, self.asked = self, None, []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                apex.asked.append(self.path)
                moved = apex.to and self.path.split("?")[0] in [
                    f"/.well-known/{name}" for name in ("webfinger", "host-meta", "nodeinfo")]
                self.send_response(301 if moved else 404)
                if moved:
                    self.send_header("Location", apex.to + self.path)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.socket = authority.context().wrap_socket(server.socket, server_side=True)
        self.domain = f"localhost:{server.server_port}"
        self.url = f"https://{self.domain}"
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def leads_to(self, url):
        self.to = url


def secure(authority, username, display_name, *, host="localhost", domain=None, **environment):
    """A Taure, set up and not started, whose origin is https and which trusts the authority. `domain` is what stands behind
    the @, where that is not the host with its port."""
    taure = Taure(username, display_name, init=False,
                  environment={"TAURE_EXTRA_CA": str(authority.file)} | environment)
    terminator = Terminator(authority, taure.port)
    address = f"{host}:{terminator.port}"
    taure.domain = domain or address
    taure.url = f"https://{address}"
    taure.handle = f"@{username}@{taure.domain}"
    taure.http.verify = str(authority.file)
    split = ["--domain", domain] if domain else []
    taure.run("init", "--url", taure.url, "--username", username, "--display-name", display_name, "--password-stdin",
              *split, stdin=taure.password + "\n")
    return taure
