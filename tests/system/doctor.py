#!/usr/bin/env python3
"""The doctor on a disk that is full, from the command line: text, JSON, exit code.

    target/test-env/py/bin/python tests/system/doctor.py

The other faults are planted in `tests/it/doctor.rs`. Mounting needs root; without it this is skipped, with exit code 77.
"""
import atexit
import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from checks import check, finish  # noqa: E402
from small_disk import SmallDisk  # noqa: E402
from taure import Taure  # noqa: E402

disk = SmallDisk(64)
if not disk.kind:
    print("skipped: no small disk can be mounted here")
    sys.exit(77)
print(f"The doctor: 64 MiB of {disk.kind}")

alice = Taure("alice", "Alice", init=False)
alice.data = disk.root / "data"
atexit.register(disk.remove)
atexit.register(alice.kill)  # the last that was registered comes first
alice.run("init", "--url", alice.url, "--username", alice.username)
alice.start()


def doctor(*arguments):
    """Exit code and standard output."""
    done = subprocess.run([alice.binary, "doctor", "--data", alice.data, "--listen", f"127.0.0.1:{alice.port}",
                           *arguments], text=True, capture_output=True, env=alice.environment, timeout=60, check=False)
    return done.returncode, done.stdout


def faults():
    """What is named as a fault, with all that was told."""
    code, out = doctor("--json")
    told = json.loads(out)
    named = [finding["check"] for finding in told["findings"] if finding["level"] == "fault"]
    assert (code == 0) == (not named) == told["ok"], (code, told["ok"], named)
    return named, told


with check("a healthy server has no fault"):
    named, told = faults()
    assert named == [], [finding for finding in told["findings"] if finding["level"] == "fault"]
    assert {"disk", "speed", "server", "signatures", "events"} <= {finding["check"] for finding in told["findings"]}

with check("a full disk is named, and nothing else"):
    disk.fill(0)
    named, told = faults()
    assert named == ["disk"], [finding for finding in told["findings"] if finding["level"] == "fault"]
    code, text = doctor()
    assert code == 1 and "FAULT    Disk space: The disk is full" in text and "-> Make room" in text, text

with check("without a server, too, and with room again it is fine"):
    alice.stop()
    named, told = faults()
    assert named == ["disk"], [finding for finding in told["findings"] if finding["level"] == "fault"]
    disk.empty()
    named, told = faults()
    assert named == [], named
    assert any(finding["what"] == "doctor-server-stopped" for finding in told["findings"])

finish()
