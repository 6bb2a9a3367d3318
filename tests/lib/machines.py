"""A small internet on this machine: empty machines with an address each, a resolver and an ACME authority (pebble), in
namespaces of their own. Nothing of it reaches any other network. Needs root, iproute2 and Debian's `pebble`."""
import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import requests
import trustme

HERE, RESOLVER, AUTHORITY = "10.77.0.254", "10.77.0.253", "10.77.0.252"
INSIDE = "TAURE_TEST_INSIDE"


def enter():
    """Runs the program again, in network and mount namespaces of its own. Returns only inside of them."""
    if os.environ.get(INSIDE):
        sh("ip link set lo up")
        sh("ip link add br0 type bridge")
        sh("ip link set br0 up")
        for address in (HERE, RESOLVER, AUTHORITY):
            sh(f"ip addr add {address}/24 dev br0")
        return
    if os.geteuid() != 0:
        print("skipped: machines of our own need root")
        sys.exit(77)
    os.execvpe("unshare", ["unshare", "--net", "--mount", "--propagation", "private", sys.executable, *sys.argv],
               os.environ | {INSIDE: "1"})


def sh(command):
    subprocess.run(command, shell=True, check=True, capture_output=True, text=True)


class Internet:
    """The resolver and the authority. `names` are added by `name`; `roots` is a PEM file of what must be trusted."""

    def __init__(self, environment=None):
        self.folder = Path(tempfile.mkdtemp(prefix="taure-net-"))
        atexit.register(shutil.rmtree, self.folder, ignore_errors=True)
        (self.folder / "resolv.conf").write_text(f"nameserver {RESOLVER}\n")
        sh(f"mount --bind {self.folder}/resolv.conf /etc/resolv.conf")
        self.resolver = self.run("pebble-challtestsrv", "-defaultIPv4", "", "-defaultIPv6", "", "-dns01", f"{RESOLVER}:53",
                                 "-management", f"{RESOLVER}:8055", "-http01", "", "-https01", "", "-tlsalpn01", "")
        ca = trustme.CA()
        certificate = ca.issue_cert("ca.test", AUTHORITY)
        ca.cert_pem.write_to_path(str(self.folder / "api.pem"))
        certificate.private_key_pem.write_to_path(str(self.folder / "key.pem"))
        chain = b"".join(pem.bytes() for pem in certificate.cert_chain_pems)
        (self.folder / "cert.pem").write_bytes(chain)
        settings = {"pebble": {
            "listenAddress": f"{AUTHORITY}:14000", "managementListenAddress": f"{AUTHORITY}:15000",
            "certificate": str(self.folder / "cert.pem"), "privateKey": str(self.folder / "key.pem"),
            "httpPort": 80, "tlsPort": 443, "ocspResponderURL": "", "externalAccountBindingRequired": False}}
        (self.folder / "pebble.json").write_text(json.dumps(settings))
        self.pebble = self.run("pebble", "-config", str(self.folder / "pebble.json"), "-dnsserver", f"{RESOLVER}:53",
                               environment={"PEBBLE_VA_NOSLEEP": "1", "PEBBLE_WFE_NONCEREJECT": "20"} | (environment or {}))
        self.name("ca.test", AUTHORITY)
        self.directory = "https://ca.test:14000/dir"
        wait(lambda: open_at(AUTHORITY, 15000) and open_at(AUTHORITY, 14000), 10, "the authority")
        root = requests.get(f"https://{AUTHORITY}:15000/roots/0", verify=str(self.folder / "api.pem"), timeout=10).content
        self.roots = self.folder / "roots.pem"
        self.roots.write_bytes((self.folder / "api.pem").read_bytes() + b"\n" + root)

    def run(self, *command, environment=None):
        log = (self.folder / f"{command[0]}.log").open("wb")
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=os.environ | (environment or {}))
        atexit.register(process.kill)
        return process

    def name(self, host, *addresses):
        """What the resolver answers for `host` from now on."""
        wait(lambda: open_at(RESOLVER, 8055), 10, "the resolver")
        for what, body in (("clear-a", {"host": host}), ("add-a", {"host": host, "addresses": addresses})):
            answer = requests.post(f"http://{RESOLVER}:8055/{what}", json=body, timeout=5)
            assert answer.status_code == 200, answer.text


class Machine:
    """An empty machine: a C library, the binary, and nothing else. `run` and `start` are typed there."""

    def __init__(self, net, address, binary):
        self.net, self.address = net, address
        self.root = net.folder / address
        for folder in ("usr/lib", "usr/lib64", "usr/local/bin", "etc", "dev", "proc", "tmp", "root", "var/lib"):
            (self.root / folder).mkdir(parents=True)
        for folder in ("lib", "lib64"):
            (self.root / folder).symlink_to(f"usr/{folder}")
        shutil.copy(binary, self.root / "usr/local/bin/taure")
        (self.root / "etc/resolv.conf").write_text(f"nameserver {RESOLVER}\n")
        (self.root / "etc/hosts").write_text("127.0.0.1 localhost\n")
        (self.root / "etc/authorities.pem").write_bytes(net.roots.read_bytes())
        for device in ("null", "urandom", "random"):
            (self.root / "dev" / device).touch()
        binds = [("/usr/lib", "usr/lib"), ("/usr/lib64", "usr/lib64")] + [(f"/dev/{d}", f"dev/{d}") for d in ("null", "urandom", "random")]
        mounts = " && ".join(f"mount --bind {source} {self.root / to}" for source, to in binds if Path(source).exists())
        self.first = subprocess.Popen(
            ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c",
             f"{mounts} && mount -t proc proc {self.root}/proc && exec sleep infinity"])
        atexit.register(self.first.kill)
        self.inner = wait(lambda: child_of(self.first.pid), 5, "the machine")
        wait(lambda: Path(f"/proc/{self.inner}/root{self.root}/proc/uptime").exists() or None, 5, "its folders")
        last = address.rsplit(".", 1)[1]
        sh(f"ip link add v{last} type veth peer name eth0 netns {self.inner}")
        sh(f"ip link set v{last} master br0 up")
        sh(f"nsenter -t {self.inner} -n sh -c 'ip link set lo up; ip addr add {address}/24 dev eth0; ip link set eth0 up'")
        self.environment = {"PATH": "/usr/local/bin", "HOME": "/root", "TAURE_EXTRA_CA": "/etc/authorities.pem",
                            "TAURE_ALLOW_PRIVATE": "10.77.0.0/24"}
        self.process = None

    def command(self, *words):
        return [shutil.which("nsenter"), "-t", str(self.inner), "-n", "-m", "-p", shutil.which("chroot"), str(self.root), *words]

    def run(self, *words, stdin=""):
        """What it prints, with its exit code."""
        return subprocess.run(self.command(*words), input=stdin, text=True, capture_output=True, env=self.environment,
                              timeout=60, check=False)

    def start(self, *words):
        self.log = self.net.folder / f"{self.address}.log"
        self.process = subprocess.Popen(self.command(*words), stdin=subprocess.DEVNULL, stdout=self.log.open("ab"),
                                        stderr=subprocess.STDOUT, env=self.environment)
        atexit.register(self.process.kill)

    def tail(self):
        return self.log.read_text("utf-8", "replace")[-1500:]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)


def child_of(pid):
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return None
    return int(children[0]) if children else None


def open_at(address, port):
    try:
        socket.create_connection((address, port), 1).close()
        return True
    except OSError:
        return None


def wait(ask, seconds, what):
    """What `ask` gives once it is not None or False."""
    end = time.monotonic() + seconds
    while True:
        if found := ask():
            return found
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.05)
