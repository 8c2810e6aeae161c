"""What a name may say whatever its digits are, so that names that differ in digits alone are asked for once."""

from __future__ import annotations

import re
from functools import cache

from leakkit.pii.keys import entity_of_key, words_of
from leakkit.pii.lexicon import listed

_DIGIT = re.compile(r"[0-9]")


def may_tell(name: str) -> bool:
    """Say whether a name tells an entity, or may do so with other digits in the places of its own.

    Digits change what a name says only where they are part of a word of the lexicon (``md5``, ``line2``), so the
    name is asked about with the digits of each such word that is like a part of it.
    """
    if entity_of_key(name).entity is not None:
        return True
    if not _digits(name):
        return False
    words = words_of(name)
    others = {
        (sum(map(_digits, words[:i])), other)
        for i in range(len(words))
        for j in range(i + 1, len(words) + 1)
        for other in _numbered().get(_DIGIT.sub("0", "".join(words[i:j])), ())
    }
    if len({(place, _digits(other)) for place, other in others}) > 1 or (others and "." in name):
        return True
    return any(entity_of_key(_with_digits(name, *other)).entity is not None for other in others)


def _digits(word: str) -> int:
    """Count the digits of a word."""
    return len(_DIGIT.findall(word))


def _with_digits(name: str, place: int, other: str) -> str:
    """Put the digits of another word in, from a certain digit of a name on."""
    letters = list(name)
    old = [found.start() for found in _DIGIT.finditer(name)][place:]
    for i, digit in zip(old, _DIGIT.findall(other), strict=False):
        letters[i] = digit
    return "".join(letters)


@cache
def _numbered() -> dict[str, tuple[str, ...]]:
    """Give all words of the lexicon that have digits, by what they are with noughts for them."""
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(word for word in listed() if _digits(word)):
        pattern = _DIGIT.sub("0", word)
        found[pattern] = (*found.get(pattern, ()), word)
    return found
