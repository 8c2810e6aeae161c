"""Whether an ordinary word beside a value is meant for it: by what is glued to the word and stands between."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re
from functools import lru_cache

from leakkit.late import late

_GLUED = re.compile(r"[\w\-./]*")
_PARTED = re.compile(r"[|;\t`]|  |--|//|\d\.\d|^\W{0,3}\d+ ")
"""What parts columns, statements and comments."""

_LETTERS = re.compile(r"[^\W\d_]")
_COMPOUND = {
    "handy": late(
        r" (?:tips?|hints?|tools?|guides?|charts?|tables?|tricks?|references?|lists?|little|to|when)\b"
    ),
    "cell": late(
        r" (?:[A-Z]{1,2}\d|voltages?|counts?|lines?|sizes?|ids?\b|towers?|types?|cultures?|divisions?|walls?|membranes?|bod(?:y|ies)|values?|index|range|data|rows?|in (?:row|column)|of (?:the )?(?:row|table|column))"
    ),
    "mobile": late(
        r" (?:apps?|users?|sites?|games?|devices?|networks?|data|browsers?|layouts?|views?|traffic|clients?|platforms?|os|sdk|web|versions?|screens?|ads?|banking|units?|robots?)\b"
    ),
    "fax": late(r" (?:machines?|modems?|pages?|paper|era|boards?|servers?)\b"),
    "phone": late(r" (?:models?|cases?|users?|sales|cables?|chargers?|apps?|screens?|batter(?:y|ies))\b"),
    "call": late(r" (?:stacks?|graphs?|trees?|sites?|counts?|volumes?|options?|depth)\b"),
}
"""Words for telephones, and what stands behind them where they mean none: ``handy tips``, ``cell voltage``."""


def means_it(stretch: str, word: str, found: str, side: int) -> bool:
    """Tell whether an ordinary word in a stretch is meant for the value.

    ``plate`` is not in ``plate-router: 9.7.11``, nor in another column: ``plate knife | LOT | 760251``.
    """
    if side and (compound := _COMPOUND.get(found)) and compound.match(stretch, _end_of(stretch, word)):
        return False
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


def _end_of(stretch: str, word: str) -> int:
    """Give where the last of a word ends in a stretch."""
    return stretch.lower().rfind(word) + len(word)


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
