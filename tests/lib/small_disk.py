"""A file system of a few MiB that can be filled to the last byte, for a server's data folder."""
import atexit
import errno
import os
import shutil
import subprocess
import tempfile
from pathlib import Path


class SmallDisk:
    """ext4 in a file where loop devices are allowed, else a tmpfs. `kind` is None where neither may be mounted."""

    def __init__(self, mebibytes):
        self.folder = Path(tempfile.mkdtemp(prefix="taure-test-disk-"))
        self.root, self.filler = self.folder / "disk", self.folder / "disk" / "filler"
        self.root.mkdir()
        image = self.folder / "image"
        with image.open("wb") as file:
            file.truncate(mebibytes << 20)
        # Nothing is kept back for root, who may run this.
        ways = {"ext4": [["mkfs.ext4", "-q", "-F", "-m", "0", image], ["mount", "-o", "loop", image, self.root]],
                "tmpfs": [["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m", "taure-test", self.root]]}
        self.kind = next((kind for kind, steps in ways.items() if all(ran(step) for step in steps)), None)
        atexit.register(self.remove)

    def free(self):
        """Bytes that can be written."""
        told = os.statvfs(self.root)
        return told.f_bavail * told.f_frsize

    def used_by(self, folder):
        """Bytes of the disk that the files of a folder take."""
        return sum(path.stat().st_blocks * 512 for path in Path(folder).rglob("*") if path.is_file())

    def fill(self, left):
        """Somebody else's file takes the space, all but `left` bytes of it; returns what is left."""
        handle = os.open(self.filler, os.O_CREAT | os.O_WRONLY, 0o600)
        try:
            at = os.fstat(handle).st_size
            step = max(self.free() - left, 0)
            while step >= 4096 and self.free() > left:
                try:
                    os.posix_fallocate(handle, at, step)
                    at += step
                    step = max(self.free() - left, 0)
                except OSError as error:
                    if error.errno not in (errno.ENOSPC, errno.EINTR):
                        raise
                    step //= 2
            os.fsync(handle)
        finally:
            os.close(handle)
        return self.free()

    def empty(self):
        """The other's file goes."""
        self.filler.unlink(missing_ok=True)
        os.sync()

    def remove(self):
        if self.kind:
            subprocess.run(["umount", "-l", self.root], check=False, capture_output=True)
        shutil.rmtree(self.folder, ignore_errors=True)


def ran(command):
    try:
        return subprocess.run(command, check=False, capture_output=True, timeout=30).returncode == 0
    except OSError:
        return False
