"""Whose word it is: of documents of one span the one nearest before it, of telephones that of the number behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.weighing.context import BEFORE

if TYPE_CHECKING:
    from leakkit.pii.found import Found
    from leakkit.pii.matching.buffers import Texts
    from leakkit.pii.setup import Setup

DOCUMENTS = frozenset("PASSPORT DRIVER_LICENSE LICENSE_PLATE NATIONAL_ID BANK_ACCOUNT TAX_ID PHONE".split())
_WORD = re.compile(r"; context:([^:;]+):")
_SIGNS = " \t:=.#№\"'(+"
"""What stands between a word and the number that it is of."""


def by_nearest_word(found: Found, texts: Texts, setup: Setup) -> Found:
    """Leave out, of documents that have one span, those whose word is not the nearest before it.

    Parameters
    ----------
    found : Found
        Weighed spans.
    texts : Texts
        The values of the batch.
    setup : Setup
        The detectors.

    Returns
    -------
    Found
        The spans without those; what has passed a check of its digits stays in any case.
    """
    some = np.flatnonzero(setup.labels.are_among(DOCUMENTS)[found.which])
    if len(some) < 2:
        return found
    order = some[np.lexsort((found.ends[some], found.starts[some], found.rows[some]))]
    same = np.ones(len(order), bool)
    for column in (found.rows, found.starts, found.ends):
        same[1:] &= column[order[1:]] == column[order[:-1]]
    same[0] = False
    if not same.any():
        return found
    firsts = np.flatnonzero(~same)
    sizes = np.diff(firsts, append=len(order))
    entities = setup.labels.number[found.which[order]]
    mixed = np.maximum.reduceat(entities, firsts) > np.minimum.reduceat(entities, firsts)
    kept = np.ones(len(found), bool)
    for first, size in zip(firsts[mixed].tolist(), sizes[mixed].tolist(), strict=True):
        kept[_farther(found, order[first : first + size].tolist(), texts, setup)] = False
    return found if kept.all() else found.take(np.flatnonzero(kept))


def _farther(found: Found, members: list[int], texts: Texts, setup: Setup) -> list[int]:
    """Give the members that are of another entity than the one whose word is nearest, by words farther away."""
    entities = [setup.rules[found.which[i]].entity.name for i in members]
    words = [_WORD.search(found.weighed[i].evidence) for i in members]
    if len({entity for entity, word in zip(entities, words, strict=True) if word}) < 2:
        return []
    start = int(found.starts[members[0]])
    before = texts[int(found.rows[members[0]])][max(0, start - BEFORE) : start].lower()
    places = [before.rfind(word[1]) + len(word[1]) if word and word[1] in before else -1 for word in words]
    nearest = max(range(len(members)), key=lambda i: (places[i], found.weighed[members[i]].score))
    return [
        member
        for member, place, entity, word in zip(members, places, entities, words, strict=True)
        if word
        and place < places[nearest]
        and entity != entities[nearest]
        and not found.weighed[member].validated
    ]


def without_words_of_next(found: Found, texts: Texts, setup: Setup) -> Found:
    """Leave out telephones that only a word right before the next one tells: it is that one's.

    ``[call 8589464 | caller 0171 2345678]``: the first number is the call's.

    Parameters
    ----------
    found : Found
        Weighed spans.
    texts : Texts
        The values of the batch.
    setup : Setup
        The detectors.
    """
    some = np.flatnonzero(setup.labels.are_among(frozenset({"PHONE"}))[found.which])
    if len(some) < 2:
        return found
    order = some[np.lexsort((found.starts[some], found.rows[some]))]
    rows, starts = found.rows[order], found.starts[order]
    near = (rows[1:] == rows[:-1]) & (starts[1:] > starts[:-1]) & (starts[1:] < starts[:-1] + 2 * BEFORE)
    kept = np.ones(len(found), bool)
    for last in np.flatnonzero(near).tolist():
        text, next_start, place = texts[int(rows[last])], int(starts[last + 1]), last
        while place >= 0 and rows[place] == rows[last] and starts[place] == starts[last]:
            kept[order[place]] = not _is_word_of_next(found, int(order[place]), next_start, text)
            place -= 1
    return found if kept.all() else found.take(np.flatnonzero(kept))


def _is_word_of_next(found: Found, first: int, start: int, text: str) -> bool:
    """Tell whether the word that tells a number stands right before the next, and not before this one."""
    word = _WORD.search(found.weighed[first].evidence)
    begin, end = int(found.starts[first]), int(found.ends[first])
    if word is None or end > start or not text[end:start].lower().rstrip(_SIGNS).endswith(word[1]):
        return False
    return word[1] not in text[max(0, begin - BEFORE) : begin].lower()
