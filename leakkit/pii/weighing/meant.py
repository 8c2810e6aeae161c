"""Whether an ordinary word beside a value is meant for it: by what is glued to the word and stands between."""

from __future__ import annotations

import re
from functools import lru_cache

_GLUED = re.compile(r"[\w\-./]*")
_PARTED = re.compile(r"[|;\t`]|  |--|//|\d\.\d|^\W{0,3}\d+ ")
"""What parts columns, statements and comments."""

_LETTERS = re.compile(r"[^\W\d_]")


def means_it(stretch: str, word: str, found: str, side: int) -> bool:
    """Tell whether an ordinary word in a stretch is meant for the value.

    ``plate`` is not in ``plate-router: 9.7.11``, nor in another column: ``plate knife | LOT | 760251``.
    """
    if not _is_ordinary(found):
        return True
    begin = stretch.lower().rfind(word)
    if begin < 0:
        return True
    end = begin + len(word)
    first = begin - _glued(stretch[:begin][::-1])
    last = end + _glued(stretch[end:])
    if not _says_of_persons(stretch[first:last], found):
        return False
    between = stretch[last:] if side > 0 else stretch[:first] if side < 0 else ""
    return not (_PARTED.search(between) and _LETTERS.search(between))


def _glued(stretch: str) -> int:
    """Count the characters at the beginning of a stretch that are glued to what stands before it."""
    return _GLUED.match(stretch).end()  # type: ignore[union-attr]


@lru_cache(4096)
def _is_ordinary(word: str) -> bool:
    """Ask the lexicon of keys whether a word stands in names of things as often as in those of personal data."""
    from leakkit.pii.keys import is_ordinary

    return is_ordinary(word)


@lru_cache(4096)
def _says_of_persons(name: str, word: str) -> bool:
    """Ask the lexicon of keys whether a word of a name speaks of persons; the same come again and again."""
    from leakkit.pii.keys import says_of_persons

    return says_of_persons(name, word)
