"""Counts checks. A check is a sentence and a block that raises when the sentence is not true.

    with check("a post with an image keeps its alt text"):
        assert status["media_attachments"][0]["description"] == "A lamp"

A failed check does not end the run: what hangs on it fails by itself and says so.
"""
import os
import sys
import time
import traceback
from contextlib import contextmanager

passed = 0
failed = 0


@contextmanager
def check(sentence):
    """Runs the block; prints the sentence with `ok` or `FAILED` and why; never raises."""
    global passed, failed
    started = time.monotonic()
    try:
        yield
    except Exception as error:  # noqa: BLE001  any failure of the block is the check's
        failed += 1
        where = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in where if f"{os.sep}tests{os.sep}" in frame.filename] or list(where)
        line = next((frame for frame in ours if not frame.filename.endswith(("/checks.py", "/surface.py"))), ours[-1])
        told = str(error).strip() or line.line
        print(f"  FAILED  {sentence}\n          {type(error).__name__}: {told[:1200]}")
        print(f"          at {os.path.basename(line.filename)}:{line.lineno}", flush=True)
    else:
        passed += 1
        took = time.monotonic() - started
        print(f"  ok      {sentence}" + (f"  ({took:.1f} s)" if took > 5 else ""), flush=True)


def until(question, seconds=20, what=None):
    """Asks again and again until the answer is truthy, and returns it; AssertionError after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what or 'what was waited for'}")
        time.sleep(0.1)


def finish():
    """Ends the program; the exit code says whether every check passed. TAURE_COUNTS gets the numbers."""
    if counts := os.environ.get("TAURE_COUNTS"):
        with open(counts, "a", encoding="utf-8") as file:
            file.write(f"{passed} {failed}\n")
    else:
        print(f"{passed} passed, {failed} failed")
    sys.stdout.flush()
    sys.exit(1 if failed or not passed else 0)
