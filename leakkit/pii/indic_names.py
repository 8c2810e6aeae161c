"""Names in letters of India, whose vowel signs are no letters to the tagger: made whole words, several made one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_SIGN = r"[\u0900-\u0963\u0970-\u0d7f\u200c\u200d]"
_ANY = re.compile(r"[\u0900-\u0d7f]")
_WORD = re.compile(rf"{_SIGN}+")
_ELEMENT = re.compile(rf"(?<=>)\s*(?P<name>{_SIGN}+(?: {_SIGN}+){{1,3}})\s*(?=</)")
"""A whole element of markup of a few words."""

_MOST_WORDS = 3


def whole_in_indic(text: str, names: Sequence[Any]) -> Sequence[Any]:
    """Make names in letters of India of whole words, and put those that stand together into one.

    Parameters
    ----------
    text : str
        The text.
    names : sequence of (start, end, entity, score)
        What a tagger found.

    Examples
    --------
    >>> text = "<n>नीतू सोनकर</n>"
    >>> [text[start:end] for start, end, *_ in whole_in_indic(text, [(9, 12, "PERSON", 0.6)])]
    ['नीतू सोनकर']
    """
    if not names or _ANY.search(text) is None:
        return names
    words = [match.span() for match in _WORD.finditer(text)]
    elements = [match.span("name") for match in _ELEMENT.finditer(text)]
    made: list[tuple[int, int, str, float]] = []
    for name in sorted(names):
        start, end, entity, score = _whole(name, words, elements)
        last = made[-1] if made else None
        if last is None or not _is_one(text, last, (start, end, entity)):
            made.append((start, end, entity, score))
        else:
            made[-1] = (last[0], max(last[1], end), entity, max(last[3], score))
    return made


def _whole(
    name: Sequence[Any], words: list[tuple[int, int]], elements: list[tuple[int, int]]
) -> tuple[int, int, str, float]:
    """Give a name from the beginning of its first word to the end of its last, or the element it stands in."""
    start, end, entity, score = name[:4]
    for first, last in [*elements, *words] if entity == "PERSON" else words:
        if first < end and start < last:
            start, end = min(start, first), max(end, last)
    return start, end, entity, score


def _is_one(text: str, last: tuple[int, int, str, float], name: tuple[int, int, str]) -> bool:
    """Tell whether a name goes on with what comes next: it overlaps, or but a blank stands between few words."""
    if last[2] != name[2]:
        return False
    if name[0] < last[1]:
        return True
    both = text[last[0] : name[1]]
    return (
        text[last[1] : name[0]] == " "
        and _ANY.match(text, name[0]) is not None
        and _ANY.match(text, last[0]) is not None
        and len(both.split()) <= _MOST_WORDS
    )
