"""That nothing of a library is forgotten: each public name is used by a check, or left out with a reason.

    with covers("a tag can be followed", "tag tag_follow tag_unfollow"):
        assert api.tag_follow("lamps").following       # api = Watched(Mastodon(...))

A name that a check claims and does not call fails that check; a name nobody speaks of fails `complete`.
"""
from contextlib import contextmanager

from checks import check

covered, called = set(), set()


class Watched:
    """Passes everything on to a client, and remembers which of its methods the test itself called."""

    def __init__(self, real):
        self.real = real

    def __getattr__(self, name):
        value = getattr(self.real, name)
        if not callable(value):
            return value

        def pass_on(*arguments, **named):
            called.add(name)
            return value(*arguments, **named)
        return pass_on


@contextmanager
def covers(sentence, names):
    """A check that must also have called each of `names`, a text of words."""
    called.clear()
    with check(sentence):
        yield
        silent = sorted(set(names.split()) - called)
        assert not silent, f"claimed and never called: {' '.join(silent)}"
    covered.update(names.split())


def refused(error, method, *arguments, **named):
    """Calls what must fail with this class of error, and returns what it says."""
    try:
        answer = method(*arguments, **named)
    except error as told:
        return str(told)
    raise AssertionError(f"not refused, but answered {str(answer)[:300]}")


def complete(names, left_out):
    """Every one of `names` is covered or in `left_out` (name -> reason), and nothing else is in either."""
    with check(f"all {len(names)} are spoken of: {len(covered)} in checks, {len(left_out)} left out with a reason"):
        forgotten = sorted(set(names) - covered - set(left_out))
        assert not forgotten, f"neither called nor left out: {' '.join(forgotten)}"
        gone = sorted((covered | set(left_out)) - set(names))
        assert not gone, f"not in the library: {' '.join(gone)}"
        twice = sorted(covered & set(left_out))
        assert not twice, f"called and left out: {' '.join(twice)}"
        assert all(left_out.values())
